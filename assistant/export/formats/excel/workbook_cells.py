"""The cells of a workbook: what they say, and how they are read from the XML of a sheet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from assistant.export.formats.excel.number_formats import GENERAL, NumberKind, show
from assistant.export.formats.package import Package, XmlHandler
from assistant.storage.errors import FileError
from assistant.values.characters import UNREADABLE, is_unseen

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
"""What a cell is called, `D12`."""
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
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


class MergedRange(NamedTuple):
    """Cells that are one, by their numbers, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


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

    def merged_ranges(self) -> Iterator[MergedRange]:
        """The cells that are one, those left out whose reference names none."""
        for reference in self.merges:
            places = [PLACE.fullmatch(part) for part in reference.split(":")]
            if len(places) == 2 and all(places):
                (left, top), (right, bottom) = (
                    (column_number(place[1]), int(place[2])) for place in places if place
                )
                yield MergedRange(left, top, right, bottom)

    def merged_rows(self, column: int) -> set[int]:
        """The rows whose cell in a column is one with that of another row."""
        found: set[int] = set()
        for left, top, right, bottom in self.merged_ranges():
            if left <= column <= right and bottom - top < _ROWS_LIMIT:
                found |= set(range(top, bottom + 1)) if bottom > top else set()
        return found


def local(name: str) -> str:
    """The name of an element without its namespace."""
    return name.rpartition(" ")[2]


def is_on(attributes: Mapping[str, str], name: str) -> bool:
    """Whether an attribute says yes."""
    return attributes.get(name, "0") in ("1", "true")


def words_of(text: str) -> str:
    """A text of a cell as Excel shows it, where `_x005F_` is written for `_`.

    The code of the return before a line break is left out, that of what nobody sees is marked.
    """
    return _CODED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    if character == "\r":
        return ""
    return UNREADABLE if character not in "\t\n" and is_unseen(character) else character


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


DIGITS = 15
"""Significant digits that Excel keeps of a number; what stands behind them is noise."""
_COLUMNS_LIMIT = 1_000
"""Columns that may be hidden; further right nothing of a report stands."""
_EFFORT_LIMIT = 200_000
"""Cells of one workbook, the blank ones before the last of each row included, and 64 characters
of text as one more; a report has a hundredth of it."""
_EFFORT_OF_RANGE = 100
"""What a merged cell or hidden columns count as."""
_CHARACTERS = 64
_NUMBER_LIMIT = 100
"""Characters of a number."""


@dataclass(slots=True)
class OfAllSheets:
    """What the cells of a workbook refer to, and what reading them may cost in all."""

    package: Package
    """Whose faults are raised."""
    strings: Sequence[str]
    formats: Sequence[str]
    """Of numbers, by the style of the cell."""
    is_1904: bool
    """Whether days are counted from 1904."""
    effort: int = _EFFORT_LIMIT

    def spend(self, effort: int) -> None:
        """Take something off; a file that wants more is no report."""
        self.effort -= effort
        if self.effort < 0:
            raise self.package.fault("package_too_large")


