"""Markdown: headings, paragraphs and a pipe table; every mark of the answers is escaped."""

import re
from pathlib import Path

from assistant.documents.lines import OUTER_SPACE, Line, form, text_lines, trimmed
from assistant.report import Block, Report, TableRow

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_LINE_START = re.compile(r"^(?:([#+\-=])|([0-9]{1,9})([.)]))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADS = {"draft": "> ", "title": "# ", "heading": "## ", "subheading": "### "}
_INDENT = "\u3000"


def escape(text: str) -> str:
    """Escape what Markdown or HTML would take for a mark."""
    return _SPECIAL.sub(r"\\\1", text)


def _escape_start(text: str) -> str:
    """Escape what would make a paragraph a heading, a list, a rule or code."""
    return _LINE_START.sub(
        lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text
    )


def lines(report: Report) -> list[Line]:
    """The lines of the document, blank ones left out."""
    table = report.table
    head = [
        Line((form("## "), form(table.title))),
        Line(table.year),
        Line(table.body),
        Line((form("| "), form(" | ".join(table.columns)), form(" |"))),
        Line((form("| --- | --- | ---: |"),)),
    ]
    return [_block_line(block) for block in report.blocks] + head + [*map(_row, table.rows)]


def _block_line(block: Block) -> Line:
    head = _HEADS.get(block.kind, "")
    return Line((form(head), *block.spans)) if head else Line(block.spans)


def _row(row: TableRow) -> Line:
    margin = _INDENT * (row.depth + (3 if row.is_aligned else 0))
    return Line((form(f"| {margin}{row.label} | {row.unit} | "), row.cell, form(" |")))


def write(report: Report) -> bytes:
    """The document in UTF-8, a blank line between paragraphs."""
    blocks = [_written(block) for block in report.blocks]
    table = report.table
    blocks += [
        f"## {escape(table.title)}",
        escape("".join(span.text for span in table.year)),
        escape("".join(span.text for span in table.body)),
    ]
    rows = [line.text for line in lines(report)[len(blocks) :]]
    return ("\n\n".join(blocks) + "\n\n" + "\n".join(rows) + "\n").encode()


def _written(block: Block) -> str:
    text = escape(block.text)
    head = _HEADS.get(block.kind, "")
    return head + text if head else _escape_start(text.lstrip(OUTER_SPACE))


def read(path: Path) -> list[str]:
    """The lines of a Markdown file without escapes, outer space and blank lines left out."""
    return trimmed([_ESCAPED.sub(r"\1", line) for line in text_lines(path)])
