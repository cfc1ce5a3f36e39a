"""The report as a plain structure: six sections of text with spans, and the table."""

from assistant.report.assemble import make_report
from assistant.report.structure import Block, Report, Span, Table, TableRow
from assistant.report.voice import FILTERS

__all__ = ["FILTERS", "Block", "Report", "Span", "Table", "TableRow", "make_report"]
