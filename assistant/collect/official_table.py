"""Answers and problems of the tables of an official form, and their figures that are none of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, read_entry
from assistant.collect.cells import CellProblem, Entered, Fault, FilledFile, amiss, says_something
from assistant.collect.department_files import Figure, FileTable, says_figure
from assistant.collect.form_reading import FormReading
from assistant.export.formats.excel.workbook_cells import SheetCell
from assistant.form.model import Edition, Indicator
from assistant.storage.yaml_text import Node
from assistant.tables.cell_grid import Spot
from assistant.tables.cell_texts import content_of
from assistant.tables.recognise import CellReading, Place
from assistant.values.grouping import grouped
from assistant.values.language import words_for

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
_NUMBERED = 2
"""Rows that are numbered, at least."""


def read_official(readings: Sequence[FormReading], edition: Edition) -> FilledFile:
    """Read all tables of a file; of those that are not of the form the figures are named."""
    file = FilledFile.of(_read_all(readings, edition))
    unread = {each.id for each in file.troubles if each.fault != "table_dash"}
    unread |= {name for each in readings for name, cell in each.cells.items()
               if cell.why in _OF_ROW or cell.why == "merged"}  # fmt: skip
    remarks = tuple(each for reading in readings for each in _remarks(reading))
    return file._replace(unread=frozenset(unread), remarks=remarks)


def _read_all(readings: Sequence[FormReading], edition: Edition) -> Iterator[Entered | CellProblem]:
    """All tables, and the text where it has what no table has."""
    found = {name for each in readings if not each.table.is_text for name in each.cells}
    for each in readings:
        reading = each
        if each.table.is_text:
            own = {name: cell for name, cell in each.cells.items() if name not in found}
            reading = each._replace(told=each.told._replace(cells=own))
            if all(cell.why == "blank" for cell in own.values()):
                continue
        yield from _OfficialTable(reading).read() if reading.cells else _passed(each.table)
    yield from _left_in_text(readings, edition)


def _passed(table: FileTable) -> Iterator[CellProblem]:
    """The figures of a table that is not of the form, all in one line."""
    figures = [(table.called(each.place), each.text) for each in table.figures]
    figures += [(place, cell.text) for place, cell in table.covered_figures()]
    if figures:
        yield table.problem("passed", figures[0][0], [text for _, text in figures])


def _left_in_text(readings: Sequence[FormReading], edition: Edition) -> Iterator[CellProblem]:
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
        figures = [each for each in text.table.figures if each.row not in read]
        if len(figures) >= _MANY:
            place = text.table.called(figures[0].place)
            typed = [each.text for each in figures]
            yield text.table.problem("text", place, typed, missing[0], str(len(missing)))


def _remarks(reading: FormReading) -> Iterator[CellProblem]:
    """The words in the columns of remarks of a table, all in one line."""
    table = reading.table
    ordered = sorted(reading.remarks, key=lambda spot: (spot.row, spot.column))
    told = [(each, stands.text) for each in ordered
            if not says_figure(stands := table.stands(each.cell))]  # fmt: skip
    if told:
        place = table.called(Place.of(told[0][0], told[0][0].row))
        yield table.problem("remark", place, [text for _, text in told])


@dataclass(frozen=True)
class _OfficialTable:
    """One table that the recogniser has read."""

    reading: FormReading

    @property
    def _table(self) -> FileTable:
        return self.reading.table

    def read(self) -> Iterator[Entered | CellProblem]:
        """Every answer and every printed total, and all that gives none."""
        cells = self.reading.edition.cells
        by_row: dict[tuple[int, Fault], str] = {}
        merged: dict[Spot | None, list[str]] = {}
        for name, reading in self.reading.cells.items():
            if reading.why in _OF_ROW:
                by_row.setdefault((reading.place.row, _OF_ROW[reading.why]), name)
            elif reading.why == "merged":
                merged.setdefault(self._table.spot(reading.place), []).append(name)
            else:
                yield from self._read_cell(cells[name], reading)
        told: set[int] = set()
        yield from self._dashes()
        yield from self._of_rows([row for row, fault in by_row if fault == _OF_TABLE], _OF_TABLE)
        for (row, fault), name in by_row.items():
            if row not in told and fault != _OF_TABLE:
                yield from self._of_rows([row], fault, cells[name])
            told.add(row)
        for names in merged.values():
            told.add(self.reading.cells[names[0]].place.row)
            yield self._merged(names)
        yield from self._strays(told)

    def _read_cell(self, cell: Indicator, reading: CellReading) -> Iterator[Entered | CellProblem]:
        stands = self._table.stands_at(reading.place)
        if self._is_unsaid(cell, reading, stands):
            return
        place = self._table.called(reading.place)
        texts = [self.reading.marks.get(text, text) for text in reading.texts]
        text = texts[0] if texts else ""
        is_typed = reading.why == "odd" or self._table.is_sheet
        if is_typed and (found := amiss(cell, stands)):
            yield CellProblem(found[0], cell.id, stands.text, place, found[1])
            return
        if reading.why == "twice":
            yield CellProblem("table_twice", cell.id, "、".join(texts), place)
            return
        entry = read_entry(cell, Node(text, 0))
        if not isinstance(entry, Answer):
            yield CellProblem("refused", cell.id, text, place, entry)
        else:
            yield Entered(cell.id, entry, text, place)

    def _of_rows(
        self, rows: Sequence[int], fault: Fault, cell: Indicator | None = None
    ) -> Iterator[CellProblem]:
        """The figures of rows that nobody can tell apart, all in one line; one row by its cell."""
        figures = [text for row in rows for text in self._table.figures_of(row)]
        if figures:
            edition, name = self.reading.edition, cell.id if cell else ""
            label = (edition.line_name(cell.row) or edition.name(name)) if cell else ""
            place = self._table.called(Place(rows[0]))
            yield self._table.problem(fault, place, figures, name, label)

    def _merged(self, names: Sequence[str]) -> CellProblem:
        """A cell that takes the place of several."""
        place = self.reading.cells[names[0]].place
        labels = "」「".join(map(self.reading.edition.name, names[:_MOST_LABELS]))
        texts = [self._table.stands_at(place).text]
        called = self._table.called(place)
        return self._table.problem("table_merged", called, texts, names[0], labels)

    def _dashes(self) -> Iterator[CellProblem]:
        """The cells of each row whose dash is no zero, all in one line."""
        by_row: dict[tuple[int, str], list[CellProblem]] = {}
        for name, reading in self.reading.cells.items():
            cell = self.reading.edition.cells[name]
            dash = self._dash_in(reading) if reading.why == "blank" and not cell.computed else ""
            if dash:
                found = by_row.setdefault((reading.place.row, cell.row), [])
                place = self._table.called(reading.place)
                found.append(CellProblem("table_dash", name, dash, place))
        for first, *others in by_row.values():
            yield first._replace(other=str(len(others) + 1) if others else "")

    def _dash_in(self, reading: CellReading) -> str:
        """The dash that stands in a cell, or in its row where nobody knows the cell; or nothing."""
        spot, row = self._table.spot(reading.place), self._table.grid.rows[reading.place.row]
        texts = [spot.cell.text] if spot else [cell.text for cell in row]
        return next((text.strip() for text in texts if content_of(text) == "dash"), "")

    def _is_unsaid(self, cell: Indicator, reading: CellReading, stands: SheetCell) -> bool:
        """Whether nothing stands there: blanks are no zeros, although a total may make them so."""
        is_empty = not says_something(stands) or (cell.computed and stands.is_uncounted)
        return reading.why == "blank" or is_empty

    def _strays(self, told: set[int]) -> Iterator[CellProblem]:
        """The rows that are none of the form, then the columns, then what nobody sees.

        Args:
            told: Rows that are named already.
        """
        found = [each for each in self._unanswered(told) if not self._is_beside(each.beside)]
        marked = {(spot.row, spot.column) for spot in self.reading.remarks}
        if remarks := [each for each in found if (each.row, each.column) in marked]:
            yield self._stray("remark", remarks)
        strays = [each for each in found if each not in remarks]
        unplaced = {each.place.row: each.words for each in self.reading.told.unplaced}
        for row, words in unplaced.items():
            if in_row := [stray for stray in strays if stray.row == row]:
                yield self._stray("no_row", in_row, words)
        columns = grouped((each.column, each) for each in strays if each.row not in unplaced)
        for figures in columns.values():
            if not _is_numbering(figures):
                yield self._stray("no_column" if len(figures) > 1 else "stray", figures)
        for place, cell in self._table.covered_figures():
            yield CellProblem("covered", "", cell.text, place)

    def _stray(self, fault: Fault, figures: Sequence[Figure], other: str = "") -> CellProblem:
        place = self._table.called(figures[0].place)
        return self._table.problem(fault, place, [each.text for each in figures], other=other)

    def _unanswered(self, told: set[int]) -> Iterator[Figure]:
        """The figures that are no reading of a cell."""
        cells = self.reading.cells.values()
        texts = {text for each in cells for text in each.texts}
        spots = {self._table.spot(each.place) for each in cells}
        answered = {(spot.row, spot.column) for spot in spots if spot}
        rows = {each.place.row for each in cells}
        for figure in self._table.figures:
            if figure.row in told or (figure.row, figure.column) in answered:
                continue
            is_zero = not figure.text.strip(" 0０")
            if is_zero and figure.row in self.reading.told.rows and figure.row not in rows:
                continue  # in a row of the form that is a heading
            if figure.row in self.reading.told.again and figure.text in texts:
                continue
            yield figure

    def _is_beside(self, words: str) -> bool:
        """Whether words say that digits behind them count nothing: 联系电话, 填报日期."""
        said = words.rstrip(" \u3000：:")
        dates = self._table.sentences.say("form.dates").split()
        return said.endswith((*words_for("says_phone", "numbered_things"), *dates))


def _is_numbering(figures: Sequence[Figure]) -> bool:
    """Whether the figures of a column only number its rows."""
    numbers = [each.text.strip() for each in figures if not each.beside]
    wanted = [str(number) for number in range(1, len(figures) + 1)]
    return len(figures) >= _NUMBERED and numbers == wanted
