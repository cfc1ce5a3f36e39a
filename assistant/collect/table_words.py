"""A table made ready for its recogniser: what is no figure and stands where one belongs is marked.

The recogniser takes words for labels. So a date, a formula without a value or 无 in the place of a
figure get a mark, which it hands back as what it could not read.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.collect.file_tables import FileTable
from assistant.collect.sheet_cells import broken
from assistant.form.model import Edition, Grid
from assistant.messages import Sentences
from assistant.tables import CellGrid, GridCell, content_of
from assistant.tables.cell_grid import spread
from assistant.tables.form_lines import FormLine, FormLines, form_lines
from assistant.values.labels import plain, squeezed

_MARK = "#{number}"
_A_YEAR = "年度"
"""What the recogniser gets for a year, whose digits it would take for a figure."""
_YEAR = re.compile(r"\(?[12][0-9]{3}年度?\)?")
_LONGEST = 40
"""Characters of a cell that is looked at for a year."""


class Marked(NamedTuple):
    """A table as the recogniser gets it."""

    grid: CellGrid
    names: Mapping[str, str]
    """By mark the name of the cell that it stands in."""
    remarks: frozenset[str]
    """The names of cells in which remarks stand; the recogniser gets them blank."""


def mark(table: FileTable, edition: Edition, sentences: Sentences) -> Marked:
    """Put marks where something stands that is neither a figure nor of the printed form."""
    form = form_lines(edition)
    remarks = _remark_cells(table.grid, form, sentences)
    marker = _Marker(table, form, remarks)
    rows: list[tuple[GridCell, ...]] = []
    is_below_header = False
    for cells in table.grid.rows:
        rows.append(tuple(marker.row(cells, is_below_header=is_below_header)))
        is_below_header = _is_header(cells, form, ("across",))
    return Marked(table.grid._replace(rows=tuple(rows)), marker.names, remarks)


class _Marker:
    """Goes through the rows of one table."""

    def __init__(self, table: FileTable, form: FormLines, remarks: Collection[str]) -> None:
        """Take the table, and the names of the cells in which remarks stand."""
        self.names: dict[str, str] = {}
        self._table = table
        self._form = form
        self._remarks = remarks

    def row(self, cells: Sequence[GridCell], *, is_below_header: bool) -> list[GridCell]:
        """A row with marks."""
        made: list[GridCell] = []
        is_header = _is_header(cells, self._form, ("rows", "across"))
        first = 0 if is_below_header else -1
        for cell in cells:
            text, is_asked = cell.text, first >= 0 and not is_header
            if cell.place in self._remarks:
                text = ""
            elif is_year(text) and not is_asked:
                text = _A_YEAR
            elif self._is_to_mark(cell, is_asked=is_asked):
                text = self._mark(cell)
            made.append(cell._replace(text=text))
            first = len(made) if _rows_called(cell.text, self._form) else first
        if first >= 0 and not is_header:
            self._part(cells, made, first)
        return made

    def _part(self, cells: Sequence[GridCell], made: list[GridCell], first: int) -> None:
        """Mark the blanks of a row that is blank but for one cell, or altogether.

        Else nobody would know whether the digits of all its cells ran together in the one, and
        many blank rows would be taken for the header of those below.
        """
        count = max((len(line.cells) for line in self._lines(cells, first)), default=0)
        asked = range(first, first + count)
        told = [at for at in asked if at < len(made) and content_of(made[at].text) != "blank"]
        if len(made) >= first + count and len(told) <= 1:
            for at in asked:
                if content_of(made[at].text) == "blank":
                    made[at] = made[at]._replace(text=self._mark(made[at]))

    def _lines(self, cells: Sequence[GridCell], first: int) -> Sequence[FormLine]:
        """The rows of the form that the label before some cells names."""
        if first:
            return _rows_called(cells[first - 1].text, self._form)
        return [line for line in self._form.lines if not line.names]

    def _mark(self, cell: GridCell) -> str:
        text = _MARK.format(number=len(self.names) + 1)
        self.names[text] = cell.place
        return text

    def _is_to_mark(self, cell: GridCell, *, is_asked: bool) -> bool:
        """Whether it shows no figure although one was to be typed, or its figure is disguised."""
        content, stands = content_of(cell.text), self._table.cell(cell.place)
        if broken(stands) is not None or stands.look not in ("plain", "other"):
            return True
        if stands.look == "other" and stands.stored:
            return content != "figure"
        return is_asked and content == "word" and not is_printed(cell.text, self._form)


def is_year(text: str) -> bool:
    """Whether a text is a year and no figure: （2025年度）."""
    return bool(_YEAR.fullmatch(squeezed(text[:_LONGEST])))


def _rows_called(text: str, form: FormLines) -> list[FormLine]:
    """The rows with cells beside them that a label names."""
    if content_of(text) != "word":
        return []
    across = {grid.id for grid in form.edition.grids if grid.layout == "across"}
    return [line for line in form.called(text) if line.cells and line.grid not in across]


def _is_header(cells: Sequence[GridCell], form: FormLines, layouts: Collection[str]) -> bool:
    """Whether a row names columns of a table that is printed so."""
    words = [each.text for each in cells if content_of(each.text) == "word"]
    return form.has_columns(words, (g for g in form.edition.grids if g.layout in layouts))


def is_printed(text: str, form: FormLines) -> bool:
    """Whether the form prints these words, perhaps a little damaged."""
    grids = form.edition.grids
    return bool(
        form.called(text)
        or plain(text) in form.titles
        or any(plain(text) in map(plain, _around(grid)) for grid in grids)
        or any(form.column(grid, text) is not None for grid in grids)
        or form.like(text)
    )


def _around(grid: Grid) -> Iterator[str]:
    """What a header prints beside the names of the columns."""
    yield from (grid.stub, grid.over)
    yield from (column.group for column in grid.columns)


def _columns(grid: CellGrid) -> Iterator[list[int]]:
    """The columns in which the cells of each row begin."""
    for at, row in enumerate(spread(grid)):
        yield list(dict.fromkeys(spot.column for spot in row if spot.row == at))


def _remark_cells(grid: CellGrid, form: FormLines, sentences: Sentences) -> frozenset[str]:
    """The filled cells below heads that are those of our own sheets over what is no figure.

    They hold until the next table of the sheet has a header of its own.
    """
    *_, remark, rule = sentences.say("form.columns").split()
    found: set[str] = set()
    active: set[int] = set()
    is_filled = False
    for cells, columns in zip(grid.rows, _columns(grid), strict=False):
        beside = list(zip(cells, columns, strict=False))
        heads = {column for cell, column in beside if plain(cell.text) in (remark, rule)}
        is_next = is_filled and _is_header(cells, form, ("rows", "across"))
        active = heads or (set() if is_next else active)
        is_filled = not heads and (is_filled or _has_figure(cells))
        told = [cell for cell, column in beside if column in active - heads and cell.text.strip()]
        found |= {cell.place for cell in told if not is_printed(cell.text, form)}
    return frozenset(found)


def _has_figure(cells: Sequence[GridCell]) -> bool:
    return any(content_of(cell.text) in ("figure", "odd") for cell in cells)
