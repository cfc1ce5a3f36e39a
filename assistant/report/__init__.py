"""The report as a plain structure: sections of text with spans, and tables."""

from assistant.report.assemble import make_report
from assistant.report.structure import Block, Head, Report, Span, StubColumn, Table, TableRow
from assistant.report.template_context import FILTERS

__all__ = [
    "FILTERS",
    "Block",
    "Head",
    "Report",
    "Span",
    "StubColumn",
    "Table",
    "TableRow",
    "make_report",
]
