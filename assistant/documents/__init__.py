"""One room for each format: a report to bytes, and bytes back to plain lines."""

from assistant.documents import excel, md, txt, web, word
from assistant.documents.lines import Contents, Format, Line, Office
from assistant.documents.txt import text
from assistant.documents.word import missing_styles

FORMATS: dict[str, Format] = {"txt": txt, "md": md, "html": web, "docx": word, "xlsx": excel}
"""Formats by file suffix, in the order of writing."""

__all__ = ["FORMATS", "Contents", "Format", "Line", "Office", "missing_styles", "text"]
