"""A plain list as a workbook: a row of heads, and rows of words and numbers below it."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.export.formats.excel import sheet_name
from assistant.export.formats.excel.book_writer import BookWriter
from assistant.export.formats.excel.sheet_style import fit, label_style
from assistant.form.loader import Library

Cell = str | Decimal
_NUMBER_WIDTH = 11.0
_HEAD_HEIGHT = 34.0


def write_list(
    title: str, heads: Sequence[tuple[str, float]], rows: Sequence[Sequence[Cell]], library: Library
) -> bytes:
    """The bytes of a workbook with one sheet; its heads stay in sight and on every page.

    Args:
        title: The name of the sheet and the title of the file.
        heads: The words above each column with its width in characters; 0 is that of numbers.
        rows: The cells of each row, as many as there are heads.
        library: Where the typography stands.

    Raises:
        LibraryError: The typography is wrong.
    """
    book = BookWriter(library.typography)
    sheet = book.add_sheet(sheet_name(title))
    widths = [width or _NUMBER_WIDTH for _, width in heads]
    for column, (words, _) in enumerate(heads, 1):
        sheet.put(1, column, words, "head")
    sheet.set_height(
        1, max(_HEAD_HEIGHT, fit((head[0], wide) for head, wide in zip(heads, widths, strict=True)))
    )
    for at, row in enumerate(rows, 2):
        for column, cell in enumerate(row, 1):
            sheet.put(at, column, cell, label_style(0))
        sheet.set_height(at, fit(zip(map(str, row), widths, strict=True)))
    sheet.set_widths(widths)
    sheet.freeze(2, 3)
    sheet.set_paper(is_wide=True)
    sheet.set_print((1, 1), (len(rows) + 1, len(heads)), [1])
    return book.to_bytes(title)
