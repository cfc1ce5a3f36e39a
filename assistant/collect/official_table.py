"""Answers and problems of one table of an official form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Entry, read_entry
from assistant.collect.file_tables import FileTable
from assistant.collect.form_reading import FormReading
from assistant.collect.places import CellProblem, Entered, Fault, SheetPlace
from assistant.collect.sheet_cells import broken, disguised, says_something
from assistant.collect.stray_figures import StrayFigures, figures_of, is_cut, listed, says_figure
from assistant.export.formats.excel.workbook_cells import SheetCell
from assistant.form.model import Edition, Indicator
from assistant.messages import Sentences
from assistant.storage.yaml_text import Node
from assistant.tables import CellReading, content_of
from assistant.values import Refusal, Value

_OF_ROW: Mapping[str, Fault] = {
    "shifted": "table_shifted",
    "unproved": "table_unproved",
    "glued": "table_glued",
    "uneven": "table_uneven",
    "columns": "table_columns",
    "folded": "table_folded",
    "order": "table_order",
    "unclear": "table_unclear",
}
"""Reasons that are those of a whole row, which is named once."""
_OF_TABLE: Fault = "table_columns"
"""That of all rows below a header."""
_MANY = 5
"""Figures outside tables that may have been a table."""
_MOST_LABELS = 3
"""Cells of the form that are named of those that one takes the place of."""


class PrintedTotal(NamedTuple):
    """A total that stands in a table; it is worked out, and only compared."""

    id: str
    value: Value
    typed: str
    place: SheetPlace


@dataclass(frozen=True)
class OfficialTable:
    """One table that the recogniser has read."""

    path: Path
    reading: FormReading
    edition: Edition
    sentences: Sentences

    @property
    def _table(self) -> FileTable:
        return self.reading.table

    def read(self) -> Iterator[Entered | PrintedTotal | CellProblem]:
        """Every answer and every printed total, and all that gives none."""
        by_row: dict[tuple[int, Fault], list[str]] = {}
        merged: dict[str, list[str]] = {}
        for name, reading in self.reading.cells.items():
            if reading.why in _OF_ROW:
                by_row.setdefault((reading.place.row, _OF_ROW[reading.why]), []).append(name)
            elif reading.why == "merged":
                key = reading.place.name or str(reading.place.row)
                merged.setdefault(key, []).append(name)
            else:
                yield from self._read_cell(self.edition.cells[name], reading)
        told: set[int] = set()
        yield from self._dashes()
        yield from self._columns_problem([row for row, fault in by_row if fault == _OF_TABLE])
        for (row, fault), names in by_row.items():
            if row not in told and fault != _OF_TABLE:
                yield from self._row_problem(row, fault, names)
            told.add(row)
        for names in merged.values():
            told.add(self.reading.cells[names[0]].place.row)
            yield self._merged(names)
        yield from StrayFigures(self.path, self.reading, self.sentences, frozenset(told)).named()

    def _read_cell(
        self, cell: Indicator, reading: CellReading
    ) -> Iterator[Entered | PrintedTotal | CellProblem]:
        name = self._name_of(reading)
        if self._is_unsaid(cell, reading):
            return
        stands = self._table.cells.get(name)
        place = self._place(name, reading)
        text = reading.texts[0] if reading.texts else ""
        if stands is not None and (reading.why == "odd" or self._table.is_sheet):
            text = stands.text if text in self.reading.marks else text
            fault, refusal = _fault(cell, stands)
            if fault is not None:
                yield CellProblem(fault, cell.id, stands.text, place, refusal)
                return
        if reading.why == "twice":
            typed = "、".join(reading.texts)
            yield CellProblem("table_twice", cell.id, typed, place)
            return
        yield from self._entry(cell, text, place)

    def _entry(
        self, cell: Indicator, text: str, place: SheetPlace
    ) -> Iterator[Entered | PrintedTotal | CellProblem]:
        entry = read_entry(cell, Node(text, 0))
        if not isinstance(entry, Entry):
            yield CellProblem("refused", cell.id, text, place, entry)
        elif not cell.computed:
            yield Entered(cell.id, entry.answer, text, place)
        elif isinstance(entry.answer.value, int | Decimal):
            yield PrintedTotal(cell.id, entry.answer.value, text, place)

    def _columns_problem(self, rows: Sequence[int]) -> Iterator[CellProblem]:
        """The figures under a header that is not that of the form, all in one line."""
        figures = [each.text for row in rows for each in figures_of(self._table, row)]
        if figures:
            place = self._table.place_of(self.path, self._table.row_name(rows[0]), self.sentences)
            yield CellProblem(_OF_TABLE, "", listed(figures, self.sentences), place)

    def _row_problem(self, row: int, fault: Fault, names: Sequence[str]) -> Iterator[CellProblem]:
        """A row that is of the form, and whose figures nobody can tell apart."""
        figures = [each.text for each in figures_of(self._table, row)]
        if figures:
            cell = self.edition.cells[names[0]]
            place = self._table.place_of(self.path, self._table.row_name(row), self.sentences)
            typed = listed(figures, self.sentences)
            yield CellProblem(fault, cell.id, typed, place, None, self._row_label(cell))

    def _row_label(self, cell: Indicator) -> str:
        return self.edition.line_name(cell.row) or self.edition.name(cell.id)

    def _merged(self, names: Sequence[str]) -> CellProblem:
        """A cell that takes the place of several."""
        reading = self.reading.cells[names[0]]
        name = self._name_of(reading)
        labels = "」「".join(map(self.edition.name, names[:_MOST_LABELS]))
        texts = [self._table.cell(name).text] if name else [
            each.text for each in figures_of(self._table, reading.place.row)]  # fmt: skip
        place = self._place(name, reading)
        typed = listed(texts, self.sentences)
        return CellProblem("table_merged", names[0], typed, place, None, labels)

    def _name_of(self, reading: CellReading) -> str:
        """The name of the cell that was read; empty where it is not known."""
        marked = self.reading.marks.get(reading.texts[0], "") if reading.texts else ""
        return reading.place.name or marked

    def _place(self, name: str, reading: CellReading) -> SheetPlace:
        called = name or self._table.row_name(reading.place.row)
        return self._table.place_of(self.path, called, self.sentences)

    def _dashes(self) -> Iterator[CellProblem]:
        """The cells of each row whose dash is no zero, all in one line."""
        by_row: dict[tuple[int, str], list[CellProblem]] = {}
        for cell in map(self.edition.cells.__getitem__, self.reading.cells):
            reading = self.reading.cells[cell.id]
            name = self._name_of(reading)
            if (
                reading.why != "blank"
                or cell.computed
                or not (dash := self._dash_in(reading, name))
            ):
                continue
            found = by_row.setdefault((reading.place.row, cell.row), [])
            found.append(CellProblem("table_dash", cell.id, dash, self._place(name, reading)))
        for first, *others in by_row.values():
            yield first._replace(other=str(len(others) + 1) if others else "")

    def _dash_in(self, reading: CellReading, name: str) -> str:
        """The dash that stands in a cell, or in its row where nobody knows the cell; or nothing."""
        row = self._table.grid.rows[reading.place.row]
        texts = [self._table.cell(name).text] if name else [cell.text for cell in row]
        return next((text.strip() for text in texts if content_of(text) == "dash"), "")

    def _is_unsaid(self, cell: Indicator, reading: CellReading) -> bool:
        """Whether nothing stands there: blanks are no zeros, although a total may make them so."""
        if reading.why == "blank":
            return True
        name = self._name_of(reading)
        if name or self._table.is_sheet:
            stands = self._table.cell(name)
            return not says_something(stands) or (cell.computed and stands.is_uncounted)
        row = reading.place.row
        return (
            reading.texts == ("0",)
            and not is_cut(self.reading, row)
            and not any(each.text.strip("0０") == "" for each in figures_of(self._table, row))
        )


def _fault(cell: Indicator, stands: SheetCell) -> tuple[Fault | None, Refusal | None]:
    """What the type of a cell makes of it."""
    fault = broken(stands)
    if fault is not None:
        return fault, None
    return disguised(cell, stands) or (None, None)


class OfficialFile(NamedTuple):
    """What the tables of one file give."""

    entered: list[Entered]
    troubles: list[CellProblem]
    totals: list[PrintedTotal]
    unread: frozenset[str]
    """The cells in which something stands that is no answer."""
    remarks: list[CellProblem]
    """What stands in columns of remarks, a line for each table; nothing is amiss with it."""


def read_official(
    path: Path, readings: Sequence[FormReading], edition: Edition, sentences: Sentences
) -> OfficialFile:
    """Read all tables of a file; of those that are not of the form the figures are named."""
    entered: list[Entered] = []
    troubles: list[CellProblem] = []
    totals: list[PrintedTotal] = []
    for reading in _without_text_of_tables(readings):
        if not reading.cells:
            troubles += _passed(path, reading.table, sentences)
            continue
        for each in OfficialTable(path, reading, edition, sentences).read():
            if isinstance(each, Entered):
                entered.append(each)
            elif isinstance(each, PrintedTotal):
                totals.append(each)
            else:
                troubles.append(each)
    troubles += _left_in_text(path, readings, edition, sentences)
    amiss = {each.id for each in troubles if each.fault != "table_dash"}
    doubted = {name for each in readings for name, cell in each.cells.items()
               if cell.why in _OF_ROW or cell.why == "merged"}  # fmt: skip
    remarks = [each for reading in readings for each in _remarks(path, reading, sentences)]
    return OfficialFile(entered, troubles, totals, frozenset(amiss | doubted), remarks)


def _passed(path: Path, table: FileTable, sentences: Sentences) -> Iterator[CellProblem]:
    """The figures of a table that is not of the form, all in one line."""
    figures = [(each.text, each.name) for each in figures_of(table)]
    figures += [(cell.text, name) for name, cell in table.covered.items() if says_figure(cell)]
    if figures:
        place = table.place_of(path, figures[0][1], sentences)
        yield CellProblem("passed", "", listed([text for text, _ in figures], sentences), place)


def _without_text_of_tables(readings: Sequence[FormReading]) -> Iterator[FormReading]:
    """All tables, and the text only where it has what no table has."""
    found = {name for each in readings if not each.table.is_text for name in each.cells}
    for each in readings:
        if not each.table.is_text:
            yield each
            continue
        own = {name: cell for name, cell in each.cells.items() if name not in found}
        if any(cell.why != "blank" for cell in own.values()):
            yield each._replace(cells=own)


def _left_in_text(
    path: Path, readings: Sequence[FormReading], edition: Edition, sentences: Sentences
) -> Iterator[CellProblem]:
    """Figures outside tables where a whole table of the form was not found anywhere."""
    found = {name for each in readings for name, cell in each.cells.items()
             if cell.why != "blank" or not each.table.is_text}  # fmt: skip
    missing = [
        cell.id
        for grid in edition.grids if not found & {each.id for each in grid.by_place.values()}
        for cell in grid.by_place.values() if not cell.computed
    ]  # fmt: skip
    for text in (each for each in readings if each.table.is_text and missing):
        read = {cell.place.row for cell in text.cells.values() if cell.is_read}
        figures = [each for each in figures_of(text.table) if each.row not in read]
        if len(figures) >= _MANY:
            place = text.table.place_of(path, text.table.row_name(figures[0].row), sentences)
            typed = listed([each.text for each in figures], sentences)
            count = str(len(missing))
            yield CellProblem("text", missing[0], typed, place, None, count)


def _remarks(path: Path, reading: FormReading, sentences: Sentences) -> Iterator[CellProblem]:
    """The words in the columns of remarks of a table, all in one line."""
    table = reading.table
    names = [cell.place for row in table.grid.rows for cell in row if cell.place in reading.remarks]
    told = [name for name in names if not says_figure(table.cell(name))]
    if told:
        typed = listed([table.cell(name).text for name in told], sentences)
        yield CellProblem("remark", "", typed, table.place_of(path, told[0], sentences))
