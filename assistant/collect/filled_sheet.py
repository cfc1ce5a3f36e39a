"""Filled collection sheets: of this form or not, and every cell read; nothing is guessed."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answer, read_entry
from assistant.collect.cells import (
    BLANK,
    CellProblem,
    Entered,
    Fault,
    SheetPlace,
    amiss,
    broken,
    is_figure,
    place_of,
    says_something,
)
from assistant.collect.form_tag import ASKED, HEADING, REMARK, VALUE, FormTag, read_stamp, value_key
from assistant.export.formats.excel.workbook_cells import Sheet, SheetCell, SheetRow
from assistant.form.model import Column, Edition, Fact, Question
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node
from assistant.values import Refusal, clean_text
from assistant.values.grouping import grouped

_TELLING = 3
"""Labels of the form that somebody's own sheet may have."""


class Corner(NamedTuple):
    """What a collection sheet says of itself, and where."""

    stamp: FormTag
    top: SheetRow
    column: int


def corner_of(sheet: Sheet) -> Corner | None:
    """What a sheet says of itself, if it is one of ours."""
    for row in sheet.rows:
        for column, cell in row.cells.items():
            stamp = read_stamp(cell.text)
            if stamp is not None:
                return Corner(stamp, row, column)
    return None


def _texts_of(row: SheetRow) -> set[str]:
    return {cell.text.strip() for cell in row.cells.values()}


def has_keys(row: SheetRow, ids: Set[str]) -> bool:
    """Whether a row has the keys of our sheets, or one of some ids."""
    texts = _texts_of(row)
    return {VALUE, REMARK} <= texts or bool(texts & ids)


def read_sheets(
    path: Path, sheets: Sequence[tuple[Sheet, Corner | None]], edition: Edition, stamp: FormTag
) -> Iterator[Entered | CellProblem]:
    """The answers and troubles of one file, whose sheets must bear this stamp.

    Raises:
        FileError: A sheet is one of another form or year, or its ids are gone or shuffled.
    """
    for sheet, corner in sheets:
        if corner is None:
            yield from _strange(path, sheet, edition)
            continue
        if corner.stamp != stamp:
            found = corner.stamp
            raise FileError(
                "form_other", path=str(path), edition=found.edition, year=found.year,
                wanted=stamp.edition, wanted_year=stamp.year,
            )  # fmt: skip
        columns = _find_columns(corner, sheet, edition)
        if columns is None:
            raise FileError("form_columns", path=str(path), sheet=sheet.name)
        _prove_ids(path, sheet, columns, edition)
        yield from _SheetReader(path, sheet, corner.top, columns, edition.asked).read()


def _strange(path: Path, sheet: Sheet, edition: Edition) -> Iterator[CellProblem]:
    """A sheet without a stamp is somebody's own, unless it has lost it; its figures are named."""
    labels = _labels(edition).keys()
    told = 0
    figure: CellProblem | None = None
    for row in sheet.rows:
        told += len(_texts_of(row) & labels)
        if has_keys(row, edition.asked.keys()) or told >= _TELLING:
            raise FileError("form_unstamped", path=str(path), sheet=sheet.name)
        for column, cell in row.cells.items():
            if figure is None and is_figure(cell):
                figure = CellProblem("strange", "", cell.text, place_of(path, sheet, row, column))
    if figure is not None:
        yield figure


class _Columns(NamedTuple):
    """Where ids, values and remarks stand."""

    ids: int
    values: tuple[int, ...]
    remark: int


def _prove_ids(path: Path, sheet: Sheet, columns: _Columns, edition: Edition) -> None:
    """The ids are there, and each stands at the row that is called so."""
    labels = _labels(edition)
    told = known = figures = 0
    for row in sheet.rows:
        name = _text(row, columns.ids)
        found = {cell.text.strip(): at for at, cell in row.cells.items()
                 if at not in (columns.remark, *columns.values)}  # fmt: skip
        owners = {text: labels[text] for text in found if text in labels}
        told += len(owners)
        known += name in edition.questions
        figures += any(is_figure(row.cells[at]) for at in columns.values if at in row.cells)
        if name in edition.questions and owners and not any(name in ids for ids in owners.values()):
            label = next(iter(owners))
            place = place_of(path, sheet, row, found[label])
            raise FileError("form_shuffled", path=str(path), sheet=sheet.name, cell=place.cell,
                            label=label, name=edition.name(name))  # fmt: skip
    if not known and (figures or told >= _TELLING):
        raise FileError("form_no_ids", path=str(path), sheet=sheet.name)


