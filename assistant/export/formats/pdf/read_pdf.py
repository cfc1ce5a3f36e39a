"""A PDF file back to lines and tables, across the ends of its pages."""

import logging
import re
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from assistant.export.formats.document_lines import BORDER, DocumentContents
from assistant.export.formats.grid_rows import GridRow, HeldLine, grids, settle
from assistant.export.formats.package import FILE_LIMIT
from assistant.export.formats.pdf.bounded_pages import Effort, ExcessError, draw, prove_bounded
from assistant.export.formats.pdf.page_tables import PageTable, crossings, tables_of
from assistant.export.formats.pdf.page_text import Print, glyphs_of, lines_of
from assistant.storage.disk import read_bytes
from assistant.storage.errors import FileError
from assistant.tables.cell_grid import ROWS_LIMIT
from assistant.values import has_end
from assistant.values.line_breaking import columns, lines_within

PAGES_LIMIT = 200
_LEAST_CHARACTERS = 10
"""Of a page that is not only a picture."""
_BEGIN = b"%PDF-"
_BEGIN_WITHIN = 1_024
_LIBRARIES = ("pdfminer", "pdfplumber")
_PAGE_NUMBER = re.compile(r"(第?)([0-9]{1,4})(页?)(?:[/共]{1,2}[0-9]{1,4}页?)?")
_DASHES = "-—–－·"
_EDGE = 0.1
"""The part of a page at its top and bottom in which its number stands."""
_FULL = 0.75
"""The part of a page to which a line reaches at least that is full."""
_ENDS = "；："
"""Marks behind which a paragraph or an entry ends, besides those of sentences."""


class _PageContents(NamedTuple):
    """What stands on a page, from the top down."""

    parts: list[Print | PageTable]
    width: float
    characters: int
    unreadable: int


def read(path: Path) -> DocumentContents:
    """Paragraphs and rows of ruled tables in order; page numbers are left out."""
    data = read_bytes(path, FILE_LIMIT)
    if _BEGIN not in data[:_BEGIN_WITHIN]:
        raise FileError("pdf_broken", path=str(path))
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        prove_bounded(data)
        with pdfplumber.open(BytesIO(data)) as opened:
            pages = _pages(opened, path)
    except FileError:
        raise
    except ExcessError as fault:
        raise FileError("pdf_too_large", path=str(path)) from fault
    except Exception as fault:  # the libraries raise whatever comes
        is_locked = isinstance(fault, PdfminerException) and any(
            isinstance(each, PDFEncryptionError) for each in fault.args
        )
        code = "pdf_locked" if is_locked else "pdf_broken"
        raise FileError(code, path=str(path)) from fault
    return _contents(pages)


def _pages(opened: PDF, path: Path) -> list[_PageContents]:
    """Every page.

    Raises:
        FileError: There are none or too many, or most are pictures.
    """
    number = sum(1 for _ in islice(PDFPage.create_pages(opened.doc), PAGES_LIMIT + 1))
    if not number:
        raise FileError("pdf_broken", path=str(path))
    if number > PAGES_LIMIT:
        raise FileError("pdf_long", path=str(path), limit=PAGES_LIMIT)
    effort = Effort()
    pages = [_read_page(page, effort) for page in opened.pages]
    empty = sum(page.characters < _LEAST_CHARACTERS for page in pages)
    unreadable = sum(page.unreadable for page in pages)
    if unreadable > sum(page.characters for page in pages):
        raise FileError("pdf_garbled", path=str(path))
    if empty * 2 > number:
        raise FileError("pdf_scanned", path=str(path))
    return pages


def _read_page(page: Page, effort: Effort) -> _PageContents:
    draw(page, effort)
    effort.cross(crossings(page))
    glyphs, unreadable = glyphs_of(page)
    tables, rest = tables_of(page, glyphs)
    lines = [line for line in lines_of(rest) if not _is_page_number(line, page)]
    parts: list[Print | PageTable] = [*lines, *tables]
    parts.sort(key=attrgetter("middle"))
    page.close()
    characters = sum(bool(glyph.text.strip()) for glyph in glyphs)
    return _PageContents(parts, float(page.width), characters, unreadable)


def _is_page_number(line: Print, page: Page) -> bool:
    """Whether a line is what is printed at the edge of each page."""
    height = float(page.height)
    if height * _EDGE < line.middle < height * (1 - _EDGE):
        return False
    text = "".join(line.text.split())
    match = _PAGE_NUMBER.fullmatch(text.strip(_DASHES))
    if match is None:
        return False
    is_marked = text[0] in _DASHES or bool(match[1]) or bool(match[3])
    return is_marked or int(match[2]) == page.page_number


def _contents(pages: Iterable[_PageContents]) -> DocumentContents:
    """The lines and tables of all pages."""
    held: list[HeldLine] = []
    tables: list[list[GridRow]] = []
    for part in _whole(pages):
        if isinstance(part, Print):
            held.append(HeldLine(part.text))
            continue
        rows = [GridRow(placed.cell for placed in row) for row in part.rows]
        tables.append(rows[:ROWS_LIMIT])
        for row in rows:
            text = f" {BORDER} ".join(cell.text for cell in row.cells)
            held.append(HeldLine(text, (row,)))
    return DocumentContents(settle(held), tables=grids(tables), has_breaks=True)


def _whole(pages: Iterable[_PageContents]) -> list[Print | PageTable]:
    """Paragraphs and tables in order, those that the end of a line or page parts made whole."""
    margins = _margins(pages)
    made: list[Print | PageTable] = []
    for page in pages:
        for at, part in enumerate(page.parts):
            last = made[-1] if made else None
            whole: Print | PageTable | None = None
            if isinstance(part, Print) and isinstance(last, Print):
                if _goes_on(last, part, margins[page.width]):
                    whole = part._replace(text=last.text + part.text)
            elif isinstance(part, PageTable) and isinstance(last, PageTable) and at == 0:
                whole = last.joined(part)
            if whole is None:
                made.append(part)
            else:
                made[-1] = whole
    return made


def _margins(pages: Iterable[_PageContents]) -> dict[float, tuple[float, float]]:
    """Where lines begin and end that have no room for more, by the width of the paper."""
    margins: dict[float, tuple[float, float]] = {}
    for page in pages:
        left, right = margins.get(page.width, (page.width, page.width * _FULL))
        lines = [part for part in page.parts if isinstance(part, Print)]
        left = min([left, *(line.left for line in lines)])
        right = max([right, *(line.right for line in lines)])
        margins[page.width] = (left, right)
    return margins


def _goes_on(line: Print, below: Print, margins: tuple[float, float]) -> bool:
    """Whether a line ended only because what is below had no room in it."""
    left, right = margins
    if has_end(line.text) or line.text[-1] in _ENDS or abs(line.size - below.size) > 1:
        return False
    if below.left > left + line.size / 2:
        return False
    first = below.text[next(lines_within(below.text, 1, hangs=True))]
    return line.right + columns(first) * line.size / 2 > right - line.size / 4
