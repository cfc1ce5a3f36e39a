"""Word: paragraphs in styles of GB/T 9704, tables with rows that stay whole.

What text alone never needs is read with the first Word file.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.export.formats.document_lines import DocumentContents, Line, RenderOptions

if TYPE_CHECKING:
    from assistant.report.draft import Draft


def lines(draft: "Draft", office: RenderOptions) -> list[Line]:
    """The paragraphs and table rows in order, then what stands on the head of each page.

    The review sheet is for a person and promises nothing.
    """
    from assistant.export.formats.word.document_content import document_lines  # noqa: PLC0415  only Word

    return document_lines(draft.report, office.shelf)


def write(draft: "Draft", office: RenderOptions) -> bytes:
    """The document; its library is read with the first one.

    Raises:
        FileError: The office's own file cannot be used.
        LibraryError: The typography is wrong.
    """
    from assistant.export.formats.word.write_docx import write_document  # noqa: PLC0415  large

    return write_document(draft, office)


def read(path: Path) -> DocumentContents:
    """The lines of a Word file, also of one that a person has edited.

    Raises:
        FileError: It cannot be read, is no Word file, is locked, damaged or hostile.
    """
    from assistant.export.formats.word.read_docx import read as read_file  # noqa: PLC0415  zip and XML

    return read_file(path)


def missing_styles(office: RenderOptions) -> tuple[str, ...]:
    """The styles that the office's own file lacks; ours stand in for them.

    Raises:
        FileError: The office's own file cannot be used.
        LibraryError: The typography is wrong.
    """
    from assistant.export.formats.word.empty_document import make_base  # noqa: PLC0415  large

    return make_base(office.shelf.typography, office.reference, "").missing
