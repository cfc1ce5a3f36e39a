"""The tables of a workbook back to lines, also after a person has edited them."""

from collections.abc import Iterator
from pathlib import Path

from assistant.export.formats.document_lines import BORDER, OUTER_SPACE, DocumentContents, trimmed
from assistant.export.formats.excel.plain_workbook import Sheet, SheetCell
from assistant.export.formats.excel.workbook import open_book
from assistant.export.formats.review_sheet import REVIEW


def read(path: Path) -> DocumentContents:
    """The rows of every sheet that is shown; the review sheet is no part of the tables.

    Raises:
        FileError: It cannot be read, is no Excel file, is locked, damaged or hostile.
    """
    book = open_book(path)
    review = book.names.get(REVIEW, "").rpartition("!")[0].strip("'")
    notices: dict[str, None] = {}
    lines: list[str] = []
    for sheet in book.sheets:
        if sheet.name == review:
            continue
        if sheet.is_hidden:
            notices["hidden"] = None
            continue
        lines += _lines(sheet, notices)
    return DocumentContents(trimmed(lines), tuple(notices))


def _lines(sheet: Sheet, notices: dict[str, None]) -> Iterator[str]:
    for row in sheet.rows:
        texts = {
            column: " ".join(_said(cell).split("\n")).strip(OUTER_SPACE)
            for column, cell in row.cells.items()
            if column not in sheet.hidden_columns
        }
        filled = [column for column, text in texts.items() if text]
        is_hidden = row.is_hidden or len(texts) < len(row.cells)
        has_unseen = any(cell.stored and not cell.text for cell in row.cells.values())
        if has_unseen or (is_hidden and any(cell.text for cell in row.cells.values())):
            notices["hidden"] = None
        if any(cell.is_uncounted for cell in row.cells.values()):
            notices["uncounted"] = None
        if row.is_hidden or not filled:
            continue
        shown = (
            texts.get(column, "")
            for column in range(1, max(filled) + 1)
            if column not in sheet.hidden_columns
        )
        yield f" {BORDER} ".join(shown)


def _said(cell: SheetCell) -> str:
    """What a cell shows, and the number in it where it shows another one."""
    is_other = cell.look == "other" and any(map(str.isdigit, cell.text))
    return f"{cell.text}（{cell.stored}）" if is_other else cell.text
