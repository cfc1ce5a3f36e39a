"""Writes workbooks: text that stays text, numbers, merged cells, paper, and fixed bytes."""

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from assistant.export.formats.excel.sheet_style import WORDS, looks
from assistant.export.formats.excel.workbook_cells import DIGITS, column_letters
from assistant.export.formats.package import pack
from assistant.form.model.typography import Typography

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""
_A4 = 9
_SIDE, _TOP, _FOOT = 0.6, 1.0, 0.5
"""Inches left and right, above and below, and of the footer from the edge."""
_FOOTER = "&C— &P —"
_PIXELS_OF_WIDTH, _POINTS_OF_PIXEL = 7, 0.75
"""The library rounds widths and heights to pixels, unless it is given pixels."""
_THEN = datetime(1980, 1, 1)  # noqa: DTZ001  stands for no time at all
_CORE = "docProps/core.xml"
_TITLE_END = b"</dc:title>"
_LANGUAGE = b"<dc:language>zh-CN</dc:language>"


class _Parts(Packager):
    """Keeps the parts of a workbook, which the library would zip in its own way."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, bytes] = {}

    def _create_package(self) -> list[object]:
        """Nothing to zip."""
        made = super()._create_package()  # type: ignore[no-untyped-call]
        self.parts = {name: stream.getvalue().encode() for stream, name, _ in made}
        return []


class _PartsBook(Workbook):
    """A workbook of the library that leaves its parts behind instead of a file."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), {"in_memory": True})
        self.packager = _Parts()

    def _get_packager(self) -> _Parts:
        """Who makes the parts."""
        return self.packager


class BookWriter:
    """A workbook while it is written."""

    def __init__(self, typography: Typography) -> None:
        """Begin with no sheet, and with the styles of Word documents' tables."""
        self._book = _PartsBook()
        self._looks = looks(typography)
        self._formats: dict[tuple[str, bool, bool], Format] = {}

    def add_sheet(self, name: str) -> "SheetWriter":
        """A new sheet behind the others."""
        return SheetWriter(self, self._book.add_worksheet(name))

    def format(self, style: str, *, is_quoted: bool = False, is_open: bool = False) -> Format:
        """The format of cells of a style.

        Args:
            style: A name of `looks`.
            is_quoted: Whether the text would look like a formula to who edits it.
            is_open: Whether the cell may be filled in a protected sheet, with whatever is typed.
        """
        key = style, is_quoted, is_open
        if key not in self._formats:
            look = dict(self._looks[style])
            if is_quoted:
                look["quote_prefix"] = True
            if is_open:
                look |= {"locked": False, "num_format": WORDS}
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def add_hidden_name(self, name: str, sheet: str) -> None:
        """A name for the first cell of a sheet that no list of names shows."""
        self._book.define_name(name, f"='{sheet}'!$A$1")
        self._book.defined_names[-1][-1] = True  # the library hides only names of filters

    def to_bytes(self, title: str) -> bytes:
        """The file; nothing in it tells when, where or by whom it was written."""
        self._book.set_properties({"title": title, "created": _THEN})
        self._book.close()
        parts = self._book.packager.parts
        parts[_CORE] = parts[_CORE].replace(_TITLE_END, _TITLE_END + _LANGUAGE)
        return pack(parts)


class InputRule(NamedTuple):
    """What cells let in while somebody types."""

    lets_in: str | Sequence[str]
    """A formula, and nothing else is let in; or choices, and other words are asked back."""
    title: str = ""
    error: str = ""
    """What is said to who types something else; the program's own words where it is empty."""


