"""Numbers inside running text: where they stand, what they are, which unit follows."""

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.values.numerals import NUMERAL_CHARACTERS, parse_numeral
from assistant.values.read_value import MEASURES, Value, size_of, to_half_width

_UNITS = "|".join(MEASURES)
_ARABIC = re.compile(
    rf"(?P<some>)(?P<digits>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)(?P<scale>[百千]?[万亿]?)"
    rf"(?P<vague>[余多几来]?)\s*(?P<unit>{_UNITS}|%|)"
)
_CHINESE = re.compile(
    rf"(?<![第统唯{NUMERAL_CHARACTERS}])(?P<some>(?:几|(?<!总)数)(?=[十百千万亿])|)"
    rf"(?P<digits>[{NUMERAL_CHARACTERS}]+)(?P<scale>)(?P<vague>[余多几来]?)(?P<unit>{_UNITS})(?![性体共])"
)
_LONGEST = 100
"""Digits of a number that is worked out."""
_ENDLESS = Decimal(10) ** _LONGEST
"""What a longer one is taken for: more than anything that is counted."""
_ROUGHLY = re.compile(r"(?:约|近|大概|将近|接近|超过|逾|至少|不足)\s?$")
_MORE_OR_LESS = ("左右", "上下")


class Number(NamedTuple):
    """A number in a text, for example 140余条 -> `Number(3, 8, 140, "条", True)`."""

    start: int
    end: int
    """Just behind the unit."""
    value: Value
    unit: str
    """Measure word, `%`, or empty."""
    is_vague: bool


def find_numbers(text: str) -> list[Number]:
    """Every number of a text in order; Chinese numerals only before a measure word."""
    line = to_half_width(text)
    found = [
        number
        for pattern in (_ARABIC, _CHINESE)
        for match in pattern.finditer(line)
        if (number := _read_match(match, line)) is not None
    ]
    return sorted(found)


def _read_match(match: re.Match[str], line: str) -> Number | None:
    digits, scale, unit = match["digits"], match["scale"], match["unit"]
    value: Value
    if digits[0] in NUMERAL_CHARACTERS:
        numeral = parse_numeral(digits)
        if numeral is None:
            return None
        value = numeral
    else:
        plain = digits.replace(",", "")
        scaled = Decimal(plain) * size_of(scale) if len(plain) <= _LONGEST else _ENDLESS
        if unit == "元" and scale.endswith("万"):
            scaled, unit = scaled / 10_000, "万元"
        value = int(scaled) if scaled == int(scaled) and unit != "万元" else scaled.normalize()
    is_rough = _ROUGHLY.search(line[max(0, match.start() - 4) : match.start()]) is not None
    is_rough = is_rough or line.startswith(_MORE_OR_LESS, match.end())
    is_vague = bool(match["some"] or match["vague"] or is_rough)
    return Number(match.start(), match.end(), value, unit, is_vague)
