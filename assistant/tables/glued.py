"""Rows whose digits ran together, cut by the sums of the form; what no sum decides stays open."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.form.model import Indicator
from assistant.tables.cell_texts import cuts
from assistant.tables.form_lines import FormLines
from assistant.values import Value
from assistant.values.grouping import grouped

_MOST_STEPS = 100_000
"""Ways to cut a row that are looked at, each beside those of others, again and again."""
_MOST_ROWS = 200
"""Rows that are cut, some times those of a form."""
_Way = tuple[str, ...]


class GluedRow(NamedTuple):
    """The cells of a row and the digits of all of them."""

    cells: tuple[Indicator, ...]
    digits: str


class Cut(NamedTuple):
    """What one cell of such a row may hold."""

    texts: tuple[str, ...]
    """None where the sums of the table fail."""
    is_certain: bool
    """Whether it is the only figure that all sums of the form allow, those over rows too: a row
    whose printed sum is wrong may have a cut that makes up another one."""


def cut_rows(
    rows: Sequence[GluedRow], known: Mapping[str, Value], form: FormLines
) -> dict[str, Cut]:
    """The figures that every cell of some rows may have.

    Args:
        rows: All rows of a table that ran together.
        known: The cells of it that are read.
        form: The form.

    Returns:
        By cell the figures it may have; nothing of a row that comes again with other digits.
    """
    by_cells = grouped((row.cells[0].id, row) for row in dict.fromkeys(rows[:_MOST_ROWS]))
    once = [several[0] for several in by_cells.values() if len(several) == 1]
    found = [(row, ways) for row in once if (ways := _ways(row, form))]
    search = _Search([row for row, _ in found], [ways for _, ways in found], known, form)
    fitting, is_whole = search.run()
    told = {*known, *(cell.id for row, _ in found for cell in row.cells)}
    cells: dict[str, Cut] = {}
    for (row, _), each in zip(found, fitting, strict=True):
        is_proved = is_whole and _is_proved(row, len(each), told, form)
        is_certain = is_proved or _has_no_other(row)
        for cell, texts in zip(row.cells, zip(*each, strict=True), strict=False):
            several = tuple(dict.fromkeys(texts))
            cells[cell.id] = Cut(several, is_certain and len(several) == 1)
    return cells


class _Search:
    """The cuts of all rows that go together: of each row those that no sum over rows excludes."""

    def __init__(
        self,
        rows: Sequence[GluedRow],
        ways: Sequence[list[_Way]],
        known: Mapping[str, Value],
        form: FormLines,
    ) -> None:
        self._ways = ways
        self._steps = 0
        cells = [cell.id for row in rows for cell in row.cells]
        self._sums = list(
            dict.fromkeys(each for cell in cells for each in form.equal_of.get(cell, ()))
        )
        self._base = [_others(each, known, {*cells}) for each in self._sums]
        self._shares = [self._shares_of(*each) for each in zip(rows, ways, strict=True)]
        self._fitting: list[set[int]] = [set() for _ in rows]

    def run(self) -> tuple[list[list[_Way]], bool]:
        """The ways of each row, and whether every one of them was tried with those of others."""
        first = [list(range(len(each))) for each in self._ways]
        self._go_on(first)
        is_whole = self._steps <= _MOST_STEPS
        left = self._fitting if is_whole else first
        told = [
            [way for at, way in enumerate(ways) if at in kept]
            for ways, kept in zip(self._ways, left, strict=True)
        ]
        return told, is_whole

    def _shares_of(self, row: GluedRow, ways: Sequence[_Way]) -> list[dict[int, int]]:
        """What a row adds to each sum by the way it is cut: to a total above 0, to parts below."""
        names = [cell.id for cell in row.cells]
        signs = {
            at: [left.count(name) - right.count(name) for name in names]
            for at, (left, right) in enumerate(self._sums)
        }
        own = {at: [(n, sign) for n, sign in enumerate(each) if sign] for at, each in signs.items()}
        values = [[int(text) for text in way] for way in ways]
        return [
            {at: sum(sign * each[n] for n, sign in places) for at, places in own.items() if places}
            for each in values
        ]

    def _go_on(self, kept: list[list[int]]) -> None:
        """Take every way of the row that has the fewest, leaving out what no sum allows then."""
        if not self._narrow(kept):
            return
        open_rows = [at for at, each in enumerate(kept) if len(each) > 1]
        if not open_rows:
            for fitting, (way,) in zip(self._fitting, kept, strict=True):
                fitting.add(way)
            return
        row = min(open_rows, key=lambda at: len(kept[at]))
        for way in kept[row]:
            self._go_on([[way] if at == row else list(each) for at, each in enumerate(kept)])

    def _narrow(self, kept: list[list[int]]) -> bool:
        """Leave out the ways that a sum excludes whatever the other rows are; whether some stay."""
        is_new = True
        while is_new:
            is_new = False
            self._steps += sum(map(len, kept))
            if self._steps > _MOST_STEPS:
                return False
            spans = [self._spans(row, each) for row, each in enumerate(kept)]
            least = [low + sum(span[at][0] for span in spans if at in span)
                     for at, (low, _) in enumerate(self._base)]  # fmt: skip
            most = [high + sum(span[at][1] for span in spans if at in span)
                    for at, (_, high) in enumerate(self._base)]  # fmt: skip
            for row, each in enumerate(kept):
                span = spans[row]
                fitting = [
                    way
                    for way in each
                    if all(
                        least[at] - span[at][0] + share <= 0 <= most[at] - span[at][1] + share
                        for at, share in self._shares[row][way].items()
                    )
                ]
                is_new = is_new or len(fitting) < len(each)
                kept[row] = fitting
                if not fitting:
                    return False
        return True

    def _spans(self, row: int, ways: Sequence[int]) -> dict[int, tuple[int, int]]:
        """The least and most that a row may add to each sum."""
        shares = [self._shares[row][way] for way in ways]
        return {at: (min(s[at] for s in shares), max(s[at] for s in shares)) for at in shares[0]}


def _others(
    sides: tuple[tuple[str, ...], tuple[str, ...]], known: Mapping[str, Value], cut: set[str]
) -> tuple[float, float]:
    """The least and most that cells of no cut row add to a sum; one that is not read, anything."""
    least = most = 0.0
    for cells, sign in zip(sides, (1, -1), strict=True):
        for cell in (each for each in cells if each not in cut):
            value = known.get(cell)
            low, high = (0.0, math.inf) if value is None else (float(value), float(value))
            least += min(sign * low, sign * high)
            most += max(sign * low, sign * high)
    return least, most


def _ways(row: GluedRow, form: FormLines) -> list[_Way]:
    """How the digits of a row may be cut; one digit a cell where no sum cuts them."""
    grid = form.edition.grids_by_id[row.cells[0].grid]
    count = len(row.cells)
    if not grid.columns[-1].computed:
        return [tuple(row.digits)] if len(row.digits) == count else []
    return cuts(row.digits, [len(grid.columns)] * (count // len(grid.columns)))


def _is_proved(row: GluedRow, ways: int, told: set[str], form: FormLines) -> bool:
    """Whether its own sums and those over rows speak for a row, as many as the form has.

    What all of several cuts share is not proved by its own sums alone: digits may be lost.
    """
    own = {cell.id for cell in row.cells}
    sums = [
        [{*left, *right} for left, right in form.equal_of.get(cell.id, ())] for cell in row.cells
    ]
    has_own = any(cells <= own for each in sums for cells in each)
    over_rows = [over for each in sums if (over := [cells for cells in each if not cells <= own])]
    is_told = all(any(cells <= told for cells in each) for each in over_rows)
    return has_own and is_told and (bool(over_rows) or ways == 1)


def _has_no_other(row: GluedRow) -> bool:
    """Whether digits can be cut in no other way, not even where a figure is missing: 0005."""
    return len(row.digits) == len(row.cells) and not row.digits[:-1].strip("0")
