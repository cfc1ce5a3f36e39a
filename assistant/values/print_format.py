"""Numbers and dates as they are printed; nothing else uses Babel."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.core import Locale
from babel.localedata import LocaleDataDict
from babel.numbers import NumberPattern, parse_pattern

from assistant.values.numbers import Value


class _Symbols(Locale):
    """A locale that has at hand what our patterns print of it.

    Babel would read all it knows of China for two characters, a tenth of a start.
    """

    @property
    def number_symbols(self) -> LocaleDataDict:
        """Decimal point and minus sign, as Babel has them."""
        return LocaleDataDict({"latn": {"decimal": ".", "minusSign": "-"}})


_LOCALE = _Symbols("zh", script="Hans", territory="CN")


@lru_cache(maxsize=16)
def _pattern(text: str) -> NumberPattern:
    return parse_pattern(text)


@lru_cache(maxsize=4_000)
def show(value: Value) -> str:
    """Print a value without grouping or padding: 12000 -> `"12000"`, 0.035 -> `"0.035"`."""
    return str(value if isinstance(value, int) else _pattern("0.######").apply(value, _LOCALE))


@lru_cache(maxsize=4_000)
def show_fixed(value: Decimal, places: int) -> str:
    """Print an already rounded number with all its decimals: 50.0 -> `"50.0"`."""
    return str(_pattern("0." + "0" * places if places else "0").apply(value, _LOCALE))


def show_date(day: date) -> str:
    """Print a date as official documents do: `"2018年3月5日"`."""
    return f"{day.year:04}年{day.month}月{day.day}日"
