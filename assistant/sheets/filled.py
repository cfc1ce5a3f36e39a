"""Filled collection sheets of a file: whether they are of this form, and what stands in them."""

from pathlib import Path
from typing import NamedTuple

from assistant.documents.excel.book import Row, Sheet, open_book
from assistant.errors import FileError
from assistant.schema import Edition
from assistant.sheets.cells import Columns, Entered, SheetReader, Trouble
from assistant.sheets.stamp import REMARK, VALUE, Stamp, read_stamp, value_key


class Filled(NamedTuple):
    """One file."""

    stamp: Stamp
    entered: list[Entered]
    troubles: list[Trouble]


class _Corner(NamedTuple):
    """What a collection sheet says of itself, and where."""

    stamp: Stamp
    top: Row
    column: int


def first_stamp(path: Path) -> Stamp:
    """What the first collection sheet of a file says of itself.

    Raises:
        FileError: It cannot be read, or holds none.
    """
    for sheet in open_book(path).sheets:
        corner = _corner(sheet)
        if corner is not None:
            return corner.stamp
    raise FileError("form_foreign", path=str(path))


def _corner(sheet: Sheet) -> _Corner | None:
    for row in sheet.rows:
        for column, cell in row.cells.items():
            stamp = read_stamp(cell.text)
            if stamp is not None:
                return _Corner(stamp, row, column)
    return None


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
    sheets = [(sheet, _corner(sheet)) for sheet in open_book(path).sheets]
    if not any(corner for _, corner in sheets):
        raise FileError("form_foreign", path=str(path))
    for sheet, corner in sheets:
        if corner is None:
            _prove_strange(path, sheet, edition)
            continue
        if corner.stamp != stamp:
            found = corner.stamp
            raise FileError(
                "form_other", path=str(path), edition=found.edition, year=found.year,
                wanted=stamp.edition, wanted_year=stamp.year,
            )  # fmt: skip
        columns = _find_columns(corner.top, corner.column)
        if columns is None:
            raise FileError("form_columns", path=str(path), sheet=sheet.name)
        for each in SheetReader(path, sheet, corner.top, columns, edition).read():
            if isinstance(each, Entered):
                filled.entered.append(each)
            else:
                filled.troubles.append(each)
    return filled


def _prove_strange(path: Path, sheet: Sheet, edition: Edition) -> None:
    """A sheet without a stamp is somebody's own, unless it has lost it."""
    for row in sheet.rows:
        if any(cell.text.strip() in edition.questions for cell in row.cells.values()):
            raise FileError("form_unstamped", path=str(path), sheet=sheet.name)


def _find_columns(top: Row, ids: int) -> Columns | None:
    keys = {cell.text.strip(): at for at, cell in top.cells.items()}
    if VALUE not in keys or REMARK not in keys:
        return None
    names = map(value_key, range(len(keys)))
    return Columns(ids, tuple(keys[name] for name in names if name in keys), keys[REMARK])
