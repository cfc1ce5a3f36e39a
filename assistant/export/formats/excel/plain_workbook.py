"""A workbook as plain cells: what they say, and what is odd about them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.export.formats.excel.number_formats import NumberKind

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
"""What a cell is called, `D12`."""
_ROWS_LIMIT = 10_000
"""Rows that one merged cell may take."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What one cell says."""

    text: str
    """What it shows, a number with all its digits; of a formula the value it had last."""
    look: NumberKind = "plain"
    """As what kind of thing it shows that."""
    stored: str = ""
    """The number in it, without its format; empty for words."""
    is_uncounted: bool = False
    """It holds a formula that nobody has worked out yet."""
    is_fault: bool = False
    """It shows an error such as #REF!."""


@dataclass(slots=True)
class SheetRow:
    """One row with its cells by column, from 1."""

    number: int
    is_hidden: bool
    cells: dict[int, SheetCell] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """One sheet with its rows in order."""

    name: str
    is_hidden: bool
    rows: list[SheetRow] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[str] = field(default_factory=list)
    """Cells that are one, `B2:F2`."""

    def merged_rows(self, column: int) -> set[int]:
        """The rows whose cell in a column is one with that of another row."""
        found: set[int] = set()
        for reference in self.merges:
            places = [PLACE.fullmatch(part) for part in reference.split(":")]
            if len(places) == 2 and all(places):
                (left, top), (right, bottom) = (
                    (column_number(place[1]), int(place[2])) for place in places if place
                )
                if left <= column <= right and bottom - top < _ROWS_LIMIT:
                    found |= set(range(top, bottom + 1)) if bottom > top else set()
        return found


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    """Defined names with what they point to, `{"nianbao_review": "核对单!$A$1"}`."""


def column_letters(number: int) -> str:
    """The letters of a column, AB of 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, 28 of AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
