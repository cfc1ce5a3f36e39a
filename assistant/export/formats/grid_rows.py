"""Tables while a document is read: their rows, and the lines that these become."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from assistant.export.formats.document_lines import OUTER_SPACE
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, CellGrid, GridCell

_NUMERAL = 7
"""Digits of a span that is read as it stands; more of them are more than any table has."""


class GridRow:
    """A row of a table; its line is known when blank lines have been left out."""

    __slots__ = ("cells", "is_gone", "line")

    def __init__(self, cells: Iterable[GridCell] = ()) -> None:
        """Take the cells that begin in it."""
        self.cells = list(cells)
        self.line = -1
        self.is_gone = False
        """It stood in something that has been deleted."""


class HeldLine(NamedTuple):
    """A line that may turn out to be blank, with the rows of tables that it is."""

    text: str
    rows: tuple[GridRow, ...] = ()


def settle(held: Iterable[HeldLine], first: int = 0) -> list[str]:
    """Lines without outer space, blank ones left out; each row is told which one it became.

    `first` is the number of the first line in its document.
    """
    lines: list[str] = []
    for text, rows in held:
        if line := text.strip(OUTER_SPACE):
            for row in rows:
                row.line = first + len(lines)
            lines.append(line)
    return lines


def grids(tables: Iterable[Iterable[GridRow]], place: str = "") -> tuple[CellGrid, ...]:
    """Tables whose rows know their lines as grids, those without rows left out."""
    made: list[CellGrid] = []
    for table in tables:
        if rows := [row for row in table if not row.is_gone]:
            cells = tuple(tuple(row.cells) for row in rows)
            made.append(CellGrid(cells, tuple(row.line for row in rows), place))
    return tuple(made)


def span_of(text: str, most: int) -> int:
    """How many columns or rows an attribute says that a cell takes; one where it is no number."""
    digits = text.strip()
    if not digits.isdecimal():
        return 1
    return max(1, min(int(digits), most)) if len(digits) <= _NUMERAL else most


class FlowingRows:
    """A table whose cells take the next free column, as they do in a web page and in a sheet."""

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows: list[GridRow] = []
        self._taken: dict[int, int] = {}
        """The row at which each column that a cell from above takes is free again."""
        self._reaching: list[tuple[int, int]] = []
        """Row and place of the cells that reach down."""

    @property
    def is_crossed(self) -> bool:
        """Whether a cell from above reaches into the next row."""
        return max(self._taken.values(), default=0) > len(self.rows)

    def add(self, next_cell: Callable[[int], GridCell | None]) -> GridRow:
        """Take the next row, as far as there is room for it.

        `next_cell` says which cell begins in a free column, and none behind the last one.
        """
        row, at, column = GridRow(), len(self.rows), 0
        if at >= ROWS_LIMIT:
            return row
        while True:
            while self._taken.get(column, 0) > at:
                column += 1
            cell = next_cell(column) if column < COLUMNS_LIMIT else None
            if cell is None:
                break
            right, end = column + 1, min(column + cell.columns, COLUMNS_LIMIT)
            while right < end and self._taken.get(right, 0) <= at:
                right += 1
            if cell.rows > 1:
                self._taken |= dict.fromkeys(range(column, right), at + cell.rows)
                self._reaching.append((at, len(row.cells)))
            row.cells.append(cell._replace(columns=right - column))
            column = right
        self.rows.append(row)
        return row

    def end_group(self) -> None:
        """No cell reaches from here further down."""
        for at, place in self._reaching:
            cell = self.rows[at].cells[place]
            left = len(self.rows) - at
            self.rows[at].cells[place] = cell._replace(rows=min(cell.rows, left))
        self._taken, self._reaching = {}, []
