"""A file that a department sends back: sheets of ours, or tables with places and types of cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from assistant.collect.cells import BLANK, CellProblem, Fault, SheetPlace, is_figure
from assistant.collect.filled_sheet import Corner, corner_of, has_keys
from assistant.collect.form_tag import FormTag
from assistant.export.formats import READERS, DocumentContents, read_document
from assistant.export.formats.excel.read_xlsx import open_book
from assistant.export.formats.excel.sheet_grid import SheetGrid, text_of
from assistant.export.formats.excel.workbook_cells import Sheet, SheetCell, column_letters
from assistant.export.formats.grid_rows import grids
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.storage.errors import FileError
from assistant.storage.unforeseen import foreseen
from assistant.tables.cell_grid import CellGrid, GridCell, Spot, spread
from assistant.tables.cell_texts import content_of
from assistant.tables.recognise import Place
from assistant.tables.text_rows import rows_of_text
from assistant.values.labels import squeezed

_BOOK = "xlsx"
_WIDTH = 40
"""Columns to which every row of a sheet reaches if any does; the forms have half of them."""
_SHOWN = 5
"""Figures of a row or column that are told."""
_YEAR = re.compile(r"\(?[12][0-9]{3}年度?\)?")
_LONGEST = 40
"""Characters of a cell that is looked at for a year."""


class Figure(NamedTuple):
    """A figure that stands in a table."""

    text: str
    row: int
    column: int
    beside: str
    """The words left of it in its row."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.row, self.column)


@dataclass(frozen=True, eq=False)
class FileTable:
    """One table: a sheet with all that is hidden on it, or a table of a document."""

    file: str
    """Name of the file it stands in."""
    grid: CellGrid
    place: str
    """What people call the table."""
    sentences: Sentences
    cells: Mapping[str, SheetCell] = field(default_factory=dict)
    """What stands in the cells of a sheet, by name."""
    covered: Mapping[str, SheetCell] = field(default_factory=dict)
    """What stands where no cell of the grid is: under merged ones, or out of all bounds."""
    is_sheet: bool = False
    is_text: bool = False
    """Whether it is what stands outside the tables of a document, line by line."""

    @cached_property
    def spots(self) -> Sequence[Sequence[Spot]]:
        """The cells over each column, row by row."""
        return spread(self.grid)

    def texts(self) -> Iterator[str]:
        """What stands in its cells."""
        return (self.stands(cell).text for row in self.grid.rows for cell in row)

    def begun(self, row: int) -> list[Spot]:
        """The cells that begin in a row."""
        return [spot for spot in dict.fromkeys(self.spots[row]) if spot.row == row]

    def spot(self, place: Place) -> Spot | None:
        """The cell at a place; none where only its row is known."""
        row = self.spots[place.row]
        return row[place.column] if 0 <= place.column < len(row) else None

    def stands(self, cell: GridCell) -> SheetCell:
        """What stands in a cell."""
        return self.cells.get(cell.place) or SheetCell(cell.text)

    def stands_at(self, place: Place) -> SheetCell:
        """What stands at a place; a blank where nobody knows the cell."""
        spot = self.spot(place)
        return self.stands(spot.cell) if spot else BLANK

    def called(self, place: Place) -> SheetPlace:
        """What people call a place; lines of text and rows have only a number."""
        if self.is_text:
            where = self.sentences.say("form.table_row", row=self.grid.lines[place.row] + 1)
        elif not self.is_sheet:
            key = "form.table_row" if place.column < 0 else "form.table_cell"
            where = self.sentences.say(key, row=place.row + 1, column=place.column + 1)
        elif spot := self.spot(place):
            where = spot.cell.place
        else:
            cells = self.grid.rows[place.row]
            filled = (each for each in cells if each.text.strip())
            where = next(filled, cells[0]).place if cells else ""
        return SheetPlace(self.file, self.place, where)

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """The figures that stand in it, row by row."""
        found: list[Figure] = []
        for at, spots in enumerate(self.spots):
            words = ""
            for spot in dict.fromkeys(spots):
                cell = self.stands(spot.cell)
                if spot.row == at and says_figure(cell):
                    found.append(Figure(cell.text, at, spot.column, words))
                elif cell.text.strip():
                    words = cell.text
        return found

    def covered_figures(self) -> Iterator[tuple[SheetPlace, SheetCell]]:
        """The figures where no cell of the grid is, each with its place."""
        for name, cell in self.covered.items():
            if says_figure(cell):
                yield SheetPlace(self.file, self.place, name), cell

    def figures_of(self, row: int) -> list[str]:
        """The figures of one row."""
        return [each.text for each in self.figures if each.row == row]

    def problem(
        self, fault: Fault, place: SheetPlace, typed: Sequence[str], cell: str = "", other: str = ""
    ) -> CellProblem:
        """A problem with what stands in a table.

        Args:
            fault: What is wrong.
            place: Of the cell, or of the row.
            typed: What stands there, of which the first ones are told.
            cell: The id of the cell of the form.
            other: What the sentence names beside it.
        """
        shown = "、".join(text.strip() for text in typed[:_SHOWN])
        if typed[_SHOWN:]:
            shown = self.sentences.say("form.and_more", shown=shown, count=len(typed))
        return CellProblem(fault, cell, shown, place, None, other)


