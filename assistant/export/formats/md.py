"""Markdown: headings, paragraphs and pipe tables; every mark of the answers is escaped."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from assistant.export.formats.document_lines import (
    BORDER,
    OUTER_SPACE,
    DocumentContents,
    Line,
    RenderOptions,
    form,
    text_lines,
)
from assistant.export.formats.grid_rows import GridRow, HeldLine, grids, settle
from assistant.report import AboveRole, Block, BlockKind, Report, Span, Table, TableLabels
from assistant.report.draft import Draft
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, GridCell

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_LINE_START = re.compile(r"^(?:([#+\-=])|([0-9]{1,9})([.)]))")
_BORDERS = re.compile(r"\\[!-/:-@\[-`{-~]|\|")
"""Escapes, so that they are no borders, and the borders between cells."""
_RULE = re.compile(r":?-+:?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADS = {"draft": "> ", "title": "# ", "heading": "## ", "subheading": "### "}
_ABOVE: dict[AboveRole, BlockKind] = {"title": "heading", "year": "signature", "body": "signature"}
"""As what stands above a table is written."""
_INDENT = "\u3000"
_BORDER, _END = form(" | "), form(" |")


def escape(text: str) -> str:
    """Escape what Markdown or HTML would take for a mark."""
    return _SPECIAL.sub(r"\\\1", text)


def _escape_start(text: str) -> str:
    """Escape what would make a paragraph a heading, a list, a rule or code."""
    return _LINE_START.sub(
        lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text
    )


def lines(draft: Draft, options: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The lines of the document, blank ones left out."""
    made: list[Line] = []
    for part in _parts(draft.report):
        made += _grid(part) if isinstance(part, Table) else [_headed(*part)]
    return made


def _parts(report: Report) -> Iterator[tuple[BlockKind, tuple[Span, ...]] | Table]:
    """Paragraphs, each with its kind, and tables; what stands above a table is paragraphs."""
    for part in report.parts:
        if isinstance(part, Block):
            yield part.kind, part.spans
        else:
            yield from ((_ABOVE[role], spans) for role, spans in part.above())
            yield part


def _headed(kind: BlockKind, spans: tuple[Span, ...]) -> Line:
    head = _HEADS.get(kind, "")
    return Line((form(head), *spans)) if head else Line(spans)


def _grid(table: Table) -> Iterator[Line]:
    """Header, rule and rows; what stands above a column comes in one cell."""
    head, begins = _frame(table.labels)
    yield from head
    blank = (form(""),) * table.numbers
    for row, begin in zip(table.rows, begins, strict=True):
        first, *others = row.cells or blank
        spans = [begin, first]
        for cell in others:
            spans += _BORDER, cell
        yield Line((*spans, _END))


@lru_cache(maxsize=32)
def _frame(table: TableLabels) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """Header and rule, and what stands before the numbers of each row, once for an edition."""
    heads = ["·".join(dict.fromkeys(texts)) for texts in table.column_heads()]
    rules = ["---"] * len(table.stub) + ["---:"] * table.numbers
    head = (f"| {' | '.join(texts)} |" for texts in (heads, rules))
    lefts = (row.left(table.stub, _INDENT) for row in table.empty_rows())
    begins = (form("".join(f"| {text} " for text in left) + "| ") for left in lefts)
    return tuple(Line((form(line),)) for line in head), tuple(begins)


def write(draft: Draft, options: RenderOptions) -> bytes:  # noqa: ARG001  it wants nothing of the options
    """The document in UTF-8, a blank line between paragraphs and around tables."""
    pieces = (
        "\n".join(line.text for line in _grid(part)) if isinstance(part, Table) else _written(*part)
        for part in _parts(draft.report)
    )
    return ("\n\n".join(pieces) + "\n").encode()


def _written(kind: BlockKind, spans: tuple[Span, ...]) -> str:
    text = escape("".join(span.text for span in spans))
    head = _HEADS.get(kind, "")
    return head + text if head else _escape_start(text.lstrip(OUTER_SPACE))


def read(path: Path) -> DocumentContents:
    """The lines of a Markdown file without escapes, outer space and blank lines left out."""
    held: list[HeldLine] = []
    tables: list[list[GridRow]] = []
    was_table = False
    for line in text_lines(path):
        cells = _cells(line)
        if cells and not was_table:
            tables.append([])
        rows: tuple[GridRow, ...] = ()
        if cells and not _is_rule(cells, tables[-1]) and len(tables[-1]) < ROWS_LIMIT:
            rows = (GridRow(map(GridCell, cells)),)
            tables[-1] += rows
        was_table = bool(cells)
        held.append(HeldLine(_ESCAPED.sub(r"\1", line) if "\\" in line else line, rows))
    return DocumentContents(settle(held), tables=grids(tables), has_breaks=True)


def _cells(line: str) -> list[str]:
    """The cells of a table row without escapes; a line without borders has none."""
    words = line.strip(OUTER_SPACE)
    edges = [match.start() for match in _BORDERS.finditer(words) if match[0] == BORDER]
    if not edges:
        return []
    starts, ends = [0, *(edge + 1 for edge in edges)], [*edges, len(words)]
    pieces = [words[start:end] for start, end in zip(starts, ends, strict=True)]
    inner = pieces[not pieces[0] : len(pieces) - (not pieces[-1])]
    return [_ESCAPED.sub(r"\1", piece.strip(OUTER_SPACE)) for piece in inner[:COLUMNS_LIMIT]]


def _is_rule(cells: list[str], above: list[GridRow]) -> bool:
    """Whether a row is the one that parts the header from what is below; others may say - too."""
    return len(above) <= 1 and all(map(_RULE.fullmatch, cells))
