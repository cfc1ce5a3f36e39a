"""Plain text: paragraphs of one line each, tables in aligned columns."""

from functools import lru_cache
from itertools import accumulate
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
from assistant.report import (
    Block,
    HeadCell,
    Span,
    StubColumn,
    Table,
    TableLabels,
    TableRow,
    column_widths,
)
from assistant.report.draft import Draft
from assistant.values.line_breaking import columns, even_room, last_unit, lines_within

PAGE_WIDTH = 78
"""Columns of a table and of centred lines; fits a terminal of 80."""
INDENT = "\u3000"
_GAP, _UNIT_WIDTH, _VALUE_WIDTH = 2, 6, 8
"""Columns kept free behind the label, of the unit, and of a number that has room."""
_LEAST_LABEL = 22
"""Columns of the label beside many numbers."""
_BLANK = Line(())
_RULE = Line((form("-" * PAGE_WIDTH),))
_INDENTED = form(INDENT * 2)


def lines(draft: Draft, options: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The lines of the document, blank ones left out."""
    return [line for line in _all_lines(draft) if line.spans]


def text(draft: Draft) -> str:
    """The document as text, blank lines between paragraphs."""
    return "".join([f"{line.text.rstrip(OUTER_SPACE)}\n" for line in _all_lines(draft)])


def write(draft: Draft, options: RenderOptions) -> bytes:  # noqa: ARG001  it wants nothing of the options
    """The document in UTF-8."""
    return text(draft).encode()


def read(path: Path) -> DocumentContents:
    """The lines of a text file, outer space and blank lines left out."""
    return DocumentContents(trimmed(text_lines(path)), has_breaks=True)


@lru_cache(maxsize=1)
def _all_lines(draft: Draft) -> list[Line]:
    """Every line, with a blank one between paragraphs and around tables; to write and to prove."""
    made: list[Line] = []
    for part in draft.report.parts:
        made += [_block_line(part)] if isinstance(part, Block) else table_lines(part)
        made.append(_BLANK)
    return made[:-1]


def _block_line(block: Block) -> Line:
    if block.kind == "title":
        return _centred(block.spans)
    if block.kind == "signature":
        gap = max(0, PAGE_WIDTH - columns(block.text) - 4) // 2
        return Line((form(INDENT * gap), *block.spans))
    if block.kind in ("paragraph", "note", "subheading"):
        return Line((_INDENTED, *block.spans))
    return Line(block.spans)


def _centred(spans: tuple[Span, ...]) -> Line:
    """A line in the middle of the page."""
    gap = max(0, PAGE_WIDTH - columns("".join([span.text for span in spans]))) // 4
    return Line((form(INDENT * gap), *spans))


def table_lines(table: Table) -> list[Line]:
    """What stands above a table, its header and its rows; long numbers make the page wider."""
    made = [Line(spans) if role == "body" else _centred(spans) for role, spans in table.above()]
    longest = max([columns(cell.text) for row in table.rows for cell in row.cells], default=0)
    labels = table.labels
    frame = _frame(labels, longest + 1 if labels.numbers > 1 else longest)
    made += frame.head
    for row, (above, label, begins) in zip(table.rows, frame.rows, strict=True):
        made += above
        filled: list[Span] = []
        for cell in row.cells:
            gaps = frame.gaps if filled else begins
            filled += gaps[frame.number - columns(cell.text)], cell
        made.append(Line(tuple(filled)) if filled else label)
    made.append(_RULE)
    return made


class _RowFrame(NamedTuple):
    """A row without its numbers."""

    above: tuple[Line, ...]
    """The lines of its label but for the last."""
    label: Line
    """The last line of its label, where no number follows."""
    begins: tuple[Span, ...]
    """The same with its unit up to the first number, by the columns that the number leaves free."""


class _TextFrame(NamedTuple):
    """A table without its numbers."""

    head: tuple[Line, ...]
    rows: tuple[_RowFrame, ...]
    number: int
    """Columns of each number."""
    gaps: tuple[Span, ...]
    """Blanks, by their number."""


@lru_cache(maxsize=32)
def _frame(table: TableLabels, longest: int) -> _TextFrame:
    """Lay out what is the same for every answer file of an edition, once for all of them."""
    widths = [
        int(width)
        for width in column_widths(
            table.stub, table.numbers, PAGE_WIDTH,
            label=_LEAST_LABEL, unit=_UNIT_WIDTH, number=_VALUE_WIDTH,
        )
    ]  # fmt: skip
    count = table.numbers
    number = max(longest, widths[-1]) if count else 0
    grown = sum(widths[len(table.stub) :]) - number * count
    for at, column in enumerate(table.stub):
        if column == "label":
            widths[at] = max(_LEAST_LABEL, widths[at] + grown)
    widths[len(table.stub) :] = [number] * count
    head = [Line((form(line),)) for line in _head_lines(table, widths)]
    left = dict(zip(table.stub, widths, strict=False))
    gaps = tuple(form(" " * free) for free in range(number + 1))
    rows = tuple(_row_frame(row, left, gaps) for row in table.empty_rows())
    return _TextFrame((_RULE, *head, *([_RULE] if head else [])), rows, number, gaps)


def _row_frame(row: TableRow, left: dict[StubColumn, int], gaps: tuple[Span, ...]) -> _RowFrame:
    lines = _label_lines(row, left["label"] - _GAP) if "label" in left else [""]
    begin = lines[-1] + " " * (left.get("label", 0) - columns(lines[-1]))
    if "unit" in left:
        begin += row.unit + " " * (left["unit"] - columns(row.unit))
    made = tuple(Line((form(line),)) for line in lines)
    return _RowFrame(made[:-1], made[-1], tuple(form(begin + gap.text) for gap in gaps))


def _label_lines(row: TableRow, room: int) -> list[str]:
    """A label in lines; a mark or digit may hang over the edge, but not beside a unit."""
    label, indents = row.label, (row.indent, row.indent + row.hang)
    first, rest = (room - columns(INDENT) * indent for indent in indents)
    places = list(lines_within(label, first, rest, hangs=True))
    last = places[-1]
    if columns(label[last]) > (rest if last.start else first):
        cut = last.start + last_unit(label[last])
        places[-1:] = [slice(last.start, cut), slice(cut, last.stop)]
    return [INDENT * indents[at > 0] + label[place] for at, place in enumerate(places)]


class _TextPiece(NamedTuple):
    """A header cell in lines of its own."""

    row: int
    down: int
    left: int
    """Columns of plain text before it."""
    lines: tuple[str, ...]


def _head_lines(table: TableLabels, widths: list[int]) -> list[str]:
    """The header rows, each cell broken within the columns it takes."""
    edges = [0, *accumulate(widths)]
    pieces = [
        _head_piece(at, cell, edges, is_number=cell.column >= len(table.stub))
        for at, cells in enumerate(table.head_rows())
        for cell in cells
        if not cell.is_below
    ]
    heights = [1] * len(table.head)
    for piece in sorted(pieces, key=lambda piece: piece.down):
        last = piece.row + piece.down
        heights[last - 1] += max(0, len(piece.lines) - sum(heights[piece.row : last]))
    lines = [""] * sum(heights)
    for piece in sorted(pieces, key=lambda piece: piece.left):
        for at, text in enumerate(piece.lines, sum(heights[: piece.row])):
            lines[at] += " " * (piece.left - columns(lines[at])) + text
    return lines


def _head_piece(row: int, cell: HeadCell, edges: list[int], *, is_number: bool) -> _TextPiece:
    """Words over several columns stand in their middle, over one number above its end."""
    left, right = edges[cell.column], edges[cell.column + cell.across]
    room = max(2, right - left - (1 if cell.across > 1 or is_number else 0))
    even = even_room(columns(cell.text), room, step=2)
    lines = tuple(cell.text[place] for place in lines_within(cell.text, even, hangs=True))
    share = 0 if not is_number else 2 if cell.across > 1 else 1
    lead = (right - left - max(map(columns, lines))) // share if share else 0
    return _TextPiece(row, cell.down, left + lead, lines)
