"""A text as claims are read from it: without blanks and quotation marks, and its sentences."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_MARKS = str.maketrans(",;:?!()０１２３４５６７８９．％", "，；：？！（）0123456789.%")
_LEFT_OUT = re.compile(r"""[“”"「」]|[^\S\n]|(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))""")
_FULL_STOP = re.compile(r"(?<![0-9A-Za-z])[.．](?![0-9A-Za-z])")
_SENTENCE_END = re.compile(r"(?<=[。；！？;!?\n])(?![，、。；！？;!?\n])")
OPENING = "“「"
"""Marks before a name or a quotation."""
_CUT_BEHIND = "，、："
_KEPT_WHOLE = 960
"""Characters behind which a piece may end before a number; no number is as long as the rest."""
_LONGEST_SENTENCE = 1_000
"""Characters of a sentence; what is longer is read in pieces."""


class Line(NamedTuple):
    """A text with full-width marks and half-width digits, and where each character stands."""

    text: str
    places: Sequence[int]
    """By character its place in the text as written; one more for the end."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text as written that a part of this one stands for."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


class Sentence(NamedTuple):
    """A sentence of a text."""

    text: str
    """As written, with its closing mark."""
    at: int
    """Where it begins in the text as written."""
    line: Line
    """Its places are those of the whole text."""


def legible(text: str) -> Line:
    """A text as patterns read it: 1,234 is 1234, “三公” is 三公, 申请 3 件 is 申请3件."""
    text = _FULL_STOP.sub("。", text)
    left_out = {match.start() for match in _LEFT_OUT.finditer(text)}
    if not left_out:
        return Line(text.translate(_MARKS), range(len(text) + 1))
    kept = [at for at in range(len(text)) if at not in left_out]
    return Line("".join([text[at] for at in kept]).translate(_MARKS), [*kept, len(text)])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces that are not too long, cut behind a mark, and never in a number."""
    while end - start > _LONGEST_SENTENCE:
        stop = start + _LONGEST_SENTENCE
        mark = max(text.rfind(each, start, stop) for each in _CUT_BEHIND) + 1
        while not mark and stop > start + _KEPT_WHOLE and text[stop - 1].isdigit():
            stop -= 1
        yield start, mark or stop
        start = mark or stop
    yield start, end


@lru_cache(maxsize=16)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, endless ones in pieces; blank ones are left out."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    read = legible(text)
    ends = [0, *[match.start() for match in _SENTENCE_END.finditer(read.text)], len(read.text)]
    for start, end in pairwise(ends):
        is_long = end - start > _LONGEST_SENTENCE
        for at, stop in _pieces(read.text, start, end) if is_long else ((start, end),):
            begin = _begin(text, read, at)
            piece = text[begin : _begin(text, read, stop)]
            if told := piece.strip():
                line = Line(read.text[at:stop], read.places[at : stop + 1])
                yield Sentence(told, begin + piece.index(told), line)


def _begin(text: str, read: Line, at: int) -> int:
    """Where a piece of a text begins as written: with the marks that open before it."""
    place = read.places[at - 1] + 1 if at else 0
    while place < read.places[at] and text[place] not in OPENING:
        place += 1
    return place
