"""A table as cells in their places, for formats that merge them: no cell of it is blank."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from assistant.report.structure import Span, Table, TableLabels, TableRow
from assistant.values.line_breaking import columns, even_room

CellRole = Literal["head", "heading", "label", "unit", "number"]
"""A heading stands left of the rows that it holds."""
_HEADING_ROOM = 8
"""Columns of ASCII that a line of a heading beside its rows has at most."""


class PrintedCell(NamedTuple):
    """A cell in its place; one that reaches down is there again in each row below."""

    role: CellRole
    span: Span
    """Without words where it goes on from above."""
    column: int
    """The first one it takes, from 0."""
    across: int = 1
    down: int = 1
    """Rows it takes in all."""
    is_below: bool = False
    """It goes on from above."""
    indent: int = 0
    """Characters by which a label stands in from the left."""
    hang: int = 0
    """Characters by which its further lines stand in more than the first."""


PrintedRow = tuple[PrintedCell, ...]


class PrintedGrid(NamedTuple):
    """A table as a format that can merge cells prints it."""

    heads: tuple[PrintedRow, ...]
    rows: tuple[PrintedRow, ...]
    heading_rooms: tuple[int, ...]
    """Columns of ASCII in which the headings of each level come in even lines, from the left."""
    label_end: int
    """How many columns stand left of the numbers."""
    width: int
    """How many columns there are in all."""

    @property
    def all_rows(self) -> tuple[PrintedRow, ...]:
        """The header rows and those below them."""
        return (*self.heads, *self.rows)


def printed_grid(table: Table) -> PrintedGrid:
    """The cells of a table row by row.

    Where headings stand beside their rows, the labels take a column for each level; else a heading
    takes the whole row. A table that shares its grid with wider ones ends with a wide number.
    """
    labels = table.labels
    frame = _frame(labels)
    filled = [row for row in table.rows if row.cells or not labels.has_headings_beside]
    rows = tuple(
        (*stub, *_numbers(row, frame.edges[len(table.stub) :]))
        for row, stub in zip(filled, frame.stubs, strict=True)
    )
    edges = frame.edges
    return PrintedGrid(frame.heads, rows, frame.rooms, edges[len(table.stub)], edges[-1])


def _numbers(row: TableRow, edges: tuple[int, ...]) -> Iterator[PrintedCell]:
    for at, span in enumerate(row.cells):
        yield PrintedCell("number", span, edges[at], edges[at + 1] - edges[at])


class _Frame(NamedTuple):
    """A table without its numbers."""

    edges: tuple[int, ...]
    """The first printed column of each of its columns, and the end of the last."""
    heads: tuple[PrintedRow, ...]
    stubs: tuple[PrintedRow, ...]
    """What stands left of the numbers of each printed row."""
    rooms: tuple[int, ...]


@lru_cache(maxsize=32)
def _frame(table: TableLabels) -> _Frame:
    """Place what is the same for every answer file of an edition, once for all of them."""
    paths = list(_paths(table.empty_rows(), [row[4] for row in table.rows]))
    levels = 1
    if table.has_headings_beside:
        levels += max((len(path) - 1 for path in paths), default=0)
    widths = [levels if column == "label" else 1 for column in table.stub] + [1] * table.numbers
    edges = list(accumulate(widths, initial=0))
    edges[-1] = max(edges[-1], edges[len(table.stub)] + table.shared)
    heads = tuple(
        tuple(
            PrintedCell(
                "head",
                Span("form", head.text),
                edges[head.column],
                edges[head.column + head.across] - edges[head.column],
                head.down,
                head.is_below,
            )
            for head in heads
        )
        for heads in table.head_rows()
    )
    if table.has_headings_beside:
        stubs = tuple(map(tuple, _stubs_beside(paths, levels)))
    else:
        stubs = tuple(tuple(_stub_above(table, row, edges)) for row in table.rows)
    return _Frame(tuple(edges), heads, stubs, tuple(_rooms(paths, levels)))


_Path = tuple[tuple[int, str], ...]
"""Place and label of a row, behind those of the headings that hold it."""


def _paths(rows: Iterable[TableRow], are_headings: Iterable[bool]) -> Iterator[_Path]:
    """The path of every row with numbers."""
    held: list[tuple[int, tuple[int, str]]] = []
    for at, (row, is_heading) in enumerate(zip(rows, are_headings, strict=True)):
        held = [each for each in held if each[0] < row.depth]
        if is_heading:
            held.append((row.depth, (at, row.label)))
        else:
            yield (*(each for _, each in held), (at, row.label))


def _stubs_beside(paths: list[_Path], levels: int) -> Iterator[Iterator[PrintedCell]]:
    """The headings of each row from the left, and its label in what they leave."""
    held: dict[int, int] = {}
    for path in paths:
        for place, _ in path:
            held[place] = held.get(place, 0) + 1
    told: set[int] = set()
    for path in paths:
        yield _stub_beside(path, levels, held, frozenset(told))
        told.update(place for place, _ in path)


def _stub_beside(
    path: _Path, levels: int, held: dict[int, int], told: frozenset[int]
) -> Iterator[PrintedCell]:
    *headings, (_, label) = path
    for level, (place, text) in enumerate(headings):
        span = Span("form", "" if place in told else text)
        yield PrintedCell("heading", span, level, 1, held[place], place in told)
    level = len(headings)
    yield PrintedCell("label", Span("form", label), level, levels - level)


def _stub_above(
    table: TableLabels, labels: tuple[int, bool, str, str, bool], edges: list[int]
) -> Iterator[PrintedCell]:
    row, is_heading = TableRow(*labels[:4], ()), labels[4]
    if is_heading:
        span = Span("form", row.label)
        yield PrintedCell("label", span, 0, edges[-1], indent=row.indent, hang=row.hang)
        return
    for at, column in enumerate(table.stub):
        if column == "label":
            span = Span("form", row.label)
            yield PrintedCell("label", span, edges[at], indent=row.indent, hang=row.hang)
        else:
            yield PrintedCell("unit", Span("form", row.unit), edges[at])


def _rooms(paths: list[_Path], levels: int) -> Iterator[int]:
    for level in range(levels - 1):
        texts = {path[level][1] for path in paths if level < len(path) - 1}
        yield max(even_room(columns(text), _HEADING_ROOM, step=2) for text in texts)
