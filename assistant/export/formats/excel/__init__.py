"""Excel: the statistical tables as the form has them, numbers as numbers, and a review sheet."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.export.formats.document_lines import DocumentContents, Line, RenderOptions
from assistant.export.formats.excel.sheet_content import pages

if TYPE_CHECKING:
    from assistant.report.draft import Draft


def lines(draft: "Draft", office: RenderOptions) -> list[Line]:
    """The rows of the tables in order; the review sheet is for a person and promises nothing."""
    sentences = office.shelf.sentences
    return [row.line() for page in pages(draft, sentences) for row in page.rows]


def write(draft: "Draft", office: RenderOptions) -> bytes:
    """The workbook; its library is read with the first one.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    from assistant.export.formats.excel.write_xlsx import write_workbook  # noqa: PLC0415  large

    return write_workbook(draft, office)


def read(path: Path) -> DocumentContents:
    """The rows of the tables, also of a file that a person has edited.

    Raises:
        FileError: It cannot be read, is no Excel file, is locked, damaged or hostile.
    """
    from assistant.export.formats.excel.read_xlsx import read as read_file  # noqa: PLC0415  zip and XML

    return read_file(path)
