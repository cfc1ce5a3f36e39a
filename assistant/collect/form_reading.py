"""What the recogniser says of one table, with the name of every cell that it read."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.collect.file_tables import FileTable
from assistant.collect.table_words import mark
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.tables import CellGrid, CellReading, Unplaced, recognise
from assistant.tables.form_lines import form_lines
from assistant.values.labels import plain

_CERTAIN = frozenset({"", "blank", "odd", "merged"})
"""Readings of cells whose row and column are known."""
_TELLING = 3
"""Words of the form that a file of it has, at least."""


class FormReading(NamedTuple):
    """One table by an edition."""

    table: FileTable
    cells: Mapping[str, CellReading]
    """By cell id; each place has the name of its cell where it is known."""
    marks: Mapping[str, str]
    """By mark the name of the cell that it stands for."""
    unplaced: tuple[Unplaced, ...]
    rows: frozenset[int]
    again: frozenset[int]
    remarks: frozenset[str] = frozenset()
    """The names of cells in which remarks stand."""

    @property
    def known(self) -> int:
        """How many cells of the form are there, be they blank; in text only figures are."""
        if self.table.is_text:
            return sum(each.is_read for each in self.cells.values())
        return sum(each.why in _CERTAIN for each in self.cells.values())


def read_table(table: FileTable, edition: Edition, sentences: Sentences) -> FormReading:
    """Read a table by an edition."""
    if table.is_text:
        told = recognise(_unnamed(table.grid), edition)
        return FormReading(table, told.cells, {}, told.unplaced, told.rows, told.again)
    marked = mark(table, edition, sentences)
    found = recognise(marked.grid, edition)
    cells = dict(found.cells)
    if not table.is_sheet:
        # names of cells make the recogniser trust their columns: a document's may not stand there
        named, found = found, recognise(_unnamed(marked.grid), edition)
        cells = {
            name: named.cells[name] if _is_same(each, named.cells.get(name)) else each
            for name, each in found.cells.items()
        }
    return FormReading(table, cells, marked.names, found.unplaced, found.rows, found.again,
                       marked.remarks)  # fmt: skip


def _unnamed(grid: CellGrid) -> CellGrid:
    rows = tuple(tuple(cell._replace(place="") for cell in row) for row in grid.rows)
    return grid._replace(rows=rows)


def _is_same(one: CellReading, other: CellReading | None) -> bool:
    return other is not None and (one.texts, one.why) == (other.texts, other.why)


def is_of_form(readings: Sequence[FormReading], edition: Edition) -> bool:
    """Whether the tables of a file are of the form, and do not only share a word with it."""
    form = form_lines(edition)
    told = {
        plain(cell.text)
        for reading in readings if reading.cells
        for row in reading.table.grid.rows for cell in row
        if form.called(cell.text) or plain(cell.text) in form.titles
        or any(form.column(grid, cell.text) is not None for grid in edition.grids)
    }  # fmt: skip
    return len(told) >= _TELLING and any(reading.known for reading in readings)
