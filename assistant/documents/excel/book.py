"""A workbook from elsewhere as plain cells: what they say, and what is odd about them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assistant.documents.package import Package
from assistant.errors import FileError

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DIGITS = 15
"""Significant digits that Excel keeps of a number; what stands behind them is noise."""
_ROWS_LIMIT = 10_000
"""Rows that one merged cell may take."""
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


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says."""

    text: str
    """As a number without format, else the words; of a formula the value it had last."""
    is_uncounted: bool = False
    """It holds a formula that nobody has worked out yet."""
    is_fault: bool = False
    """It shows an error such as #REF!."""


@dataclass(slots=True)
class Row:
    """One row with its cells by column, from 1."""

    number: int
    is_hidden: bool
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """One sheet with its rows in order."""

    name: str
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[str] = field(default_factory=list)
    """Cells that are one, `B2:F2`."""

    def merged_rows(self, column: int) -> set[int]:
        """The rows whose cell in a column is one with that of another row."""
        found: set[int] = set()
        for reference in self.merges:
            places = [_PLACE.fullmatch(part) for part in reference.split(":")]
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


def open_book(path: Path) -> Book:
    """Read a workbook warily; nothing in it is worked out or followed.

    Raises:
        FileError: It cannot be read, is no Excel file, is locked, damaged, hostile or too large.
    """
    package = Package(path, "xlsx")
    contents = _Workbook()
    package.tell(package.main, contents)
    relations = package.relations(package.main)
    targets = {each.id: each.target for each in relations}
    strings = _Strings()
    for each in relations:
        if each.kind == "sharedStrings":
            package.tell(each.target, strings)
    sheets = []
    budget = _Budget(package)
    for sheet, reference in contents.sheets:
        target = targets.get(reference, "")
        if package.has(target):
            package.tell(target, _Cells(sheet, strings.texts, budget))
            sheets.append(sheet)
    return Book(tuple(sheets), contents.names)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _is_on(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name, "0") in ("1", "true")


class _Workbook:
    """Listens to the list of sheets and names."""

    def __init__(self) -> None:
        self.sheets: list[tuple[Sheet, str]] = []
        self.names: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = _local(name)
        if local == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            reference = next((text for key, text in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((Sheet(attributes.get("name", ""), is_hidden), reference))
        elif local == "definedName":
            self._name = attributes.get("name", "")
            self.names[self._name] = ""

    def end(self, name: str) -> None:
        """An element ends."""
        if _local(name) == "definedName":
            self._name = ""

    def text(self, data: str) -> None:
        """Text stands in the element begun last."""
        if self._name:
            self.names[self._name] += data


class _Strings:
    """Listens to the texts that cells share; readings of characters are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = False
        self._aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  an interface
        """An element begins."""
        local = _local(name)
        if local == "si":
            self._pieces = []
        self._aside += local == "rPh"
        self._is_text = local == "t" and not self._aside

    def end(self, name: str) -> None:
        """An element ends."""
        local = _local(name)
        self._aside -= local == "rPh"
        self._is_text = False
        if local == "si":
            self.texts.append("".join(self._pieces))

    def text(self, data: str) -> None:
        """Text stands in the element begun last."""
        if self._is_text:
            self._pieces.append(data)


class _Budget:
    """What reading a workbook may cost in all."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._left = _EFFORT_LIMIT

    def spend(self, effort: int) -> None:
        """Take something off; a file that wants more is no report."""
        self._left -= effort
        if self._left < 0:
            raise self.package.fault("package_too_large")


class _Cells:
    """Listens to one sheet."""

    def __init__(self, sheet: Sheet, strings: list[str], budget: _Budget) -> None:
        self._sheet = sheet
        self._strings = strings
        self._budget = budget
        self._column = 0
        self._kind = ""
        self._has_formula = False
        self._value: list[str] = []
        self._words: list[str] = []
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = _local(name)
        self._inside = local
        if local == "row":
            number = attributes.get("r", "")
            last = self._sheet.rows[-1].number if self._sheet.rows else 0
            row = int(number) if number.isdecimal() and len(number) < 8 else last + 1
            self._sheet.rows.append(Row(row, _is_on(attributes, "hidden")))
            self._column = 0
        elif local == "col" and _is_on(attributes, "hidden"):
            left, right = attributes.get("min", "0"), attributes.get("max", "0")
            if left.isdecimal() and right.isdecimal() and len(right) < 6:
                self._budget.spend(_EFFORT_OF_RANGE)
                last = min(int(right), _COLUMNS_LIMIT)
                self._sheet.hidden_columns |= set(range(int(left), last + 1))
        elif local == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = column_number(place[1]) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._has_formula, self._value, self._words = False, [], []
        elif local == "mergeCell":
            self._budget.spend(_EFFORT_OF_RANGE)
            self._sheet.merges.append(attributes.get("ref", ""))
        elif local == "f":
            self._has_formula = True

    def end(self, name: str) -> None:
        """An element ends."""
        self._inside = ""
        local = _local(name)
        if local == "row" and self._sheet.rows:
            self._budget.spend(1 + max(self._sheet.rows[-1].cells, default=0))
        if local != "c" or not self._sheet.rows:
            return
        cell = self._cell()
        self._budget.spend(1 + len(cell.text) // _CHARACTERS)
        self._sheet.rows[-1].cells[self._column] = cell

    def text(self, data: str) -> None:
        """Text stands in the element begun last."""
        if self._inside == "v":
            self._value.append(data)
        elif self._inside == "t":
            self._words.append(data)

    def _cell(self) -> Cell:
        value = "".join(self._value)
        if self._has_formula and not value:
            return Cell("", is_uncounted=True)
        if self._kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 8 else -1
            if not 0 <= at < len(self._strings):
                raise self._broken()
            return Cell(self._strings[at])
        if self._kind == "inlineStr":
            return Cell("".join(self._words))
        if self._kind == "n" and value:
            return Cell(self._number(value))
        return Cell(value, is_fault=self._kind == "e")

    def _number(self, text: str) -> str:
        """A number without exponent and without the noise that binary fractions leave."""
        if len(text) > _NUMBER_LIMIT:
            return text
        try:
            number = Decimal(text)
            exact = number if abs(number) < 1 and not number else number.normalize()
            if not number.is_finite() or abs(exact.adjusted()) > _DIGITS * 2:
                return text
        except InvalidOperation:
            return text
        if len(exact.as_tuple().digits) > _DIGITS:
            exact = Decimal(f"{number:.{_DIGITS}g}").normalize()
        return f"{exact:f}"

    def _broken(self) -> FileError:
        return self._budget.package.fault("package_broken")
