"""What stands in a published report and was not understood, and what does not stand in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.published.report import Published
from assistant.tables.form_lines import form_lines

_MOST_NAMED = 20
"""Rows and cells that one sentence names; of more it says how many cells there are."""
_OF_ROW = ("shifted", "unproved", "glued", "uneven", "order", "unclear", "folded", "columns")
"""Reasons that are those of a whole row."""


class Unread(NamedTuple):
    """One thing that was not read."""

    reason: str
    cells: tuple[str, ...]
    sentence: str


def doubtful(published: Published, sentences: Sentences) -> Iterator[Unread]:
    """The cells that hold something and are not certain, those of a row for one reason at once."""
    groups: dict[tuple[str, object], list[str]] = {}
    for name, reading in published.uncertain.items():
        row = published.answers.edition.cells[name].row
        if reading.why in _OF_ROW:
            groups.setdefault((reading.why, row if reading.texts else ""), []).append(name)
        elif reading.why != "blank":
            groups.setdefault((str(reading.why), name), []).append(name)
    for (why, _), cells in groups.items():
        first = published.cells[cells[0]]
        printed = (published.cells[name].texts for name in cells)
        texts = first.texts if len(cells) == 1 else tuple(each[0] for each in printed if each)
        sentence = sentences.say(
            "published.uncertain",
            name="、".join(named_together(cells, published.answers.edition)),
            texts="、".join(texts),
            why=sentences.say(f"published.why_{why}"),
            place=first.place.name,
        )
        yield Unread(why, tuple(cells), sentence)


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
        told = named_together(cells, published.answers.edition)
        names = "、".join(told) if len(told) <= _MOST_NAMED else ""
        sentence = sentences.say(f"published.{reason}", count=len(cells), names=names)
        yield Unread(reason, tuple(cells), sentence)


def named_together(cells: Sequence[str], edition: Edition) -> list[str]:
    """The names of cells as messages list them, whole rows and the rows of a heading together.

    Eighteen cells are `["「其他处理」"]`, six `["「予以公开」"]`, one `["「规章·现行有效件数」"]`.
    """
    form, told = form_lines(edition), {*cells}
    names: dict[str, None] = {}
    for line in form.lines:
        rows = form.within(line) if line.id and not line.cells else (line,)
        asked = [cell.id for row in rows for cell in row.cells if not cell.computed]
        if len(asked) > 1 and told.issuperset(asked):
            names[f"「{edition.rows_by_id[line.id].label}」" if line.id else ""] = None
            told -= {cell.id for row in rows for cell in row.cells}
    names.pop("", None)
    return [*names, *(f"「{edition.name(cell)}」" for cell in cells if cell in told)]


def foreign_rows(published: Published, sentences: Sentences) -> Iterator[Unread]:
    """The rows with figures that are none of the form."""
    for row in published.unplaced:
        yield Unread(row.why, (), sentences.say("published.unplaced", text=row.text))
