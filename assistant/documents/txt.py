"""Plain text: paragraphs of one line each, the table in aligned columns."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from assistant.documents.lines import OUTER_SPACE, Line, form, text_lines, trimmed
from assistant.report import Block, Report, Span, Table, TableRow

PAGE_WIDTH = 78
"""Columns of the table and of centred lines; fits a terminal of 80."""
_GAP, _UNIT_WIDTH, _VALUE_WIDTH = 2, 6, 8
"""Least columns between label and unit, of the unit, and of the number."""
_INDENT = "\u3000"
_NO_LINE_START = "，、。；：）》”？！"


@lru_cache(maxsize=5_000)
def width(text: str) -> int:
    """Columns a text takes: two for a Chinese character or mark, one for ASCII."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def lines(report: Report) -> list[Line]:
    """The lines of the document, blank ones left out."""
    return [line for line in _all_lines(report) if line.text.strip()]


def write(report: Report) -> bytes:
    """The document in UTF-8, blank lines between paragraphs."""
    return "".join(f"{line.text.rstrip(OUTER_SPACE)}\n" for line in _all_lines(report)).encode()


def read(path: Path) -> list[str]:
    """The lines of a text file, outer space and blank lines left out."""
    return trimmed(text_lines(path))


_BLANK = Line(())


def _all_lines(report: Report) -> Iterator[Line]:
    for block in report.blocks:
        yield _block_line(block)
        yield _BLANK
    yield from _table_lines(report.table)


def _block_line(block: Block) -> Line:
    if block.kind == "title":
        return _centred(block.spans)
    if block.kind == "signature":
        gap = max(0, PAGE_WIDTH - width(block.text) - 4) // 2
        return Line((form(_INDENT * gap), *block.spans))
    if block.kind in ("paragraph", "subheading"):
        return Line((form(_INDENT * 2), *block.spans))
    return Line(block.spans)


def _centred(spans: tuple[Span, ...]) -> Line:
    gap = max(0, PAGE_WIDTH - width("".join(span.text for span in spans))) // 4
    return Line((form(_INDENT * gap), *spans))


def _table_lines(table: Table) -> Iterator[Line]:
    rule = Line((form("-" * PAGE_WIDTH),))
    longest = max((width(row.cell.text) for row in table.rows), default=0)
    for_value = max(_VALUE_WIDTH, longest)
    yield _centred((form(table.title),))
    yield _centred(table.year)
    yield Line(table.body)
    yield rule
    yield _row_line(table.columns[0], table.columns[1], form(table.columns[2]), for_value)
    yield rule
    for row in table.rows:
        yield from _row_lines(row, for_value)
    yield rule


def _row_lines(row: TableRow, for_value: int) -> Iterator[Line]:
    """A row on one line, or its label on several with unit and number on the last."""
    room = PAGE_WIDTH - _GAP - _UNIT_WIDTH - for_value
    pieces = _wrap_label(row.label, row.depth, room, is_aligned=row.is_aligned)
    for piece in pieces[:-1]:
        yield Line((form(piece),))
    if row.unit:
        yield _row_line(pieces[-1], row.unit, row.cell, for_value)
    else:
        yield Line((form(pieces[-1]),))


@lru_cache(maxsize=1_000)
def _wrap_label(label: str, depth: int, room: int, *, is_aligned: bool) -> tuple[str, ...]:
    """Break a label; a mark or digit may hang over the edge, but not beside a unit."""
    margin = _INDENT * (depth + (3 if is_aligned else 0))
    hanging = _INDENT * (depth + (3 if is_aligned or label.startswith("其中：") else 1))
    pieces, current = [], margin
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


def _row_line(label: str, unit: str, cell: Span, for_value: int) -> Line:
    lead = " " * (for_value - width(cell.text))
    return Line((form(_row_head(label, unit, for_value) + lead), cell))


@lru_cache(maxsize=1_000)
def _row_head(label: str, unit: str, for_value: int) -> str:
    gap = " " * (PAGE_WIDTH - _UNIT_WIDTH - for_value - width(label))
    return label + gap + unit + " " * (_UNIT_WIDTH - width(unit))
