"""Number formats: what a cell shows of its number, days and times included, and as what kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

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


NumberKind = Literal["plain", "other", "date", "time", "truth", "percent", "fraction", "exponent"]
"""`plain` is words, or a number shown as itself; `other` shows another number, or none."""
GENERAL = "General"
_LIMIT = 255
"""Characters that Excel takes for a format."""
_EXACT = Context(prec=2 * _LIMIT, rounding=ROUND_HALF_UP)
_NONE = frozenset("-–—－")
"""How accountants print a zero."""
_MINUS = frozenset("-－−(（")
_DIGIT, _POINT = "\0", "\1"
"""Stand for the digits and the point among the words around them."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<room>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]{0,255})\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<letters>y+|m+|d+|h+|s+|e+|g+|b[12]?|a{3,})|(?P<digit>[0#?])|(?P<mark>[.,%/;@])"
    r"|(?P<word>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_Condition = tuple[str, Decimal]


class ShownNumber(NamedTuple):
    """What a cell shows of its number."""

    text: str
    """A number with all its digits and without grouping, with the words around it."""
    look: NumberKind


@dataclass(frozen=True, slots=True)
class _FormatSection:
    """A format for the numbers of one kind; up to four stand in a row."""

    pieces: tuple[str, ...]
    """Words in order, with signs for digits and point."""
    marks: frozenset[str]
    """What it prints beside these: `percent`, `y`, `elapsed`, `general`."""
    thousands: int
    """How many times it divides by a thousand."""
    least: int
    """Digits before the point that are printed at any rate."""
    condition: _Condition | None

    @property
    def look(self) -> NumberKind:
        """As what kind of thing it shows a number."""
        if self.marks & set("ydegab"):
            return "date"
        if self.marks & {"h", "s", "noon", "elapsed"}:
            return "time"
        if "m" in self.marks:
            return "date"
        looks: tuple[NumberKind, ...] = ("percent", "exponent", "fraction")
        return next((look for look in looks if look in self.marks), "plain")

    def lets_in(self, number: Decimal) -> bool:
        """Whether its condition is met, if it has one."""
        if self.condition is None:
            return True
        sign, bound = self.condition
        met = ("=", number == bound), ("<", number < bound), (">", number > bound)
        return any(mark in sign and is_met for mark, is_met in met)


def show(code: str, plain: str, *, is_1904: bool = False) -> ShownNumber:
    """What a cell with a number, without exponent, and a format such as `0.00%` shows."""
    number = Decimal(plain)
    sections = _parse(code[:_LIMIT] or GENERAL)
    at = _choose(sections, number)
    section = sections[at]
    look = section.look
    if look == "date":
        has_time = bool(section.marks & {"h", "s"})
        return ShownNumber(date_words(number, is_1904=is_1904, has_time=has_time), look)
    if look == "time":
        return ShownNumber(time_words(number, is_elapsed="elapsed" in section.marks), look)
    if look == "exponent":
        return ShownNumber(f"{number:.2E}", look)
    if look == "fraction":
        return ShownNumber(_fraction(number), look)
    is_own = at == 1 and section.condition is None
    return _show_number(section, number, says_minus=number < 0 and not is_own)


def _choose(sections: Sequence[_FormatSection], number: Decimal) -> int:
    """Which of the sections a number is printed by."""
    usual = {2: (number >= 0, True), 3: (number > 0, number < 0, True)}.get(len(sections), (True,))
    for at, (section, is_usual) in enumerate(zip(sections, usual, strict=True)):
        if section.lets_in(number) if section.condition else is_usual:
            return at
    return len(sections) - 1


def _show_number(section: _FormatSection, number: Decimal, *, says_minus: bool) -> ShownNumber:
    minus, pieces = "-" if says_minus else "", section.pieces
    places = [at for at, piece in enumerate(pieces) if piece in (_DIGIT, _POINT)]
    if not places:
        text = "".join(pieces).strip()
        is_none = number == 0 and text in _NONE
        return ShownNumber("0", "plain") if is_none else ShownNumber(minus + text, "other")
    first, last = places[0], places[-1]
    inner = [piece for piece in pieces[first : last + 1] if piece.strip()]
    before, behind = "".join(pieces[:first]).strip(), "".join(pieces[last + 1 :]).strip()
    shown = _scaled(abs(number), section, inner)
    digits = _padded(f"{_EXACT.normalize(shown):f}", section.least, inner)
    core = _laid_out(inner, f"{shown:f}") if set(inner) - {_DIGIT, _POINT} else digits
    text = f"{minus}{before}{core}{behind}"
    if section.look == "percent":
        return ShownNumber(text, "percent")
    is_negative = says_minus or bool(_MINUS & set(before))
    has_digits = any(map(str.isdigit, before + behind))
    if core != digits or has_digits or not core or (-shown if is_negative else shown) != number:
        return ShownNumber(text, "other")
    is_bare = (before, behind) in (("", ""), ("-", ""), ("(", ")"))
    return ShownNumber(("-" if is_negative else "") + core if is_bare else text, "plain")


