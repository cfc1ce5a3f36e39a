"""What cells hold and what they give: answers and problems, each with the place where it stands."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answer
from assistant.export.formats.excel.workbook_cells import Sheet, SheetCell, SheetRow, column_letters
from assistant.form.model import Column, Question
from assistant.values import Refusal, read

BLANK = SheetCell("")

Fault = (
    Literal["uncounted", "shows_error", "refused", "unknown", "merged", "lonely", "aside", "hole"]
    | Literal["stray", "strange", "total", "no_row", "no_column", "covered", "passed", "unchosen"]
    | Literal["text", "remark"]
    | Literal["date", "time", "truth", "percent", "fraction", "exponent"]
    | Literal["table_merged", "table_shifted", "table_unproved", "table_glued", "table_uneven"]
    | Literal["table_order", "table_twice", "table_unclear", "table_columns", "table_dash"]
    | Literal["table_folded"]
)
"""Why a cell gives no answer. From `date` to `exponent` it is what the format of a cell makes of a
number, so that nobody knows which was meant; from `table_merged` on it is what the tables of an
official form leave open, by the reason of their reading."""


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
    other: str = ""
    """What the sentence names beside it: the words of its row, the sum of its parts."""


class FilledFile(NamedTuple):
    """What one file gives."""

    entered: tuple[Entered, ...]
    """Its answers, and totals that stand in its tables: they are worked out, and only compared."""
    troubles: tuple[CellProblem, ...]
    unread: frozenset[str] = frozenset()
    """The cells of an official table in which something stands that is no answer."""
    remarks: tuple[CellProblem, ...] = ()
    """What stands in columns of remarks, a line for each table; nothing is amiss with it."""

    @classmethod
    def of(cls, found: Iterable[Entered | CellProblem]) -> "FilledFile":
        """What was found in it, each kind by itself."""
        told = list(found)
        return cls(
            tuple(each for each in told if isinstance(each, Entered)),
            tuple(each for each in told if isinstance(each, CellProblem)),
        )


def place_of(path: Path, sheet: Sheet, row: SheetRow, column: int) -> SheetPlace:
    """Where a cell of a file stands."""
    return SheetPlace(path.name, sheet.name, f"{column_letters(column)}{row.number}")


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


def amiss(asked: Question | Column, cell: SheetCell) -> tuple[Fault, Refusal | None] | None:
    """What is wrong with a formula, or where a cell shows something else than the number in it."""
    if (fault := broken(cell)) is not None:
        return fault, None
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
