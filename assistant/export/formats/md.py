"""Markdown: headings, paragraphs and pipe tables; every mark of the answers is escaped."""

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.export.formats.document_lines import (
    OUTER_SPACE,
    DocumentContents,
    Line,
    RenderOptions,
    form,
    text_lines,
    trimmed,
)
from assistant.report import Block, StubColumn, Table, TableRow
from assistant.report.draft import Draft

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


def lines(draft: Draft, office: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The lines of the document, blank ones left out."""
    made: list[Line] = []
    for part in draft.report.parts:
        if isinstance(part, Block):
            made.append(_block_line(part))
        else:
            made += (*_above(part), *_grid(part))
    return made


def _block_line(block: Block) -> Line:
    head = _HEADS.get(block.kind, "")
    return Line((form(head), *block.spans)) if head else Line(block.spans)


def _above(table: Table) -> Iterator[Line]:
    """Title, year and body, as far as the table has them."""
    if table.title:
        yield Line((form("## "), form(table.title)))
    yield from (Line(spans) for spans in (table.year, table.body) if spans)


def _grid(table: Table) -> Iterator[Line]:
    """Header, rule and rows; what stands above a column comes in one cell."""
    heads = ["·".join(dict.fromkeys(texts)) for texts in table.column_heads()]
    numbers = table.numbers
    rules = ["---"] * len(table.stub) + ["---:"] * numbers
    yield Line((form("| "), form(" | ".join(heads)), form(" |")))
    yield Line((form(f"| {' | '.join(rules)} |"),))
    for row in table.rows:
        yield _row(table.stub, row, numbers)


def _row(stub: tuple[StubColumn, ...], row: TableRow, numbers: int) -> Line:
    left = "| "
    for column in stub:
        left += (_INDENT * row.indent + row.label if column == "label" else row.unit) + " | "
    if not row.cells:
        return Line((form(left + " | " * (numbers - 1) + " |"),))
    spans = [form(left)]
    for cell in row.cells[:-1]:
        spans += cell, form(" | ")
    return Line((*spans, row.cells[-1], form(" |")))


def write(draft: Draft, office: RenderOptions) -> bytes:  # noqa: ARG001  it wants nothing of the office
    """The document in UTF-8, a blank line between paragraphs and around tables."""
    pieces: list[str] = []
    for part in draft.report.parts:
        if isinstance(part, Block):
            pieces.append(_written(part))
            continue
        if part.title:
            pieces.append(f"## {escape(part.title)}")
        above = [line.text for line in _above(part)][bool(part.title) :]
        pieces += map(escape, above)
        pieces.append("\n".join(line.text for line in _grid(part)))
    return ("\n\n".join(pieces) + "\n").encode()


def _written(block: Block) -> str:
    text = escape(block.text)
    head = _HEADS.get(block.kind, "")
    return head + text if head else _escape_start(text.lstrip(OUTER_SPACE))


def read(path: Path) -> DocumentContents:
    """The lines of a Markdown file without escapes, outer space and blank lines left out."""
    return DocumentContents(trimmed([_ESCAPED.sub(r"\1", line) for line in text_lines(path)]))
