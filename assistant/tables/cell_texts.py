"""What one cell of a table holds: a figure, nothing, a unit, words; and run-together digits cut."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, islice
from typing import Literal

from assistant.form.model import Indicator
from assistant.values import MEASURES, Refusal, Value, parse_numeral, read
from assistant.values.language import measures_like, phrase, words_for

Content = Literal["blank", "dash", "figure", "odd", "unit", "word"]
"""An odd one has digits and is no figure, 约3; a dash is no number; 暂缺 stands for a figure."""
_STATES = words_for("state_absent", "state_provisional")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = frozenset("-－—–―/／\\")
_FIGURE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_NUMBER_BEFORE = re.compile(r"\(?[0-9]{1,3}[.、)]\s{0,4}(?=[\u4e00-\u9fff])")
"""The number of a label, 3.其他, 3. 其他."""
_LONGEST_FIGURE = 30
_LONGEST_ODD = 12
_LONGEST_KEPT = 100
"""Characters of a cell whose content is remembered; a table has most of its cells many times."""
_UNIT_TOLD = phrase(r"单位:([^()]{1,8}) | \( ([百千]?[万亿]?{measure}) \)")
"""（单位：亿元）, （万件）."""
_GLUED = re.compile(r"[0-9]+")
_MOST_CUTS = 2_000
"""Ways to cut digits that are looked at; a row with more is not read."""
_MOST_DIGITS = 36
_MOST_STEPS = 40_000
"""Figures that are tried for it; a row that wants more is not read either."""


def seen(text: str) -> str:
    """A text without the characters of no width that come with copies of web pages."""
    return text.translate(_NO_WIDTH)


def folded(text: str) -> str:
    """A cell in ASCII digits and marks, without the spaces around it."""
    return unicodedata.normalize("NFKC", seen(text)).strip().removesuffix("。")


def content_of(text: str) -> Content:
    """What a cell holds."""
    return _content_of(text) if len(text) > _LONGEST_KEPT else _remembered(text)


def _content_of(text: str) -> Content:
    said = folded(text)
    if not said:
        return "blank"
    if not said.strip("".join(_DASHES) + " "):
        return "dash"
    if said.startswith(_STATES) or parse_numeral(said) is not None:
        return "figure"
    counted = said.rstrip("".join(MEASURES)).strip()
    if not counted:
        return "unit"
    if len(said) <= _LONGEST_FIGURE and _FIGURE.fullmatch(counted):
        return "figure"
    if len(said) > _LONGEST_ODD:
        return "word"
    told = _NUMBER_BEFORE.sub("", said)
    has_digit = any(map(str.isdigit, told))
    has_words = sum(map(str.isalpha, told)) > 2
    return "odd" if has_digit and not has_words else "word"


_remembered = lru_cache(maxsize=4_096)(_content_of)


def value_of(cell: Indicator, text: str) -> Value | None:
    """The number that a text is for a cell of the form; `None` where it is none."""
    number = read(folded(text), cell.kind, cell.unit)
    return None if isinstance(number, Refusal) else number


def is_glued(text: str, count: int) -> bool:
    """Whether digits may be those of several cells run together."""
    return count > 1 and len(text) >= count and bool(_GLUED.fullmatch(folded(text)))


def cuts(text: str, groups: Sequence[int]) -> list[tuple[str, ...]]:
    """The ways to cut digits into figures so that in each group the last is the sum of the others.

    Args:
        text: Digits without a mark, `294981916`.
        groups: How many figures each group has, its sum among them; `(7,)`, `(5, 5, 5)`.

    Returns:
        All of them; none too where they are more than a bound.
    """
    digits = folded(text)
    if len(digits) > _MOST_DIGITS:
        return []
    steps = count()
    found = list(islice(_cut_groups(digits, tuple(groups), steps), _MOST_CUTS + 1))
    return found if len(found) <= _MOST_CUTS and next(steps) < _MOST_STEPS else []


def _cut_groups(
    digits: str, groups: tuple[int, ...], steps: Iterator[int]
) -> Iterator[tuple[str, ...]]:
    if not groups:
        if not digits:
            yield ()
        return
    first_count, rest = groups[0], groups[1:]
    for size in range(first_count, len(digits) - sum(rest) + 1):
        for first in _cut_one(digits[:size], first_count, steps):
            for others in _cut_groups(digits[size:], rest, steps):
                yield first + others


def _cut_one(digits: str, number: int, steps: Iterator[int]) -> Iterator[tuple[str, ...]]:
    """The cuts of one group; the longest figure is its sum, which stands last."""
    for size in range(1, len(digits) - number + 2):
        total = digits[-size:]
        if len(total) == 1 or total[0] != "0":
            for parts in _parts(digits[:-size], number - 1, int(total), steps):
                yield (*parts, total)


def _parts(digits: str, number: int, total: int, steps: Iterator[int]) -> Iterator[tuple[str, ...]]:
    """The cuts into some figures that make up a sum, none of which can be longer than it."""
    if len(digits) > number * len(str(total)) or next(steps) >= _MOST_STEPS:
        return
    if number == 1:
        if digits and (len(digits) == 1 or digits[0] != "0") and int(digits) == total:
            yield (digits,)
        return
    for size in range(1, len(digits) - number + 2):
        first = digits[:size]
        if (size > 1 and first[0] == "0") or int(first) > total:
            break
        for rest in _parts(digits[size:], number - 1, total - int(first), steps):
            yield (first, *rest)


def in_unit(text: str, header: str, unit: str) -> str:
    """A figure with the unit of its header where that is not the one of the form.

    元 or 亿元 for 万元, 万件 for 件; what it is then no number of the form with, is none. Another
    measure word of what is counted says nothing: 起 for 件.
    """
    told = _UNIT_TOLD.findall(folded(header))
    other = next(filter(None, told[-1]), "").strip() if told else ""
    is_known = not other or other in measures_like(unit)
    said = folded(text)
    return text if is_known or not _FIGURE.fullmatch(said) else f"{said}{other}"
