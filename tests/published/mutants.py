"""Tables altered as copying, scanning and haste alter them, with what may then still be read."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from random import Random
from typing import NamedTuple

from assistant.tables.cell_grid import CellGrid, GridCell
from tests.published.corpus import MappedGrid, Spot, Truth, figure

Rows = list[list[GridCell]]
Readings = dict[str, frozenset[Decimal]]
_FEWEST_COLUMNS = 3
"""Columns of a table that may lose one."""


class Mutant(NamedTuple):
    """An altered table."""

    grid: CellGrid
    readings: Mapping[str, frozenset[Decimal]]
    """Cells that may be read otherwise than before, and as what: the altered table prints it so.

    All others keep their figure or stay unread."""
    loose: frozenset[str]
    """Cells that print no figure, before or after: anything may follow for them."""


def mutate(mapped: MappedGrid, kind: str, random: Random) -> Mutant | None:
    """Alter a table; the same state of `random` always alters it the same way.

    Args:
        mapped: The table, with what its cells mean.
        kind: One of `KINDS`.
        random: Chooses the place.

    Returns:
        The altered table, or None where it has no place for this kind.
    """
    draft = _Draft(mapped, random)
    done = KINDS[kind](draft)
    rows = tuple(tuple(row) for row in draft.rows)
    if done is None or rows == mapped.grid.rows:
        return None
    blank = {name for spot, name in mapped.ids.items() if not draft.value(spot)}
    blank |= {name for name, values in done.items() if not values}
    readings = {name: values for name, values in done.items() if values}
    return Mutant(CellGrid(rows, (), mapped.grid.place), readings, frozenset(blank))


def mutants(mapped: MappedGrid, seed: int, count: int) -> Iterator[tuple[str, Mutant]]:
    """So many mutants of a table, kind after kind, each with its kind."""
    kinds = sorted(KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        mutant = mutate(mapped, kind, Random(f"{seed} {number}"))
        if mutant is not None:
            yield kind, mutant


def truth_after(truth: Truth, mutant: Mutant) -> Truth:
    """What may be said of the cells of an altered table."""
    asked = {name: value for name, value in mutant.readings.items() if name in truth.accepted}
    others = {name: value for name, value in mutant.readings.items() if name not in asked}
    return Truth(truth.accepted | asked, truth.permitted | others, mutant.loose)


def _at(grid: CellGrid, spot: Spot) -> GridCell:
    return grid.rows[spot[0]][spot[1]]


class _Draft:
    """A table being altered."""

    def __init__(self, mapped: MappedGrid, random: Random) -> None:
        self.mapped = mapped
        self.random = random
        self.rows: Rows = [list(row) for row in mapped.grid.rows]
        self.figures: dict[int, list[int]] = {}
        """By row, the cells that hold figures."""
        for row, at in sorted(mapped.ids):
            self.figures.setdefault(row, []).append(at)

    def spot(self) -> Spot | None:
        """Any cell that holds a figure."""
        spots = sorted(self.mapped.ids)
        return self.random.choice(spots) if spots else None

    def row(self) -> int | None:
        """Any row with figures."""
        return self.random.choice(sorted(self.figures)) if self.figures else None

    def label(self, row: int) -> int | None:
        """The cell that names a row: the last one before its figures."""
        return self.figures[row][0] - 1 if self.figures[row][0] else None

    def value(self, spot: Spot) -> frozenset[Decimal]:
        """What a cell prints: one figure or none."""
        number = figure(_at(self.mapped.grid, spot).text)
        return frozenset() if number is None else frozenset({number})

    def either(self, one: Spot, other: Spot) -> Readings:
        """Two cells of which each may be read as the other; as anything if one is blank."""
        one_value, other_value = self.value(one), self.value(other)
        both = one_value | other_value if one_value and other_value else frozenset()
        return {self.mapped.ids[spot]: both for spot in (one, other)}

    def swap_texts(self, one: Spot, other: Spot) -> None:
        texts = [self.rows[row][at].text for row, at in (one, other)]
        for (row, at), text in zip((one, other), reversed(texts), strict=True):
            self.rows[row][at] = self.rows[row][at]._replace(text=text)


def _cell_dropped(draft: _Draft) -> Readings | None:
    spot = draft.spot()
    if spot is None:
        return None
    del draft.rows[spot[0]][spot[1]]
    return {}


def _cell_doubled(draft: _Draft) -> Readings | None:
    spot = draft.spot()
    if spot is None:
        return None
    draft.rows[spot[0]].insert(spot[1], draft.rows[spot[0]][spot[1]])
    return {}


def _cells_swapped(draft: _Draft) -> Readings | None:
    rows = [row for row, cells in draft.figures.items() if len(cells) > 1]
    if not rows:
        return None
    row = draft.random.choice(rows)
    one, other = draft.random.sample(draft.figures[row], 2)
    draft.swap_texts((row, one), (row, other))
    return draft.either((row, one), (row, other))


def _row_lost(draft: _Draft) -> Readings | None:
    lost = draft.row()
    if lost is None:
        return None
    _stretch(draft.rows, lost, -1)
    tall = [cell._replace(rows=cell.rows - 1) for cell in draft.rows[lost] if cell.rows > 1]
    if tall and lost + 1 < len(draft.rows):
        draft.rows[lost + 1][:0] = tall
    del draft.rows[lost]
    return {}


def _row_doubled(draft: _Draft) -> Readings | None:
    doubled = draft.row()
    if doubled is None:
        return None
    _stretch(draft.rows, doubled, 1)
    again = [cell for cell in draft.rows[doubled] if cell.rows == 1]
    draft.rows[doubled] = [
        cell._replace(rows=cell.rows + 1) if cell.rows > 1 else cell for cell in draft.rows[doubled]
    ]
    draft.rows.insert(doubled + 1, again)
    return {}


def _stretch(rows: Rows, at: int, by: int) -> None:
    """Cells from above that reach into a row become taller or lower by a row."""
    for above in range(at):
        rows[above] = [
            cell._replace(rows=cell.rows + by) if above + cell.rows > at else cell
            for cell in rows[above]
        ]


def _labels_swapped(draft: _Draft) -> Readings | None:
    """Only of rows with as many figures: there a label may be trusted more than a place."""
    labelled = [row for row in draft.figures if draft.label(row) is not None]
    pairs = [
        (one, other)
        for at, one in enumerate(labelled)
        for other in labelled[at + 1 :]
        if len(draft.figures[one]) == len(draft.figures[other])
    ]
    if not pairs:
        return None
    one, other = draft.random.choice(pairs)
    draft.swap_texts((one, draft.figures[one][0] - 1), (other, draft.figures[other][0] - 1))
    readings: Readings = {}
    for first, second in zip(draft.figures[one], draft.figures[other], strict=True):
        readings |= draft.either((one, first), (other, second))
    return readings


def _label_emptied(draft: _Draft) -> Readings | None:
    rows = [row for row in draft.figures if draft.label(row) is not None]
    if not rows:
        return None
    row = draft.random.choice(rows)
    at = draft.figures[row][0] - 1
    draft.rows[row][at] = draft.rows[row][at]._replace(text="")
    return {}


def _digit_changed(draft: _Draft) -> Readings | None:
    printed = [spot for spot in sorted(draft.mapped.ids) if draft.value(spot)]
    if not printed:
        return None
    row, at = draft.random.choice(printed)
    text = draft.rows[row][at].text
    places = [place for place, mark in enumerate(text) if mark.isdigit()]
    place = draft.random.choice(places)
    first = 1 if place == places[0] and len(places) > 1 else 0
    digit = draft.random.choice(
        [number for number in range(first, 10) if number != int(text[place])]
    )
    mark = chr(ord(text[place]) - int(text[place]) + digit)  # full-width ones stay so
    changed = text[:place] + mark + text[place + 1 :]
    draft.rows[row][at] = draft.rows[row][at]._replace(text=changed)
    number = figure(changed)
    return {draft.mapped.ids[row, at]: frozenset({number})} if number is not None else None


def _zeros_blanked(draft: _Draft) -> Readings | None:
    """Every zero is left blank, as many a body does."""
    zeros = [spot for spot in draft.mapped.ids if draft.value(spot) == {Decimal(0)}]
    for row, at in zeros:
        draft.rows[row][at] = draft.rows[row][at]._replace(text="")
    return {}


def _header_lost(draft: _Draft) -> Readings | None:
    del draft.rows[: draft.mapped.head]
    return {}


def _swap_heads(draft: _Draft, *, of_groups: bool) -> list[tuple[list[Spot], list[Spot]]] | None:
    """Swap two labels, of groups those over as many columns each; the cells below either."""
    heads = _heads(draft)
    if of_groups:
        groups = _groups(draft)
        if groups is None:
            return None
        (one, under_one), (other, under_other) = groups
        leaves = list(zip(under_one, under_other, strict=True))
    else:
        pair = _siblings(draft, heads)
        if pair is None:
            return None
        (one, other), leaves = pair, [pair]
    draft.swap_texts(one, other)
    return [(heads[a], heads[b]) for a, b in leaves]


def _head_labels_swapped(draft: _Draft, *, of_groups: bool) -> Readings | None:
    """Two labels swapped: each figure is what stands over it."""
    below = _swap_heads(draft, of_groups=of_groups)
    return None if below is None else _as_read_below(draft, below)


def _swapped_whole(draft: _Draft, *, of_groups: bool) -> Readings | None:
    """The same with their figures: nothing of what the table says changes."""
    below = _swap_heads(draft, of_groups=of_groups)
    if below is None:
        return None
    for first, second in below:
        _swap_below(draft, first, second)
    return {}


def _column_moved(draft: _Draft) -> Readings | None:
    """A column before one on its left, the totals before all others for example."""
    heads = _heads(draft)
    pair = _siblings(draft, heads)
    if pair is None or pair[0][0] != pair[1][0]:
        return None
    one, other = sorted(pair)
    draft.rows[one[0]].insert(one[1], draft.rows[one[0]].pop(other[1]))
    first = dict(heads[one])
    for row, at in heads[other]:
        if row in first:
            draft.rows[row].insert(first[row], draft.rows[row].pop(at))
    return {}


def _column_deleted(draft: _Draft) -> Readings | None:
    columns = _columns(draft.rows)
    leaves = [leaf for leaf in sorted(_heads(draft)) if _cell(draft, leaf).columns == 1]
    if len(leaves) < _FEWEST_COLUMNS:
        return None
    gone = columns[draft.random.choice(leaves)]
    for (row, at), column in sorted(columns.items(), reverse=True):
        cell = draft.rows[row][at]
        if column <= gone < column + cell.columns:
            if cell.columns > 1:
                draft.rows[row][at] = cell._replace(columns=cell.columns - 1)
            else:
                del draft.rows[row][at]
    return {}


def _cell(draft: _Draft, spot: Spot) -> GridCell:
    return draft.rows[spot[0]][spot[1]]


def _heads(draft: _Draft) -> dict[Spot, list[Spot]]:
    """The lowest labels of the header, each with the figures below it."""
    columns = _columns(draft.rows)
    under: dict[Spot, list[Spot]] = {}
    for spot in sorted(draft.mapped.ids):
        leaf = _leaf(draft, columns, spot)
        if leaf is not None and not _is_headed_again(draft, columns, spot):
            under.setdefault(leaf, []).append(spot)
    return under


def _is_headed_again(draft: _Draft, columns: dict[Spot, int], spot: Spot) -> bool:
    """Whether a header within the table stands between the one on top and a figure."""
    return any(
        column == columns[spot] and draft.mapped.head <= row < spot[0]
        and row not in draft.figures and draft.rows[row][at].text.strip()
        for (row, at), column in columns.items()
    )  # fmt: skip


def _siblings(draft: _Draft, heads: dict[Spot, list[Spot]]) -> tuple[Spot, Spot] | None:
    """Two of them under the same label, or both under none."""
    columns = _columns(draft.rows)
    pairs = [
        (one, other)
        for at, one in enumerate(sorted(heads))
        for other in sorted(heads)[at + 1 :]
        if _parent(draft, columns, one) == _parent(draft, columns, other)
    ]
    return draft.random.choice(pairs) if pairs else None


def _groups(draft: _Draft) -> tuple[tuple[Spot, list[Spot]], tuple[Spot, list[Spot]]] | None:
    """Two labels of one row, each with as many of the lowest labels below it."""
    columns = _columns(draft.rows)
    under: dict[Spot, list[Spot]] = {}
    for leaf in sorted(_heads(draft), key=lambda leaf: columns[leaf]):
        parent = _parent(draft, columns, leaf)
        if parent is not None:
            under.setdefault(parent, []).append(leaf)
    pairs = [
        ((one, under[one]), (other, under[other]))
        for at, one in enumerate(sorted(under))
        for other in sorted(under)[at + 1 :]
        if one[0] == other[0] and len(under[one]) == len(under[other]) > 1
    ]
    return draft.random.choice(pairs) if pairs else None


def _swap_below(draft: _Draft, one: list[Spot], other: list[Spot]) -> None:
    for first in one:
        for second in other:
            if first[0] == second[0]:
                draft.swap_texts(first, second)


def _as_read_below(draft: _Draft, pairs: list[tuple[list[Spot], list[Spot]]]) -> Readings:
    """Figures that stand below the label of the other one now."""
    readings: Readings = {}
    for one, other in pairs:
        for first in one:
            for second in other:
                if first[0] == second[0]:
                    ids = draft.mapped.ids
                    readings[ids[first]] = draft.value(second)
                    readings[ids[second]] = draft.value(first)
    return readings


def _columns(rows: Rows) -> dict[Spot, int]:
    """The column in which each cell begins."""
    taken: set[tuple[int, int]] = set()
    found: dict[Spot, int] = {}
    for row, cells in enumerate(rows):
        column = 0
        for at, cell in enumerate(cells):
            while (row, column) in taken:
                column += 1
            found[row, at] = column
            taken |= {
                (row + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
    return found


def _leaf(draft: _Draft, columns: dict[Spot, int], spot: Spot) -> Spot | None:
    """The lowest label of the header that stands over a figure and is just as wide."""
    wide = draft.rows[spot[0]][spot[1]].columns
    over = [
        (row, at)
        for (row, at), column in columns.items()
        if row < draft.mapped.head
        and column == columns[spot]
        and draft.rows[row][at].columns == wide
        and row + draft.rows[row][at].rows == draft.mapped.head
    ]
    return over[-1] if over else None


def _parent(draft: _Draft, columns: dict[Spot, int], leaf: Spot) -> Spot | None:
    """The label right above one, or None."""
    for (row, at), column in columns.items():
        cell = draft.rows[row][at]
        is_over = column <= columns[leaf] < column + cell.columns
        if is_over and row + cell.rows == leaf[0]:
            return row, at
    return None


def _digits_glued(draft: _Draft) -> Readings | None:
    """The figures of every row run together in one cell."""
    for row, cells in draft.figures.items():
        glued = [draft.rows[row][at] for at in cells]
        text = "".join(cell.text for cell in glued)
        whole = GridCell(text, sum(cell.columns for cell in glued))
        draft.rows[row][cells[0] : cells[-1] + 1] = [whole]
    return {}


KINDS: Mapping[str, Callable[[_Draft], Readings | None]] = {
    "cell dropped": _cell_dropped,
    "cell doubled": _cell_doubled,
    "cells swapped": _cells_swapped,
    "row lost": _row_lost,
    "row doubled": _row_doubled,
    "labels swapped": _labels_swapped,
    "label emptied": _label_emptied,
    "digit changed": _digit_changed,
    "zeros blanked": _zeros_blanked,
    "header lost": _header_lost,
    "header labels swapped": partial(_head_labels_swapped, of_groups=False),
    "group labels swapped": partial(_head_labels_swapped, of_groups=True),
    "columns swapped": partial(_swapped_whole, of_groups=False),
    "groups swapped": partial(_swapped_whole, of_groups=True),
    "column moved": _column_moved,
    "column deleted": _column_deleted,
    "digits glued": _digits_glued,
}
