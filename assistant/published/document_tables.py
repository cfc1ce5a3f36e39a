"""The figures in all tables of a document, and in its lines where no table has them."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from assistant.export.formats import DocumentContents
from assistant.form.model import Edition
from assistant.tables.cell_grid import CellGrid, GridCell
from assistant.tables.form_lines import form_lines
from assistant.tables.recognise import CellReading, TableReading, Unplaced, recognise
from assistant.tables.text_rows import rows_of_text
from assistant.values.labels import squeezed

_MOST_BETWEEN = 12
"""Lines of words between two rows of a table, or above the first of them."""
_LONGEST_LABEL = 60
"""Characters of the longest cell with words in a table of the form."""
_YEAR = re.compile(r"^\(?[12][0-9]{3}年")
ENDS = ("。", "；", "！")
"""What a line of running text ends with."""


class Tables(NamedTuple):
    """What the tables of a document say of a form, and which of its lines they take."""

    reading: TableReading
    lines: frozenset[int]


def certain(tables: Tables) -> int:
    """How many cells of a form tables have for certain."""
    return sum(reading.is_read for reading in tables.reading.cells.values())


def read_tables(contents: DocumentContents, edition: Edition) -> Tables:
    """What all tables of a document say of a form; lines of text where no table has a cell."""
    cells: dict[str, CellReading] = {}
    unplaced: list[Unplaced] = []
    taken: set[int] = set()
    inside = {at for each in contents.tables for at in each.lines}
    for table in contents.tables:
        grid = _with_title(table, contents.lines, inside, edition)
        found = recognise(grid, edition)
        unplaced += _told(found)
        if not found.cells:
            continue  # it only places things beside one another
        taken |= {at for at in grid.lines if at >= 0 and not _is_sentence(contents.lines[at])}
        for name, reading in found.cells.items():
            cells[name] = _both(cells[name], reading) if name in cells else reading
    if len(cells) < len(edition.cells):
        lines = ["" if at in taken else line for at, line in enumerate(contents.lines)]
        rows = rows_of_text(lines)
        text = recognise(rows, edition)
        unplaced += _told(text._replace(cells={}))
        told = {name: each for name, each in text.cells.items() if name not in cells}
        places = sorted(rows.lines[each.place.row] for each in told.values())
        taken |= set(_around(places, lines)) if places else set()
        cells |= told
    ordered = {name: cells[name] for name in edition.cells if name in cells}
    return Tables(TableReading(ordered, tuple(unplaced)), frozenset(taken))


def _is_sentence(line: str) -> bool:
    """Whether a row of a table is running text: a document may put all of itself into one."""
    return len(line) > _LONGEST_LABEL and line.rstrip().endswith(ENDS)


def _with_title(
    grid: CellGrid, lines: Sequence[str], inside: Container[int], edition: Edition
) -> CellGrid:
    """A table with the line above it, where none stands, as a row if it says what the table is."""
    first = next((at for at in grid.lines if at >= 0), 0)
    if not first or first - 1 in inside:
        return grid
    title = lines[first - 1]
    if not form_lines(edition).is_title(title):
        return grid
    width = max(sum(cell.columns for cell in row) for row in grid.rows)
    rows = ((GridCell(title, width),), *grid.rows)
    return grid._replace(rows=rows, lines=(first - 1, *grid.lines))


def _told(found: TableReading) -> Iterator[Unplaced]:
    """The rows that are none of the form; of what is no table of it those under its columns."""
    for row in found.unplaced:
        is_filled = row.words or row.text.strip(" 0０")  # with more than a zero
        is_year = _YEAR.search(squeezed(row.text))
        if is_filled and not is_year and (found.cells or row.is_under_columns):
            yield row


def _around(places: Sequence[int], lines: Sequence[str]) -> Iterator[int]:
    """The lines of rows, with those between and right above them that are no sentences."""
    before = max(places[0] - _MOST_BETWEEN, -1)
    for at in places:
        between = range(max(before + 1, at - _MOST_BETWEEN), at)
        sentences = [n for n in between if lines[n].rstrip().endswith(ENDS)]
        yield from range(sentences[-1] + 1 if sentences else between.start, at + 1)
        before = at


def _both(one: CellReading, other: CellReading) -> CellReading:
    """A cell that stands in two tables: where they differ it is not certain."""
    if not one.texts or not other.texts:
        return one if one.texts else other
    if one.texts == other.texts:
        return one if one.is_read else other
    return one._replace(texts=tuple(dict.fromkeys((*one.texts, *other.texts))), why="twice")
