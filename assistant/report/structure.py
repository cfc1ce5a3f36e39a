"""What every format prints in one order: blocks of spans, and tables as grids of cells."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple

SpanKind = Literal["plain", "figure", "whole", "gap", "legal", "contact", "own", "form"]
"""Where the words come from: template, figure, a figure said in words (均延期办结), missing
answer, law, the body's particulars, the body's own text, or the printed form."""
BlockKind = Literal["draft", "title", "heading", "subheading", "paragraph", "note", "signature"]
StubColumn = Literal["label", "unit"]
"""A column left of the numbers."""
AboveRole = Literal["title", "year", "body"]
"""What stands above a table."""
_LIST = "其中："
"""Begins a label behind which the labels of its own list are aligned."""
RowLabel = tuple[int, bool, str, str, bool]
"""Depth, alignment, label and unit of a row, and whether it is a heading without numbers."""
HeadingPlace = Literal["above", "beside"]
"""Where a heading stands: in a row of its own, or left of the rows that it holds."""


class Span(NamedTuple):
    """A stretch of text with its source, `Span("figure", "145", "active_total")`."""

    kind: SpanKind
    text: str
    id: str = ""
    """Of the figure or fact; empty for plain, legal and form."""


class Block(NamedTuple):
    """One heading or paragraph."""

    kind: BlockKind
    spans: tuple[Span, ...]
    passage: str = ""
    """The passage that it is, or stands beside; empty for none."""
    wording: str = ""
    """The own words that stand in its place or beside it; empty for those of a template."""

    @property
    def text(self) -> str:
        """The words without their spans."""
        return "".join(span.text for span in self.spans)


class Head(NamedTuple):
    """A cell of the header rows, `Head("法人或其他组织", across=5)`."""

    text: str
    across: int = 1
    """Columns it takes."""
    down: int = 1
    """Header rows it takes; the rows below leave its columns out."""


class HeadCell(NamedTuple):
    """A header cell in its place; one that reaches down is there again in each row below."""

    text: str
    """Empty where it goes on from above."""
    column: int
    """The first one it takes, from 0."""
    across: int
    down: int
    is_below: bool
    """It goes on from above."""


class TableRow(NamedTuple):
    """One row of a table."""

    depth: int
    """Level below the part of the form; 0 for the part itself."""
    is_aligned: bool
    """An unnumbered row that stands under the words behind 其中：."""
    label: str
    unit: str
    """Empty for a heading row, and in a table without units."""
    cells: tuple[Span, ...]
    """The printed numbers or gaps from left to right; empty for a heading row."""

    @property
    def indent(self) -> int:
        """Characters by which the label stands in from the left."""
        return self.depth + (len(_LIST) if self.is_aligned else 0)

    @property
    def hang(self) -> int:
        """Characters by which further lines of the label stand in more than the first."""
        return len(_LIST) if self.label.startswith(_LIST) else 0 if self.is_aligned else 1

    def left(self, stub: Iterable[StubColumn], indent: str = "") -> list[str]:
        """What stands left of the numbers, the indent as often before the label as it stands in."""
        label = indent * self.indent + self.label
        return [label if column == "label" else self.unit for column in stub]


class TableLabels(NamedTuple):
    """A table without its numbers: the same for every answer file of an edition."""

    stub: tuple[StubColumn, ...]
    head: tuple[tuple[Head, ...], ...]
    rows: tuple[RowLabel, ...]
    numbers: int
    """How many columns of numbers there are."""
    headings: HeadingPlace = "above"
    """Where a format that can merge cells prints headings."""
    shared: int = 0
    """Columns of numbers in the grid that it shares with other tables; 0 where it is alone."""

    @property
    def has_headings_beside(self) -> bool:
        """Whether headings stand left of their rows; only labels that stand alone make room."""
        return self.headings == "beside" and self.stub == ("label",)

    def empty_rows(self) -> list[TableRow]:
        """The rows without numbers."""
        return [TableRow(*row[:4], ()) for row in self.rows]

    def head_rows(self) -> list[list[HeadCell]]:
        """The cells of each header row from left to right; one that reaches down is in each."""
        rows: list[dict[int, HeadCell]] = [{} for _ in self.head]
        taken: set[tuple[int, int]] = set()
        for at, heads in enumerate(self.head):
            column = 0
            for head in heads:
                while (at, column) in taken:
                    column += 1
                for row in range(at, min(at + head.down, len(rows))):
                    text = head.text if row == at else ""
                    rows[row][column] = HeadCell(text, column, head.across, head.down, row > at)
                    taken |= {(row, column + across) for across in range(head.across)}
        return [[cells[column] for column in sorted(cells)] for cells in rows]

    def column_heads(self) -> list[tuple[str, ...]]:
        """What stands above each column, top down, [("统计指标",), ("单位",), ("统计数",)]."""
        heads: list[tuple[str, ...]] = [()] * (len(self.stub) + self.numbers)
        for cell in (cell for cells in self.head_rows() for cell in cells if not cell.is_below):
            for column in range(cell.column, cell.column + cell.across):
                heads[column] += (cell.text,)
        return heads


class Table(NamedTuple):
    """A table with what stands above it; title, year and body may each be empty."""

    title: str
    year: tuple[Span, ...]
    """For example （2017年度）."""
    body: tuple[Span, ...]
    """For example 填报单位（盖章）：示例镇人民政府."""
    stub: tuple[StubColumn, ...]
    """The columns left of the numbers, in order."""
    head: tuple[tuple[Head, ...], ...]
    """The header rows from top to bottom, over stub and numbers alike."""
    rows: tuple[TableRow, ...]
    is_annex: bool
    """It is an annex to the report, and no part of a section."""
    headings: HeadingPlace = "above"
    """Where a format that can merge cells prints headings."""
    shared: int = 0
    """Columns of numbers in the grid that it shares with other tables; 0 where it is alone."""
    caption: str = ""
    """What it is called where its place in the report is not seen."""

    @property
    def numbers(self) -> int:
        """How many columns of numbers there are."""
        return max([len(row.cells) for row in self.rows], default=0)

    @property
    def width(self) -> int:
        """How many columns there are in all."""
        return len(self.stub) + self.numbers

    @property
    def spans(self) -> Iterator[Span]:
        """Every span above the table and every cell, in order."""
        return chain(self.year, self.body, *[row.cells for row in self.rows])

    @property
    def labels(self) -> TableLabels:
        """What stands in it whatever the answers are."""
        rows = tuple([(*row[:4], not row.cells) for row in self.rows])
        return TableLabels(self.stub, self.head, rows, self.numbers, self.headings, self.shared)

    def above(self) -> Iterator[tuple[AboveRole, tuple[Span, ...]]]:
        """What stands above the table, as far as it has it, each with its role."""
        title = (Span("form", self.title),) if self.title else ()
        roles: tuple[AboveRole, ...] = ("title", "year", "body")
        named = zip(roles, (title, self.year, self.body), strict=True)
        return ((role, spans) for role, spans in named if spans)

    def head_rows(self) -> list[list[HeadCell]]:
        """The cells of each header row, as `TableLabels.head_rows` has them."""
        return self.labels.head_rows()

    def column_heads(self) -> list[tuple[str, ...]]:
        """What stands above each column, as `TableLabels.column_heads` has it."""
        return self.labels.column_heads()


def column_widths(
    stub: Sequence[StubColumn],
    numbers: int,
    whole: float,
    *,
    label: float,
    unit: float,
    number: float,
    is_even: bool = True,
) -> list[float]:
    """The width of each column of a table; labels take what numbers leave them.

    Args:
        stub: The columns left of the numbers.
        numbers: How many columns of numbers there are.
        whole: The width of the table.
        label: What labels have at least.
        unit: What units have.
        number: What a number has at most.
        is_even: Whether a number has a whole number of the measure.
    """
    others = sum(label if column == "label" else unit for column in stub)
    share = (whole - others) / max(1, numbers)
    each = min(number, share // 1 if is_even else share)
    rest = whole - (others - label if "label" in stub else others) - each * numbers
    return [rest if column == "label" else unit for column in stub] + [each] * numbers


class Report(NamedTuple):
    """A whole report: blocks and tables in the order of printing."""

    edition: str
    year: int
    is_draft: bool
    parts: tuple[Block | Table, ...]
    replaced: tuple[Block, ...] = ()
    """The passages in whose place own words stand, or none, as the templates make them."""
    outline: tuple[Block, ...] = ()
    """What the templates make, in order, passages without words among them."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The narrative alone, in order."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def title(self) -> str:
        """The title; empty where the templates have none."""
        return next((block.text for block in self.blocks if block.kind == "title"), "")

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in order."""
        return tuple(part for part in self.parts if isinstance(part, Table))

    def spans(self) -> Iterator[Span]:
        """Every span of the narrative and of the tables, in order."""
        return chain.from_iterable([part.spans for part in self.parts])

    def figures(self) -> Iterator[Span]:
        """Every figure span of narrative and tables, in order."""
        return (span for span in self.spans() if span.kind == "figure")