def _scaled(number: Decimal, section: _FormatSection, inner: Sequence[str]) -> Decimal:
    """The number as it is printed: multiplied, divided and rounded."""
    if "general" in section.marks:
        return number
    if section.look == "percent":
        number *= 100
    decimals = inner[inner.index(_POINT) :].count(_DIGIT) if _POINT in inner else 0
    number = _EXACT.scaleb(number, -3 * section.thousands)
    return _EXACT.quantize(number, Decimal(1).scaleb(-decimals))


def _padded(digits: str, least: int, inner: Sequence[str]) -> str:
    """Digits with the zeros that are printed before them; without the one that is not."""
    if digits == "0" and not least and _POINT not in inner:
        return ""
    whole, point, part = digits.partition(".")
    return whole.zfill(least) + point + part


def _fraction(number: Decimal) -> str:
    """A number with its part of a whole as a fraction, `1 1/2`."""
    whole, part = divmod(abs(Fraction(number).limit_denominator(99)), 1)
    words = (str(whole) if whole or not part else "", str(part) if part else "")
    return ("-" if number < 0 else "") + " ".join(filter(None, words))


def _laid_out(inner: Sequence[str], number: str) -> str:
    """The digits of a number in their places among words: 1 and 2 around `万` as 1万2."""
    whole, _, part = number.partition(".")
    at = inner.index(_POINT) if _POINT in inner else len(inner)
    left: list[str] = []
    rest = list(whole)
    slots = inner[:at].count(_DIGIT)
    for piece in reversed(inner[:at]):
        if piece != _DIGIT:
            left.append(piece)
            continue
        slots -= 1
        left.append("".join(rest) if slots == 0 else rest.pop() if rest else "")
    digits = iter(part)
    right = (next(digits, "") if piece == _DIGIT else piece for piece in inner[at + 1 :])
    return "".join(reversed(left)) + ("." if at < len(inner) else "") + "".join(right)


@lru_cache(maxsize=1_000)
def _parse(code: str) -> tuple[_FormatSection, ...]:
    """The sections of a format for numbers; the fourth, for words, is left out."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["mark"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(map(_section, parts[:3]))


def _section(tokens: Sequence[re.Match[str]]) -> _FormatSection:
    pieces: list[str] = []
    marks: set[str] = set()
    thousands = least = 0
    condition: _Condition | None = None
    for token in tokens:
        kind = token.lastgroup or ""
        text = token[kind]
        if kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = found[1], Decimal(found[2])
            marks |= {"elapsed"} if _ELAPSED.fullmatch(text) else set()
            sign = text[1:].partition("-")[0] if text.startswith("$") else ""
            pieces += [sign] if sign else []
        elif kind in ("quoted", "escaped", "word", "room"):
            pieces.append(" " if kind == "room" else text)
        elif kind == "digit":
            pieces.append(_DIGIT)
            thousands = 0  # what stood before was grouping
            least += text == "0" and _POINT not in pieces
        elif kind == "letters":
            marks.add(text[0].lower())
        elif kind == "mark":
            least += text == "@"
            thousands += text == "," and _DIGIT in pieces
            pieces += _read_mark(text, pieces, marks)
        elif kind != "fill":
            marks.add(kind)
            if kind == "general":
                pieces.append(_DIGIT)
                least = 1
    return _FormatSection(tuple(pieces), frozenset(marks), thousands, least, condition)


def _read_mark(text: str, pieces: Sequence[str], marks: set[str]) -> list[str]:
    """What a mark of punctuation prints; what it means beyond that goes to the marks."""
    if text == ".":
        return ["."] if _POINT in pieces else [_POINT]
    if text == "%":
        marks.add("percent")
        return ["%"]
    if text == "/" and _DIGIT in pieces:
        marks.add("fraction")
    if text == "@":
        marks.add("general")
        return [_DIGIT]
    return ["/"] if text == "/" else []
