"""The cells of one filled sheet, read one by one; nothing is guessed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answer, Entry, read_entry
from assistant.collect.answer_block import AnswerCells
from assistant.collect.cell_value import Fault, broken, disguised, is_figure, says_something
from assistant.collect.form_tag import ASKED, HEADING
from assistant.export.formats.excel.plain_workbook import Sheet, SheetCell, SheetRow, column_letters
from assistant.form.model import Edition, Question
from assistant.values import Refusal, clean_text

_BLANK = SheetCell("")


class SheetPlace(NamedTuple):
    """Where something stands, `Place("财务.xlsx", "填报表", "D12")`."""

    file: str
    sheet: str
    cell: str


class Entered(NamedTuple):
    """One answer with the place it was entered at."""

    id: str
    answer: Answer
    typed: str
    place: SheetPlace


class CellProblem(NamedTuple):
    """A cell that gives no answer although something stands in it."""

    fault: Fault
    id: str
    """Of the question; empty when it is not known."""
    typed: str
    place: SheetPlace
    refusal: Refusal | None = None


class Columns(NamedTuple):
    """Where ids, values and remarks stand."""

    ids: int
    values: tuple[int, ...]
    remark: int


class SheetReader:
    """Reads one sheet."""

    def __init__(
        self, path: Path, sheet: Sheet, top: SheetRow, columns: Columns, edition: Edition
    ) -> None:
        """Take the sheet, its row of keys and the columns these name."""
        self._path, self._sheet, self._top = path, sheet, top
        self._columns = columns
        self._questions = edition.questions
        self._merged = {column: sheet.merged_rows(column) for column in columns.values}

    def read(self) -> Iterator[Entered | CellProblem]:
        """Every answer, and every cell that gives none although something stands in it."""
        blocks: dict[str, list[SheetRow]] = {}
        for row in self._sheet.rows:
            yield from self._strays(row)
        for row in self._rows():
            name = self._text(row, self._columns.ids)
            question = self._questions.get(name)
            if question is None or question.kind not in ASKED:
                typed = "".join(self._text(row, column) for column in self._columns.values)
                yield CellProblem("unknown", "", typed or name, self._place(row))
            else:
                blocks.setdefault(name, []).append(row)
        for name, rows in blocks.items():
            question = self._questions[name]
            for block in [rows] if question.kind == "list" else [[row] for row in rows]:
                yield from self._read_block(question, block)

    def _rows(self) -> Iterator[SheetRow]:
        """The rows of questions, and those in which something stands that belongs to none."""
        titles = 1  # one row of words may stand above the first id
        for row in self._sheet.rows:
            name = self._text(row, self._columns.ids)
            cells = self._cells(row)
            if row is self._top or name == HEADING or not (name or any(map(says_something, cells))):
                continue
            if not name and titles and not any(map(is_figure, cells)):
                titles = 0
                continue
            titles = 0 if name else titles
            yield row

    def _strays(self, row: SheetRow) -> Iterator[CellProblem]:
        """Figures in cells that nobody is asked to fill, those of headings included."""
        asked = {self._columns.ids, self._columns.remark, *self._columns.values}
        if self._text(row, self._columns.ids) == HEADING:
            asked = set()
        for column, cell in row.cells.items():
            if column not in asked and is_figure(cell):
                yield CellProblem("stray", "", cell.text, self._place_of(row, column))

    def _cells(self, row: SheetRow) -> list[SheetCell]:
        return [row.cells.get(column, _BLANK) for column in self._columns.values]

    def _text(self, row: SheetRow, column: int) -> str:
        return row.cells.get(column, _BLANK).text.strip()

    def _place(self, row: SheetRow, at: int = 0) -> SheetPlace:
        return self._place_of(row, self._columns.values[at])

    def _place_of(self, row: SheetRow, column: int) -> SheetPlace:
        return place_of(self._path, self._sheet, row, column)

    def _read_block(
        self, question: Question, rows: list[SheetRow]
    ) -> Iterator[Entered | CellProblem]:
        """The rows of one answer; none but a list has several."""
        troubles = [each for row in rows for each in self._troubles(question, row)]
        block = AnswerCells(question, [[cell.text for cell in self._cells(row)] for row in rows])
        remarks = [self._text(row, self._columns.remark) for row in rows]
        remark = "；".join(filter(None, remarks))
        if troubles:
            yield from troubles
        elif block.node is not None:
            yield self._read_answer(block, rows, remark)
        elif remark:
            first = next(row for row, noted in zip(rows, remarks, strict=True) if noted)
            yield CellProblem("lonely", question.id, remark, self._place(first))

    def _troubles(self, question: Question, row: SheetRow) -> Iterator[CellProblem]:
        """What makes a cell unreadable whatever it says."""
        asked = [each or question for each in AnswerCells.columns(question)]
        for at, (column, cell) in enumerate(
            zip(self._columns.values, self._cells(row), strict=True)
        ):
            found: tuple[Fault, Refusal | None] | None = None
            if row.number in self._merged[column]:
                found = "merged", None
            elif (fault := broken(cell)) is not None:
                found = fault, None
            elif at < len(asked):
                found = disguised(asked[at], cell)
            elif says_something(cell):
                found = "aside", None
            if found is not None:
                yield CellProblem(found[0], question.id, cell.text, self._place(row, at), found[1])
        remark = row.cells.get(self._columns.remark, _BLANK)
        if (fault := broken(remark)) is not None:
            place = self._place_of(row, self._columns.remark)
            yield CellProblem(fault, question.id, remark.text, place)

    def _read_answer(
        self, block: AnswerCells, rows: list[SheetRow], remark: str
    ) -> Entered | CellProblem:
        question = block.question
        assert block.node is not None  # noqa: S101  asked by the caller
        entry = read_entry(question, block.node)
        if not isinstance(entry, Entry):
            row, at = block.find(entry)
            typed = self._cells(rows[row])[at].text
            fault: Fault = "refused" if typed.strip() else "hole"
            return CellProblem(fault, question.id, typed, self._place(rows[row], at), entry)
        place = self._place(rows[block.first])
        if not remark:
            return Entered(question.id, entry.answer, block.typed, place)
        noted = clean_text(remark)
        if isinstance(noted, Refusal):
            return CellProblem("refused", question.id, remark, place, noted)
        both = "；".join(filter(None, (entry.answer.remark, noted)))
        return Entered(question.id, replace(entry.answer, remark=both), block.typed, place)


def place_of(path: Path, sheet: Sheet, row: SheetRow, column: int) -> SheetPlace:
    """Where a cell of a file stands."""
    return SheetPlace(path.name, sheet.name, f"{column_letters(column)}{row.number}")
