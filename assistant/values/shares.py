"""Shares in words inside running text: 三成多, 近九成, 超过一半, 四分之三, 百分之八."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.values.language import any_of, characters_of, words_for
from assistant.values.numbers import NUMERAL_CHARACTERS, Number, parse_numeral

_DIGITS = "一二三四五六七八九"
_TENTHS = (
    rf"(?P<tenths>[{_DIGITS}两十]|[1-9](?:\.[0-9])?)(?P<to>[{_DIGITS}]?)成(?P<fifth>[{_DIGITS}]?)"
)
_PARTS = (
    rf"(?P<of>[{NUMERAL_CHARACTERS}]+)分之(?P<part>[{NUMERAL_CHARACTERS}]+)"
    rf"(?:点(?P<places>[〇零{_DIGITS}]+))?"
)
_SHARE = re.compile(
    rf"(?<![0-9.{NUMERAL_CHARACTERS}{characters_of('before_ordinal')}])"
    rf"(?P<about>(?<!{any_of('no')})"
    rf"{any_of('share_near', 'share_below', 'share_above', 'share_around')})?"
    rf"(?:{_TENTHS}(?!{any_of('behind_no_tenths')})|{_PARTS}"
    rf"|(?P<most>{any_of('more_than_half')})|{any_of('half')}|(?(about){any_of('half_of_about')}|(?!)))"
    rf"(?P<more>{any_of('share_some_more', 'share_at_least', 'share_at_most', 'around')}|)"
    rf"(?!{any_of('behind_no_share')})"
)
_HUNDRED, _HALF, _SPAN = Decimal(100), Decimal(50), Decimal(5)
_LEAST = Decimal("0.005")
"""What shares of two decimals are told apart by."""


def find_shares(line: str) -> Iterator[Number]:
    """Every share in words of a line, in percent with what it may stand for: 三成多 is 30 to 40."""
    for match in _SHARE.finditer(line):
        read = _value(match)
        if read is not None:
            value, blur = read
            low, high = _reach(match, value, blur)
            yield Number(*match.span(), value, "%", low != high, low, high)


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """A share in percent, and how far off what it is rounded from may be."""
    if match["of"]:
        whole, part = _numeral(match["of"]), _numeral(match["part"])
        if not whole or part is None:
            return None
        places = "".join(str(_numeral(each)) for each in match["places"] or "")
        blur = Decimal("0.5").scaleb(-len(places)) if whole == _HUNDRED else _LEAST
        return Decimal(f"{part}.{places}") * _HUNDRED / whole, blur
    if not (tenths := match["tenths"]):
        return _HALF, Decimal(0)
    value = Decimal(tenths if tenths[0].isascii() else _numeral(tenths) or 0) * 10
    if match["to"]:  # 七八成
        return value + _SPAN, _SPAN
    is_fine = match["fifth"] or "." in tenths  # 八成五
    return value + (_numeral(match["fifth"]) or 0), Decimal("0.5") if is_fine else _SPAN


def _numeral(written: str) -> int | None:
    return 100 if written == "百" else parse_numeral(written)


def _reach(match: re.Match[str], value: Decimal, blur: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most that a share stands for with the words around it."""
    about, more = match["about"], match["more"]
    if more in words_for("share_at_least"):
        return value, _HUNDRED
    if about in words_for("share_above") or match["most"]:
        return value + _LEAST, _HUNDRED
    if about in words_for("share_below") or more in words_for("share_at_most"):
        return Decimal(0), value
    if about in words_for("share_near"):
        return value - _SPAN, value
    if more in words_for("share_some_more"):
        return value, value + 2 * _SPAN
    if about or more:
        blur = _SPAN
    return value - blur, min(value + blur, _HUNDRED)
