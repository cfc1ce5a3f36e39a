"""A filled collection sheet, read cell by cell; nothing is guessed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answer, Entry, read_entry
from assistant.documents.excel.book import Cell, Row, Sheet, column_letters, open_book
from assistant.errors import FileError
from assistant.files import Node
from assistant.schema import Edition, Question
from assistant.sheets.stamp import ASKED, REMARK, VALUE, Stamp, read_stamp
from assistant.values import Refusal, clean_text

_BLANK = Cell("")
Fault = Literal["uncounted", "shows_error", "refused", "unknown", "merged", "lonely"]


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


class Filled(NamedTuple):
    """One file."""

    stamp: Stamp
    entered: list[Entered]
    troubles: list[Trouble]


class _Columns(NamedTuple):
    ids: int
    value: int
    remark: int


def read_stamps(path: Path) -> list[tuple[Stamp, Sheet, Row, int]]:
    """The sheets of a file that are collection sheets, with the row and column of their stamp.

    Raises:
        FileError: It cannot be read, or holds none.
    """
    found = []
    for sheet in open_book(path).sheets:
        cells = ((row, column, cell) for row in sheet.rows for column, cell in row.cells.items())
        stamps = ((read_stamp(cell.text), row, column) for row, column, cell in cells)
        first = next((each for each in stamps if each[0] is not None), None)
        if first is not None and first[0] is not None:
            found.append((first[0], sheet, first[1], first[2]))
    if not found:
        raise FileError("form_foreign", path=str(path))
    return found


def read_filled(path: Path, edition: Edition, stamp: Stamp) -> Filled:
    """The answers and troubles of one file.

    Args:
        path: The file.
        edition: The form that is collected.
        stamp: What every sheet must say of itself.

    Raises:
        FileError: It cannot be read, is no collection sheet, or one of another form or year.
    """
    filled = Filled(stamp, [], [])
    for found, sheet, top, column in read_stamps(path):
        if found != stamp:
            raise FileError(
                "form_other", path=str(path), edition=found.edition, year=found.year,
                wanted=stamp.edition, wanted_year=stamp.year,
            )  # fmt: skip
        keys = {cell.text.strip(): at for at, cell in top.cells.items()}
        if VALUE not in keys or REMARK not in keys:
            raise FileError("form_columns", path=str(path), sheet=sheet.name)
        columns = _Columns(column, keys[VALUE], keys[REMARK])
        for each in _read_sheet(path, sheet, top, columns, edition):
            if isinstance(each, Entered):
                filled.entered.append(each)
            else:
                filled.troubles.append(each)
    return filled


def _read_sheet(
    path: Path, sheet: Sheet, top: Row, columns: _Columns, edition: Edition
) -> Iterator[Entered | Trouble]:
    merged = sheet.merged_rows(columns.value)
    titles = True  # what stands above the first id
    for row in sheet.rows:
        name = row.cells.get(columns.ids, _BLANK).text.strip()
        cell = row.cells.get(columns.value, _BLANK)
        remark = row.cells.get(columns.remark, _BLANK).text.strip()
        place = Place(path.name, sheet.name, f"{column_letters(columns.value)}{row.number}")
        is_empty = not cell.text.strip() and not cell.is_uncounted
        titles = titles and (row is top or not name)
        if titles or (not name and is_empty):
            continue
        question = edition.questions.get(name)
        if question is None or question.kind not in ASKED:
            yield Trouble("unknown", "", cell.text or name, place)
        elif row.number in merged:
            yield Trouble("merged", name, cell.text, place)
        elif cell.is_uncounted or cell.is_fault:
            fault: Fault = "uncounted" if cell.is_uncounted else "shows_error"
            yield Trouble(fault, name, cell.text, place)
        elif not is_empty:
            yield _read_cell(question, cell.text, remark, place)
        elif remark:
            yield Trouble("lonely", name, remark, place)


def _read_cell(question: Question, text: str, remark: str, place: Place) -> Entered | Trouble:
    entry = read_entry(question, Node(text, 0))
    if not isinstance(entry, Entry):
        return Trouble("refused", question.id, text, place, entry)
    if not remark:
        return Entered(question.id, entry.answer, text, place)
    noted = clean_text(remark)
    if isinstance(noted, Refusal):
        return Trouble("refused", question.id, remark, place, noted)
    both = "；".join(filter(None, (entry.answer.remark, noted)))
    return Entered(question.id, replace(entry.answer, remark=both), text, place)
