"""The rows of a Word table while they are read: each cell at its place in the grid of the table."""

from dataclasses import dataclass, field

from assistant.export.formats.document_lines import BORDER
from assistant.export.formats.grid_rows import GridRow, HeldLine
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, GridCell


@dataclass(slots=True)
class WordCell:
    """A cell, begun or ended."""

    text: str = ""
    columns: int = 1
    is_merged: bool = False
    """It is one with the cells above or below it."""
    goes_on: bool = False
    """It goes on from the cell above it."""
    is_gone: bool = False
    """A revision deletes it."""


@dataclass(slots=True)
class WordRow:
    """A row begun and not ended."""

    is_gone: bool = False
    """A revision deletes it."""
    before: int = 0
    """Columns left free before its first cell."""
    after: int = 0
    _cells: list[WordCell] = field(default_factory=list)
    _inner: tuple[GridRow, ...] = ()
    """The rows of tables within its cells."""

    def end_cell(self, cell: WordCell, held: list[HeldLine]) -> None:
        """Take a cell with the lines in it."""
        inner = tuple(row for each in held for row in each.rows)
        for row in inner:
            row.is_gone |= cell.is_gone
        if not cell.is_gone:
            cell.text = " ".join(each.text for each in held)
            self._cells.append(cell)
            self._inner += inner

    def line(self, row: GridRow) -> HeldLine:
        """The row as a line, which the rows within its cells become too.

        A cell that goes on from above and says nothing is left out.
        """
        told = (cell.text for cell in self._cells if cell.text or not cell.goes_on)
        text = f" {BORDER} ".join(told)
        return HeldLine(text, (row, *self._inner))

    def leave_out(self) -> None:
        """With the row goes what stands in it."""
        for row in self._inner:
            row.is_gone = True

    def placed(self) -> list[WordCell]:
        """Its cells with blanks for the columns that it leaves free."""
        before = [WordCell(columns=self.before)] if self.before else []
        after = [WordCell(columns=self.after)] if self.after else []
        return [*before, *self._cells, *after]


class WordTable:
    """A table begun and not ended."""

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows: list[GridRow] = []
        self._origins: dict[int, tuple[GridRow, int]] = {}
        """The cells that may go on in the next row, each by its row and its place there, by the
        column in which they begin."""

    def add(self, row: WordRow, *, is_shown: bool) -> GridRow:
        """Take the next row; of one that is not shown only what others go on from is looked at."""
        made, column = GridRow(), 0
        is_kept = is_shown and len(self.rows) < ROWS_LIMIT
        origins: dict[int, tuple[GridRow, int]] = {}
        for cell in row.placed():
            if column >= COLUMNS_LIMIT:
                break
            columns = min(cell.columns, COLUMNS_LIMIT - column)
            above, at = self._origins.get(column, (made, 0)) if cell.goes_on else (made, 0)
            if above is not made and above.cells[at].columns == columns:
                origins[column] = (above, at)
                if is_kept:
                    above.cells[at] = above.cells[at]._replace(rows=above.cells[at].rows + 1)
            else:
                if cell.is_merged and is_kept:
                    origins[column] = (made, len(made.cells))
                made.cells.append(GridCell(cell.text, columns))
            column += columns
        self._origins = origins
        if is_kept:
            self.rows.append(made)
        return made
