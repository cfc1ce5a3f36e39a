"""What every exporter prints: blocks of spans, and tables of rows, in one order."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

SpanKind = Literal["plain", "figure", "whole", "gap", "legal", "contact", "own", "form"]
"""Where the words come from: template, figure, a figure said in words (均延期办结), missing
answer, law, the body's particulars, the body's own text, or the printed form."""
BlockKind = Literal["draft", "title", "heading", "subheading", "paragraph", "signature"]
StubColumn = Literal["label", "unit"]
"""A column left of the numbers."""
_BEHIND_LIST = 3
"""Characters of 其中：, behind which an aligned label stands."""


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
        return self.depth + (_BEHIND_LIST if self.is_aligned else 0)


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

    @property
    def numbers(self) -> int:
        """How many columns of numbers there are."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def width(self) -> int:
        """How many columns there are in all."""
        return len(self.stub) + self.numbers

    @property
    def spans(self) -> Iterator[Span]:
        """Every span above the table and every cell, in order."""
        yield from self.year
        yield from self.body
        for row in self.rows:
            yield from row.cells

    def placed_heads(self) -> Iterator[tuple[int, int, Head]]:
        """Every header cell with the row and the column it begins in."""
        taken: set[tuple[int, int]] = set()
        for at, cells in enumerate(self.head):
            column = 0
            for cell in cells:
                while (at, column) in taken:
                    column += 1
                yield at, column, cell
                taken |= {
                    (at + down, column + across)
                    for down in range(cell.down)
                    for across in range(cell.across)
                }

    def column_heads(self) -> list[tuple[str, ...]]:
        """What stands above each column, top down, [("统计指标",), ("单位",), ("统计数",)]."""
        heads: list[tuple[str, ...]] = [()] * self.width
        for _, column, cell in self.placed_heads():
            for across in range(cell.across):
                heads[column + across] += (cell.text,)
        return heads

    def stub_of(self, row: TableRow) -> tuple[str, ...]:
        """What a row has left of its numbers."""
        return tuple(row.label if column == "label" else row.unit for column in self.stub)


class Report(NamedTuple):
    """A whole report: blocks and tables in the order of printing."""

    edition: str
    year: int
    is_draft: bool
    parts: tuple[Block | Table, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The narrative alone, in order."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in order."""
        return tuple(part for part in self.parts if isinstance(part, Table))

    def spans(self) -> Iterator[Span]:
        """Every span of the narrative and of the tables, in order."""
        for part in self.parts:
            yield from part.spans

    def figures(self) -> Iterator[Span]:
        """Every figure span of narrative and tables, in order."""
        return (span for span in self.spans() if span.kind == "figure")
