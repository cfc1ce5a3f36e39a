"""Which column of the form stands at which place of a table, by its header.

Where no place is known, its words may still name the columns in the order of the form.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from assistant.form.model import Grid, Indicator
from assistant.tables.cell_grid import Spot
from assistant.tables.form_lines import FormLines, header_names, words_over
from assistant.values.grouping import grouped
from assistant.values.labels import plain

Key = tuple[str, str]
"""Row and column of the form; the row is empty where all rows share the columns."""
Order = Literal["", "kept", "without totals", "other"]
"""Nothing of most columns; all of them in the order of the form; all but the totals; another order
or number."""


class Anchors(NamedTuple):
    """Where the columns of a table of the form stand."""

    places: Mapping[Key, tuple[int, ...]]
    """By row and column the places, from 0; several beside one another where it is wide."""
    width: int
    """Columns of the header."""
    words: Mapping[Key, str]
    """What the header says of each, with its unit."""
    in_order: bool = True
    """Whether they are all columns of the form, but perhaps for totals, in its order: only then the
    number of the cells of a row says which is which."""
    nameless: frozenset[int] = frozenset()
    """Places over which nothing stands but what stands over a column left of them: lost spans."""

    def has(self, cells: Iterable[Indicator]) -> bool:
        """Whether columns of every row stand somewhere that some cells are of."""
        rows = {row for row, _ in self.places}
        return "" in rows or {cell.row for cell in cells} <= rows

    def of(self, cell: Indicator) -> tuple[int, ...]:
        """The places of a cell."""
        return self.places.get((cell.row, cell.column)) or self.places.get(("", cell.column), ())


def read_header(head: Sequence[Sequence[Spot]], grid: Grid, form: FormLines) -> Anchors | None:
    """Read the rows above the figures.

    Of a table that has all its cells in one row they may name those of one row of the form.

    Returns:
        Where each column stands that they name, in whatever order; `None` where they do not name
        most columns of the table, each once and each with figures below it.
    """
    width = max(map(len, head), default=0)
    keys = [_key(head, at, grid, form) for at in range(width)]
    columns = {key[1] for key in keys if key is not None}
    if not _names_most(columns, grid) or not _named_in(head, grid, form) <= columns:
        return None
    wanted: list[Key] = [("", column.id) for column in grid.columns]
    if grid.layout == "across":
        wanted = [(row.id, column.id) for row in grid.lines for column in grid.columns]
        leaves = [key for key in keys if key is not None]
        if [("", column) for _, column in wanted] == leaves:  # the rows are not named at all
            told = iter(wanted)
            keys = [None if key is None else next(told) for key in keys]
    places = grouped((key, at) for at, key in enumerate(keys) if key is not None)
    found = list(places)
    runs = all(each[-1] - each[0] + 1 == len(each) for each in places.values())
    if not runs or not _is_even(found, grid):
        return None
    words = {key: "".join(_path(head, each[0])) for key, each in places.items()}
    of_one_row = [key for key in wanted if key[0] == found[0][0]]
    in_order = any(_are_named(found, each, grid) for each in (wanted, of_one_row))
    return Anchors(places, width, words, in_order, _nameless(head, keys))


def _nameless(head: Sequence[Sequence[Spot]], keys: Sequence[Key | None]) -> frozenset[int]:
    found: set[int] = set()
    told: set[str] = set()
    for at, key in enumerate(keys):
        path = {*_path(head, at)}
        if key is not None:
            told = path
        elif told and path <= told:
            found.add(at)
        else:
            told = set()
    return frozenset(found)


def _named_in(head: Sequence[Sequence[Spot]], grid: Grid, form: FormLines) -> set[str]:
    """The columns that any cell of a header names."""
    texts = {spot.cell.text for row in head for spot in row}
    return {column.id for text in texts if (column := form.column(grid, text)) is not None}


def _is_even(keys: Iterable[Key], grid: Grid) -> bool:
    """Whether the rows that are printed over columns, all or a single one, have the same."""
    if grid.layout != "across":
        return True
    by_row = grouped(dict.fromkeys(keys))
    first, *others = ({*columns} for columns in by_row.values())
    is_told = "" not in by_row and len(by_row) in (1, len(grid.lines))
    return is_told and all(each == first for each in others)


def _are_named(found: list[Key], wanted: list[Key], grid: Grid) -> bool:
    """Whether all columns are there, or all but those of totals."""
    computed = {column.id for column in grid.columns if column.computed}
    return bool(found) and found in (wanted, [key for key in wanted if key[1] not in computed])


def _path(head: Sequence[Sequence[Spot]], at: int) -> list[str]:
    """What stands over a place, from top to bottom."""
    texts = (row[at].cell.text for row in head if at < len(row))
    return [text for text in dict.fromkeys(texts) if text.strip()]


def _wide_path(head: Sequence[Sequence[Spot]], at: int) -> list[str]:
    """The same, where a blank cell belongs to the words left of it: a span that was lost."""
    rows = ([spot.cell.text for spot in row[: at + 1]] for row in head if at < len(row))
    return [next((text for text in reversed(row) if text.strip()), "") for row in rows]


def _key(head: Sequence[Sequence[Spot]], at: int, grid: Grid, form: FormLines) -> Key | None:
    for text in reversed(_path(head, at)):
        column = form.column(grid, text)
        if column is not None:
            if grid.layout != "across":
                return "", column.id
            return _row(_wide_path(head, at), grid), column.id
    return None


def _row(path: list[str], grid: Grid) -> str:
    """The row of the form that stands over a place, the innermost of those that are named."""
    told = plain("".join(path))
    for row in reversed(grid.lines):
        names = {plain(row.label), *map(plain, row.printed)}
        if any(name in told for name in names):
            return row.id
    return ""


def _names_most(columns: Iterable[str], grid: Grid) -> bool:
    """Whether some columns are most of those of a table, so that words are its header."""
    asked = {column.id for column in grid.columns if not column.computed}
    return 2 * len({*columns} & asked) > len(asked)


def order_of(block: Sequence[str], grid: Grid) -> Order:
    """What lines of words say of the order of columns.

    Args:
        block: The lines without a figure right above some, letters alone.
        grid: The table whose columns they may name.
    """
    columns, rows = _told(block, grid)
    if not _names_most(columns, grid):
        return ""
    letters = Counter("".join(block))
    lost = [
        column
        for column in grid.columns
        if not any(Counter(name) <= letters for name in header_names(grid)[column.id])
    ]
    if not all(column.computed for column in lost) or not _is_in_order(columns, rows, grid):
        return "other"
    return "without totals" if lost else "kept"


def _told(block: Sequence[str], grid: Grid) -> tuple[list[str], list[str]]:
    """The ids of columns and of rows printed over them that the last lines of a block name.

    Once they name most columns, a line that names nothing stands above the header.
    """
    names = _names(grid)
    pattern = _pattern(grid)
    columns: list[str] = []
    rows: list[str] = []
    for line in reversed(block):
        found = [names[match] for match in _whole(pattern, line)]
        if not found and _names_most(columns, grid):
            break
        columns[:0] = [name for kind, name in found if kind == "column"]
        rows[:0] = [name for kind, name in found if kind == "row"]
    return columns, rows


def _whole(pattern: re.Pattern[str], line: str) -> list[str]:
    """The names in a line that do not stand within other words, 其他 in 法人或者其他组织."""
    found = [*pattern.finditer(line)]
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found[1:]), len(line)]
    return [
        match.group()
        for match, before, behind in zip(found, ends, starts, strict=False)
        if match.start() == before or match.end() == behind
    ]


def _is_in_order(columns: Sequence[str], rows: Sequence[str], grid: Grid) -> bool:
    """Whether names follow one another as the form has them, those of a lower level last."""
    if grid.layout == "across":
        cycle = [column.id for column in grid.columns if column.id in columns]
        nearest = dict.fromkeys(reversed(rows))  # a title above may name them too
        is_rising = _rises([*nearest][::-1], _places(line.id for line in grid.lines))
        return is_rising and [*columns] == cycle * (len(columns) // len(cycle))
    levels = sorted(grid.columns, key=lambda column: bool(column.group))
    orders = (_places(each.id for each in several) for several in (grid.columns, levels))
    return any(_rises(columns, places) for places in orders)


def _places(ids: Iterable[str]) -> Mapping[str, int]:
    return {name: at for at, name in enumerate(ids)}


def _rises(ids: Sequence[str], places: Mapping[str, int]) -> bool:
    return all(places[one] < places[other] for one, other in pairwise(ids))


@lru_cache(maxsize=64)
def _names(grid: Grid) -> Mapping[str, tuple[str, str]]:
    """What each name stands for: a column, a row that is printed over columns, or neither."""
    found = dict.fromkeys(words_over(grid), ("over", ""))
    if grid.layout == "across":
        for row in grid.lines:
            found |= {plain(label): ("row", row.id) for label in (row.label, *row.printed)}
    columns = header_names(grid).items()
    return found | {name: ("column", column) for column, names in columns for name in names}


@lru_cache(maxsize=64)
def _pattern(grid: Grid) -> re.Pattern[str]:
    names = sorted(_names(grid), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))
