"""The ruled tables of a page as cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from pdfplumber.page import Page

from assistant.export.formats.pdf.page_text import Print, joined, lines_of
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, GridCell
from assistant.values.grouping import grouped

_Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_NEAR = 3
"""Points within which two rules are one."""
_FRAMED_LINES = 3
"""Rows of one cell each, as wide as the table, that are lines of text; a title is one row."""
_LEAST_CELLS = 2
"""One box alone is a frame around text."""


class PlacedCell(NamedTuple):
    """A cell with the number of the column in which it begins."""

    column: int
    cell: GridCell


class PageTable(NamedTuple):
    """A table in its place on a page."""

    rows: list[list[PlacedCell]]
    edges: list[float]
    """Where its columns begin, and where the last one ends."""
    middle: float

    def joined(self, below: "PageTable") -> "PageTable | None":
        """The table that goes on with another one; none where their columns do not go together.

        Of a header that stands alone on a page, or of a last row of few cells, the columns are
        those of the other part in groups.
        """
        if len(self.edges) == len(below.edges):
            return self._replace(rows=self.rows + below.rows)
        wide, narrow = (self, below) if len(self.edges) > len(below.edges) else (below, self)
        places = [_nearest(edge, wide.edges) for edge in narrow.edges]
        if None in places or places[0] != 0 or places[-1] != len(wide.edges) - 1:
            return None
        at = [place or 0 for place in places]
        fitted = [[_fit(placed, at) for placed in row] for row in narrow.rows]
        rows = self.rows + fitted if wide is self else fitted + below.rows
        return self._replace(rows=rows, edges=wide.edges)


def _nearest(edge: float, edges: Sequence[float]) -> int | None:
    """The edge at the same place, if there is one."""
    found = min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
    return found if abs(edges[found] - edge) <= _NEAR else None


def _fit(placed: PlacedCell, at: Sequence[int]) -> PlacedCell:
    """A cell in finer columns, by the number that each edge has there."""
    column, cell = placed
    left, right = at[column], at[column + cell.columns]
    return PlacedCell(left, cell._replace(columns=right - left))


def crossings(page: Page) -> int:
    """In how many places the rules of a page might cross: what looking for tables takes."""
    across = {round(edge["top"] / _NEAR) for edge in page.edges if edge["orientation"] == "h"}
    down = {round(edge["x0"] / _NEAR) for edge in page.edges if edge["orientation"] == "v"}
    return len(across) * len(down)


def tables_of(page: Page, glyphs: Sequence[Print]) -> tuple[list[PageTable], list[Print]]:
    """The tables of a page, and the characters that stand in none."""
    tables: list[PageTable] = []
    rest = list(glyphs)
    for found in page.find_tables():
        boxes = _without_text(found.cells)
        if len(boxes) < _LEAST_CELLS:
            continue
        box = _around(boxes)
        inside: list[Print] = []
        outside: list[Print] = []
        for glyph in rest:
            (inside if _is_within(glyph, box) else outside).append(glyph)
        if any(glyph.text.strip() for glyph in inside):
            table, loose = _table(boxes, inside)
            tables.append(table)
            rest = outside + loose
    return tables, rest


def _without_text(boxes: Sequence[_Box]) -> list[_Box]:
    """The cells without the lines of text above and below them that are framed one by one."""
    left, _, right, _ = _around(boxes)
    rows = grouped((box[1], box) for box in boxes)
    kept = [rows[top] for top in sorted(rows)]
    for end in (0, -1):
        told = kept if end == 0 else kept[::-1]
        count = len([*takewhile(lambda row: _is_line(row, right - left), told)])
        if count >= _FRAMED_LINES:
            kept = kept[count:] if end == 0 else kept[: len(kept) - count]
    return [box for row in kept for box in row]


def _is_line(row: Sequence[_Box], width: float) -> bool:
    """Whether a row is one cell as wide as the whole."""
    return len(row) == 1 and row[0][2] - row[0][0] > width - _NEAR


def _around(boxes: Sequence[_Box]) -> _Box:
    """The box around others."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_within(glyph: Print, box: _Box) -> bool:
    left, top, right, bottom = box
    return left <= (glyph.left + glyph.right) / 2 < right and top <= glyph.middle < bottom


def _table(boxes: Sequence[_Box], glyphs: Iterable[Print]) -> tuple[PageTable, list[Print]]:
    """The table of these cells, and the characters within its edges that stand in none of them."""
    lefts = sorted({edge for box in boxes for edge in (box[0], box[2])})
    tops = sorted({edge for box in boxes for edge in (box[1], box[3])})
    columns = {edge: at for at, edge in enumerate(lefts[: COLUMNS_LIMIT + 1])}
    rows = {edge: at for at, edge in enumerate(tops[: ROWS_LIMIT + 1])}
    owners: dict[tuple[int, int], int] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for number, (left, top, right, bottom) in enumerate(boxes):
        if right not in columns or bottom not in rows:
            continue
        places = [
            (row, column)
            for row in range(rows[top], rows[bottom])
            for column in range(columns[left], columns[right])
        ]
        if not any(place in owners for place in places):
            owners |= dict.fromkeys(places, number)
            spans[places[0]] = (columns[right] - columns[left], rows[bottom] - rows[top])
    held: dict[int, list[Print]] = {}
    loose: list[Print] = []
    for glyph in glyphs:
        column = bisect_right(lefts, (glyph.left + glyph.right) / 2) - 1
        owner = owners.get((bisect_right(tops, glyph.middle) - 1, column))
        (loose if owner is None else held.setdefault(owner, [])).append(glyph)

    def text_at(row: int, column: int) -> str:
        inside = held.get(owners.get((row, column), -1), [])
        return joined([line.text for line in lines_of(inside)])

    made = [
        [
            PlacedCell(column, GridCell(text_at(row, column), *spans.get((row, column), (1, 1))))
            for column in range(len(columns) - 1)
            if (row, column) in spans or (row, column) not in owners
        ]
        for row in range(len(rows) - 1)
    ]
    return PageTable(made, lefts[: len(columns)], (tops[0] + tops[-1]) / 2), loose
