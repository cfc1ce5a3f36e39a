"""One module or folder for each format: a report to bytes, and bytes back to plain lines."""

from assistant.export.formats import excel, md, txt, web, word
from assistant.export.formats.document_lines import DocumentContents, Format, Line, RenderOptions
from assistant.export.formats.txt import text
from assistant.export.formats.word import missing_styles

FORMATS: dict[str, Format] = {"txt": txt, "md": md, "html": web, "docx": word, "xlsx": excel}
"""Formats by file suffix, in the order of writing."""

__all__ = [
    "FORMATS",
    "DocumentContents",
    "Format",
    "Line",
    "RenderOptions",
    "missing_styles",
    "text",
]
