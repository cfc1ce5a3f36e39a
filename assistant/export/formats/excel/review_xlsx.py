"""The review sheet of a workbook."""

from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.workbook.defined_name import DefinedName

from assistant.export.formats.excel.sheet_style import (
    fit,
    label_style,
    merge,
    put,
    put_number,
    set_paper,
)
from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, review_rows
from assistant.messages import Sentences

if TYPE_CHECKING:
    from openpyxl import Workbook

    from assistant.report.draft import Draft


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
