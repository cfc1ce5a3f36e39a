"""The years of last year's words: those around its report year move, others are asked about."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.values import read_year

_DIGITS = "〇一二三四五六七八九"
_YEAR = re.compile(  # 2024年, 2024 年, 二〇二四年, the first of 2021—2025年
    rf"(?<![0-9{_DIGITS}零○.])(?P<year>[12][0-9]{{3}}|[一二][{_DIGITS}零○]{{3}})"
    r"(?=\s{0,3}年|\s?[-—–~～至到、和与]\s?[12][0-9]{3}\s{0,3}年)"
)
_NAME = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|（[^（）]*修[订正][^（）]*）")
"""Names of papers, whose years are no time."""


class Year(NamedTuple):
    """A year in a text."""

    start: int
    stop: int
    moved: str
    """What it is in the words of this year; empty where somebody must say."""


def years_of(text: str, before: int, now: int) -> Iterator[Year]:
    """The years of last year's words in order; of a paper's name only those that move.

    Args:
        text: The words, as last year printed them.
        before: The report year of last year.
        now: The report year of this one.
    """
    names = [match.span() for match in _NAME.finditer(text)]
    for match in _YEAR.finditer(text):
        year = read_year(match["year"])
        is_near = year is not None and abs(year - before) <= 1
        if year is not None and is_near:
            yield Year(*match.span(), _written(year + now - before, match["year"]))
        elif not any(start <= match.start() < stop for start, stop in names):
            yield Year(*match.span(), "")


def _written(year: int, like: str) -> str:
    """A year in the digits that another one is written in."""
    digits = str(year)
    return digits if like.isascii() else "".join(_DIGITS[int(each)] for each in digits)
