"""One room for each format: a report to bytes, and bytes back to plain lines."""

from assistant.documents import md, txt
from assistant.documents.lines import Format, Line

FORMATS: dict[str, Format] = {"txt": txt, "md": md}
"""Formats by file suffix, in the order of writing."""

__all__ = ["FORMATS", "Format", "Line"]
