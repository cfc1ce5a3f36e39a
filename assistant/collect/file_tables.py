"""The tables of a file from a department, every cell with its place and what type it is of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.collect.places import SheetPlace
from assistant.export.formats import DocumentContents
from assistant.export.formats.excel.sheet_grid import SheetGrid, text_of
from assistant.export.formats.excel.workbook_cells import (
    Book,
    Sheet,
    SheetCell,
    column_letters,
)
from assistant.export.formats.grid_rows import grids
from assistant.export.formats.review_sheet import REVIEW
from assistant.messages import Sentences
from assistant.tables import CellGrid, rows_of_text
from assistant.tables.cell_grid import spread

BLANK = SheetCell("")
_WIDTH = 40
"""Columns to which every row of a sheet reaches if any does; the forms have half of them."""


class FileTable(NamedTuple):
    """One table: a sheet with all that is hidden on it, or a table of a document."""

    grid: CellGrid
    """Every cell with a name, which is no name for people in a document."""
    cells: Mapping[str, SheetCell]
    """What stands in the cells of the grid, by name."""
    place: str
    """What people call the table."""
    covered: Mapping[str, SheetCell]
    """What stands where no cell is: under merged ones, or out of all bounds."""
    is_sheet: bool
    is_text: bool = False
    """Whether it is what stands outside the tables of a document, line by line."""

    def cell(self, name: str) -> SheetCell:
        """What stands in a cell; a blank for one that is not there."""
        return self.cells.get(name, BLANK)

    def place_of(self, path: Path, name: str, sentences: Sentences) -> SheetPlace:
        """Where a cell stands, in words; a row of a document has only a number."""
        if self.is_sheet:
            return SheetPlace(path.name, self.place, name)
        row, _, column = name.partition(":")
        key = "form.table_cell" if column else "form.table_row"
        return SheetPlace(path.name, self.place, sentences.say(key, row=row, column=column))

    def row_name(self, row: int) -> str:
        """What the first filled cell of a row is called, or in a document the row itself."""
        if self.is_text:
            return str(self.grid.lines[row] + 1)
        if not self.is_sheet:
            return str(row + 1)
        cells = self.grid.rows[row] if row < len(self.grid.rows) else ()
        filled = (each for each in cells if each.text.strip())
        return next(filled, cells[0]).place if cells else ""


def tables_of_book(book: Book) -> Iterator[FileTable]:
    """The sheets of a workbook, hidden ones too; the review sheet is none."""
    review = book.names.get(REVIEW, "").rpartition("!")[0].strip("'")
    for sheet in book.sheets:
        if sheet.name != review:
            yield _table_of_sheet(sheet)


def _table_of_sheet(sheet: Sheet) -> FileTable:
    rows = [replace(row, is_hidden=False) for row in sheet.rows]
    made = SheetGrid(replace(sheet, rows=rows, hidden_columns=set()))
    width = min(max((max(row.cells, default=0) for row in rows), default=0), _WIDTH)
    for row in rows:
        texts = {column: text_of(cell) for column, cell in row.cells.items()}
        made.add(row, texts, max([width, *row.cells]))
    (grid,) = grids([made.rows], sheet.name) or (CellGrid((), (), sheet.name),)
    named = {
        f"{column_letters(column)}{row.number}": cell
        for row in rows
        for column, cell in row.cells.items()
    }
    there = {cell.place for cells in grid.rows for cell in cells}
    cells = {name: named.get(name, BLANK) for name in there}
    covered = {name: cell for name, cell in named.items() if name not in there}
    return FileTable(grid, cells, sheet.name, covered, is_sheet=True)


def tables_of_document(contents: DocumentContents, sentences: Sentences) -> Iterator[FileTable]:
    """The tables of a document in order, and what stands outside them where lines are cells."""
    for number, grid in enumerate(contents.tables, 1):
        place = sentences.say("form.table_name", number=number)
        named = _named(grid)
        cells = {each.place: SheetCell(each.text) for row in named.rows for each in row}
        yield FileTable(named, cells, place, {}, is_sheet=False)
    taken = {at for grid in contents.tables for at in grid.lines}
    outside = [(at, line) for at, line in enumerate(contents.lines) if at not in taken]
    if outside:
        yield _table_of_text(outside, sentences)


def _table_of_text(lines: Sequence[tuple[int, str]], sentences: Sentences) -> FileTable:
    """Lines of a document as rows: tables that became paragraphs stand in them."""
    grid = rows_of_text([line for _, line in lines])
    named = _named(grid._replace(lines=tuple(lines[at][0] for at in grid.lines)))
    cells = {each.place: SheetCell(each.text) for row in named.rows for each in row}
    place = sentences.say("form.text_name")
    return FileTable(named, cells, place, {}, is_sheet=False, is_text=True)


def _named(grid: CellGrid) -> CellGrid:
    """The same grid, each cell called by its row and its column, `5:3`."""
    columns = [
        list(dict.fromkeys((spot.row, spot.column) for spot in row if spot.row == at))
        for at, row in enumerate(spread(grid))
    ]
    rows = tuple(
        tuple(
            cell._replace(place=f"{row + 1}:{column + 1}")
            for cell, (row, column) in zip(cells, places, strict=False)
        )
        for cells, places in zip(grid.rows, columns, strict=False)
    )
    return grid._replace(rows=rows)
