"""What every table of a Word document is made of: its frame, rows that stay whole, cells."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.export.formats.word.elements import make
from assistant.export.formats.word.styles import GRID, TWIPS_PER_MM

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from assistant.export.formats.word.empty_document import Base


def table_frame(widths: Sequence[int], base: "Base") -> "tuple[BaseOxmlElement, BaseOxmlElement]":
    """The properties of a table with columns of these twips, and its grid."""
    properties = make(
        "tblPr",
        make("tblStyle", val=base.ids[GRID]),
        make("tblW", w=sum(widths), type="dxa"),
        make("jc", val="center"),
        make("tblLayout", type="fixed"),
    )
    return properties, make("tblGrid", *(make("gridCol", w=width) for width in widths))


def table_row(least: float, *, is_head: bool = False) -> "BaseOxmlElement":
    """A row without cells, millimetres high; a head stands on every page that the table takes."""
    height = round(least * TWIPS_PER_MM)
    properties = make("trPr", make("cantSplit"), make("trHeight", val=height, hRule="atLeast"))
    if is_head:
        properties.append(make("tblHeader"))
    return make("tr", properties)


def table_cell(width: int, role: str, base: "Base") -> "BaseOxmlElement":
    """A cell with an empty paragraph, its last child."""
    properties = make("tcPr", make("tcW", w=width, type="dxa"), make("vAlign", val="center"))
    return make("tc", properties, make("p", make("pPr", make("pStyle", val=base.ids[role]))))
