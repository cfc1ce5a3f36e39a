"""Excel: the statistical tables as the form has them, numbers as numbers, and a review sheet."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.export.formats.document_lines import (
    DocumentContents,
    Line,
    RenderOptions,
    form,
    row_line,
)
from assistant.messages import Sentences
from assistant.report import (
    Block,
    Head,
    PrintedGrid,
    PrintedRow,
    Span,
    Table,
    TableRow,
    printed_grid,
)
from assistant.report.draft import Draft
from assistant.values.print_format import show


def lines(draft: Draft, options: RenderOptions) -> list[Line]:
    """The rows of the tables in order; the review sheet is for a person and promises nothing."""
    sentences = options.library.sentences
    return [row.line() for page in pages(draft, sentences) for row in page.rows]


def write(draft: Draft, options: RenderOptions) -> bytes:
    """The workbook; its library is read with the first one.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    from assistant.export.formats.excel.write_xlsx import write_workbook  # noqa: PLC0415  large

    return write_workbook(draft, options)


def read(path: Path) -> DocumentContents:
    """The rows of the tables, also of a file that a person has edited.

    Raises:
        FileError: It cannot be read, is no Excel file, is locked, damaged or hostile.
    """
    from assistant.export.formats.excel.read_xlsx import read as read_file  # noqa: PLC0415  zip and XML

    return read_file(path)


Role = Literal["draft", "title", "year", "body", "head", "row", "signs"]
_NAME_LIMIT = 31
"""Characters of a sheet's name in Excel."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


class ContentRow(NamedTuple):
    """One row of a sheet; blank cells stand there with an empty text."""

    role: Role
    cells: tuple[Span, ...]
    """One for each column; above and below a table the stretches of one cell across it."""
    printed: PrintedRow = ()
    """Which cells of a table these are; one that takes several places stands in its first."""

    def line(self) -> Line:
        """The contents of the cells, joined; blank cells at the end are left out."""
        if self.role not in ("head", "row"):
            return Line(self.cells)
        filled = [at for at, cell in enumerate(self.cells, 1) if cell.text]
        return row_line(self.cells[: max(filled, default=0)])


class SheetPage(NamedTuple):
    """One sheet."""

    name: str
    rows: tuple[ContentRow, ...]
    tables: tuple[Table, ...]
    grids: tuple[PrintedGrid, ...]
    """The cells of each table."""

    @property
    def widest(self) -> tuple[Table, PrintedGrid]:
        """The first of its tables that has the most columns, with its cells."""
        return max(zip(self.tables, self.grids, strict=True), key=lambda each: each[0].width)


def pages(draft: Draft, sentences: Sentences) -> Iterator[SheetPage]:
    """The sheets of a report: the tables of a section on one, every annex on its own."""
    heading, inner = "", list[Table]()
    for part in draft.report.parts:
        is_heading = isinstance(part, Block) and part.kind == "heading"
        is_annex = isinstance(part, Table) and part.is_annex
        if inner and (is_heading or is_annex):
            yield _page(heading, inner, draft, sentences)
            inner = []
        if isinstance(part, Block):
            heading = part.text if is_heading else heading
        elif is_annex:
            yield _page(part.title, [part], draft, sentences)
        else:
            inner.append(part)
    if inner:
        yield _page(heading, inner, draft, sentences)


def sheet_name(text: str) -> str:
    """A text as Excel allows it for the name of a sheet."""
    return _NOT_IN_NAMES.sub("", text)[:_NAME_LIMIT]


def _page(name: str, tables: list[Table], draft: Draft, sentences: Sentences) -> SheetPage:
    shown = tuple(_with_previous(table, draft, sentences) for table in tables)
    rows: list[ContentRow] = []
    if draft.report.is_draft:
        rows.append(ContentRow("draft", (form(sentences.say("report.draft")),)))
    if not any(table.title for table in shown) and name:
        rows.append(ContentRow("title", (form(name),)))
    grids = tuple(map(printed_grid, shown))
    for table, grid in zip(shown, grids, strict=True):
        rows += (ContentRow(role, spans) for role, spans in table.above())
        rows += _table_rows(grid)
    rows.append(ContentRow("signs", (form(sentences.say("excel.signs")),)))
    return SheetPage(sheet_name(name), tuple(rows), shown, grids)


def _with_previous(table: Table, draft: Draft, sentences: Sentences) -> Table:
    """The table with last year's numbers beside this year's, where it has one column of them."""
    if draft.previous is None or table.numbers != 1 or len(table.head) != 1:
        return table
    before = draft.previous.numbers

    def with_cell(row: TableRow) -> TableRow:
        if not row.cells:
            return row
        name = row.cells[0].id
        text = show(before[name]) if name in before else ""
        return row._replace(cells=(*row.cells, Span("figure", text, f"{name}.previous")))

    head = (*table.head[0], Head(sentences.say("excel.column_previous")))
    return table._replace(head=(head,), rows=tuple(map(with_cell, table.rows)))


def _table_rows(grid: PrintedGrid) -> Iterator[ContentRow]:
    blank = form("")
    for at, cells in enumerate(grid.all_rows):
        role: Role = "head" if at < len(grid.heads) else "row"
        texts = {cell.column: cell.span for cell in cells}
        every = tuple([texts.get(column, blank) for column in range(grid.width)])
        yield ContentRow(role, every, cells)