def _labels(edition: Edition) -> Mapping[str, Sequence[str]]:
    """What the rows of the form are called, with the ids of those that are called so."""
    rows = (*edition.rows_by_id.values(), *edition.asked.values())
    return grouped((r.label if isinstance(r, Fact) else r.printed_label, r.id) for r in rows)


def _find_columns(corner: Corner, sheet: Sheet, edition: Edition) -> _Columns | None:
    """The columns that the top row names, each once, as many as the rows need."""
    named = [(cell.text.strip(), at) for at, cell in corner.top.cells.items()]
    keys = dict(named)
    said = [name for name, _ in named if name.startswith((VALUE, REMARK))]
    count = sum(name.startswith(VALUE) for name in said)
    names = [value_key(number) for number in range(count)]
    if not count or sorted(said) != sorted([*names, REMARK]):
        return None
    ids = (_text(row, corner.column) for row in sheet.rows)
    asked = (edition.questions[name] for name in ids if name in edition.questions)
    if count < max((len(_columns_of(question)) for question in asked), default=0):
        return None
    return _Columns(corner.column, tuple(keys[name] for name in names), keys[REMARK])


def _text(row: SheetRow, column: int) -> str:
    return row.cells.get(column, BLANK).text.strip()


def _columns_of(question: Question) -> Sequence[Column | None]:
    """The columns of a list; one without a name for anything else."""
    return (isinstance(question, Fact) and question.columns) or (None,)


class _AnswerCells:
    """What stands in the cells of one question."""

    def __init__(self, question: Question, rows: Sequence[Sequence[str]]) -> None:
        """Take the words of the cells, row by row."""
        self._columns = _columns_of(question)
        self._filled = {at: row for at, row in enumerate(rows) if any(map(str.strip, row))}
        """The rows in which something stands."""

    @property
    def node(self) -> Node | None:
        """The answer as it would stand in a file, or be typed where one cell says it all.

        So 暂缺, and a whole list in one cell, are read as in the conversation. Nothing is `None`.
        """
        rows = list(self._filled.values())
        if not rows:
            return None
        if len(rows) == 1 and (alone := _only(rows[0])):
            return Node(alone, 0)
        return Node([self._row(row) for row in rows], 0)

    def _row(self, cells: Sequence[str]) -> Node:
        if len(self._columns) > 1 and (alone := _only(cells)):
            return Node(alone, 0)
        named = zip(self._columns, cells, strict=False)
        return Node({each.id: Node(text, 0) for each, text in named if each}, 0)

    @property
    def first(self) -> int:
        """The first row in which something stands."""
        return next(iter(self._filled))

    @property
    def typed(self) -> str:
        """The words of the cells, for a person."""
        rows = self._filled.values()
        return "；".join(" ".join(filter(None, map(str.strip, row))) for row in rows)

    def find(self, refusal: Refusal) -> tuple[int, int]:
        """The row and the cell that a refusal speaks of."""
        number, label = refusal.details.get("row", 1), refusal.details.get("column")
        at = number - 1 if isinstance(number, int) and number <= len(self._filled) else 0
        labels = [each.label if each else "" for each in self._columns]
        return list(self._filled)[at], labels.index(label) if label in labels else 0


def _only(cells: Sequence[str]) -> str:
    """The words of the one cell in which something stands; empty where there are several."""
    filled = [text for text in cells if text.strip()]
    return filled[0] if len(filled) == 1 else ""


