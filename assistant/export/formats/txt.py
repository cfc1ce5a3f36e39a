"""Plain text: paragraphs of one line each, tables in aligned columns."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from assistant.export.formats.document_lines import (
    OUTER_SPACE,
    DocumentContents,
    Line,
    RenderOptions,
    form,
    text_lines,
    trimmed,
)
from assistant.report import Block, Head, Report, Span, Table, TableRow
from assistant.report.draft import Draft

_BLANK = Line(())


def lines(draft: Draft, office: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The lines of the document, blank ones left out."""
    return [line for line in _all_lines(draft.report) if line.text.strip()]


def text(report: Report) -> str:
    """The document as text, blank lines between paragraphs."""
    return "".join(f"{line.text.rstrip(OUTER_SPACE)}\n" for line in _all_lines(report))


def write(draft: Draft, office: RenderOptions) -> bytes:  # noqa: ARG001  it wants nothing of the office
    """The document in UTF-8."""
    return text(draft.report).encode()


def read(path: Path) -> DocumentContents:
    """The lines of a text file, outer space and blank lines left out."""
    return DocumentContents(trimmed(text_lines(path)))


def _all_lines(report: Report) -> Iterator[Line]:
    """Every line, with a blank one between paragraphs and around tables."""
    for at, part in enumerate(report.parts):
        if at:
            yield _BLANK
        if isinstance(part, Block):
            yield _block_line(part)
        else:
            yield from table_lines(part)


def _block_line(block: Block) -> Line:
    if block.kind == "title":
        return centred(block.spans)
    if block.kind == "signature":
        gap = max(0, PAGE_WIDTH - width(block.text) - 4) // 2
        return Line((form(INDENT * gap), *block.spans))
    if block.kind in ("paragraph", "subheading"):
        return Line((form(INDENT * 2), *block.spans))
    return Line(block.spans)


PAGE_WIDTH = 78
"""Columns of a table and of centred lines; fits a terminal of 80."""
INDENT = "\u3000"
_GAP, _UNIT_WIDTH, _VALUE_WIDTH = 2, 6, 8
"""Columns kept free behind the label, of the unit, and of a number that has room."""
_LEAST_LABEL = 22
"""Columns of the label beside many numbers."""
_NO_LINE_START = "，、。；：）》”？！"


class _Layout(NamedTuple):
    label: int
    """Columns with the gap behind; 0 without labels."""
    unit: int
    """Columns; 0 without units."""
    value: int
    """Columns of each number."""


