"""Prose in clauses, each with the sentence that it stands in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.export.align import Marked, align, mark
from assistant.values import NUMERAL_CHARACTERS

_CLAUSE_END = re.compile(r"[，。；：！？、]+|[,;:!?]+(?![0-9A-Za-z/])")
SENTENCE_ENDS = "。；！？;!?"
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}]")
_SHORT = 6
"""Clauses of fewer characters, 占7.5%, are the same only beside the same or with that number."""


class Clause(NamedTuple):
    """A clause of a text, without the mark that ends it."""

    line: int
    start: int
    """Where it begins in its line."""
    marked: Marked
    sentence: int
    """Which sentence of all it belongs to."""

    @property
    def end(self) -> int:
        """Where it ends in its line."""
        return self.start + len(self.marked.text)


class Sentence(NamedTuple):
    """A sentence as it is written, with the mark that ends it."""

    text: str
    start: int
    """Where it begins in its line."""


def cut(lines: Sequence[str]) -> tuple[list[Clause], list[Sentence]]:
    """The clauses of some lines, and their sentences."""
    clauses: list[Clause] = []
    sentences: list[Sentence] = []
    for line, text in enumerate(lines):
        begin = 0
        for start, end, after in _cuts(text):
            if text[start:end].strip():
                clauses.append(Clause(line, start, mark(text[start:end]), len(sentences)))
            if after == len(text) or _SENTENCE_END.search(text, end, after):
                if text[begin:after].strip():
                    sentences.append(Sentence(text[begin:after], begin))
                begin = after
    return clauses, sentences


def _cuts(text: str) -> Iterator[tuple[int, int, int]]:
    """Where clauses begin and end, and where their mark ends; none is cut within a number."""
    within = {at for number in mark(text).numbers for at in range(number.start, number.end)}
    begin = 0
    for match in _CLAUSE_END.finditer(text):
        if match.start() not in within:
            yield begin, match.start(), match.end()
            begin = match.end()
    if begin < len(text):
        yield begin, len(text), len(text)


def pair_clauses(ours: Sequence[Clause], theirs: Sequence[Clause]) -> dict[int, int]:
    """Which clause is which: the same words, or nearly, or with numbers that nobody reads."""
    pairs, _, _ = align([each.marked for each in ours], [each.marked for each in theirs])
    alike = dict(pairs)
    found = {
        at: to
        for at, to in pairs
        if len(ours[at].marked.skeleton) >= _SHORT
        or alike.get(at - 1) == to - 1
        or alike.get(at + 1) == to + 1
        or _numbers(ours[at]) == _numbers(theirs[to])
    }
    return {**found, **dict(_in_other_numbers(ours, theirs, found))}


def _in_other_numbers(
    ours: Sequence[Clause], theirs: Sequence[Clause], found: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Clauses beside a pair that differ by how their numbers are written: 九年 for 2025年."""
    taken = {*found.values()}
    for at, clause in enumerate(ours):
        if at in found or not clause.marked.numbers:
            continue
        beside = {found[near] + at - near for near in (at - 1, at + 1) if near in found}
        words = number_in_words(clause.marked.skeleton)
        for to in beside & {*range(len(theirs))} - taken:
            if words.fullmatch(theirs[to].marked.skeleton):
                yield at, to


_IN_WORDS = f"[\0{NUMERAL_CHARACTERS}%％.]{{0,12}}"
"""What may stand for a number that is written in a way nobody reads."""


def number_in_words(skeleton: str) -> re.Pattern[str]:
    """A clause whose numbers may be written in a way that nobody reads."""
    return re.compile(re.escape(skeleton).replace(re.escape("\0"), _IN_WORDS))


def _numbers(clause: Clause) -> list[tuple[object, ...]]:
    return [clause.marked.meaning(number) for number in clause.marked.numbers]
