"""Figures of a table that are no figures of the form, each named once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.collect.file_tables import FileTable
from assistant.collect.form_reading import FormReading
from assistant.collect.places import CellProblem
from assistant.collect.sheet_cells import is_figure
from assistant.collect.table_words import is_year
from assistant.export.formats.excel.workbook_cells import SheetCell
from assistant.messages import Sentences
from assistant.tables import content_of
from assistant.tables.cell_grid import spread
from assistant.tables.cell_texts import folded
from assistant.values.language import words_for

_SHOWN = 5
"""Figures of a row or column that are told."""
_NUMBERED = 2
"""Rows that are numbered, at least."""


class Figure(NamedTuple):
    """A figure that stands in a table."""

    text: str
    name: str
    """Of its cell."""
    row: int
    column: int
    beside: str
    """The words left of it in its row."""


def listed(texts: Sequence[str], sentences: Sentences) -> str:
    """Some figures for a person, the first ones where they are many."""
    shown = "、".join(text.strip() for text in texts[:_SHOWN])
    return (
        sentences.say("form.and_more", shown=shown, count=len(texts)) if texts[_SHOWN:] else shown
    )


def says_figure(cell: SheetCell) -> bool:
    """Whether a cell holds a figure or what somebody typed for one; a year is none."""
    return not is_year(cell.text) and (
        is_figure(cell) or content_of(cell.text) in ("figure", "odd")
    )


def figures_of(table: FileTable, row: int | None = None) -> list[Figure]:
    """The figures of a table, or of one row of it."""
    found: list[Figure] = []
    for at, spots in enumerate(spread(table.grid)):
        if row is not None and at != row:
            continue
        words = ""
        for spot in dict.fromkeys(spots):
            cell = table.cell(spot.cell.place)
            if spot.row == at and says_figure(cell):
                found.append(Figure(cell.text, spot.cell.place, at, spot.column, words))
            elif cell.text.strip():
                words = cell.text
    return found


def is_cut(reading: FormReading, row: int) -> bool:
    """Whether the digits of a row ran together in one cell, and were cut into its figures."""
    texts = [each.texts for each in reading.cells.values() if each.place.row == row]
    cut = "".join("".join(several) for several in texts)
    return len(texts) > 1 and [folded(each.text) for each in figures_of(reading.table, row)] == [
        cut
    ]


@dataclass(frozen=True)
class StrayFigures:
    """The figures of one table beside those of the form."""

    path: Path
    reading: FormReading
    sentences: Sentences
    told: frozenset[int]
    """Rows that are named already."""

    def named(self) -> Iterator[CellProblem]:
        """The rows that are none of the form, then the columns, then what nobody sees."""
        told = [each for each in self._unanswered() if not self._is_beside(each.beside)]
        remarks = [each for each in told if each.name in self.reading.remarks]
        if remarks:
            yield self._problem("remark", remarks)
        strays = [each for each in told if each.name not in self.reading.remarks]
        unplaced = {each.place.row: each for each in self.reading.unplaced}
        for row, each in unplaced.items():
            figures = [stray for stray in strays if stray.row == row]
            if figures:
                yield self._problem("no_row", figures, self._words(each.words))
        columns: dict[int, list[Figure]] = {}
        for stray in strays:
            if stray.row not in unplaced:
                columns.setdefault(stray.column, []).append(stray)
        for figures in columns.values():
            if not _is_numbering(figures):
                yield self._problem("no_column" if len(figures) > 1 else "stray", figures)
        covered = {
            name: cell for name, cell in self.reading.table.covered.items() if says_figure(cell)
        }
        for name, cell in covered.items():
            place = self.reading.table.place_of(self.path, name, self.sentences)
            yield CellProblem("covered", "", cell.text, place)

    def _problem(
        self,
        fault: Literal["no_row", "no_column", "stray", "remark"],
        figures: Sequence[Figure],
        other: str = "",
    ) -> CellProblem:
        place = self.reading.table.place_of(self.path, figures[0].name, self.sentences)
        typed = listed([each.text for each in figures], self.sentences)
        return CellProblem(fault, "", typed, place, None, other)

    def _words(self, words: str) -> str:
        """The words of a row as they stand in it, without marks."""
        for text, name in self.reading.marks.items():
            words = words.replace(text, self.reading.table.cell(name).text)
        return words

    def _unanswered(self) -> Iterator[Figure]:
        """The figures that are no reading of a cell."""
        nameless = self._nameless
        rows = {each.place.row for each in self.reading.cells.values()}
        texts = {text for each in self.reading.cells.values() for text in each.texts}
        for figure in figures_of(self.reading.table):
            is_told = figure.row in self.told or figure.name in self._names
            if is_told or figure.row in self._cut:
                continue
            waiting = nameless.get(figure.row, [])
            if figure.text in waiting:
                waiting.remove(figure.text)
                continue
            is_zero = not figure.text.strip(" 0０")
            if is_zero and figure.row in self.reading.rows and figure.row not in rows:
                continue  # in a row of the form that is a heading
            if figure.row in self.reading.again and figure.text in texts:
                continue
            yield figure

    @cached_property
    def _names(self) -> frozenset[str]:
        """The cells that were read."""
        marks = self.reading.marks
        cells = self.reading.cells.values()
        marked = {marks[text] for each in cells for text in each.texts if text in marks}
        return frozenset({each.place.name for each in cells} | marked)

    @cached_property
    def _cut(self) -> frozenset[int]:
        """The rows whose digits ran together and were cut."""
        rows = {each.place.row for each in self.reading.cells.values() if not each.place.name}
        return frozenset(row for row in rows if is_cut(self.reading, row))

    @property
    def _nameless(self) -> dict[int, list[str]]:
        """By row what was read in cells that have no name."""
        found: dict[int, list[str]] = {}
        for each in self.reading.cells.values():
            if not each.place.name:
                found.setdefault(each.place.row, []).extend(each.texts)
        return found

    def _is_beside(self, words: str) -> bool:
        """Whether words say that digits behind them count nothing: 联系电话, 填报日期."""
        said = words.rstrip(" \u3000：:")
        dates = self.sentences.say("form.dates").split()
        return said.endswith((*words_for("says_phone", "numbered_things"), *dates))


def _is_numbering(figures: Sequence[Figure]) -> bool:
    """Whether the figures of a column only number its rows."""
    numbers = [each.text.strip() for each in figures if not each.beside]
    wanted = [str(number) for number in range(1, len(figures) + 1)]
    return len(figures) >= _NUMBERED and numbers == wanted
