"""Which line of a document is which line of the report, and which number which."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from assistant.export.formats.document_lines import BORDER
from assistant.values import Number, find_numbers, parse_numeral
from assistant.values.characters import shared_start

if TYPE_CHECKING:
    from difflib import SequenceMatcher

_SPACE = re.compile(r"\s+")
_SLOT = "\0"
"""Stands for a number; no document contains it."""
_ARTICLE = re.compile(r"(?<=第)[零〇一二三四五六七八九十百千]+(?=[条款项])")
_PADDING = re.compile(r"[0０]*(?=[0-9０-９])")
_EXACT_DIGITS = 20
"""Longer numbers are codes and compared as they are written."""
_SIMILAR = 0.6
"""Share of common characters from which two lines count as the same sentence, edited."""
_NEAR = 40
"""Unpaired lines looked at on either side of where an edited line should stand."""
_COMPARED = 3_000
"""Characters by which two lines are judged to be the same sentence: beginnings tell."""
_LONG = 600
"""Characters or lines from which the matcher may pass over what is frequent, to stay quick."""

Pair = tuple[int, int]
NumberPair = tuple[Number | None, Number | None]


class Marked(NamedTuple):
    """A line with its numbers and its words around them."""

    text: str
    numbers: tuple[Number, ...]
    skeleton: str
    """The words with a slot for every number, without white space."""

    def written(self, number: Number) -> str:
        """A number as the line has it, with its unit."""
        return self.text[number.start : number.end].rstrip()

    def meaning(self, number: Number) -> tuple[object, ...]:
        """What two prints of the same number have in common, in whatever script.

        Leading zeros mean something: 010 is a code, and not 10; so does a lost one, as in .0%.
        """
        written = self.written(number)
        padding = _PADDING.match(written)
        value = Decimal(number.value) / (10_000 if number.unit == "元" else 1)
        code = unicodedata.normalize("NFKC", written) if len(written) > _EXACT_DIGITS else ""
        zeros = padding.end() if padding else 0
        if value == 0 and self.text[number.start - 1 : number.start] == ".":
            zeros = -1
        return value, number.is_vague, number.unit == "%", zeros, code


@lru_cache(maxsize=1_000)
def mark(text: str) -> Marked:
    """Find the numbers of a line, the articles of laws included."""
    numbers = tuple(sorted([*find_numbers(text), *_articles(text)]))
    pieces, last = [], 0
    for number in numbers:
        unit = len(number.unit) if text[: number.end].endswith(number.unit) else 0
        pieces += [text[last : number.start], _SLOT]
        last = number.end - unit
    pieces.append(text[last:])
    return Marked(text, numbers, _SPACE.sub("", "".join(pieces)))


def _articles(text: str) -> Iterator[Number]:
    for match in _ARTICLE.finditer(text):
        value = parse_numeral(match[0])
        if value is not None:
            yield Number(match.start(), match.end(), value, "", is_vague=False)


def align(
    wanted: Sequence[Marked], given: Sequence[Marked]
) -> tuple[list[Pair], list[int], list[int]]:
    """Pair the lines: equal words in order, then those moved elsewhere, then edited ones.

    Returns:
        The pairs in order, the lines of `wanted` that are lost, and those of `given` too many.
    """
    matcher = _matcher([line.skeleton for line in wanted], [line.skeleton for line in given])
    pairs = {
        start + step: to_start + step
        for start, to_start, size in matcher.get_matching_blocks()
        for step in range(size)
    }
    pairs |= _moved(wanted, given, pairs)
    pairs |= _edited(wanted, given, pairs)
    return sorted(pairs.items()), *_unpaired(wanted, given, pairs)


def _unpaired(
    wanted: Sequence[Marked], given: Sequence[Marked], pairs: dict[int, int]
) -> tuple[list[int], list[int]]:
    """The lines on either side that have no partner."""
    taken = set(pairs.values())
    lost = [at for at in range(len(wanted)) if at not in pairs]
    return lost, [to for to in range(len(given)) if to not in taken]


def _moved(
    wanted: Sequence[Marked], given: Sequence[Marked], known: dict[int, int]
) -> dict[int, int]:
    """Pair lines of equal words wherever they stand."""
    lost, extra = _unpaired(wanted, given, known)
    places = defaultdict(list)
    for to in reversed(extra):
        places[given[to].skeleton].append(to)
    return {at: places[wanted[at].skeleton].pop() for at in lost if places.get(wanted[at].skeleton)}


def _edited(
    wanted: Sequence[Marked], given: Sequence[Marked], known: dict[int, int]
) -> dict[int, int]:
    """Pair similar lines near each other, most similar first."""
    lost, extra = _unpaired(wanted, given, known)
    anchors = sorted(known)
    scores = []
    for at in lost:
        before = bisect_left(anchors, at)
        place = at + (known[anchors[before - 1]] - anchors[before - 1] if before else 0)
        middle = bisect_right(extra, place)
        for to in extra[max(0, middle - _NEAR) : middle + _NEAR]:
            score = _likeness(wanted[at].skeleton, given[to].skeleton)
            if score >= _SIMILAR:
                scores.append((-score, abs(to - place), at, to))
    pairs: dict[int, int] = {}
    for _, _, at, to in sorted(scores):
        if at not in pairs and to not in pairs.values():
            pairs[at] = to
    return pairs


def _likeness(one: str, other: str) -> float:
    if 2 * min(len(one), len(other)) < _SIMILAR * (len(one) + len(other)):
        return 0.0
    if BORDER in one and one.count(BORDER) == other.count(BORDER):
        return _likeness_of_cells(one.split(BORDER), other.split(BORDER))
    matcher = _matcher(one[:_COMPARED], other[:_COMPARED])
    return matcher.ratio() if matcher.quick_ratio() >= _SIMILAR else 0.0


def _likeness_of_cells(row: Sequence[str], other: Sequence[str]) -> float:
    """Share of characters two rows have in common, each cell looked at by itself."""
    whole = sum(map(len, row)) + sum(map(len, other))
    common = sum(
        size
        for cell, another in zip(row, other, strict=True)
        for _, _, size in _matcher(cell, another).get_matching_blocks()
    )
    return 2 * common / whole if whole else 1.0


def _matcher(one: Sequence[str], other: Sequence[str]) -> "SequenceMatcher[str]":
    from difflib import SequenceMatcher  # noqa: PLC0415  only verify needs it

    return SequenceMatcher(None, one, other, autojunk=len(other) > _LONG)


def pair_numbers(line: Marked, other: Marked) -> Iterator[NumberPair]:
    """Pair the numbers of two lines of the same words, or nearly; None where one is alone."""
    if line.skeleton == other.skeleton:
        yield from zip(line.numbers, other.numbers, strict=True)
        return
    here, there = iter(line.numbers), iter(other.numbers)
    cells, others = line.skeleton.split(BORDER), other.skeleton.split(BORDER)
    if len(cells) != len(others):
        cells, others = [line.skeleton], [other.skeleton]
    for cell, another in zip(cells, others, strict=True):
        for stretch, changed in _stretches(cell, another):
            olds = [next(here) for _ in range(stretch.count(_SLOT))]
            news = [next(there) for _ in range(changed.count(_SLOT))]
            yield from zip_longest(olds, news)


def _stretches(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Two texts in stretches, the same or changed, equal beginning and end set aside first."""
    head = shared_start(one, other)
    tail = shared_start(one[head:][::-1], other[head:][::-1])
    yield one[:head], other[:head]
    inner, another = one[head : len(one) - tail], other[head : len(other) - tail]
    for _, start, end, to_start, to_end in _matcher(inner, another).get_opcodes():
        yield inner[start:end], another[to_start:to_end]
    yield one[len(one) - tail :], other[len(other) - tail :]
