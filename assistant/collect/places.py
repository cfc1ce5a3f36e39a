"""What one file gives: answers and problems, each with the place where it stands."""

from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answer
from assistant.export.formats.excel.workbook_cells import Sheet, SheetRow, column_letters
from assistant.values import Refusal

Disguise = Literal["date", "time", "truth", "percent", "fraction", "exponent"]
"""What the format of a cell makes of a number, so that nobody knows which was meant."""
OfTable = (
    Literal["table_merged", "table_shifted", "table_unproved", "table_glued", "table_uneven"]
    | Literal[
        "table_order", "table_twice", "table_unclear", "table_columns", "table_dash", "table_folded"
    ]
)
"""What the tables of an official form leave open, by the reason of their reading."""
Fault = (
    Literal["uncounted", "shows_error", "refused", "unknown", "merged", "lonely", "aside", "hole"]
    | Literal["stray", "strange", "total", "no_row", "no_column", "covered", "passed", "unchosen"]
    | Literal["text", "remark"]
    | OfTable
    | Disguise
)


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
    """What one file holds."""

    entered: list[Entered]
    troubles: list[CellProblem]


def place_of(path: Path, sheet: Sheet, row: SheetRow, column: int) -> SheetPlace:
    """Where a cell of a file stands."""
    return SheetPlace(path.name, sheet.name, f"{column_letters(column)}{row.number}")
