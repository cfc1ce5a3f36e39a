"""The cells of a sheet as it is shown: hidden rows and columns left out, merged cells as one."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import islice, pairwise

from assistant.export.formats.document_lines import OUTER_SPACE
from assistant.export.formats.excel.workbook_cells import (
    MergedRange,
    Sheet,
    SheetCell,
    SheetRow,
    column_letters,
)
from assistant.export.formats.grid_rows import FlowingRows, GridRow
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, GridCell


def text_of(cell: SheetCell) -> str:
    """What a cell shows on one line, and the number in it where it shows another one."""
    is_other = cell.look == "other" and any(map(str.isdigit, cell.text))
    said = f"{cell.text}（{cell.stored}）" if is_other else cell.text
    return " ".join(said.split("\n")).strip(OUTER_SPACE)


class SheetGrid(FlowingRows):
    """Takes the rows of a sheet that are shown, one after the other."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet, whose merged cells say where others have no place."""
        super().__init__()
        ranges = list(sheet.merged_ranges())
        cells = max((column for row in sheet.rows for column in row.cells), default=0)
        last = max([cells, *(each.right for each in ranges)])
        shown = (each for each in range(1, last + 1) if each not in sheet.hidden_columns)
        self._columns = list(islice(shown, COLUMNS_LIMIT))
        """The numbers of the columns that are shown."""
        self._merges: dict[int, dict[int, GridCell]] = {}
        """Merged cells as far as they are shown, by the row and the column in which they begin;
        both are counted among those shown."""
        numbers = [row.number for row in sheet.rows if not row.is_hidden][:ROWS_LIMIT]
        if all(one < other for one, other in pairwise(numbers)):
            by_number = {row.number: row for row in sheet.rows}
            for each in ranges:
                self._place(each, numbers, by_number)

    def _place(self, merged: MergedRange, numbers: list[int], rows: Mapping[int, SheetRow]) -> None:
        top, bottom = bisect_left(numbers, merged.top), bisect_right(numbers, merged.bottom)
        left = bisect_left(self._columns, merged.left)
        right = bisect_right(self._columns, merged.right)
        if top >= bottom or left >= right:
            return
        row = rows.get(merged.top)
        cell = row.cells.get(merged.left) if row else None
        place = f"{column_letters(merged.left)}{merged.top}"
        made = GridCell(text_of(cell) if cell else "", right - left, bottom - top, place)
        self._merges.setdefault(top, {}).setdefault(left, made)

    def add_row(self, row: SheetRow, texts: Mapping[int, str], last: int) -> GridRow:
        """Take the next row that is shown.

        `texts` are what its cells say, by column; `last` is the last that says something.
        """
        merges = self._merges.get(len(self.rows), {})
        end = max([bisect_right(self._columns, last), *(each + 1 for each in merges)])

        def next_cell(column: int) -> GridCell | None:
            if column >= end or column in merges:
                return merges.get(column)
            number = self._columns[column]
            return GridCell(texts.get(number, ""), place=f"{column_letters(number)}{row.number}")

        return self.add(next_cell)
