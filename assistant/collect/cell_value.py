"""What one cell of a filled sheet is worth: words, a number that is what it shows, or neither."""

from decimal import Decimal
from typing import Literal

from assistant.export.formats.excel.plain_workbook import SheetCell
from assistant.form.model import Column, Question
from assistant.values import Refusal, read

Disguise = Literal["date", "time", "truth", "percent", "fraction", "exponent"]
"""What the format of a cell makes of a number, so that nobody knows which was meant."""
Fault = (
    Literal["uncounted", "shows_error", "refused", "unknown", "merged", "lonely", "aside", "hole"]
    | Literal["stray", "strange"]
    | Disguise
)


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