class SheetCells(XmlHandler):
    """Listens to one sheet."""

    def __init__(self, sheet: Sheet, book: OfAllSheets) -> None:
        """Take the sheet to fill."""
        self._sheet = sheet
        self._book = book
        self._column = 0
        self._styles: dict[int, str] = {}
        """Of whole columns."""
        self._row_style = ""
        self._style = ""
        self._kind = ""
        self._has_formula = False
        self._value: list[str] = []
        self._words: list[str] = []
        self._inside = ""
        self._aside = 0
        """How many readings of characters one is in, which are no words of the cell."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = local(name)
        self._inside = kind
        if kind == "row":
            self._begin_row(attributes)
        elif kind == "col":
            self._take_columns(attributes)
        elif kind == "c":
            place = PLACE.fullmatch(attributes.get("r", ""))
            self._column = column_number(place[1]) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            above = self._row_style or self._styles.get(self._column, "0")
            self._style = attributes.get("s", above)
            self._has_formula, self._value, self._words = False, [], []
        elif kind == "mergeCell":
            self._book.spend(_EFFORT_OF_RANGE)
            self._sheet.merges.append(attributes.get("ref", ""))
        elif kind == "f":
            self._has_formula = True
        self._aside += kind == "rPh"

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        last = self._sheet.rows[-1].number if self._sheet.rows else 0
        row = int(number) if number.isdecimal() and len(number) < 8 else last + 1
        self._sheet.rows.append(SheetRow(row, is_on(attributes, "hidden")))
        self._column = 0
        self._row_style = attributes.get("s", "") if is_on(attributes, "customFormat") else ""

    def _take_columns(self, attributes: Mapping[str, str]) -> None:
        """Columns that are hidden, or have a style for cells without one."""
        is_hidden, style = is_on(attributes, "hidden"), attributes.get("style", "0")
        left, right = attributes.get("min", "0"), attributes.get("max", "0")
        if not (left.isdecimal() and right.isdecimal() and len(right) < 6):
            return
        if is_hidden or style != "0":
            self._book.spend(_EFFORT_OF_RANGE)
            columns = range(int(left), min(int(right), _COLUMNS_LIMIT) + 1)
            self._sheet.hidden_columns |= set(columns) if is_hidden else set()
            self._styles |= dict.fromkeys(columns, style)

    def end(self, name: str) -> None:
        """An element ends."""
        self._inside = ""
        kind = local(name)
        self._aside -= kind == "rPh"
        if kind == "row" and self._sheet.rows:
            self._book.spend(1 + max(self._sheet.rows[-1].cells, default=0))
        if kind != "c" or not self._sheet.rows:
            return
        if self._column in self._sheet.rows[-1].cells:
            raise self._broken()  # nobody knows which of the two another program shows
        cell = self._cell()
        self._book.spend(1 + len(cell.text) // _CHARACTERS)
        self._sheet.rows[-1].cells[self._column] = cell

    def text(self, data: str) -> None:
        """Text stands in the element begun last."""
        if self._inside == "v":
            self._value.append(data)
        elif self._inside == "t" and not self._aside:
            self._words.append(data)

    def _cell(self) -> SheetCell:
        value = "".join(self._value)
        if self._has_formula and not value:
            return SheetCell("", is_uncounted=True)
        if self._kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 8 else -1
            if not 0 <= at < len(self._book.strings):
                raise self._broken()
            return SheetCell(self._book.strings[at])
        if self._kind == "inlineStr":
            return SheetCell(words_of("".join(self._words)))
        if self._kind == "b" and value:
            return SheetCell("FALSE" if value.strip() in ("0", "false") else "TRUE", "truth")
        if self._kind == "d" and value:
            return SheetCell(_day(value.strip()), "date")
        number = _plain(value) if self._kind == "n" else None
        if number is not None:
            return self._shown(number)
        return SheetCell(words_of(value), is_fault=self._kind == "e")

    def _shown(self, number: str) -> SheetCell:
        """A number as its format shows it."""
        formats = self._book.formats
        is_listed = self._style.isdecimal() and len(self._style) < 6
        code = formats[int(self._style)] if is_listed and int(self._style) < len(formats) else ""
        text, look = show(code or GENERAL, number, is_1904=self._book.is_1904)
        return SheetCell(text, look, number)

    def _broken(self) -> FileError:
        return self._book.package.fault("package_broken")


def _day(text: str) -> str:
    """A day that is written as `2025-03-01`, in words; as it stands where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    is_day = moment.time() == time.min
    return f"{moment.year}年{moment.month}月{moment.day}日" if is_day else text


def _plain(text: str) -> str | None:
    """A number without exponent and without the noise that binary fractions leave, if it is one."""
    if len(text) > _NUMBER_LIMIT:
        return None
    try:
        number = Decimal(text)
        exact = number if abs(number) < 1 and not number else number.normalize()
        if not number.is_finite() or abs(exact.adjusted()) > DIGITS * 2:
            return None
    except InvalidOperation:
        return None
    if len(exact.as_tuple().digits) > DIGITS:
        exact = Decimal(f"{number:.{DIGITS}g}").normalize()
    return f"{exact:f}"