@dataclass
class _SheetReader:
    """Reads one sheet by its row of keys and the columns that these name."""

    path: Path
    sheet: Sheet
    top: SheetRow
    columns: _Columns
    questions: Mapping[str, Question]

    def read(self) -> Iterator[Entered | CellProblem]:
        """Every answer, and every cell that gives none although something stands in it."""
        blocks: dict[str, list[SheetRow]] = {}
        for row in self.sheet.rows:
            yield from self._strays(row)
        for row in self._rows():
            name = _text(row, self.columns.ids)
            question = self.questions.get(name)
            if question is None or question.kind not in ASKED:
                typed = "".join(_text(row, column) for column in self.columns.values)
                yield CellProblem("unknown", "", typed or name, self._place(row))
            else:
                blocks.setdefault(name, []).append(row)
        for name, rows in blocks.items():
            question = self.questions[name]
            for block in [rows] if question.kind == "list" else [[row] for row in rows]:
                yield from self._read_block(question, block)

    def _rows(self) -> Iterator[SheetRow]:
        """The rows of questions, and those in which something stands that belongs to none."""
        titles = 1  # one row of words may stand above the first id
        for row in self.sheet.rows:
            name = _text(row, self.columns.ids)
            cells = self._cells(row)
            if row is self.top or name == HEADING or not (name or any(map(says_something, cells))):
                continue
            if not name and titles and not any(map(is_figure, cells)):
                titles = 0
                continue
            titles = 0 if name else titles
            yield row

    def _strays(self, row: SheetRow) -> Iterator[CellProblem]:
        """Figures in cells that nobody is asked to fill, those of headings included."""
        asked = {self.columns.ids, self.columns.remark, *self.columns.values}
        if _text(row, self.columns.ids) == HEADING:
            asked = set()
        for column, cell in row.cells.items():
            if column not in asked and is_figure(cell):
                place = place_of(self.path, self.sheet, row, column)
                yield CellProblem("stray", "", cell.text, place)

    def _cells(self, row: SheetRow) -> list[SheetCell]:
        return [row.cells.get(column, BLANK) for column in self.columns.values]

    def _place(self, row: SheetRow, at: int = 0) -> SheetPlace:
        return place_of(self.path, self.sheet, row, self.columns.values[at])

    @cached_property
    def _merged(self) -> Mapping[int, set[int]]:
        """By column of values the rows whose cell is one with that of another row."""
        return {column: self.sheet.merged_rows(column) for column in self.columns.values}

    def _read_block(
        self, question: Question, rows: list[SheetRow]
    ) -> Iterator[Entered | CellProblem]:
        """The rows of one answer; none but a list has several."""
        troubles = [each for row in rows for each in self._troubles(question, row)]
        block = _AnswerCells(question, [[cell.text for cell in self._cells(row)] for row in rows])
        remarks = [_text(row, self.columns.remark) for row in rows]
        remark = "；".join(filter(None, remarks))
        if troubles:
            yield from troubles
        elif (node := block.node) is not None:
            yield self._read_answer(question, block, node, rows, remark)
        elif remark:
            first = next(row for row, noted in zip(rows, remarks, strict=True) if noted)
            yield CellProblem("lonely", question.id, remark, self._place(first))

    def _troubles(self, question: Question, row: SheetRow) -> Iterator[CellProblem]:
        """What makes a cell unreadable whatever it says."""
        asked = [each or question for each in _columns_of(question)]
        for at, cell in enumerate(self._cells(row)):
            found: tuple[Fault, Refusal | None] | None = None
            if row.number in self._merged[self.columns.values[at]]:
                found = "merged", None
            elif at < len(asked):
                found = amiss(asked[at], cell)
            elif says_something(cell):
                found = broken(cell) or "aside", None
            if found is not None:
                yield CellProblem(found[0], question.id, cell.text, self._place(row, at), found[1])
        remark = row.cells.get(self.columns.remark, BLANK)
        if (fault := broken(remark)) is not None:
            place = place_of(self.path, self.sheet, row, self.columns.remark)
            yield CellProblem(fault, question.id, remark.text, place)

    def _read_answer(
        self, question: Question, block: _AnswerCells, node: Node, rows: list[SheetRow], remark: str
    ) -> Entered | CellProblem:
        entry = read_entry(question, node)
        if not isinstance(entry, Answer):
            row, at = block.find(entry)
            typed = self._cells(rows[row])[at].text
            fault: Fault = "refused" if typed.strip() else "hole"
            return CellProblem(fault, question.id, typed, self._place(rows[row], at), entry)
        place = self._place(rows[block.first])
        if not remark:
            return Entered(question.id, entry, block.typed, place)
        noted = clean_text(remark)
        if isinstance(noted, Refusal):
            return CellProblem("refused", question.id, remark, place, noted)
        both = "；".join(filter(None, (entry.remark, noted)))
        return Entered(question.id, replace(entry, remark=both), block.typed, place)
