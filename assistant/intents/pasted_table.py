"""A pasted column or block of figures, row by row to its questions."""

import re
from collections.abc import Iterator, Sequence

from assistant.form.model import Edition, Heading, Indicator, Question
from assistant.intents.meaning import LeftOver, Pasted
from assistant.intents.pasted_grid_row import NOTHING
from assistant.intents.pasted_labels import is_value, read_rows
from assistant.intents.question_index import QuestionIndex

_BREAK = re.compile(r"\r\n|\r|\n")
_SPACED = re.compile(r"\s*[0-9０-９.,]+(?:\s+[0-9０-９.,]+)+\s*")
_LISTED = re.compile(r"\s*[0-9０-９.]+(?:\s*[,，、]\s*[0-9０-９.]+){2,}\s*")
"""Three figures and more with commas between; two may be one number."""
_MISWRITTEN = re.compile(r"[约近超]?[0-9０-９][^\s]{0,11}")
"""A figure that is not written as one, 12x, 约3; it keeps its place in a column."""
_COMMA = re.compile("[,，、]")


def _figures_of_row(text: str) -> list[str]:
    """The figures of a line that has nothing else, `3 0 1` or `3，0，1`; none of any other."""
    if _LISTED.fullmatch(text):
        return [each.strip() for each in _COMMA.split(text)]
    return text.split() if _SPACED.fullmatch(text) else []


def is_block(text: str) -> bool:
    """Whether a text has the shape of a pasted column, block or row of figures."""
    return bool(_BREAK.search(text.strip("\r\n"))) or "\t" in text or bool(_figures_of_row(text))


def names_rows(text: str, names: QuestionIndex) -> bool:
    """Whether several lines name questions with their figures: they were copied together."""
    lines = _BREAK.split(text.strip("\r\n"))
    return len(lines) > 1 and len(read_rows(lines, None, names, frozenset()).entries) > 1


def read_block(
    text: str, asked: Question | None, names: QuestionIndex, absent: frozenset[str] = frozenset()
) -> Pasted:
    """Find the question of every row: by its label, or one after the other from the one asked.

    Args:
        text: What was pasted.
        asked: The question on the screen.
        names: Where labels come from.
        absent: Cells that are not asked, because their row or column did not occur.
    """
    lines = _BREAK.split(text.rstrip("\r\n"))
    if len(lines) == 1:
        lines = _figures_of_row(text) or lines
        if len(lines) > 1 and _is_in_row(asked, names.edition):  # it is no row of this table
            return Pasted((), (), (LeftOver(text.strip(), "unfit"),))
    if _is_column(lines):
        return _read_column(lines, asked, names.edition, absent)
    return read_rows(lines, asked, names, absent)


def _is_in_row(asked: Question | None, edition: Edition) -> bool:
    """Whether the question on the screen is a cell among others of its row."""
    grid = edition.grids_by_id.get(asked.grid) if isinstance(asked, Indicator) else None
    return grid is not None and len(grid.columns) > 1


def _is_column(lines: Sequence[str]) -> bool:
    """Whether nothing but figures stands in the lines, less than half of them miswritten."""
    cells = [line.strip() for line in lines if line.strip() not in NOTHING]
    odd = [cell for cell in cells if not is_value(cell)]
    return all(map(_MISWRITTEN.fullmatch, odd)) and 2 * len(odd) < max(len(cells), 1)


def _read_column(
    lines: Sequence[str], asked: Question | None, edition: Edition, absent: frozenset[str]
) -> Pasted:
    """Give each cell its line; a column that holds the lines of headings too goes row by row.

    Where headings lie between and the lines fit neither way, nothing is taken: a shifted column
    looks right on the screen.
    """
    order = [item for item in edition.indicators if item.id not in absent]
    start = order.index(asked) if isinstance(asked, Indicator) else len(order)
    cells = ["" if line.strip() in NOTHING else line.strip() for line in lines]
    by_row = _by_row(cells, asked, edition)
    if by_row is not None:
        pairs = by_row
    elif len(cells) != len(order) - start and (crossed := _crossed(cells, asked, edition)):
        return Pasted((), (), _without_place(cells), crossed)
    else:
        pairs = list(zip(order[start:], cells, strict=False))
    left_over = cells[len(pairs) :] if by_row is None else []
    return Pasted(
        entries=tuple((item.id, cell) for item, cell in pairs if cell),
        blank=tuple(item.id for item, cell in pairs if not cell),
        left_over=_without_place(left_over),
    )


def _without_place(cells: Sequence[str]) -> tuple[LeftOver, ...]:
    return tuple(LeftOver(cell, "no_place") for cell in cells if cell)


def _by_row(
    cells: Sequence[str], asked: Question | None, edition: Edition
) -> list[tuple[Indicator, str]] | None:
    """Cells with their lines, where the headings between have blank or zero lines of their own."""
    for rows in _stretches(asked, edition):
        pairs = list(zip(rows, cells, strict=False))
        headings = [cell for row, cell in pairs if isinstance(row, Heading)]
        figures = [(row, cell) for row, cell in pairs if isinstance(row, Indicator)]
        is_whole = len(cells) == len(rows)
        has_blank = not all(headings)
        fits = not any(cell.strip("0０") for cell in headings)
        is_told = headings and fits and (is_whole or has_blank)
        if is_told and len(cells) <= len(rows) and all(cell for _, cell in figures):
            return figures
    return None


def _crossed(cells: Sequence[str], asked: Question | None, edition: Edition) -> str:
    """The first heading of the form among the rows that a column fills from the one asked."""
    stretches = list(_stretches(asked, edition))
    rows = stretches[0][: len(cells)] if stretches else ()
    return next((row.id for row in rows if isinstance(row, Heading)), "")


def _stretches(
    asked: Question | None, edition: Edition
) -> Iterator[tuple[Heading | Indicator, ...]]:
    """The rows of the form from the one asked, and from each heading right above it."""
    places = [row.id for row in edition.rows]
    if asked is None or asked.id not in places:
        return
    at = places.index(asked.id)
    yield edition.rows[at:]
    while at and isinstance(edition.rows[at - 1], Heading):
        at -= 1
        yield edition.rows[at:]