def is_year(text: str) -> bool:
    """Whether a text is a year and no figure: （2025年度）."""
    return bool(_YEAR.fullmatch(squeezed(text[:_LONGEST])))


def says_figure(cell: SheetCell) -> bool:
    """Whether a cell holds a figure or what somebody typed for one; a year is none."""
    return not is_year(cell.text) and (
        is_figure(cell) or content_of(cell.text) in ("figure", "odd")
    )


class DepartmentFile(NamedTuple):
    """One file, opened."""

    path: Path
    sheets: tuple[tuple[Sheet, Corner | None], ...]
    """Of one with our sheets; none for others."""
    tables: tuple[FileTable, ...]
    """Of one without our sheets."""
    lines: tuple[str, ...] = ()
    """Of a document."""

    @property
    def tag(self) -> FormTag | None:
        """Form and year by the first of our sheets in it."""
        return next((corner.stamp for _, corner in self.sheets if corner), None)

    def cell_texts(self) -> Iterator[str]:
        """What its tables are called, and what stands in them."""
        for table in self.tables:
            yield table.place
            yield from table.texts()

    def texts(self) -> Iterator[str]:
        """What stands in its tables and around them."""
        yield from self.cell_texts()
        yield from self.lines


def is_sheet(path: Path) -> bool:
    """Whether a file is a collection sheet of ours, by what it says of itself.

    Raises:
        FileError: It is an Excel file by its name and cannot be read.
    """
    if path.suffix.lower().removeprefix(".") != _BOOK:
        return False
    with foreseen(path):
        return any(map(corner_of, open_book(path)))


def open_file(path: Path, library: Library) -> DepartmentFile:
    """Open a file, whatever it holds.

    Raises:
        FileError: It cannot be read, for whatever reason, or is one of ours whose stamp is gone.
    """
    with foreseen(path):
        suffix = path.suffix.lower().removeprefix(".")
        if suffix != _BOOK and suffix in READERS:
            contents = read_document(path)
            tables = tuple(_tables_of_document(path.name, contents, library.sentences))
            return DepartmentFile(path, (), tables, tuple(contents.lines))
        read = open_book(path)
        sheets = tuple((sheet, corner_of(sheet)) for sheet in read)
        if any(corner for _, corner in sheets):
            return DepartmentFile(path, sheets, ())
        editions = map(library.edition, library.fillable_ids())
        ids = {name for edition in editions for name in edition.asked}
        if any(has_keys(row, ids) for sheet in read for row in sheet.rows):
            raise FileError("form_foreign", path=str(path))
        return DepartmentFile(path, (), tuple(_tables_of_book(path.name, read, library.sentences)))


def _tables_of_book(
    file: str, sheets: Iterable[Sheet], sentences: Sentences
) -> Iterator[FileTable]:
    """The sheets of a workbook, hidden ones too."""
    for sheet in sheets:
        rows = [replace(row, is_hidden=False) for row in sheet.rows]
        made = SheetGrid(replace(sheet, rows=rows, hidden_columns=set()))
        width = min(max((max(row.cells, default=0) for row in rows), default=0), _WIDTH)
        for row in rows:
            texts = {column: text_of(cell) for column, cell in row.cells.items()}
            made.add_row(row, texts, max([width, *row.cells]))
        (grid,) = grids([made.rows], sheet.name) or (CellGrid((), (), sheet.name),)
        named = {
            f"{column_letters(column)}{row.number}": cell
            for row in rows
            for column, cell in row.cells.items()
        }
        there = {cell.place for cells in grid.rows for cell in cells}
        cells = {name: named.get(name, BLANK) for name in there}
        covered = {name: cell for name, cell in named.items() if name not in there}
        yield FileTable(file, grid, sheet.name, sentences, cells, covered, is_sheet=True)


def _tables_of_document(
    file: str, contents: DocumentContents, sentences: Sentences
) -> Iterator[FileTable]:
    """The tables of a document in order, and what stands outside them where lines are cells.

    Tables that became paragraphs stand in those lines.
    """
    for number, grid in enumerate(contents.tables, 1):
        place = sentences.say("form.table_name", number=number)
        yield FileTable(file, grid, place, sentences)
    taken = {at for grid in contents.tables for at in grid.lines}
    outside = [(at, line) for at, line in enumerate(contents.lines) if at not in taken]
    if outside:
        grid = rows_of_text([line for _, line in outside])
        lines = tuple(outside[at][0] for at in grid.lines)
        place = sentences.say("form.text_name")
        yield FileTable(file, grid._replace(lines=lines), place, sentences, is_text=True)