class SheetWriter:
    """A sheet while it is written; rows and columns are counted from 1."""

    def __init__(self, book: BookWriter, sheet: Worksheet) -> None:
        """Take the blank sheet of the library."""
        self._book = book
        self._sheet = sheet

    def put(self, row: int, column: int, content: str | Decimal, style: str) -> None:
        """Write a text that stays a text, whatever it looks like; a number has a style of its own.

        One with more digits than Excel keeps stays whole as words.
        """
        if isinstance(content, Decimal):
            if len(content.as_tuple().digits) <= DIGITS:
                self._put_number(row, column, content)
                return
            content, style = f"{content:f}", "decimal"
        look = self._book.format(style, is_quoted=content[:1] in ("=", "+", "-", "@"))
        if content:
            self._sheet.write_string(row - 1, column - 1, content, look)
        else:
            self._sheet.write_blank(row - 1, column - 1, None, look)

    def _put_number(self, row: int, column: int, value: Decimal) -> None:
        is_whole = value == (whole := int(value))
        look = self._book.format("number" if is_whole else "decimal")
        exact = whole if is_whole else value  # a Decimal is printed digit by digit
        self._sheet.write_number(row - 1, column - 1, exact, look)  # type: ignore[arg-type]

    def open(self, row: int, column: int, style: str) -> None:
        """A blank cell that may be filled although the sheet is protected; it keeps words."""
        look = self._book.format(style, is_open=True)
        self._sheet.write_blank(row - 1, column - 1, None, look)

    def merge(self, first: Place, last: Place) -> None:
        """Make one cell of several, each written already where it has a border of its own."""
        (top, left), (bottom, right) = first, last
        self._sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")

    def validate(self, cells: Sequence[Place], rule: "InputRule") -> None:
        """Let cells be filled by a rule."""
        row, column = (number - 1 for number in cells[0])
        is_formula = isinstance(rule.lets_in, str)
        settings = {
            "validate": "custom" if is_formula else "list",
            "value": rule.lets_in if is_formula else list(rule.lets_in),
            "error_type": "stop" if is_formula else "warning",
            "error_title": rule.title or None,
            "error_message": rule.error or None,
            "other_cells": [[row - 1, column - 1] * 2 for row, column in cells[1:]],
        }
        self._sheet.data_validation(row, column, row, column, settings)

    def set_height(self, row: int, points: float) -> None:
        """The height of a row."""
        self._sheet.set_row_pixels(row - 1, points / _POINTS_OF_PIXEL)

    def set_widths(self, widths: Sequence[float]) -> None:
        """The widths of the columns from the left, in characters."""
        for at, width in enumerate(widths):
            self._sheet.set_column_pixels(at, at, width * _PIXELS_OF_WIDTH)

    def hide_first(self, width: float) -> None:
        """Hide the first row, and the first column with its width."""
        self._sheet.set_row(0, None, None, {"hidden": True})
        self._sheet.set_column_pixels(0, 0, width * _PIXELS_OF_WIDTH, None, {"hidden": True})

    def freeze(self, row: int, column: int = 1) -> None:
        """Keep what stands above a row and left of a column in sight."""
        self._sheet.freeze_panes(row - 1, column - 1)

    def set_print(self, first: Place, last: Place, heads: Sequence[int] = ()) -> None:
        """What is printed, and the rows of titles that every page repeats."""
        (top, left), (bottom, right) = first, last
        self._sheet.print_area(top - 1, left - 1, bottom - 1, right - 1)
        if heads:
            self._sheet.repeat_rows(heads[0] - 1, heads[-1] - 1)

    def set_paper(self, *, is_wide: bool, is_one_page: bool = False) -> None:
        """A4, as wide as the page or the page as a whole, page numbers at the foot."""
        self._sheet.set_paper(_A4)
        if is_wide:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, int(is_one_page))
        self._sheet.center_horizontally()
        self._sheet.set_margins(_SIDE, _SIDE, _TOP, _TOP)
        self._sheet.set_footer(_FOOTER, {"margin": _FOOT})

    def protect(self) -> None:
        """Let only open cells be filled; looks, sizes and comments are free everywhere."""
        free = ("format_cells", "format_columns", "format_rows", "objects", "scenarios")
        self._sheet.protect("", dict.fromkeys(free, True))

    def accept_numbers_as_words(self, first: Place, last: Place) -> None:
        """Let no program mark numbers in these cells because they are kept as words."""
        cells = ":".join(f"{column_letters(column)}{row}" for row, column in (first, last))
        self._sheet.ignore_errors({"number_stored_as_text": cells})
