"""A file that a department sends back: sheets of ours, or tables of the official form."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.collect.file_tables import FileTable, tables_of_book, tables_of_document
from assistant.collect.filled_sheet import Corner, corner_of
from assistant.collect.form_tag import REMARK, VALUE, FormTag
from assistant.export.formats import READERS, read_document
from assistant.export.formats.excel.read_xlsx import open_book
from assistant.export.formats.excel.workbook_cells import Sheet
from assistant.form.loader import Library
from assistant.storage.errors import FileError
from assistant.storage.unforeseen import foreseen

_BOOK = "xlsx"


class DepartmentFile(NamedTuple):
    """One file, opened."""

    path: Path
    sheets: tuple[tuple[Sheet, Corner | None], ...]
    """Of one with our sheets; none for others."""
    tables: tuple[FileTable, ...]
    """Of one without our sheets."""
    lines: tuple[str, ...] = ()
    """Of a document."""

    @property
    def tag(self) -> FormTag | None:
        """Form and year by the first of our sheets in it."""
        return next((corner.stamp for _, corner in self.sheets if corner), None)

    def cell_texts(self) -> Iterator[str]:
        """What its tables are called, and what stands in them."""
        for table in self.tables:
            yield table.place
            yield from (cell.text for cell in table.cells.values())

    def texts(self) -> Iterator[str]:
        """What stands in its tables and around them."""
        yield from self.cell_texts()
        yield from self.lines


def open_file(path: Path, library: Library) -> DepartmentFile:
    """Open a file, whatever it holds.

    Raises:
        FileError: It cannot be read, for whatever reason, or is one of ours whose stamp is gone.
    """
    with foreseen(path):
        return _opened(path, library)


def _opened(path: Path, library: Library) -> DepartmentFile:
    suffix = path.suffix.lower().removeprefix(".")
    if suffix != _BOOK and suffix in READERS:
        contents = read_document(path)
        tables = tuple(tables_of_document(contents, library.sentences))
        return DepartmentFile(path, (), tables, tuple(contents.lines))
    book = open_book(path)
    sheets = tuple((sheet, corner_of(sheet)) for sheet in book.sheets)
    if any(corner for _, corner in sheets):
        return DepartmentFile(path, sheets, ())
    if any(_is_unstamped(sheet, library) for sheet in book.sheets):
        raise FileError("form_foreign", path=str(path))
    return DepartmentFile(path, (), tuple(tables_of_book(book)))


def _is_unstamped(sheet: Sheet, library: Library) -> bool:
    """Whether a sheet has keys or ids of ours, and no stamp."""
    editions = map(library.edition, library.fillable_ids())
    ids = {name for edition in editions for name in edition.asked}
    for row in sheet.rows:
        texts = {cell.text.strip() for cell in row.cells.values()}
        if {VALUE, REMARK} <= texts or texts & ids:
            return True
    return False
