"""One module or folder for each format: a report to bytes, and bytes back to plain lines."""

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.export.formats import excel, md, pdf, txt, web, word
from assistant.export.formats.document_lines import DocumentContents, Format, Line, RenderOptions
from assistant.export.formats.txt import text
from assistant.export.formats.word import missing_styles
from assistant.storage.errors import FileError
from assistant.storage.unforeseen import foreseen

FORMATS: dict[str, Format] = {"txt": txt, "md": md, "html": web, "docx": word, "xlsx": excel}
"""Formats by file suffix, in the order of writing."""
READERS: Mapping[str, Callable[[Path], DocumentContents]] = {
    **{suffix: each.read for suffix, each in FORMATS.items()},
    "htm": FORMATS["html"].read,
    "pdf": pdf.read,
}
"""What reads a document, by file suffix; more than can be written."""


def is_document(path: Path) -> bool:
    """Whether a file is a document by its name, and no answer file."""
    return path.suffix.lower().removeprefix(".") in READERS


def read_document(path: Path) -> DocumentContents:
    """What a document of any format that can be read holds.

    Raises:
        FileError: It cannot be read, for whatever reason, or its format is not known.
    """
    if not is_document(path):
        raise FileError("document_unknown", path=str(path), known="、".join(READERS))
    with foreseen(path):
        return READERS[path.suffix.lower().removeprefix(".")](path)
