"""A draft to a workbook: a sheet for each table, and the review sheet."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.export.formats.document_lines import RenderOptions
from assistant.export.formats.excel import ContentRow, SheetPage, pages
from assistant.export.formats.excel.book_writer import BookWriter, SheetWriter
from assistant.export.formats.excel.sheet_style import INDENT, fit, label_style
from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, review_rows
from assistant.messages import Sentences
from assistant.report import PrintedCell, PrintedGrid, Table, column_widths
from assistant.report.draft import Draft

_HEIGHTS = {"title": 34, "year": 20, "body": 24, "signs": 40, "draft": 22}
"""Points of rows whose cells are merged: no program measures those itself."""
_WHOLE = 92
"""Characters of ASCII across the paper."""
_LEAST_LABEL, _UNIT, _NUMBER = 26, 8, 13
_PADDING = 2
"""Of the width of a cell, free beside what must stay on one line."""
_SIDEWAYS = 12
"""Columns of numbers from which the page lies on its side."""


def write_workbook(draft: Draft, options: RenderOptions) -> bytes:
    """The workbook as a file."""
    sentences = options.library.sentences
    book = BookWriter(options.library.typography)
    taken: set[str] = set()
    for page in pages(draft, sentences):
        name = _free_name(page.name or sentences.say("excel.table"), taken)
        _PageWriter(book.add_sheet(name), page).write()
    name = _free_name(sentences.say("review_sheet.title"), taken)
    _write_review(book.add_sheet(name), draft, sentences)
    book.add_hidden_name(REVIEW, name)
    return book.to_bytes(draft.report.title)


def _free_name(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        end = f"_{number}"
        free = name[: 31 - len(end)] + end
    taken.add(free.casefold())
    return free


class _PageWriter:
    """Writes one sheet row by row."""

    def __init__(self, sheet: SheetWriter, page: SheetPage) -> None:
        self._sheet = sheet
        self._page = page
        table, grid = page.widest
        self._width = grid.width
        self._widths = _column_widths(table, grid)

    def write(self) -> None:
        heads = [at for at, row in enumerate(self._page.rows, 1) if row.role == "head"]
        for at, row in enumerate(self._page.rows, 1):
            if row.role in ("head", "row"):
                self._table_row(at, row)
            else:
                self._merged(at, row)
        self._sheet.set_widths(self._widths)
        is_annex = any(table.is_annex for table in self._page.tables)
        is_wide = any(table.numbers > _SIDEWAYS for table in self._page.tables)
        self._sheet.set_paper(is_wide=is_wide, is_one_page=not is_annex)
        repeated = heads if len(self._page.tables) == 1 else []
        self._sheet.set_print((1, 1), (len(self._page.rows), self._width), repeated)
        if repeated:
            self._sheet.freeze(heads[-1] + 1)

    def _merged(self, at: int, row: ContentRow) -> None:
        """A row of one cell across the table."""
        self._sheet.put(at, 1, "".join(cell.text for cell in row.cells), row.role)
        if self._width > 1:
            self._sheet.merge((at, 1), (at, self._width))
        self._sheet.set_height(at, _HEIGHTS[row.role])

    def _table_row(self, at: int, row: ContentRow) -> None:
        blank = "head" if row.role == "head" else "words"
        begun = {cell.column: cell for cell in row.printed}
        for column in range(self._width):
            if column in begun:
                self._cell(at, begun[column])
            else:
                self._sheet.put(at, column + 1, "", blank)
        for cell in row.printed:
            if not cell.is_below and (cell.across > 1 or cell.down > 1):
                last = at + cell.down - 1, cell.column + cell.across
                self._sheet.merge((at, cell.column + 1), last)
        self._sheet.set_height(at, fit(self._rooms(row)))

    def _cell(self, at: int, cell: PrintedCell) -> None:
        content: str | Decimal = cell.span.text
        style = "words"
        if cell.role == "head":
            style = "head"
        elif cell.span.kind == "figure" and content:
            content = Decimal(content)
        elif cell.span.kind == "gap":
            style = "gap"
        elif cell.role == "label":
            style = label_style(cell.indent)
        self._sheet.put(at, cell.column + 1, content, style)

    def _rooms(self, row: ContentRow) -> Iterator[tuple[str, float]]:
        """The words of each cell of a row with their room; one that reaches down has more."""
        for cell in row.printed:
            if cell.span.text:
                room = sum(self._widths[cell.column : cell.column + cell.across])
                yield cell.span.text, room * cell.down - INDENT * cell.indent


def _column_widths(table: Table, grid: PrintedGrid) -> list[float]:
    """The width of each column, as the widest table of a page has them.

    Every number stays on one line: where many have no room, the sheet becomes wider, and is
    printed smaller.
    """
    if table.shared:
        return [_WHOLE / grid.width] * grid.width
    widths = column_widths(
        table.stub, table.numbers, _WHOLE,
        label=_LEAST_LABEL, unit=_UNIT, number=_NUMBER, is_even=False,
    )  # fmt: skip
    beside = [room + _PADDING for room in grid.heading_rooms]
    if beside:
        widths[:1] = [*beside, max(_LEAST_LABEL, widths[0] - sum(beside))]
    longest = max(len(cell.text) for row in table.rows for cell in row.cells)
    end = grid.label_end
    return [*widths[:end], *(max(width, longest + _PADDING) for width in widths[end:])]


def _write_review(sheet: SheetWriter, draft: Draft, sentences: Sentences) -> None:
    rows = list(review_rows(draft, sentences))
    for at, (role, row) in enumerate(rows, 1):
        for column, content in enumerate(row, 1):
            is_long = role == "words" and column > SHORT
            sheet.put(at, column, content, label_style(0) if is_long else role)
        if len(row) == 1:
            sheet.merge((at, 1), (at, len(WIDTHS)))
            sheet.set_height(at, 34 if role in ("title", "signs") else 24)
        else:
            sheet.set_height(at, fit(zip(map(str, row), WIDTHS, strict=True)))
    sheet.set_widths(WIDTHS)
    sheet.set_paper(is_wide=False)
    sheet.set_print((1, 1), (len(rows), len(WIDTHS)))
