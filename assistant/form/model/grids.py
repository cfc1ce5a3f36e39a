"""A table of the form with several columns of numbers: rows, columns, and the cells they make."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Annotated, Any, Literal

from assistant.form.entry import Limits, Strict
from assistant.form.model.questions import Heading, Help, Indicator, Printed
from assistant.values import Kind
from assistant.values.grouping import grouped

_WITHIN_QUOTES = str.maketrans("“”", "‘’")
_Name = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*$")]


class GridColumn(Strict):
    """One column of numbers."""

    id: _Name
    label: str
    kind: Kind | None = None
    """What its numbers are, where that is not what those of the table are."""
    unit: str = ""
    """Their unit; that of the table when empty."""
    printed: tuple[str, ...] = ()
    """Other labels that real tables print for it."""
    group: str = ""
    """What the header prints over this column and its neighbours of the same group."""
    as_part: str = ""
    """What questions and enumerations call it; `label` when empty."""
    as_whole: str = ""
    """How a sentence says that it makes up the whole, 均获维持; of one without 均."""
    initials: str = ""
    computed: bool = False
    """Its cells are sums over the other columns, and tell the row in sentences."""
    table_only: bool = False

    @property
    def said(self) -> str:
        """What sentences call it."""
        return self.as_part or self.label


class ColumnGroup(Strict):
    """Columns beside one another that are counted together, 法人或其他组织."""

    id: _Name
    label: str
    """As the columns name it in `group`, and the header prints it."""
    as_whole: str = ""
    """How a sentence says that they make up the whole."""


class CellEntry(Strict):
    """What one cell has of its own; all else comes from its row and its column."""

    ask: str = ""
    help: Help | None = None
    aliases: tuple[str, ...] = ()
    initials: str = ""
    short: str = ""
    as_part: str = ""
    as_whole: str = ""
    table_only: bool | None = None


class GridRow(Printed):
    """One row of cells, with the help that its cells share."""

    id: _Name
    kind: Literal["row"]
    short: str
    """The noun phrase of a sentence, as in 予以公开3件."""
    as_part: str = ""
    as_whole: str = ""
    aliases: tuple[str, ...] = ()
    initials: str = ""
    help: Help | None = None
    computed: bool = False
    """Its cells are sums over other rows."""
    table_only: bool | None = None
    """Overrules the column; None leaves it to the column."""
    cells: dict[str, CellEntry] = field(default_factory=dict)
    """Own words of single cells, by column."""

    @property
    def quotable_label(self) -> str:
        """The label as it stands within quotes: those of its own are single there."""
        return self.label.translate(_WITHIN_QUOTES)


class Grid(Strict):
    """A table with rows, columns and a header of one to three levels."""

    id: _Name
    title: str = ""
    """Printed over all columns; empty for none."""
    stub: str = ""
    """What the corner above the row labels says."""
    over: str = ""
    """What the header prints over all columns of numbers; empty for none."""
    layout: Literal["rows", "across"] = "rows"
    """Whether each row is printed on its own, or all beside one another in a single one."""
    headings: Literal["above", "beside"] = "above"
    """Whether a heading is printed in a row of its own, or left of the rows that it holds."""
    joint: Literal[".", "_"] = "."
    """What stands between row and column in the id of a cell."""
    kind: Kind
    unit: str
    ask: str = ""
    """How a cell is asked for, with {row} and {column}."""
    ask_row: str = ""
    """How a whole row is asked for, with {row}."""
    short: str = "{column}{row}"
    """The noun phrase of a cell that no sum makes up."""
    help: Help | None = None
    """The help of cells whose row has none."""
    rows_from: str = ""
    """The fact that says which rows occurred at all; the others are zero and not asked."""
    columns_from: str = ""
    """The fact that says which columns occurred at all."""
    columns: Annotated[tuple[GridColumn, ...], Limits(min_length=1)]
    groups: tuple[ColumnGroup, ...] = ()
    """The groups of columns that have sums of their own."""
    rows: tuple[Annotated[Heading | GridRow, Limits(discriminator="kind")], ...]

    @property
    def lines(self) -> tuple[GridRow, ...]:
        """The rows that hold cells, in order."""
        return tuple(row for row in self.rows if isinstance(row, GridRow))

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], Indicator]:
        """Every cell by row and column, in the order of the form."""
        return {
            (row.id, column.id): _make_cell(self, row, column)
            for row in self.lines
            for column in self.columns
        }

    @cached_property
    def subtotals(self) -> Mapping[str, tuple[Indicator, tuple[str, ...]]]:
        """The sums over the rows under a heading and over groups of columns, each with its cells.

        `deny.total` is that of all rows under the heading `deny`, `open.org` that of all columns
        of the group `org`. A heading that has a row of totals has none: that row is its sum.
        """
        headings = [(_summing(row), self._under(row)) for row in self.rows if row.kind == "heading"]
        rows = [*headings, *((row, (row,)) for row in self.lines)]
        columns = [(column, [column]) for column in self.columns]
        for group in self.groups:
            made = GridColumn(id=group.id, label=group.label, as_whole=group.as_whole)
            columns.append((made, [c for c in self.columns if c.group == group.label]))
        return {
            cell.id: (
                cell,
                tuple(self.by_place[line.id, each.id].id for line in lines for each in inside),
            )
            for row, lines in rows
            for column, inside in columns
            if len(lines) * len(inside) > 1
            for cell in (replace(_make_cell(self, row, column), computed=True),)
        }

    def _under(self, heading: Heading) -> tuple[GridRow, ...]:
        """The rows under a heading; none where one of them is their total."""
        rows = tuple(row for row in self.lines if row.parent == heading.id)
        return () if any(row.computed for row in rows) else rows

    def row_question(self, row: GridRow) -> str:
        """How all cells of a row are asked for at once."""
        return self.ask_row.replace("{row}", row.quotable_label)

    @cached_property
    def _by_row(self) -> Mapping[str, tuple[Indicator, ...]]:
        return grouped((row, cell) for (row, _), cell in self.by_place.items())

    def of_row(self, row: str) -> tuple[Indicator, ...]:
        """The cells of a row from left to right."""
        return self._by_row.get(row, ())

    def of_column(self, column: str) -> Iterator[Indicator]:
        """The cells of a column from top to bottom."""
        return (cell for (_, at), cell in self.by_place.items() if at == column)

    def __hash__(self) -> int:
        """Hash by identity: a grid is read once and never rebuilt."""
        return id(self)

    def __post_init__(self) -> None:
        """See that what its rows say of single cells is of columns it has.

        Raises:
            ValueError: A row names another, or a heading beside rows holds none.
        """
        for row in self.lines:
            if row.cells.keys() - {column.id for column in self.columns}:
                raise ValueError(row.id)
        if self.headings == "beside":
            held = {row.parent for row in self.rows}
            for each in self.rows:
                if isinstance(each, Heading) and each.id not in held:
                    raise ValueError(each.id)


def _summing(heading: Heading) -> GridRow:
    """The row that a heading would be if it printed the sums of those under it."""
    return GridRow(
        id=heading.id,
        kind="row",
        label=heading.label,
        short=heading.label,
        aliases=heading.aliases,
        as_whole=heading.as_whole,
        computed=True,
    )


def _make_cell(grid: Grid, row: GridRow, column: GridColumn) -> Indicator:
    own = row.cells.get(column.id, CellEntry())
    tells_row = column.computed
    names = {"{row}": row.short, "{column}": column.said}
    asked = {"{row}": row.quotable_label, "{column}": column.said}
    short = row.short if tells_row else _fill(grid.short, names)
    aliases = row.aliases
    if not tells_row:
        aliases = tuple(_fill(grid.short, {**names, "{row}": each}) for each in row.aliases)
    only = (own.table_only, row.table_only, column.table_only)
    return Indicator(
        id=row.id + grid.joint + column.id,
        label=f"{row.short}·{column.label}",
        ask=own.ask or _fill(grid.ask, asked),
        help=own.help or row.help or grid.help or Help.missing(),
        aliases=own.aliases or aliases,
        initials=own.initials or row.initials + column.initials,
        kind=column.kind or grid.kind,
        unit=column.unit or grid.unit,
        short=own.short or short,
        as_part=own.as_part or (row.as_part if tells_row else column.said),
        as_whole=own.as_whole or (row.as_whole if tells_row else column.as_whole),
        parent=row.id,
        table_only=next(each for each in only if each is not None),
        computed=row.computed or column.computed,
        grid=grid.id,
        row=row.id,
        column=column.id,
    )


def _fill(pattern: str, words: Mapping[str, Any]) -> str:
    for mark, word in words.items():
        pattern = pattern.replace(mark, word)
    return pattern
