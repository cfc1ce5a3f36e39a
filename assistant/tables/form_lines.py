"""The rows and columns of a form by every label that tables print for them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import islice, product

from assistant.form.model import (
    Balance,
    Edition,
    Grid,
    GridColumn,
    GridRow,
    Heading,
    Indicator,
    Sum,
)
from assistant.values import MEASURES, Value
from assistant.values.characters import is_chinese
from assistant.values.grouping import grouped
from assistant.values.labels import folded_label, plain, squeezed

_LIKE = 0.72
"""How alike a damaged label is to the one that it was, at least."""
_LONGEST = 200
"""Characters of a label; the forms have a quarter of it."""
_SHORTEST_DAMAGED = 4
_MOST_ADDED = 2
"""Characters that a damaged label has more than it ought to, at most."""
_UNITS = frozenset("".join(MEASURES))
Equation = tuple[tuple[str, ...], tuple[str, ...]]
"""Cells that together are as much as others, both sides."""
_MOST_HEADERS = 500
"""Ways to print the names of all columns of a table."""


def _keys(labels: Iterable[str]) -> frozenset[str]:
    found = {form(label) for label in labels for form in (plain, folded_label)}
    return frozenset(found - {""})


@dataclass(frozen=True, eq=False)
class FormLine:
    """A row of the form with its cells."""

    at: int
    """Its place in the form."""
    grid: str
    """Id of the table it stands in; empty for the annex."""
    names: frozenset[str]
    """What it is called; nothing where a table has all its cells in one row."""
    above: tuple[str, ...]
    """Ids of the rows above it that it stands within, nearest first."""
    cells: tuple[Indicator, ...]
    """From left to right; none of a heading."""
    id: str = ""
    """Of the row; empty for one that is all of a table."""

    @property
    def part(self) -> str:
        """The topmost row of the form that it belongs to, perhaps itself."""
        return [self.id, *self.above][-1]

    def is_within(self, other: "FormLine") -> bool:
        """Whether it stands within another row, or is that row."""
        return self is other or other.id in self.above


class FormLines:
    """The rows and columns of one edition, found by what tables print."""

    def __init__(self, edition: Edition) -> None:
        """Take the edition."""
        self.edition = edition
        self.lines = tuple(replace(line, at=at) for at, line in enumerate(_lines(edition)))

    @cached_property
    def by_name(self) -> Mapping[str, tuple[FormLine, ...]]:
        """The rows of a label, several where the form uses it twice."""
        return grouped((name, line) for line in self.lines for name in line.names)

    @cached_property
    def unnamed(self) -> tuple[FormLine, ...]:
        """The rows without a label, which hold all cells of a table."""
        return tuple(line for line in self.lines if not line.names)

    @cached_property
    def pieces(self) -> tuple[FormLine, ...]:
        """The rows of such tables, which may be printed as tables of their own under a title."""
        wholes = {line.grid for line in self.unnamed}
        return tuple(
            line for line in self.lines if line.names and line.cells and line.grid in wholes
        )

    def is_title(self, text: str) -> bool:
        """Whether a text is the title of a table, or of a row that is printed as one."""
        return name_of(text) in self.titles or any(
            line in self.pieces for line in self.called(text)
        )

    def within(self, heading: FormLine) -> tuple[FormLine, ...]:
        """The rows right below a heading; nothing where there are headings among them."""
        inside = [line for line in self.lines if heading.id in line.above[:1]]
        return tuple(inside) if all(line.cells for line in inside) else ()

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The table of each title, 第二十条第（一）项."""
        return {plain(grid.title): grid.id for grid in self.edition.grids if grid.title}

    @cached_property
    def equal(self) -> tuple[Equation, ...]:
        """What the form itself says is as much as something else."""
        rules = [rule for rule in self.edition.rules if rule.level == "error"]
        return (
            *(((rule.total,), rule.parts) for rule in rules if isinstance(rule, Sum)),
            *((rule.left, rule.right) for rule in rules if isinstance(rule, Balance)),
        )

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether every sum of the form is right all of whose cells are given."""
        return not any(self.broken(values))

    def broken(self, values: Mapping[str, Value]) -> Iterator[tuple[str, ...]]:
        """The cells of every sum that is wrong."""
        for left, right in self.equal:
            cells = (*left, *right)
            is_known = all(cell in values for cell in cells)
            if is_known and sum(values[c] for c in left) != sum(values[c] for c in right):
                yield cells

    @cached_property
    def equal_of(self) -> Mapping[str, tuple[Equation, ...]]:
        """By cell both sides of what it counts in."""
        told = ((each, dict.fromkeys((*each[0], *each[1]))) for each in self.equal)
        return grouped((name, each) for each, names in told for name in names)

    def row_sums(self, cells: Sequence[Indicator]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The totals that stand in a row with all that they are made of."""
        names = {cell.id for cell in cells}
        for (total, *others), parts in self.equal:
            if not others and total in names and {*parts} <= names:
                yield total, parts

    def called(self, label: str) -> tuple[FormLine, ...]:
        """The rows that a label names as it is printed."""
        if len(label) > _LONGEST:
            return ()
        as_printed, folded = _forms(label)
        return self.by_name.get(as_printed) or self.by_name.get(folded, ())

    def like(self, label: str) -> dict[FormLine, float]:
        """The rows that a damaged label may have named, each with how alike it is.

        One that goes on is not damaged, it names a single cell: 规范性文件·本年制发件数.
        """
        said = _forms(label)[1] if len(label) <= _LONGEST else ""
        if len(said) < _SHORTEST_DAMAGED or not any(map(is_chinese, said)):
            return {}
        found: dict[FormLine, float] = {}
        letters = {*said}
        least = max(int(len(said) * _LIKE / (2 - _LIKE)), len(said) - _MOST_ADDED)
        most = int(len(said) * (2 - _LIKE) / _LIKE) + 1  # no other length can be as alike
        for size in range(least, most + 1):
            for name, its_letters, lines in self._damageable.get(size, ()):
                if len(its_letters & letters) * 2 <= len(its_letters):
                    continue
                shared = sum(letter in its_letters for letter in said)
                if 2 * shared < _LIKE * (len(name) + len(said)):
                    continue
                ratio = SequenceMatcher(None, said, name, autojunk=False).ratio()
                for line in lines if ratio >= _LIKE else ():
                    if not self._is_cell(said, name, line):
                        found[line] = max(ratio, found.get(line, 0))
        return found

    @cached_property
    def _damageable(
        self,
    ) -> Mapping[int, Sequence[tuple[str, frozenset[str], tuple[FormLine, ...]]]]:
        """By length the labels of rows of figures that are long enough to be known if damaged."""
        with_cells = {
            name: tuple(line for line in lines if line.cells)
            for name, lines in self.by_name.items() if len(name) >= _SHORTEST_DAMAGED
        }  # fmt: skip
        return grouped(
            (len(name), (name, frozenset(name), lines))
            for name, lines in with_cells.items()
            if lines
        )

    def _is_cell(self, said: str, name: str, line: FormLine) -> bool:
        """Whether a label ends with a column of the table, and the name of the row does not."""
        ends = self._columns.get(line.grid, ())
        return any(said.endswith(end) and not name.endswith(end) for end in ends)

    def is_header(self, text: str, grid: Grid, *, has_corner: bool) -> bool:
        """Whether letters are those of the names of all columns, and perhaps of their units.

        Args:
            text: What a header prints; lines may break its names and mix their parts.
            grid: The table.
            has_corner: Whether what stands over its labels has to be among it.
        """
        corner = plain(grid.stub)
        if len(text) > _LONGEST or (has_corner and not corner):
            return False
        corners = [corner] if has_corner else [corner, ""]
        return any(
            _is_made_of(text, (each, *names)) for names in _headers(grid) for each in corners
        )

    def column(self, grid: Grid, text: str) -> GridColumn | None:
        """The column that a header names, perhaps behind what stands over it: 申请人情况·自然人."""
        if len(text) > _LONGEST:
            return None
        columns = self._columns[grid.id]
        said = _forms(text)
        for each in said:
            if each in columns:
                return columns[each]
        over = _over(grid)
        for name, column in columns.items():
            for each in said:
                if each.endswith(name) and over.fullmatch(each.removesuffix(name)):
                    return column
        return None

    def has_columns(self, words: Sequence[str], grids: Iterable[Grid]) -> bool:
        """Whether some words name several columns of one table."""
        named = (sum(self.column(grid, text) is not None for text in words) for grid in grids)
        return len(words) > 1 and any(count > 1 for count in named)

    @cached_property
    def _columns(self) -> Mapping[str, Mapping[str, GridColumn]]:
        """By table the columns of each name, the first of those that share one."""
        found: dict[str, dict[str, GridColumn]] = {}
        for grid in self.edition.grids:
            named = found.setdefault(grid.id, {})
            for column in grid.columns:
                for name in _keys((column.label, column.as_part, *column.printed)):
                    named.setdefault(name, column)
        return found


