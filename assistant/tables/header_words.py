"""Whether words above figures name the columns of a table in its order, where no place is known."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.form.model import Grid
from assistant.tables.form_lines import header_names, words_over
from assistant.values.labels import plain

Order = Literal["", "kept", "without totals", "other"]
"""Nothing of most columns; all of them in the order of the form; all but the totals; another order
or number."""


def names_most(columns: Iterable[str], grid: Grid) -> bool:
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
    if not names_most(columns, grid):
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
        if not found and names_most(columns, grid):
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
