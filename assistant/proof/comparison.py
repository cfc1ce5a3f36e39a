"""A document, also an edited one, against the report: number by number."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from assistant.documents import Line
from assistant.proof.alignment import Marked, align, mark, pair_numbers, shared_start
from assistant.values import Number

Verdict = Literal["changed", "unknown", "missing"]


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


def compare(expected: Sequence[Line], found: Sequence[str]) -> Comparison:
    """Compare the lines a report promises with those of a document."""
    lines = [line for line in expected if line.text.strip()]
    wanted = [mark(line.text) for line in lines]
    given = [mark(text) for text in found]
    pairs, lost, extra = align(wanted, given)
    agreed, reworded = 0, 0
    differences: list[Difference] = []
    for at, to in pairs:
        same, faults = _compare_line(lines[at], wanted[at], given[to])
        agreed += same
        differences += faults
        reworded += not faults and wanted[at].skeleton != given[to].skeleton
    for at in lost:
        differences += [
            _missing(lines[at], wanted[at], number, wanted[at].text)
            for number in wanted[at].numbers
        ]
        reworded += not wanted[at].numbers
    for to in extra:
        differences += [_unknown(given[to], number) for number in given[to].numbers]
        reworded += not given[to].numbers
    return Comparison(agreed, reworded, tuple(differences))


def _compare_line(line: Line, wanted: Marked, given: Marked) -> tuple[int, list[Difference]]:
    """Compare two lines of the same words, or nearly: agreeing numbers, and the rest."""
    agreed = 0
    faults: list[Difference] = []
    for old, new in pair_numbers(wanted, given):
        if old and new and wanted.meaning(old) == given.meaning(new):
            agreed += 1
        elif old and new:
            faults.append(_changed(line, wanted, old, given, new))
        elif old:
            faults.append(_missing(line, wanted, old, given.text))
        elif new:
            faults.append(_unknown(given, new))
    return agreed, faults


def _changed(line: Line, wanted: Marked, old: Number, given: Marked, new: Number) -> Difference:
    before, after = wanted.written(old), given.written(new)
    digits = len(before.removesuffix(old.unit).rstrip())
    cell, kind = _source(line, old.start + min(shared_start(before, after), digits - 1))
    return Difference("changed", cell, kind, before, after, given.text.strip())


def _missing(line: Line, wanted: Marked, number: Number, sentence: str) -> Difference:
    cell, kind = _source(line, number.start)
    return Difference("missing", cell, kind, wanted.written(number), "", sentence.strip())


def _unknown(given: Marked, number: Number) -> Difference:
    return Difference("unknown", "", "", "", given.written(number), given.text.strip())


def _source(line: Line, position: int) -> tuple[str, str]:
    """Id and kind of the span that a character stands in."""
    ends = accumulate(len(span.text) for span in line.spans)
    span = next(span for span, end in zip(line.spans, ends, strict=True) if position < end)
    return span.id, span.kind
