"""What stands in a published report and was not understood, and what does not stand in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.messages import Sentences
from assistant.published.report import Published

_MOST_NAMED = 20
"""Cells that one sentence names; of more it says how many there are."""


class Unread(NamedTuple):
    """One thing that was not read."""

    reason: str
    cells: tuple[str, ...]
    sentence: str


def doubtful(published: Published, sentences: Sentences) -> Iterator[Unread]:
    """The cells that hold something and are not certain, each by itself."""
    edition = published.answers.edition
    for name, reading in published.uncertain.items():
        if reading.why != "blank":
            sentence = sentences.say(
                "published.uncertain",
                name=edition.name(name),
                texts="、".join(reading.texts),
                why=sentences.say(f"published.why_{reading.why}"),
                place=reading.place.name,
            )
            yield Unread(str(reading.why), (name,), sentence)


def blank(published: Published, sentences: Sentences) -> Iterator[Unread]:
    """The cells that hold nothing, in one sentence."""
    cells = [name for name, each in published.uncertain.items() if each.why == "blank"]
    return _together("blank", cells, published, sentences)


def missing(published: Published, sentences: Sentences) -> Iterator[Unread]:
    """The cells that are not there, in one sentence."""
    return _together("missing", published.missing, published, sentences)


def _together(
    reason: str, cells: Sequence[str], published: Published, sentences: Sentences
) -> Iterator[Unread]:
    if cells:
        names = published.answers.edition.quoted(cells) if len(cells) <= _MOST_NAMED else ""
        sentence = sentences.say(f"published.{reason}", count=len(cells), names=names)
        yield Unread(reason, tuple(cells), sentence)


def foreign_rows(published: Published, sentences: Sentences) -> Iterator[Unread]:
    """The rows with figures that are none of the form."""
    for row in published.unplaced:
        yield Unread(row.why, (), sentences.say("published.unplaced", text=row.text))
