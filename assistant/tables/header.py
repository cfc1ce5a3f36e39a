"""Which column of the form stands at which place of a table, by its header."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.form.model import Grid, Indicator
from assistant.tables.cell_grid import Spot
from assistant.tables.form_lines import FormLines
from assistant.tables.header_words import names_most
from assistant.values.labels import plain

Key = tuple[str, str]
"""Row and column of the form; the row is empty where all rows share the columns."""


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
    if not names_most(columns, grid) or not _named_in(head, grid, form) <= columns:
        return None
    wanted: list[Key] = [("", column.id) for column in grid.columns]
    if grid.layout == "across":
        wanted = [(row.id, column.id) for row in grid.lines for column in grid.columns]
        leaves = [key for key in keys if key is not None]
        if [("", column) for _, column in wanted] == leaves:  # the rows are not named at all
            told = iter(wanted)
            keys = [None if key is None else next(told) for key in keys]
    places: dict[Key, list[int]] = {}
    for at, key in enumerate(keys):
        if key is not None:
            places.setdefault(key, []).append(at)
    found = list(places)
    runs = all(each[-1] - each[0] + 1 == len(each) for each in places.values())
    if not runs or not _is_even(found, grid):
        return None
    words = {key: "".join(_path(head, each[0])) for key, each in places.items()}
    of_one_row = [key for key in wanted if key[0] == found[0][0]]
    in_order = any(_are_named(found, each, grid) for each in (wanted, of_one_row))
    found_at = {key: tuple(each) for key, each in places.items()}
    return Anchors(found_at, width, words, in_order, _nameless(head, keys))


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
    by_row: dict[str, set[str]] = {}
    for row, column in keys:
        by_row.setdefault(row, set()).add(column)
    first, *others = by_row.values()
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
