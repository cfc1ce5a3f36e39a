"""PDF: read alone, and only where the optional libraries for it are installed."""

from pathlib import Path

from assistant.export.formats.document_lines import DocumentContents
from assistant.storage.errors import FileError


def read(path: Path) -> DocumentContents:
    """The paragraphs and tables of a PDF file.

    Raises:
        FileError: It cannot be read, is locked, damaged, scanned or too large, or the libraries
            that read it are not installed.
    """
    try:
        from assistant.export.formats.pdf.read_pdf import read as read_file  # noqa: PLC0415  optional
    except ImportError as fault:
        raise FileError("pdf_missing", path=str(path)) from fault
    return read_file(path)
