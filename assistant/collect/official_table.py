"""Answers and problems of the tables of an official form, and their figures that are none of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from assistant.answers import Answer, read_entry
from assistant.collect.cells import (
    CellProblem,
    Entered,
    Fault,
    FilledFile,
    PrintedTotal,
    SheetPlace,
    amiss,
    says_something,
)
from assistant.collect.department_files import Figure, FileTable, says_figure
from assistant.collect.form_reading import FormReading
from assistant.form.model import Edition, Indicator
from assistant.storage.yaml_text import Node
from assistant.tables import CellReading, content_of
from assistant.tables.cell_texts import folded
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


def _read_all(
    readings: Sequence[FormReading], edition: Edition
) -> Iterator[Entered | PrintedTotal | CellProblem]:
    """All tables, and the text where it has what no table has."""
    found = {name for each in readings if not each.table.is_text for name in each.cells}
    for each in readings:
        reading = each
        if each.table.is_text:
            own = {name: cell for name, cell in each.cells.items() if name not in found}
            reading = each._replace(cells=own)
            if all(cell.why == "blank" for cell in own.values()):
                continue
        yield from _OfficialTable(reading).read() if reading.cells else _passed(each.table)
    yield from _left_in_text(readings, edition)


def _passed(table: FileTable) -> Iterator[CellProblem]:
    """The figures of a table that is not of the form, all in one line."""
    figures = {each.name: each.text for each in table.figures}
    figures |= {name: cell.text for name, cell in table.covered.items() if says_figure(cell)}
    if figures:
        yield table.problem("passed", next(iter(figures)), [*figures.values()])


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
            name = text.table.row_name(figures[0].row)
            typed = [each.text for each in figures]
            yield text.table.problem("text", name, typed, missing[0], str(len(missing)))


def _remarks(reading: FormReading) -> Iterator[CellProblem]:
    """The words in the columns of remarks of a table, all in one line."""
    cells = [cell for row in reading.table.grid.rows for cell in row]
    told = {
        cell.place: stands.text
        for cell in cells
        if cell.place in reading.remarks
        and not says_figure(stands := reading.table.cell(cell.place))
    }
    if told:
        yield reading.table.problem("remark", next(iter(told)), [*told.values()])


@dataclass(frozen=True)
class _OfficialTable:
    """One table that the recogniser has read."""

    reading: FormReading

    @property
    def _table(self) -> FileTable:
        return self.reading.table

    def read(self) -> Iterator[Entered | PrintedTotal | CellProblem]:
        """Every answer and every printed total, and all that gives none."""
        cells = self.reading.edition.cells
        by_row: dict[tuple[int, Fault], str] = {}
        merged: dict[str, list[str]] = {}
        for name, reading in self.reading.cells.items():
            if reading.why in _OF_ROW:
                by_row.setdefault((reading.place.row, _OF_ROW[reading.why]), name)
            elif reading.why == "merged":
                key = reading.place.name or str(reading.place.row)
                merged.setdefault(key, []).append(name)
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

    def _read_cell(
        self, cell: Indicator, reading: CellReading
    ) -> Iterator[Entered | PrintedTotal | CellProblem]:
        name = self._name_of(reading)
        if self._is_unsaid(cell, reading):
            return
        stands = self._table.cells.get(name)
        place = self._place(reading)
        text = reading.texts[0] if reading.texts else ""
        if stands is not None and (reading.why == "odd" or self._table.is_sheet):
            text = stands.text if text in self.reading.marks else text
            if found := amiss(cell, stands):
                yield CellProblem(found[0], cell.id, stands.text, place, found[1])
                return
        if reading.why == "twice":
            yield CellProblem("table_twice", cell.id, "、".join(reading.texts), place)
            return
        entry = read_entry(cell, Node(text, 0))
        if not isinstance(entry, Answer):
            yield CellProblem("refused", cell.id, text, place, entry)
        elif not cell.computed:
            yield Entered(cell.id, entry, text, place)
        elif isinstance(entry.value, int | Decimal):
            yield PrintedTotal(cell.id, entry.value, text, place)

    def _of_rows(
        self, rows: Sequence[int], fault: Fault, cell: Indicator | None = None
    ) -> Iterator[CellProblem]:
        """The figures of rows that nobody can tell apart, all in one line; one row by its cell."""
        figures = [text for row in rows for text in self._table.figures_of(row)]
        if figures:
            edition, name = self.reading.edition, cell.id if cell else ""
            label = (edition.line_name(cell.row) or edition.name(name)) if cell else ""
            yield self._table.problem(fault, self._table.row_name(rows[0]), figures, name, label)

    def _merged(self, names: Sequence[str]) -> CellProblem:
        """A cell that takes the place of several."""
        reading = self.reading.cells[names[0]]
        name, row = self._name_of(reading), reading.place.row
        labels = "」「".join(map(self.reading.edition.name, names[:_MOST_LABELS]))
        texts = [self._table.cell(name).text] if name else self._table.figures_of(row)
        called = name or self._table.row_name(row)
        return self._table.problem("table_merged", called, texts, names[0], labels)

    def _name_of(self, reading: CellReading) -> str:
        """The name of the cell that was read; empty where it is not known."""
        marked = self.reading.marks.get(reading.texts[0], "") if reading.texts else ""
        return reading.place.name or marked

    def _place(self, reading: CellReading) -> SheetPlace:
        called = self._name_of(reading) or self._table.row_name(reading.place.row)
        return self._table.place_of(called)

    def _dashes(self) -> Iterator[CellProblem]:
        """The cells of each row whose dash is no zero, all in one line."""
        by_row: dict[tuple[int, str], list[CellProblem]] = {}
        for name, reading in self.reading.cells.items():
            cell = self.reading.edition.cells[name]
            dash = self._dash_in(reading) if reading.why == "blank" and not cell.computed else ""
            if dash:
                found = by_row.setdefault((reading.place.row, cell.row), [])
                found.append(CellProblem("table_dash", name, dash, self._place(reading)))
        for first, *others in by_row.values():
            yield first._replace(other=str(len(others) + 1) if others else "")

    def _dash_in(self, reading: CellReading) -> str:
        """The dash that stands in a cell, or in its row where nobody knows the cell; or nothing."""
        name, row = self._name_of(reading), self._table.grid.rows[reading.place.row]
        texts = [self._table.cell(name).text] if name else [cell.text for cell in row]
        return next((text.strip() for text in texts if content_of(text) == "dash"), "")

    def _is_unsaid(self, cell: Indicator, reading: CellReading) -> bool:
        """Whether nothing stands there: blanks are no zeros, although a total may make them so."""
        if reading.why == "blank":
            return True
        name, row = self._name_of(reading), reading.place.row
        if name or self._table.is_sheet:
            stands = self._table.cell(name)
            return not says_something(stands) or (cell.computed and stands.is_uncounted)
        return (
            reading.texts == ("0",)
            and not self._is_cut(row)
            and not any(text.strip("0０") == "" for text in self._table.figures_of(row))
        )

    def _is_cut(self, row: int) -> bool:
        """Whether the digits of a row ran together in one cell, and were cut into its figures."""
        texts = [each.texts for each in self.reading.cells.values() if each.place.row == row]
        cut = "".join("".join(several) for several in texts)
        return len(texts) > 1 and [*map(folded, self._table.figures_of(row))] == [cut]

    def _strays(self, told: set[int]) -> Iterator[CellProblem]:
        """The rows that are none of the form, then the columns, then what nobody sees.

        Args:
            told: Rows that are named already.
        """
        found = [each for each in self._unanswered(told) if not self._is_beside(each.beside)]
        if remarks := [each for each in found if each.name in self.reading.remarks]:
            yield self._stray("remark", remarks)
        strays = [each for each in found if each.name not in self.reading.remarks]
        unplaced = {each.place.row: each.words for each in self.reading.told.unplaced}
        for row, words in unplaced.items():
            if in_row := [stray for stray in strays if stray.row == row]:
                yield self._stray("no_row", in_row, self._unmarked(words))
        columns = grouped((each.column, each) for each in strays if each.row not in unplaced)
        for figures in columns.values():
            if not _is_numbering(figures):
                yield self._stray("no_column" if len(figures) > 1 else "stray", figures)
        for name, cell in self._table.covered.items():
            if says_figure(cell):
                yield CellProblem("covered", "", cell.text, self._table.place_of(name))

    def _unmarked(self, words: str) -> str:
        """Words of a row as they stand in it, without marks."""
        for text, name in self.reading.marks.items():
            words = words.replace(text, self._table.cell(name).text)
        return words

    def _stray(self, fault: Fault, figures: Sequence[Figure], other: str = "") -> CellProblem:
        typed = [each.text for each in figures]
        return self._table.problem(fault, figures[0].name, typed, other=other)

    def _unanswered(self, told: set[int]) -> Iterator[Figure]:
        """The figures that are no reading of a cell."""
        cells = self.reading.cells.values()
        texts = {text for each in cells for text in each.texts}
        names = {each.place.name for each in cells}
        names |= {name for text, name in self.reading.marks.items() if text in texts}
        of_row = grouped((each.place.row, each.texts) for each in cells if not each.place.name)
        nameless = {row: list(chain(*several)) for row, several in of_row.items()}
        answered = told | {row for row in nameless if self._is_cut(row)}
        rows = {each.place.row for each in cells}
        for figure in self._table.figures:
            if figure.row in answered or figure.name in names:
                continue
            if figure.text in (waiting := nameless.get(figure.row, [])):
                waiting.remove(figure.text)
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
