"""The cells of one filled sheet, read one by one into answers and problems; nothing is guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Entry, read_entry
from assistant.collect.form_tag import ASKED, HEADING
from assistant.collect.places import CellProblem, Entered, Fault, SheetPlace, place_of
from assistant.export.formats.excel.workbook_cells import Sheet, SheetCell, SheetRow
from assistant.form.model import Column, Edition, Fact, Question
from assistant.storage.yaml_text import Node
from assistant.values import Refusal, clean_text, read


def says_something(cell: SheetCell) -> bool:
    """Whether a cell is filled, be it with a number that it does not show."""
    return cell.is_uncounted or bool(cell.stored or cell.text.strip())


def is_figure(cell: SheetCell) -> bool:
    """Whether a cell holds a number, or what somebody typed for one."""
    if cell.stored or cell.is_uncounted or cell.look != "plain":
        return True
    has_digits = any(map(str.isdigit, cell.text))
    return has_digits and not isinstance(read(cell.text, "amount", ""), Refusal)


def broken(cell: SheetCell) -> Fault | None:
    """What is wrong with a formula."""
    if cell.is_uncounted:
        return "uncounted"
    return "shows_error" if cell.is_fault else None


def disguised(asked: Question | Column, cell: SheetCell) -> tuple[Fault, Refusal | None] | None:
    """What is wrong where a cell shows something else than the number in it."""
    if cell.look != "plain" and cell.look != "other":
        return None if cell.look == asked.kind else (cell.look, None)
    if not cell.stored or _is_same(asked, cell):
        return None
    return "refused", Refusal("stored_otherwise", {"stored": cell.stored})


def _is_same(asked: Question | Column, cell: SheetCell) -> bool:
    """Whether what is shown, read as if it were typed, is the number stored."""
    if asked.kind in ("count", "amount"):
        number = read(cell.text, asked.kind, asked.unit)
        if not isinstance(number, Refusal):
            return number == Decimal(cell.stored)
    return cell.look == "plain"


class AnswerCells:
    """What stands in the cells of one question."""

    def __init__(self, question: Question, rows: Sequence[Sequence[str]]) -> None:
        """Take the words of the cells, row by row."""
        self.question = question
        self._rows = rows
        self._filled = [at for at, row in enumerate(rows) if any(map(str.strip, row))]
        """The rows in which something stands."""

    @staticmethod
    def columns(question: Question) -> Sequence[Column | None]:
        """The columns of a list; one without a name for anything else."""
        return (isinstance(question, Fact) and question.columns) or (None,)

    @cached_property
    def node(self) -> Node | None:
        """The answer as it would stand in a file, or be typed where one cell says it all.

        So 暂缺, and a whole list in one cell, are read as in the conversation. Nothing is `None`.
        """
        rows = [self._rows[at] for at in self._filled]
        if not rows:
            return None
        if len(rows) == 1 and (alone := _only(rows[0])):
            return Node(alone, 0)
        return Node([self._row(row) for row in rows], 0)

    def _row(self, cells: Sequence[str]) -> Node:
        columns = self.columns(self.question)
        if len(columns) > 1 and (alone := _only(cells)):
            return Node(alone, 0)
        return Node(
            {each.id: Node(text, 0) for each, text in zip(columns, cells, strict=False) if each}, 0
        )

    @property
    def first(self) -> int:
        """The first row in which something stands."""
        return self._filled[0]

    @property
    def typed(self) -> str:
        """The words of the cells, for a person."""
        rows = (self._rows[at] for at in self._filled)
        return "；".join(" ".join(filter(None, map(str.strip, row))) for row in rows)

    def find(self, refusal: Refusal) -> tuple[int, int]:
        """The row and the cell that a refusal speaks of."""
        number, label = refusal.details.get("row", 1), refusal.details.get("column")
        at = number - 1 if isinstance(number, int) and number <= len(self._filled) else 0
        labels = [each.label if each else "" for each in self.columns(self.question)]
        return self._filled[at], labels.index(label) if label in labels else 0


def _only(cells: Sequence[str]) -> str:
    """The words of the one cell in which something stands; empty where there are several."""
    filled = [text for text in cells if text.strip()]
    return filled[0] if len(filled) == 1 else ""


_BLANK = SheetCell("")


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
        self._questions = edition.asked
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
