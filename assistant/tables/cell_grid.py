"""Rows of cells as they stand in a document or a paste, before anybody knows what they mean."""

from typing import NamedTuple

COLUMNS_LIMIT = 200
"""Columns of one grid; what stands further right is left out, a report has a tenth of it."""
ROWS_LIMIT = 5_000
"""Rows of one grid; what stands below them is left out."""


class GridCell(NamedTuple):
    """One cell, at the place where it begins."""

    text: str
    """As a reader sees it; the lines of one cell are joined by a space."""
    columns: int = 1
    """How many columns it takes; one that stands for no cell at all is a blank of as many."""
    rows: int = 1
    """How many rows it takes; below its first one it is left out."""
    place: str = ""
    """What people call the place, `C7` of a sheet; empty where it has no name."""


class CellGrid(NamedTuple):
    """A table of a document: the cells that begin in each row, from left to right."""

    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, ...] = ()
    """The line of the document that each row is, the last one where it takes several, -1 for a
    blank row; empty for a paste."""
    place: str = ""
    """What people call the table, the name of a sheet; empty for none."""
    is_text: bool = False
    """Whether the cells were cut out of lines, whose places say nothing of columns."""
    parted: frozenset[int] = frozenset()
    """Rows whose first blank cells may be none: blank lines between a label and its figures."""


class Spot(NamedTuple):
    """A cell with the place where it begins, in rows and columns from 0."""

    cell: GridCell
    row: int
    column: int


def spread(grid: CellGrid) -> list[list[Spot]]:
    """Every row as the cells over its columns; one that spans stands at all it covers."""
    rows: list[list[Spot]] = []
    hanging: dict[int, tuple[Spot, int]] = {}
    for at, cells in enumerate(grid.rows[:ROWS_LIMIT]):
        row: list[Spot] = []
        waiting = list(cells)[::-1]
        while waiting or (len(row) in hanging):
            if len(row) >= COLUMNS_LIMIT:
                break
            if len(row) in hanging:
                row.append(hanging[len(row)][0])
                continue
            cell = waiting.pop()
            spot = Spot(cell, at, len(row))
            for _ in range(min(max(cell.columns, 1), COLUMNS_LIMIT - len(row))):
                if cell.rows > 1:
                    hanging[len(row)] = spot, at + cell.rows
                row.append(spot)
        rows.append(row)
        hanging = {column: each for column, each in hanging.items() if each[1] > at + 1}
    return rows
