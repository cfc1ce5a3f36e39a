"""A draft to a workbook: a sheet for each table, and the review sheet."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from assistant.export.formats.excel import ContentRow, SheetPage, pages
from assistant.export.formats.excel.sheet_style import (
    INDENT,
    cell_at,
    fit,
    label_style,
    merge,
    new_workbook,
    put,
    put_number,
    set_paper,
    to_bytes,
)
from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, review_rows
from assistant.messages import Sentences
from assistant.report import column_widths

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from assistant.export.formats.document_lines import RenderOptions
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


def write_workbook(draft: "Draft", options: "RenderOptions") -> bytes:
    """The workbook as a file.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    sentences = options.library.sentences
    workbook = new_workbook(options.library.typography)
    taken: set[str] = set()
    for page in pages(draft, sentences):
        name = _free_name(page.name or sentences.say("excel.table"), taken)
        _SheetWriter(workbook.create_sheet(name), page).write()
    add_review(workbook, draft, sentences)
    return to_bytes(workbook, draft.report.title)


def _free_name(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        end = f"_{number}"
        free = name[: 31 - len(end)] + end
    taken.add(free)
    return free


class _SheetWriter:
    """Writes one sheet row by row."""

    def __init__(self, sheet: "Worksheet", page: SheetPage) -> None:
        self._sheet = sheet
        self._page = page
        self._width = page.grid.width
        self._widths = self._lay_out()

    def write(self) -> None:
        heads = [at for at, row in enumerate(self._page.rows, 1) if row.role == "head"]
        for at, row in enumerate(self._page.rows, 1):
            if row.role in ("head", "row"):
                self._table_row(at, row)
            else:
                self._merged(at, row)
        for at, width in enumerate(self._widths, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        is_annex = any(table.is_annex for table in self._page.tables)
        is_wide = self._page.numbers > _SIDEWAYS
        set_paper(self._sheet, is_wide=is_wide, is_one_page=not is_annex)
        last = get_column_letter(self._width)
        self._sheet.print_area = f"A1:{last}{len(self._page.rows)}"
        if heads and len(self._page.tables) == 1:
            self._sheet.freeze_panes = f"A{heads[-1] + 1}"
            self._sheet.print_title_rows = f"{heads[0]}:{heads[-1]}"

    def _merged(self, at: int, row: ContentRow) -> None:
        """A row of one cell across the table."""
        text = "".join(cell.text for cell in row.cells)
        put(cell_at(self._sheet, at, 1), text, row.role)
        if self._width > 1:
            merge(self._sheet, (at, 1), (at, self._width))
        self._sheet.row_dimensions[at].height = _HEIGHTS[row.role]

    def _table_row(self, at: int, row: ContentRow) -> None:
        for column in range(1, len(row.cells) + 1):
            put(cell_at(self._sheet, at, column), "", "head" if row.role == "head" else "words")
        for printed in row.printed:
            cell, span = cell_at(self._sheet, at, printed.column + 1), printed.span
            if printed.role == "head":
                put(cell, span.text, "head")
            elif span.kind == "figure" and span.text:
                put_number(cell, Decimal(span.text))
            elif span.kind == "gap":
                put(cell, span.text, "gap")
            elif printed.role == "label":
                put(cell, span.text, label_style(printed.indent))
            else:
                put(cell, span.text, "words")
            if not printed.is_below and (printed.across > 1 or printed.down > 1):
                last = (at + printed.down - 1, printed.column + printed.across)
                merge(self._sheet, (at, printed.column + 1), last)
        self._sheet.row_dimensions[at].height = fit(self._rooms(row))

    def _lay_out(self) -> list[float]:
        """The width of each column; the widest table of the page says which there are."""
        table = max(self._page.tables, key=lambda table: table.width)
        grid = self._page.grid
        if table.shared:
            return [_WHOLE / grid.width] * grid.width
        longest = max(
            len(cell.span.text) for row in self._page.rows for cell in row.printed
            if cell.role == "number"
        )  # fmt: skip
        widths = column_widths(
            table.stub, table.numbers, _WHOLE,
            label=_LEAST_LABEL, unit=_UNIT, number=_NUMBER, is_even=False,
        )  # fmt: skip
        beside = [room + _PADDING for room in grid.heading_rooms]
        if beside:
            widths[:1] = [*beside, max(_LEAST_LABEL, widths[0] - sum(beside))]
        return [
            *widths[: grid.label_end],
            *(max(width, longest + _PADDING) for width in widths[grid.label_end :]),
        ]

    def _rooms(self, row: ContentRow) -> Iterator[tuple[str, float]]:
        """The words of each cell of a row with their room; one that reaches down has more."""
        for cell in row.printed:
            room = sum(self._widths[cell.column : cell.column + cell.across])
            yield cell.span.text, room * cell.down - INDENT * cell.indent


def add_review(workbook: "Workbook", draft: "Draft", sentences: Sentences) -> None:
    """Add the sheet.

    Raises:
        LibraryError: A sentence is broken.
    """
    name = sentences.say("review_sheet.title")
    sheet = workbook.create_sheet(name)
    rows = list(review_rows(draft, sentences))
    for at, (role, row) in enumerate(rows, 1):
        for column, content in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(content, Decimal):
                put_number(cell, content)
            else:
                is_long = role == "words" and column > SHORT
                put(cell, content, label_style(0) if is_long else role)
        if len(row) == 1:
            merge(sheet, (at, 1), (at, len(WIDTHS)))
            sheet.row_dimensions[at].height = 34 if role in ("title", "signs") else 24
        else:
            sheet.row_dimensions[at].height = fit(zip(map(str, row), WIDTHS, strict=True))
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    set_paper(sheet, is_wide=False)
    sheet.print_area = f"A1:E{len(rows)}"
    workbook.defined_names[REVIEW] = DefinedName(REVIEW, attr_text=f"'{name}'!$A$1", hidden=True)
