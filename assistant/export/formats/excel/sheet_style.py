"""How every workbook looks and leaves: styles, page, text that stays text, fixed bytes."""

import io
import re
import zipfile
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from assistant.export.formats.excel.workbook_cells import DIGITS
from assistant.export.formats.package import pack
from assistant.values.line_breaking import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from assistant.form.model.typography import TextStyle, Typography

A4 = "9"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*")
_THEN = rb"\g<1>1980-01-01T00:00:00Z"
_CORE = "docProps/core.xml"
_LINE = Side(style="thin", color="FF555555")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GAP = PatternFill("solid", fgColor="FFFFF2A8")
_HEAD = PatternFill("solid", fgColor="FFF3F3EF")
_DRAFT = "FF9A1F1F"
_MARGIN = 0.6
"""Inches, left and right."""
_DEEPEST = 9
"""Characters a label may stand in."""
_PADDING = 1.5
"""Of the width of a cell, left free."""
_LEADING, _AIR = 14, 4
"""Points of a line of words, and above and below them."""
INDENT = 1.8
"""Width of one step of indent."""
NUMBER = "0.######"
COUNT = "0"


def new_workbook(typography: "Typography") -> Workbook:
    """An empty workbook with the styles of Word documents' tables, by the names of `put`."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for style in _styles(typography):
        workbook.add_named_style(style)
    return workbook


def _styles(typography: "Typography") -> list[NamedStyle]:
    looks = typography.styles
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    words, head = _font(looks.table_label), _font(looks.table_head)
    made = [
        NamedStyle("draft", Font(name=looks.table_head.font, sz=12, color=_DRAFT), alignment=left),
        NamedStyle("title", _font(looks.table_title, 18), alignment=middle),
        NamedStyle("year", _font(looks.table_year, 12), alignment=middle),
        NamedStyle("body", _font(looks.table_body), alignment=left),
        NamedStyle("signs", _font(looks.table_body), alignment=left),
        NamedStyle("head", head, fill=_HEAD, border=_BORDER, alignment=middle),
        NamedStyle("words", words, border=_BORDER, alignment=middle),
        NamedStyle("gap", words, fill=_GAP, border=_BORDER, alignment=middle),
        NamedStyle("number", words, border=_BORDER, alignment=middle, number_format=COUNT),
        NamedStyle("decimal", words, border=_BORDER, alignment=middle, number_format=NUMBER),
    ]
    for indent in range(_DEEPEST + 1):
        place = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=indent)
        made.append(NamedStyle(f"label {indent}", words, border=_BORDER, alignment=place))
    return made


def _font(style: "TextStyle", size: float = 0) -> Font:
    return Font(name=style.font, sz=size or style.size)


def merge(sheet: "Worksheet", first: tuple[int, int], last: tuple[int, int]) -> None:
    """Make one cell of several, each written already where it has a border of its own."""
    corners = (f"{get_column_letter(column)}{row}" for row, column in (first, last))
    sheet.merged_cells.add(":".join(corners))  # `merge_cells` would draw every border anew


def label_style(indent: int) -> str:
    """The style of a label that stands in from the left."""
    return f"label {min(indent, _DEEPEST)}"


def cell_at(sheet: "Worksheet", row: int, column: int) -> "Cell":
    """The cell of a sheet whose merging comes later."""
    return sheet.cell(row, column)  # type: ignore[return-value]


def put(cell: "Cell", text: str, style: str) -> None:
    """Write a text that stays a text, whatever it looks like."""
    cell.style = style
    if text:
        cell.value = text
        cell.data_type = "s"  # what begins with = would have become a formula
        if text[0] in "=+-@":
            cell.quotePrefix = True


def put_number(cell: "Cell", value: Decimal) -> None:
    """Write a number as one; one with more digits than Excel keeps stays whole as words."""
    if len(value.as_tuple().digits) > DIGITS:
        put(cell, f"{value:f}", "decimal")
        return
    is_whole = value == value.to_integral_value()
    cell.style = "number" if is_whole else "decimal"
    cell.value = int(value) if is_whole else value


def fit(cells: "Iterable[tuple[str, float]]") -> float:
    """Points that a row needs; not every program measures rows of wrapped words itself.

    Args:
        cells: The words of each cell and the width it has for them.
    """
    lines = [
        sum(max(1, ceil(columns(line) / max(1, room - _PADDING))) for line in text.split("\n"))
        for text, room in cells
    ]
    return _LEADING * max(lines, default=1) + _AIR


def set_paper(sheet: "Worksheet", *, is_wide: bool, is_one_page: bool = False) -> None:
    """A4, as wide as the page or the page as a whole, page numbers at the foot."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = int(is_one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("— &P —"))


def to_bytes(workbook: Workbook, title: str) -> bytes:
    """The file; nothing in it tells when or by whom it was written."""
    workbook.properties.creator = None
    workbook.properties.title = title
    workbook.properties.language = "zh-CN"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(workbook, archive).write_data()
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CORE] = _MODIFIED.sub(_THEN, parts[_CORE])
    return pack(parts)