@lru_cache(maxsize=64)
def header_names(grid: Grid) -> Mapping[str, frozenset[str]]:
    """What headers print for each column, by its id, without what it is called in questions."""
    return {column.id: _keys((column.label, *column.printed)) for column in grid.columns}


@lru_cache(maxsize=64)
def words_over(grid: Grid) -> frozenset[str]:
    """What headers print beside and over the names of columns."""
    words = {grid.title, grid.stub, grid.over, *(column.group for column in grid.columns)}
    if grid.layout == "across":
        words |= {label for row in grid.rows for label in (row.label, *row.printed)}
    return _keys(filter(None, words))


@lru_cache(maxsize=64)
def _headers(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """What headers print for all columns."""
    return tuple(islice(product(*map(sorted, header_names(grid).values())), _MOST_HEADERS))


def _is_made_of(text: str, names: Sequence[str]) -> bool:
    """Whether a text has the letters of some names, in their order if it has them whole."""
    wanted = Counter("".join(names))
    letters = Counter(text)
    if not (wanted <= letters and {*(letters - wanted)} <= _UNITS):
        return False
    places = [text.find(each) for each in names]
    return min(places) < 0 or places == sorted(places)


def name_of(text: str) -> str:
    """What a cell calls something, letters and digits alone; nothing of one that is too long."""
    return _forms(text)[0] if len(text) <= _LONGEST else ""


@lru_cache(maxsize=1_024)
def _forms(text: str) -> tuple[str, str]:
    """A label of bounded length with what stands in brackets or before it, and without.

    What stands in brackets within it is part of it: 其他处理（逾期不补正）·其他.
    """
    as_printed, folded = plain(text), folded_label(text)
    behind = squeezed(text).rpartition(")")[2]
    is_within = bool(plain(behind)) and folded_label(behind) != folded
    return as_printed, as_printed if is_within else folded


@lru_cache(maxsize=64)
def _over(grid: Grid) -> re.Pattern[str]:
    """What may stand before the name of a column in one cell with it."""
    found = sorted(words_over(grid), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, found))})*" if found else "")


def _lines(edition: Edition) -> Iterator[FormLine]:
    """The rows of the form from top to bottom, of one that is printed across the whole first."""
    for grid in edition.grids:
        if grid.layout == "across":
            yield FormLine(0, grid.id, frozenset(), (), tuple(grid.by_place.values()))
        for row in grid.rows:
            yield _line(edition, row, grid.id, tuple(grid.of_row(row.id)))
    for each in edition.rows:
        yield _line(edition, each, "", (each,) if isinstance(each, Indicator) else ())


def _line(
    edition: Edition, row: Heading | GridRow | Indicator, grid: str, cells: tuple[Indicator, ...]
) -> FormLine:
    above = list(edition.ancestors(row))
    labels = [row.label, *row.printed, *row.aliases]
    if not isinstance(row, Heading):
        labels += [row.short, *(f"{each.label}{row.label}" for each in above)]
    return FormLine(0, grid, _keys(labels), tuple(each.id for each in above), cells, row.id)


@lru_cache(maxsize=8)
def form_lines(edition: Edition) -> FormLines:
    """The rows and columns of an edition, which never changes once it is read."""
    return FormLines(edition)
