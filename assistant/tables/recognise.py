"""The figures of a form in a grid of cells: read, possible, or unread with place and reason.

A row is known by its label and its place in the order of the form, a column by the header above it.
What neither settles is not guessed: a cell is only read where nothing speaks against it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from assistant.form.model import Edition, Indicator
from assistant.tables.align import Doubt, Item, align, find_likely
from assistant.tables.cell_grid import CellGrid, Spot, spread
from assistant.tables.cell_texts import content_of, folded, in_unit, seen, value_of
from assistant.tables.form_lines import FormLine, FormLines, form_lines
from assistant.tables.frame import TableFrame
from assistant.tables.glued import GluedRow, cut_rows
from assistant.tables.header import Anchors
from assistant.values import Value
from assistant.values.grouping import grouped

Why = (
    Literal["merged", "odd", "blank", "shifted", "unproved", "columns", "glued", "uneven", "folded"]
    | Doubt
)
"""Why a cell is not read: it shares its place with others, holds no number, holds nothing, stands
in a row with too many or too few cells, in one whose figures nothing proves, under a header that
has the columns of the form in another order or number, runs together with others so that they can
be cut in several ways, or in none that makes up the sums, or is printed in one row with the others
of its heading."""
NotOfForm = Literal["no_name", "no_label", "unclear", "unfit"]
"""Why a row with figures is none of the form: it has another name, none, the names of several rows
that do not go together, or it is a heading."""


class Place(NamedTuple):
    """Where in a table something stands."""

    row: int
    """From 0."""
    column: int = -1
    """In which the cell begins, from 0; -1 where nobody knows the cell."""
    name: str = ""
    """What people call the cell, `C7`; empty where it has no name."""

    @classmethod
    def of(cls, spot: Spot, row: int) -> "Place":
        """The place of a cell that holds for a row."""
        return cls(row, spot.column, spot.cell.place)


class CellReading(NamedTuple):
    """What a table says of one cell of the form."""

    texts: tuple[str, ...]
    """One where it is read, all that are possible where it is not; none where nobody can tell."""
    why: Why
    """Empty where it is read."""
    place: Place

    @property
    def is_read(self) -> bool:
        """Whether it is certain."""
        return not self.why


class Unplaced(NamedTuple):
    """A row with figures that is no row of the form, word for word."""

    text: str
    place: Place
    why: NotOfForm
    words: str
    """What stands before its figures."""
    figure: str
    """Its only figure; empty where it has several."""
    is_under_columns: bool = False
    """Whether names of columns of the form stand right above it."""


class TableReading(NamedTuple):
    """What a grid of cells says of the form."""

    cells: Mapping[str, CellReading]
    """By cell id, totals too, in the order of the form."""
    unplaced: tuple[Unplaced, ...]
    rows: frozenset[int] = frozenset()
    """The rows that were taken for rows of the form, their headers apart."""
    again: frozenset[int] = frozenset()
    """Those of them that a row above was already."""
    beside: tuple[str, ...] = ()
    """What stands in rows of the form where no column of it is, word for word."""


def recognise(grid: CellGrid, edition: Edition, *, near: str = "") -> TableReading:
    """Read a grid of cells by the rows and columns of a form.

    Args:
        grid: The cells.
        edition: The form.
        near: A row of the form; of several with one label that in the same part is meant.
    """
    form = form_lines(edition)
    part = next((line.part for line in form.lines if near and line.id == near), "")
    return _Table(TableFrame(spread(grid), form, is_text=grid.is_text), grid.parted).read(part)


class _Table:
    """One grid of cells, read row by row."""

    def __init__(self, frame: TableFrame, parted: frozenset[int]) -> None:
        self._frame = frame
        self._parted = parted
        self._beside: list[Spot] = []
        self._is_spaced = False
        """Whether blank lines behind labels are known to be no cells."""
        self._form = frame.form
        self._grids = frame.form.edition.grids_by_id

    def read(self, part: str) -> TableReading:
        items = self._frame.items()
        for item in items:
            across = self._frame.across(item) if item.has_figure else None
            item.likely = find_likely(item, self._form, across)
        align(items, part)
        placed_items = [(item, item.line) for item in items
                        if item.line and item.line.cells and not self._is_title(item)]  # fmt: skip
        self._is_spaced = any(self._is_filled(item, line) for item, line in placed_items)
        cells = self._read_cells(placed_items)
        folded = {item.row: found for item in items if (found := self._read_folded(item, cells))}
        for found in folded.values():
            cells |= found
        order = self._form.edition.cells
        placed = frozenset(item.row for item in items if item.line is not None)
        unplaced = tuple(self._unplaced(item) for item in items if item.row not in folded)
        return TableReading(
            {name: cells[name] for name in order if name in cells},
            tuple(each for each in unplaced if each is not None), placed, _again(items),
            tuple(each.cell.text.strip() for each in dict.fromkeys(self._beside)),
        )  # fmt: skip

    def _read_cells(self, placed: Sequence[tuple[Item, FormLine]]) -> dict[str, CellReading]:
        """The cells of all rows, those that ran together behind the others that tell of them."""
        spots = [(item, line, self._frame.glued(item, line)) for item, line in placed]
        apart = (self._read_item(item, line) for item, line, spot in spots if spot is None)
        found = grouped(each for readings in apart for each in readings)
        cells = {name: _one_of(each) for name, each in found.items()}
        glued = [(line, spot) for _, line, spot in spots if spot is not None]
        rows = [GluedRow(line.cells, folded(spot.cell.text)) for line, spot in glued]
        order = self._form.edition.cells
        known = {name: value_of(order[name], each.texts[0]) for name, each in cells.items()
                 if each.is_read}  # fmt: skip
        values = {name: value for name, value in known.items() if value is not None}
        possible = cut_rows(rows, values, self._form)
        for line, spot in glued:
            grid = self._grids[line.grid]
            is_told = self._frame.order(spot.row, line.grid) != "without totals"
            has_sums = is_told and grid.columns[-1].computed
            is_other = self._frame.has_other_columns(spot.row, line.grid)
            is_named = not is_other and (has_sums or self._frame.names_columns(spot.row, grid))
            failed: Why = "columns" if is_other else "uneven" if has_sums else "glued"
            for cell in line.cells:
                cut = possible.get(cell.id) if is_named else None
                why: Why = failed if cut is None else "glued" if len(cut.texts) > 1 else "unproved"
                texts = cut.texts if cut is not None else ()
                if cut is not None and cut.is_certain:
                    why = ""
                reading = CellReading(texts, why, Place.of(spot, spot.row))
                again = cells.get(cell.id)
                cells[cell.id] = reading if again is None else _one_of((again, reading))
        return cells

    def _read_item(self, item: Item, line: FormLine) -> Iterator[tuple[str, CellReading]]:
        anchors = self._frame.anchors(item, line)
        title = self._frame.above[item.row].title
        doubt: Why = item.doubt
        if line.grid and title and title != line.grid and self._grids[line.grid].title:
            doubt = doubt or "order"
        if anchors is not None:
            found = list(self._by_place(item, line, anchors))
        elif self._frame.has_other_columns(item.row, line.grid):
            found = _unread(item, line, "columns")
        else:
            found = self._by_count(item, line)
        for cell, reading in _with_zeros(line.cells, found, self._form):
            is_unproved = reading.why == "unproved" and doubt != "twice"
            is_doubted = bool(doubt) and (reading.is_read or is_unproved)
            yield cell.id, reading._replace(why=doubt) if is_doubted else reading

    def _is_title(self, item: Item) -> bool:
        """Whether a label without cells stands over a table of its own."""
        return not item.values and item.line in self._form.pieces

    def _read_folded(self, item: Item, cells: Mapping[str, CellReading]) -> dict[str, CellReading]:
        """The rows of a heading that has their figures itself: all are zero where it is."""
        if item.line is None or item.line.cells or not item.has_figure:
            return {}
        rows = self._form.within(item.line)
        inside = [cell for row in rows for cell in row.cells]
        if not inside or any(cell.id in cells for cell in inside):
            return {}
        read = [reading for _, reading in self._read_item(item, rows[0])]
        is_zero = all(each.is_read and not each.texts[0].strip("0０") for each in read)
        whole = CellReading(("0",) if is_zero else (), "" if is_zero else "folded", read[0].place)
        return dict.fromkeys([cell.id for cell in inside], whole)

    def _by_place(
        self, item: Item, line: FormLine, anchors: Anchors
    ) -> Iterator[tuple[Indicator, CellReading]]:
        """The cells of a row by the columns that its header names."""
        row = self._frame.rows[item.row]
        taken = [anchors.of(cell) for cell in line.cells]
        told = {at for places in anchors.places.values() for at in places}
        self._beside += [
            spot
            for at, spot in enumerate(row)
            if at > min(told) and at not in told and spot.row == item.row and spot.cell.text.strip()
        ]
        owners: dict[Spot, int] = {}
        for places in taken:
            for spot in {row[at] for at in places if at < len(row)}:
                owners[spot] = owners.get(spot, 0) + 1
        words = {cell.id: anchors.words.get((cell.row, cell.column), "") or
                 anchors.words.get(("", cell.column), "") for cell in line.cells}  # fmt: skip
        for cell, places in zip(line.cells, taken, strict=True):
            if not places:  # the table does not have the column
                continue
            spots = list(dict.fromkeys(row[at] for at in places if at < len(row)))
            filled = [spot for spot in spots if content_of(spot.cell.text) not in ("blank", "unit")]
            if len(filled) > 1:
                yield cell, CellReading((), "merged", Place.of(filled[0], item.row))
                continue
            spot = (filled or spots or [None])[0]  # type: ignore[list-item]
            reading = _reading(cell, spot, item.row, words[cell.id])
            own = {*places, *anchors.nameless}
            is_wider = any(row[at] is spot for at in range(len(row)) if at not in own)
            if spot is not None and filled and (owners[spot] > 1 or is_wider or spot.cell.rows > 1):
                reading = reading._replace(why="merged")
            yield cell, reading

    def _by_count(self, item: Item, line: FormLine) -> list[tuple[Indicator, CellReading]]:
        """The cells of a row from left to right, where nothing says which column is which."""
        values = item.cut_to(len(line.cells))
        if not values:
            return _unread(item, line, "blank")
        fitting = self._fitting(item, line, values)
        if fitting is None and len(line.cells) == 1:
            filled = [s for s in values if content_of(s.cell.text) not in ("blank", "dash")]
            if len(filled) < 2:
                fitting, values = line.cells, filled or values[:1]
        head = self._frame.above[item.row].head if len(line.cells) == 1 else ""
        found = [
            (cell, _reading(cell, spot, item.row, head))
            for cell, spot in zip(fitting or (), values, strict=False)
        ]
        is_proved = (len(line.cells) == 1 and not line.grid) or self._is_proved(item, line, found)
        is_open = item.row in self._parted and content_of(values[0].cell.text) == "blank"
        if fitting is None or (is_open and (self._is_spaced or not self._is_summed(line, found))):
            return _unread(item, line, "shifted")
        unproved: Why = "" if is_proved else "unproved"
        return [(cell, reading._replace(why=reading.why or unproved)) for cell, reading in found]

    def _fitting(
        self, item: Item, line: FormLine, values: Sequence[Spot]
    ) -> Sequence[Indicator] | None:
        """The cells that as many figures are, all of a row or all but its totals.

        Figures of which the last is the sum of the others are those of a row that lost a cell.
        """
        order = self._frame.order(item.row, line.grid)
        asked = [cell for cell in line.cells if not cell.computed]
        if len(values) == len(line.cells):
            return line.cells if order != "without totals" else None
        if len(values) != len(asked) or order == "kept":
            return None
        *parts, total = (value_of(asked[0], spot.cell.text) or 0 for spot in values)
        return None if total and sum(parts) == total else asked

    def _is_filled(self, item: Item, line: FormLine) -> bool:
        """Whether a row has all its figures behind the blank lines that follow its label."""
        values = item.cut_to(len(line.cells))
        is_whole = len(item.values) > len(values) == len(line.cells)
        return item.row in self._parted and is_whole and content_of(values[0].cell.text) != "blank"

    def _is_summed(self, line: FormLine, found: Sequence[tuple[Indicator, CellReading]]) -> bool:
        """Whether a row has sums, and every one of them is there with all its parts and right."""
        sums = list(self._form.row_sums(line.cells))
        filled = _values([*_with_zeros(line.cells, found, self._form)])
        is_whole = all({total, *parts} <= filled.keys() for total, parts in sums)
        return bool(sums) and is_whole and self._form.holds(filled)

    def _is_proved(
        self, item: Item, line: FormLine, found: Sequence[tuple[Indicator, CellReading]]
    ) -> bool:
        """Whether the sums of a row are right, or without sums its columns are named above it."""
        told = _values(found)
        sums = list(self._form.row_sums(line.cells))
        if sums:
            filled = _values([*_with_zeros(line.cells, found, self._form)])
            has_all = any(total in told and {*parts} <= filled.keys() for total, parts in sums)
            return has_all and self._form.holds(filled)
        return self._frame.names_columns(item.row, self._grids[line.grid])

    def _unplaced(self, item: Item) -> Unplaced | None:
        """A row with a figure that is none of the form, or a heading that has more than a zero."""
        if item.line is not None and item.line.cells:
            return None
        figures = [spot.cell.text for spot in item.values]
        if not item.has_figure or (
            item.line is not None and not any(t.strip(" 0０") for t in figures)
        ):
            return None
        row = dict.fromkeys(self._frame.rows[item.row])
        text = " ".join(spot.cell.text for spot in row if spot.row == item.row)
        filled = [text for text in figures if content_of(text) != "blank"]
        is_named = any(map(self._form.called, item.words))
        named: NotOfForm = "unclear" if is_named else "no_name" if item.words else "no_label"
        why: NotOfForm = "unfit" if item.line else named
        figure = filled[0] if len(filled) == 1 else ""
        is_under = self._frame.is_under_columns(item.row)
        return Unplaced(text, Place(item.row), why, "".join(item.words), figure, is_under)


def _again(items: Sequence[Item]) -> frozenset[int]:
    taken: set[FormLine] = set()
    rows: set[int] = set()
    for item in items:
        if item.line is not None and item.line.cells and item.line in taken:
            rows.add(item.row)
        elif item.line is not None:
            taken.add(item.line)
    return frozenset(rows)


def _unread(item: Item, line: FormLine, why: Why) -> list[tuple[Indicator, CellReading]]:
    """Nothing of all cells of a row."""
    return [(cell, CellReading((), why, Place(item.row))) for cell in line.cells]


def _reading(cell: Indicator, spot: Spot | None, row: int, header: str) -> CellReading:
    if spot is None:
        return CellReading((), "blank", Place(row))
    place = Place.of(spot, row)
    text = in_unit(seen(spot.cell.text), header, cell.unit).strip()
    content = content_of(text)
    if content in ("blank", "dash", "unit"):
        return CellReading((), "blank", place)
    if value_of(cell, text) is None:
        return CellReading((text,), "odd", place)
    return CellReading((text,), "", place)


def _with_zeros(
    cells: Sequence[Indicator], found: Sequence[tuple[Indicator, CellReading]], form: FormLines
) -> Iterator[tuple[Indicator, CellReading]]:
    """Blank cells are zero where the total of the row says that nothing is left for them."""
    read = _values(found)
    empty = {cell.id for cell, each in found if each.why == "blank"}
    zeros: set[str] = set()
    for total, parts in form.row_sums(cells):
        given = [read[part] for part in parts if part in read]
        if total in read and len(given) + len({*parts} & empty) == len(parts):
            zeros |= {*parts} & empty if sum(given) == read[total] else set()
    for cell, reading in found:
        yield cell, reading._replace(texts=("0",), why="") if cell.id in zeros else reading


def _values(found: Sequence[tuple[Indicator, CellReading]]) -> dict[str, Value]:
    """The numbers of the cells that hold one, certain or not."""
    read = {cell.id: value_of(cell, each.texts[0]) for cell, each in found if each.texts}
    return {name: value for name, value in read.items() if value is not None}


def _one_of(readings: Sequence[CellReading]) -> CellReading:
    """One reading of a cell that was read several times; where they differ it is none."""
    first = readings[0]
    read = [each for each in readings if each.texts]
    texts = tuple(dict.fromkeys(text for each in read for text in each.texts))
    if len(texts) <= 1:
        certain = [each for each in read if each.is_read or each.why == "twice"]
        return certain[0]._replace(why="") if certain else (read or readings)[0]
    return first._replace(texts=texts, why="twice")
