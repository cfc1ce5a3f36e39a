"""The tables of the form in a report: those of its sections, and the annex behind it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from assistant.answers import Answers
from assistant.form.model import Edition, Grid, Heading
from assistant.messages import Sentences
from assistant.report.figures import Figure, Figures
from assistant.report.structure import Head, Span, Table, TableRow


def make_annex(answers: Answers, figures: Figures, sentences: Sentences) -> Table:
    """The statistical table that stands behind the report, one number a row."""
    edition = answers.edition
    body = answers.body
    name = Span("contact", body, edition.roles.body_name) if body else Span("form", "")
    year = Span("figure", figures["year"].text, "year")
    columns = ("label", "unit", "value")
    return Table(
        title=edition.form_title,
        year=(Span("form", "（"), year, Span("form", "年度）")),
        body=(Span("form", sentences.say("report.table_body")), name),
        stub=("label", "unit"),
        head=(tuple(Head(sentences.say(f"report.column_{each}")) for each in columns),),
        rows=tuple(
            TableRow(*row[:4], (_cell(figures[name], sentences),)) if row.unit else row
            for name, row in _empty_rows(edition)
        ),
        is_annex=True,
        caption=edition.form_title,
    )


@lru_cache(maxsize=8)
def _empty_rows(edition: Edition) -> tuple[tuple[str, TableRow], ...]:
    """Rows by id in the order of the form; one without a number stands under the last 其中：."""
    rows: list[tuple[str, TableRow]] = []
    depth_of_list = 0
    for row in edition.rows:
        depth = edition.depth(row)
        is_aligned = bool(row.parent) and not row.number
        if row.number.startswith("其中"):
            depth_of_list = depth
        shown = depth_of_list if is_aligned else depth
        unit = "" if isinstance(row, Heading) else row.unit
        empty = TableRow(shown, is_aligned, row.printed_label, unit, ())
        rows.append((row.id, empty))
    return tuple(rows)


def _cell(figure: Figure, sentences: Sentences) -> Span:
    if figure.text:
        return Span("figure", figure.text, figure.id)
    return Span("gap", sentences.say("report.cell_gap"), figure.id)


class TablePlace(NamedTuple):
    """A table of a section beside the others of it."""

    grid: Grid
    section: str
    """The title of the section."""
    shared: int
    """Columns of numbers of the widest of its tables; 0 where it has this one alone."""


def table_places(section: str, grids: Sequence[Grid]) -> Iterator[TablePlace]:
    """The tables of a section, each with what it shares with the others."""
    most = max(len(grid.columns) for grid in grids) if len(grids) > 1 else 0
    return (TablePlace(grid, section, most) for grid in grids)


def make_table(place: TablePlace, figures: Figures, sentences: Sentences) -> Table:
    """A table with several numbers a row, as it stands in its section."""
    empty = _empty_table(place)
    rows = tuple(
        TableRow(*row[:4], tuple([_cell(figures[name], sentences) for name in names]))
        for row, names in empty.rows
    )
    return empty.table._replace(rows=rows)


class _Empty(NamedTuple):
    table: Table
    rows: tuple[tuple[TableRow, tuple[str, ...]], ...]
    """Every row with the ids of its cells."""


@lru_cache(maxsize=16)
def _empty_table(place: TablePlace) -> _Empty:
    """The header and the labels, which are the same for all answers."""
    grid = place.grid
    table = Table(
        *("", (), (), (), (), ()),
        is_annex=False,
        headings=grid.headings,
        shared=place.shared,
        caption=place.section + grid.title,
    )
    if grid.layout == "across":
        every = tuple(cell.id for cell in grid.by_place.values())
        return _Empty(table._replace(head=_heads_across(grid)), ((_row(0, ""), every),))
    table = table._replace(stub=("label",), head=_heads_over_rows(grid))
    return _Empty(table, tuple(_label_rows(grid)))


def _label_rows(grid: Grid) -> Iterator[tuple[TableRow, tuple[str, ...]]]:
    parents = {row.id: row.parent for row in grid.rows}
    for row in grid.rows:
        depth, above = 0, row.parent
        while above:
            depth, above = depth + 1, parents[above]
        cells = tuple(cell.id for cell in grid.of_row(row.id))
        yield _row(depth, row.printed_label), cells


def _row(depth: int, label: str) -> TableRow:
    return TableRow(depth, is_aligned=False, label=label, unit="", cells=())


def _heads_over_rows(grid: Grid) -> tuple[tuple[Head, ...], ...]:
    """Corner and columns, with what stands over several of them."""
    groups = [column.group for column in grid.columns]
    levels: list[list[Head]] = []
    if grid.title:
        levels.append([Head(grid.title, across=len(grid.columns) + 1)])
    below = 2 if any(groups) else 1
    corner = Head(grid.stub, down=below + (1 if grid.over else 0))
    if grid.over:
        levels.append([corner, Head(grid.over, across=len(grid.columns))])
    levels.append([] if grid.over else [corner])
    for group, columns in groupby(grid.columns, key=lambda column: column.group):
        members = list(columns)
        if group:
            levels[-1].append(Head(group, across=len(members)))
        else:
            levels[-1] += (Head(column.label, down=below) for column in members)
    if any(groups):
        levels.append([Head(column.label) for column in grid.columns if column.group])
    return tuple(map(tuple, levels))


def _heads_across(grid: Grid) -> tuple[tuple[Head, ...], ...]:
    """Rows beside one another, each over all columns, below the headings that hold them."""
    width = len(grid.columns)
    tops = [row for row in grid.rows if not row.parent]
    below = {top.id: [row for row in grid.lines if row.parent == top.id] for top in tops}
    depth = 2 if any(below.values()) else 1
    first = [
        Head(top.printed_label, across=width * len(below[top.id]))
        if below[top.id]
        else Head(top.printed_label, across=width, down=depth)
        for top in tops
    ]
    second = [Head(row.printed_label, across=width) for top in tops for row in below[top.id]]
    last = [Head(column.label) for _ in grid.lines for column in grid.columns]
    return tuple(tuple(level) for level in (first, second, last) if level)
