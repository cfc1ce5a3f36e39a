"""The review sheet as the last page of a Word document, between the two ends of a bookmark."""

from decimal import Decimal
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, ReviewRow, review_rows
from assistant.export.formats.word.elements import make, run
from assistant.export.formats.word.table_cells import table_cell, table_frame, table_row
from assistant.values.print_format import show

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from assistant.export.formats.document_lines import RenderOptions
    from assistant.export.formats.word.empty_document import Base
    from assistant.form.model.typography import Typography
    from assistant.report.draft import Draft

_ROLES = {"title": "table_title", "body": "table_body", "signs": "table_body"}
_ABOVE_SIGNS = 240
"""Twips."""


def review_page(draft: "Draft", office: "RenderOptions", base: "Base") -> "list[BaseOxmlElement]":
    """The paragraphs and tables of the page.

    Raises:
        LibraryError: A sentence is broken.
    """
    typography = office.shelf.typography
    widths = [base.text_width * width // sum(WIDTHS) for width in WIDTHS]
    made: list[BaseOxmlElement] = []
    for each in review_rows(draft, office.shelf.sentences):
        if each.role in _ROLES:
            style = make("pStyle", val=base.ids[_ROLES[each.role]])
            made.append(make("p", make("pPr", style), *map(run, map(str, each.cells))))
            continue
        if each.role == "head":
            made.append(make("tbl", *table_frame(widths, base)))
        made[-1].append(_row(each, widths, base, typography))
    _bound(made[0], made[-1])
    if made[-2].tag == qn("w:tbl"):
        for properties in made[-2][-1].iter(qn("w:pPr")):
            properties.insert(1, make("keepNext"))  # no signature alone on a page
    return made


def _bound(first: "BaseOxmlElement", last: "BaseOxmlElement") -> None:
    """Begin on a new page, leave room for hands to sign, and mark both ends for the reader."""
    first[0].append(make("pageBreakBefore"))
    first.insert(1, make("bookmarkStart", id=0, name=REVIEW))
    last[0].append(make("spacing", before=_ABOVE_SIGNS))
    last.append(make("bookmarkEnd", id=0))


def _row(
    each: ReviewRow, widths: list[int], base: "Base", typography: "Typography"
) -> "BaseOxmlElement":
    is_head = each.role == "head"
    row = table_row(typography.table.row, is_head=is_head)
    for at, (width, content) in enumerate(zip(widths, each.cells, strict=True)):
        role = "table_head" if is_head else "table_unit" if at < SHORT else "table_label"
        cell = table_cell(width, role, base)
        is_number = isinstance(content, Decimal)
        if is_number:
            cell[-1].find(qn("w:pPr")).append(make("jc", val="center"))
        cell[-1].append(run(show(content) if is_number else str(content)))
        row.append(cell)
    return row
