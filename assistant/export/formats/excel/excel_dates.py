"""Days and times as Excel counts them, in words."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_FIRST_1904 = date(1904, 1, 1)
_FIRST_1900 = date(1899, 12, 30)
"""Day 0 of the days behind the one that never was."""
_NEVER = 60
"""Excel knows a 29 February 1900, and counts the days before it one less."""
_NO_DAY = "####"
_SECONDS = 86_400
_LAST = 2_958_465
"""The last day of the year 9999."""


def date_words(number: Decimal, *, is_1904: bool, has_time: bool) -> str:
    """The day that a number stands for, `2025年3月1日`; `####`, as Excel prints it, for none."""
    days, seconds = _split(number)
    if not 0 <= days <= _LAST:
        return _NO_DAY
    if not is_1904 and days == _NEVER:
        words = "1900年2月29日"
    elif not is_1904 and days == 0:
        words = "1900年1月0日"
    else:
        first = _FIRST_1904 if is_1904 else _FIRST_1900
        late = not is_1904 and days < _NEVER
        try:
            day = first + timedelta(days + late)
        except OverflowError:
            return _NO_DAY
        words = f"{day.year}年{day.month}月{day.day}日"
    return f"{words} {_clock(seconds)}" if has_time and seconds else words


def time_words(number: Decimal, *, is_elapsed: bool) -> str:
    """The time of a day, `1:30`, or the hours that went by."""
    days, seconds = _split(abs(number))
    minus = "-" if number < 0 else ""
    return minus + _clock(seconds + (days * _SECONDS if is_elapsed else 0))


def _split(number: Decimal) -> tuple[int, int]:
    """Days, and seconds of the next one."""
    return divmod(int((number * _SECONDS).to_integral_value(ROUND_HALF_UP)), _SECONDS)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{rest:02}" if rest else "")
