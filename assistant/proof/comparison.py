"""A document, also an edited one, against the report: number by number."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from assistant.documents import Line
from assistant.values import Number, find_numbers

Verdict = Literal["changed", "unknown", "missing"]
_SPACE = re.compile(r"\s+")
_SLOT = "\0"
"""Stands for a number; no document contains it."""
_SIMILAR = 0.6
"""Share of common characters from which two lines count as the same sentence, edited."""


class Difference(NamedTuple):
    """A number on which document and answers disagree."""

    verdict: Verdict
    cell: str
    """Id of the figure or fact; empty for words of the form or a number nobody knows."""
    kind: str
    """Kind of the span it stands in; empty for an unknown number."""
    old: str
    """What the answers say; empty when unknown."""
    new: str
    """What the document says; empty when missing."""
    sentence: str
    """The sentence or table row, as it stands in the document where it does."""


class Comparison(NamedTuple):
    """What comparing a document gave."""

    agreed: int
    """Numbers that agree."""
    reworded: int
    """Lines whose words changed and whose numbers agree."""
    differences: tuple[Difference, ...]


class _Marked(NamedTuple):
    """A line with its numbers and its words around them."""

    text: str
    numbers: list[Number]
    skeleton: str
    """The words with a slot for every number, without white space."""


def compare(expected: Sequence[Line], found: Sequence[str]) -> Comparison:
    """Compare the lines a report promises with those of a document."""
    wanted = [(line, _mark(line.text)) for line in expected if line.text.strip()]
    given = [_mark(text) for text in found]
    pairs, lost, extra = _align([mark for _, mark in wanted], given)
    agreed, reworded = 0, 0
    differences: list[Difference] = []
    for at, to in sorted(pairs):
        line, mark = wanted[at]
        same, faults = _compare_line(line, mark, given[to])
        agreed += same
        differences += faults
        reworded += not faults and mark.skeleton != given[to].skeleton
    for at in lost:
        line, mark = wanted[at]
        differences += [_missing(line, number, mark.text) for number in mark.numbers]
        reworded += not mark.numbers
    for to in extra:
        differences += [_unknown(number, given[to].text) for number in given[to].numbers]
        reworded += not given[to].numbers
    return Comparison(agreed, reworded, tuple(differences))


def _mark(text: str) -> _Marked:
    numbers = find_numbers(text)
    pieces, last = [], 0
    for number in numbers:
        unit = len(number.unit) if text[: number.end].endswith(number.unit) else 0
        pieces += [text[last : number.start], _SLOT]
        last = number.end - unit
    pieces.append(text[last:])
    return _Marked(text, numbers, _SPACE.sub("", "".join(pieces)))


def _align(
    wanted: Sequence[_Marked], given: Sequence[_Marked]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pair the lines: equal words in order, then similar ones, then those moved elsewhere."""
    pairs: list[tuple[int, int]] = []
    lost: list[int] = []
    extra: list[int] = []
    matcher = SequenceMatcher(
        None, [mark.skeleton for mark in wanted], [mark.skeleton for mark in given], autojunk=False
    )
    for tag, start, end, to_start, to_end in matcher.get_opcodes():
        here, there = range(start, end), range(to_start, to_end)
        if tag == "equal":
            pairs += zip(here, there, strict=True)
            continue
        lost += here
        extra += there
    pairs += _pair_up(wanted, given, lost, extra, 1.0)
    pairs += _pair_up(wanted, given, lost, extra, _SIMILAR)
    return pairs, lost, extra


def _pair_up(
    wanted: Sequence[_Marked],
    given: Sequence[_Marked],
    lost: list[int],
    extra: list[int],
    least: float,
) -> Iterator[tuple[int, int]]:
    """Pair what is left, most similar first, and take it off the two lists."""
    scores = sorted(
        ((_likeness(wanted[at].skeleton, given[to].skeleton, least), -abs(at - to), at, to))
        for at in lost
        for to in extra
    )
    for score, _, at, to in reversed(scores):
        if score >= least and at in lost and to in extra:
            lost.remove(at)
            extra.remove(to)
            yield at, to


def _likeness(one: str, other: str, least: float) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if least == 1.0 or matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _compare_line(line: Line, mark: _Marked, other: _Marked) -> tuple[int, list[Difference]]:
    """Compare two lines of the same words, or nearly: agreeing numbers, and the rest."""
    agreed = 0
    faults: list[Difference] = []
    for old, new in _pair_numbers(mark, other):
        if old and new and (old.value, old.is_vague) == (new.value, new.is_vague):
            agreed += 1
        elif old and new:
            cell, kind, text = _source(line, old)
            written = other.text[new.start : new.end]
            faults.append(Difference("changed", cell, kind, text, written, other.text.strip()))
        elif old:
            faults.append(_missing(line, old, other.text))
        elif new:
            faults.append(_unknown(new, other.text))
    return agreed, faults


def _pair_numbers(mark: _Marked, other: _Marked) -> Iterator[tuple[Number | None, Number | None]]:
    if mark.skeleton == other.skeleton:
        yield from zip(mark.numbers, other.numbers, strict=True)
        return
    here, there = iter(mark.numbers), iter(other.numbers)
    matcher = SequenceMatcher(None, mark.skeleton, other.skeleton, autojunk=False)
    for tag, start, end, to_start, to_end in matcher.get_opcodes():
        olds = [next(here) for _ in range(mark.skeleton.count(_SLOT, start, end))]
        news = [next(there) for _ in range(other.skeleton.count(_SLOT, to_start, to_end))]
        if tag == "equal":
            yield from zip(olds, news, strict=True)
            continue
        common = min(len(olds), len(news))
        yield from zip(olds[:common], news[:common], strict=True)
        yield from ((old, None) for old in olds[common:])
        yield from ((None, new) for new in news[common:])


def _missing(line: Line, number: Number, sentence: str) -> Difference:
    cell, kind, text = _source(line, number)
    return Difference("missing", cell, kind, text, "", sentence.strip())


def _unknown(number: Number, sentence: str) -> Difference:
    written = sentence[number.start : number.end]
    return Difference("unknown", "", "", "", written, sentence.strip())


def _source(line: Line, number: Number) -> tuple[str, str, str]:
    """The span a number stands in: its id, its kind, and the number with its unit."""
    written = line.text[number.start : number.end]
    position = 0
    for span in line.spans:
        position += len(span.text)
        if number.start < position:
            return span.id, span.kind, written
    raise IndexError(number.start)