@lru_cache(maxsize=5_000)
def width(text: str) -> int:
    """Columns a text takes: two for a Chinese character or mark, one for ASCII."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def centred(spans: tuple[Span, ...]) -> Line:
    """A line in the middle of the page."""
    gap = max(0, PAGE_WIDTH - width("".join(span.text for span in spans))) // 4
    return Line((form(INDENT * gap), *spans))


def table_lines(table: Table) -> Iterator[Line]:
    """What stands above a table, its header and its rows."""
    rule = Line((form("-" * PAGE_WIDTH),))
    layout = _lay_out(table)
    if table.title:
        yield centred((form(table.title),))
    if table.year:
        yield centred(table.year)
    if table.body:
        yield Line(table.body)
    yield rule
    for line in _head_lines(table, layout):
        yield Line((form(line),))
    if table.head:
        yield rule
    for row in table.rows:
        yield from _row_lines(row, layout)
    yield rule


def _lay_out(table: Table) -> _Layout:
    """The widths of the columns; numbers that are too long make the page wider."""
    count = table.numbers
    longest = max((width(cell.text) for row in table.rows for cell in row.cells), default=0)
    unit = _UNIT_WIDTH if "unit" in table.stub else 0
    least = _LEAST_LABEL if "label" in table.stub else 0
    if count > 1:
        even = (PAGE_WIDTH - unit - least) // count
        value = max(longest + 1, min(_VALUE_WIDTH, even))
    else:
        value = max(_VALUE_WIDTH, longest)
    label = max(least, PAGE_WIDTH - unit - count * value) if least else 0
    return _Layout(label, unit, value)


def _row_lines(row: TableRow, layout: _Layout) -> Iterator[Line]:
    """A row on one line, or its label on several with unit and numbers on the last."""
    pieces: tuple[str, ...] = ("",)
    if layout.label:
        room = layout.label - _GAP
        pieces = _wrap_label(row.label, row.indent, room, is_aligned=row.is_aligned)
    for piece in pieces[:-1]:
        yield Line((form(piece),))
    if not row.cells:
        yield Line((form(pieces[-1]),))
        return
    spans: list[Span] = []
    head = _row_head(pieces[-1], row.unit, layout)
    for cell in row.cells:
        spans.append(form(head + " " * (layout.value - width(cell.text))))
        spans.append(cell)
        head = ""
    yield Line(tuple(spans))


@lru_cache(maxsize=1_000)
def _row_head(label: str, unit: str, layout: _Layout) -> str:
    gap = " " * (layout.label - width(label))
    return label + gap + (unit + " " * (layout.unit - width(unit)) if layout.unit else "")


@lru_cache(maxsize=1_000)
def _wrap_label(label: str, indent: int, room: int, *, is_aligned: bool) -> tuple[str, ...]:
    """Break a label; a mark or digit may hang over the edge, but not beside a unit."""
    step = 3 if label.startswith("其中：") else 0 if is_aligned else 1
    hanging = INDENT * (indent + step)
    pieces, current = [], INDENT * indent
    for character in label:
        if width(current + character) > room and not _may_hang(character):
            pieces.append(current)
            current = hanging
        current += character
    if width(current) > room:
        cut = max(at for at, character in enumerate(current) if not _may_hang(character))
        pieces.append(current[:cut])
        current = hanging + current[cut:]
    return (*pieces, current)


def _may_hang(character: str) -> bool:
    return character in _NO_LINE_START or character.isdigit()


class _TextPiece(NamedTuple):
    """A header cell in lines of its own."""

    row: int
    down: int
    left: int
    """Columns of plain text before it."""
    lines: tuple[str, ...]


def _head_lines(table: Table, layout: _Layout) -> list[str]:
    """The header rows, each cell broken within the columns it takes."""
    edges = [0]
    for column in table.stub:
        edges.append(edges[-1] + (layout.label if column == "label" else layout.unit))
    for _ in range(table.numbers):
        edges.append(edges[-1] + layout.value)
    pieces = [
        _head_piece(at, column, cell, edges, is_number=column >= len(table.stub))
        for at, column, cell in table.placed_heads()
    ]
    heights = [1] * len(table.head)
    for piece in sorted(pieces, key=lambda piece: piece.down):
        last = piece.row + piece.down
        heights[last - 1] += max(0, len(piece.lines) - sum(heights[piece.row : last]))
    lines = [""] * sum(heights)
    for piece in sorted(pieces, key=lambda piece: piece.left):
        for at, text in enumerate(piece.lines, sum(heights[: piece.row])):
            lines[at] += " " * (piece.left - width(lines[at])) + text
    return lines


def _head_piece(
    row: int, column: int, cell: Head, edges: list[int], *, is_number: bool
) -> _TextPiece:
    """Words over several columns stand in their middle, over one number above its end."""
    left, right = edges[column], edges[column + cell.across]
    room = max(2, right - left - (1 if cell.across > 1 or is_number else 0))
    share_of_line = ceil(width(cell.text) / max(1, ceil(width(cell.text) / room)))
    lines, current = [], ""
    for character in cell.text:
        is_full = width(current) >= share_of_line or width(current + character) > room
        if is_full and character not in _NO_LINE_START:
            lines.append(current)
            current = ""
        current += character
    lines.append(current)
    share = 0 if not is_number else 2 if cell.across > 1 else 1
    longest = max(map(width, lines))
    lead = (right - left - longest) // share if share else 0
    return _TextPiece(row, cell.down, left + lead, tuple(lines))
