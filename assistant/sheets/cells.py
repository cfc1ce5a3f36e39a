"""The cells of one filled sheet, read one by one; nothing is guessed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answer, Entry, read_entry
from assistant.documents.excel.book import Cell, Row, Sheet, column_letters
from assistant.schema import Edition, Question
from assistant.sheets.block import Block
from assistant.sheets.stamp import ASKED, HEADING
from assistant.values import Refusal, clean_text

_BLANK = Cell("")
Fault = Literal[
    "uncounted", "shows_error", "refused", "unknown", "merged", "lonely", "aside", "hole"
]


class Place(NamedTuple):
    """Where something stands, `Place("财务.xlsx", "填报表", "D12")`."""

    file: str
    sheet: str
    cell: str


class Entered(NamedTuple):
    """One answer with the place it was entered at."""

    id: str
    answer: Answer
    typed: str
    place: Place


class Trouble(NamedTuple):
    """A cell that gives no answer although something stands in it."""

    fault: Fault
    id: str
    """Of the question; empty when it is not known."""
    typed: str
    place: Place
    refusal: Refusal | None = None


class Columns(NamedTuple):
    """Where ids, values and remarks stand."""

    ids: int
    values: tuple[int, ...]
    remark: int


class SheetReader:
    """Reads one sheet."""

    def __init__(
        self, path: Path, sheet: Sheet, top: Row, columns: Columns, edition: Edition
    ) -> None:
        """Take the sheet, its row of keys and the columns these name."""
        self._path, self._sheet, self._top = path, sheet, top
        self._columns = columns
        self._questions = edition.questions
        self._merged = {column: sheet.merged_rows(column) for column in columns.values}

    def read(self) -> Iterator[Entered | Trouble]:
        """Every answer, and every cell that gives none although something stands in it."""
        blocks: dict[str, list[Row]] = {}
        for row in self._rows():
            name = self._text(row, self._columns.ids)
            question = self._questions.get(name)
            if question is None or question.kind not in ASKED:
                typed = "".join(self._text(row, column) for column in self._columns.values)
                yield Trouble("unknown", "", typed or name, self._place(row))
            else:
                blocks.setdefault(name, []).append(row)
        for name, rows in blocks.items():
            question = self._questions[name]
            for block in [rows] if question.kind == "list" else [[row] for row in rows]:
                yield from self._read_block(question, block)

    def _rows(self) -> Iterator[Row]:
        """The rows of questions, and those in which something stands that belongs to none."""
        titles = True  # what stands above the first id
        for row in self._sheet.rows:
            name = self._text(row, self._columns.ids)
            titles = titles and (row is self._top or not name)
            is_empty = not any(map(_says_something, self._cells(row)))
            if not titles and name != HEADING and (name or not is_empty):
                yield row

    def _cells(self, row: Row) -> list[Cell]:
        return [row.cells.get(column, _BLANK) for column in self._columns.values]

    def _text(self, row: Row, column: int) -> str:
        return row.cells.get(column, _BLANK).text.strip()

    def _place(self, row: Row, at: int = 0) -> Place:
        letters = column_letters(self._columns.values[at])
        return Place(self._path.name, self._sheet.name, f"{letters}{row.number}")

    def _read_block(self, question: Question, rows: list[Row]) -> Iterator[Entered | Trouble]:
        """The rows of one answer; none but a list has several."""
        troubles = [each for row in rows for each in self._troubles(question, row)]
        block = Block(question, [[cell.text for cell in self._cells(row)] for row in rows])
        remarks = [self._text(row, self._columns.remark) for row in rows]
        remark = "；".join(filter(None, remarks))
        if troubles:
            yield from troubles
        elif block.node is not None:
            yield self._read_answer(block, rows, remark)
        elif remark:
            first = next(row for row, noted in zip(rows, remarks, strict=True) if noted)
            yield Trouble("lonely", question.id, remark, self._place(first))

    def _troubles(self, question: Question, row: Row) -> Iterator[Trouble]:
        """What makes a cell unreadable whatever it says."""
        wanted = len(Block.columns(question))
        for at, (column, cell) in enumerate(
            zip(self._columns.values, self._cells(row), strict=True)
        ):
            fault: Fault | None = None
            if row.number in self._merged[column]:
                fault = "merged"
            elif cell.is_uncounted:
                fault = "uncounted"
            elif cell.is_fault:
                fault = "shows_error"
            elif at >= wanted and _says_something(cell):
                fault = "aside"
            if fault is not None:
                yield Trouble(fault, question.id, cell.text, self._place(row, at))

    def _read_answer(self, block: Block, rows: list[Row], remark: str) -> Entered | Trouble:
        question = block.question
        assert block.node is not None  # noqa: S101  asked by the caller
        entry = read_entry(question, block.node)
        if not isinstance(entry, Entry):
            row, at = block.find(entry)
            typed = self._cells(rows[row])[at].text
            fault: Fault = "refused" if typed.strip() else "hole"
            return Trouble(fault, question.id, typed, self._place(rows[row], at), entry)
        place = self._place(rows[block.first])
        if not remark:
            return Entered(question.id, entry.answer, block.typed, place)
        noted = clean_text(remark)
        if isinstance(noted, Refusal):
            return Trouble("refused", question.id, remark, place, noted)
        both = "；".join(filter(None, (entry.answer.remark, noted)))
        return Entered(question.id, replace(entry.answer, remark=both), block.typed, place)


def _says_something(cell: Cell) -> bool:
    return cell.is_uncounted or bool(cell.text.strip())
