"""What every exporter prints: blocks of spans, and the rows of the table."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

SpanKind = Literal["plain", "figure", "whole", "gap", "legal", "contact", "own", "form"]
"""Where the words come from: template, figure, a figure said in words (均延期办结), missing
answer, law, the body's particulars, the body's own text, or the printed form."""
BlockKind = Literal["draft", "title", "heading", "subheading", "paragraph", "signature"]


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


class TableRow(NamedTuple):
    """One row of the statistical table."""

    depth: int
    """Level below the part of the form; 0 for the part itself."""
    is_aligned: bool
    """An unnumbered row that stands under the words behind 其中：."""
    label: str
    unit: str
    """Empty for a heading row."""
    cell: Span
    """The printed number, a gap, or an empty form span for a heading row."""


class Table(NamedTuple):
    """The statistical table with its head."""

    title: str
    year: tuple[Span, ...]
    """For example （2017年度）."""
    body: tuple[Span, ...]
    """For example 填报单位（盖章）：示例镇人民政府."""
    columns: tuple[str, str, str]
    rows: tuple[TableRow, ...]


class Report(NamedTuple):
    """A whole report: the narrative in order, then the table."""

    edition: str
    year: int
    is_draft: bool
    blocks: tuple[Block, ...]
    table: Table

    def spans(self) -> Iterator[Span]:
        """Every span of the narrative and every cell of the table, in order."""
        for block in self.blocks:
            yield from block.spans
        yield from (row.cell for row in self.table.rows)

    def figures(self) -> Iterator[Span]:
        """Every figure span of narrative and table, in order."""
        return (span for span in self.spans() if span.kind == "figure")
