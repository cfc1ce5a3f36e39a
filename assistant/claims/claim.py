"""What a number, or the words for none and all, say of the figures of the form."""

from typing import Literal, NamedTuple

from assistant.claims.line import Sentence
from assistant.claims.tokens import Token
from assistant.values import Number

Kind = Literal["number", "share", "none", "all", "some"]
Doubt = Literal["", "unknown", "several", "last_year", "change", "other_time", "plan", "scope"]
Way = Literal["", "up", "down"]
Cells = tuple[str, ...]
"""Cells that are counted together."""


class Claim(NamedTuple):
    """One claim of a text."""

    kind: Kind
    at: int
    """Where it stands in the text, in characters."""
    written: str
    """The number with its unit, or the words."""
    sentence: Sentence
    readings: tuple[Cells, ...] = ()
    """What it may be the sum of, the likeliest first; empty when it names no figure."""
    perhaps: tuple[Cells, ...] = ()
    """Readings that a person must look at."""
    like_whole: tuple[Cells, ...] = ()
    """Readings of a part that count where its whole in the sentence is read in such a way."""
    wholes: tuple[Cells, ...] = ()
    """Of a share, and of what is said of all: what it may be a share of."""
    number: Number | None = None
    doubt: Doubt = ""
    """Why it is not compared with this year's figures; then its readings, if any, are guesses."""
    way: Way = ""
    """What it says of a change against last year: 增加14件, 下降2.1%."""


def make_claim(
    kind: Kind,
    token: Token,
    sentence: Sentence,
    readings: tuple[Cells, ...] = (),
    *,
    wholes: tuple[Cells, ...] = (),
    perhaps: tuple[Cells, ...] = (),
    like_whole: tuple[Cells, ...] = (),
    doubt: Doubt = "",
    way: Way = "",
) -> Claim:
    """The claim of a token, placed in the text as written."""
    start, end = sentence.line.span(token.start, token.end)
    written = sentence.text[start - sentence.at : end - sentence.at]
    return Claim(
        kind,
        start,
        written,
        sentence,
        readings,
        perhaps,
        like_whole,
        wholes,
        token.number,
        doubt,
        way,
    )
