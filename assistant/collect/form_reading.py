"""What the recogniser says of one table, with the name of every cell that it read.

The recogniser takes words for labels. So a date, a formula without a value or 无 in the place of a
figure get a mark, which it hands back as what it could not read.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.collect.cells import broken
from assistant.collect.department_files import FileTable, is_year
from assistant.form.model import Edition, Grid
from assistant.tables.cell_grid import CellGrid, GridCell, Spot
from assistant.tables.cell_texts import content_of
from assistant.tables.form_lines import FormLine, FormLines, form_lines
from assistant.tables.recognise import CellReading, TableReading, recognise
from assistant.values.labels import plain

_CERTAIN = frozenset({"", "blank", "odd", "merged"})
"""Readings of cells whose row and column are known."""
_TELLING = 3
"""Words of the form that a file of it has, at least."""
_A_YEAR = "年度"
"""What the recogniser gets for a year, whose digits it would take for a figure."""


class FormReading(NamedTuple):
    """One table by an edition."""

    table: FileTable
    edition: Edition
    told: TableReading
    """What the recogniser says of it."""
    marks: Mapping[str, str]
    """By mark what stands in its cell."""
    remarks: frozenset[Spot]
    """The cells in which remarks stand."""

    @property
    def cells(self) -> Mapping[str, CellReading]:
        """What it says of the cells of the form, by id."""
        return self.told.cells

    @property
    def known(self) -> int:
        """How many cells of the form are there, be they blank; in text only figures are."""
        if self.table.is_text:
            return sum(each.is_read for each in self.cells.values())
        return sum(each.why in _CERTAIN for each in self.cells.values())


def read_table(table: FileTable, edition: Edition) -> FormReading:
    """Read a table by an edition."""
    marker = _Marker(table, form_lines(edition))
    told = recognise(table.grid if table.is_text else marker.marked(), edition)
    return FormReading(table, edition, told, marker.texts, marker.remarks)


def is_of_form(readings: Sequence[FormReading], edition: Edition) -> bool:
    """Whether the tables of a file are of the form, and do not only share a word with it."""
    form = form_lines(edition)
    told = {
        plain(cell.text)
        for reading in readings if reading.cells
        for row in reading.table.grid.rows for cell in row
        if _is_named(cell.text, form)
    }  # fmt: skip
    return len(told) >= _TELLING and any(reading.known for reading in readings)


class _Marker:
    """Marks what stands in a table and is neither a figure nor of the printed form.

    Attributes:
        texts: By mark what stands in its cell.
        remarks: The cells in which remarks stand; the recogniser gets them blank.
    """

    def __init__(self, table: FileTable, form: FormLines) -> None:
        """Take the table; nothing is marked yet."""
        self.texts: dict[str, str] = {}
        self.remarks = frozenset(() if table.is_text else _remark_cells(table, form))
        self._table = table
        self._form = form

    def marked(self) -> CellGrid:
        """The table as the recogniser gets it."""
        rows: list[tuple[GridCell, ...]] = []
        is_below_header = False
        for at, cells in enumerate(self._table.grid.rows):
            rows.append(tuple(self._row(self._table.begun(at), is_below_header=is_below_header)))
            is_below_header = _is_header(cells, self._form, ("across",))
        return self._table.grid._replace(rows=tuple(rows))

    def _row(self, spots: Sequence[Spot], *, is_below_header: bool) -> list[GridCell]:
        """A row with marks."""
        cells, made = [spot.cell for spot in spots], list[GridCell]()
        is_header = _is_header(cells, self._form, ("rows", "across"))
        first = 0 if is_below_header else -1
        for spot in spots:
            text, is_asked = spot.cell.text, first >= 0 and not is_header
            if spot in self.remarks:
                text = ""
            elif is_year(text) and not is_asked:
                text = _A_YEAR
            elif self._is_to_mark(spot.cell, is_asked=is_asked):
                text = self._mark(spot.cell)
            made.append(spot.cell._replace(text=text))
            first = len(made) if _rows_called(spot.cell.text, self._form) else first
        if first >= 0 and not is_header:
            self._part(cells, made, first)
        return made

    def _part(self, cells: Sequence[GridCell], made: list[GridCell], first: int) -> None:
        """Mark the blanks of a row that is blank but for one cell, or altogether.

        Else nobody would know whether the digits of all its cells ran together in the one, and
        many blank rows would be taken for the header of those below.
        """
        lines = _rows_called(cells[first - 1].text, self._form) if first else self._form.unnamed
        end = first + max((len(line.cells) for line in lines), default=0)
        blank = [at for at, cell in enumerate(made[first:end], first)
                 if content_of(cell.text) == "blank"]  # fmt: skip
        if len(made) >= end and end - first - len(blank) <= 1:
            for at in blank:
                made[at] = made[at]._replace(text=self._mark(cells[at]))

    def _mark(self, cell: GridCell) -> str:
        text = f"#{len(self.texts) + 1}"
        self.texts[text] = self._table.stands(cell).text
        return text

    def _is_to_mark(self, cell: GridCell, *, is_asked: bool) -> bool:
        """Whether it shows no figure although one was to be typed, or its figure is disguised."""
        content, stands = content_of(cell.text), self._table.stands(cell)
        if broken(stands) is not None or stands.look not in ("plain", "other"):
            return True
        if stands.look == "other" and stands.stored:
            return content != "figure"
        return is_asked and content == "word" and not _is_printed(cell.text, self._form)


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


def _is_named(text: str, form: FormLines) -> bool:
    """Whether the form calls a row, a table or a column so."""
    return bool(
        form.called(text)
        or plain(text) in form.titles
        or any(form.column(grid, text) is not None for grid in form.edition.grids)
    )


def _is_printed(text: str, form: FormLines) -> bool:
    """Whether the form prints these words, perhaps a little damaged."""
    return bool(
        _is_named(text, form)
        or any(plain(text) in map(plain, _around(grid)) for grid in form.edition.grids)
        or form.like(text)
    )


def _around(grid: Grid) -> Iterator[str]:
    """What a header prints beside the names of the columns."""
    yield from (grid.stub, grid.over)
    yield from (column.group for column in grid.columns)


def _remark_cells(table: FileTable, form: FormLines) -> Iterator[Spot]:
    """The filled cells below heads that are those of our own sheets over what is no figure.

    They hold until the next table of the sheet has a header of its own.
    """
    *_, remark, rule = table.sentences.say("form.columns").split()
    active: set[int] = set()
    is_filled = False
    for at, cells in enumerate(table.grid.rows):
        begun = table.begun(at)
        heads = {spot.column for spot in begun if plain(spot.cell.text) in (remark, rule)}
        is_next = is_filled and _is_header(cells, form, ("rows", "across"))
        active = heads or (set() if is_next else active)
        has_figure = any(content_of(cell.text) in ("figure", "odd") for cell in cells)
        is_filled = not heads and (is_filled or has_figure)
        for spot in begun:
            is_below = spot.column in active - heads and bool(spot.cell.text.strip())
            if is_below and not _is_printed(spot.cell.text, form):
                yield spot
