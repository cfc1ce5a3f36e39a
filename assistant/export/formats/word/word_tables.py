"""Tables of a Word document, row copied from row."""

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from assistant.export.formats.document_lines import form
from assistant.export.formats.word.document_content import HeadCell, head_rows
from assistant.export.formats.word.elements import make, needs_telling, run
from assistant.export.formats.word.styles import TWIPS, TWIPS_PER_MM
from assistant.export.formats.word.table_cells import table_cell, table_frame, table_row

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from assistant.export.formats.word.empty_document import Base
    from assistant.form.model.typography import Typography
    from assistant.report import Table, TableRow

_LIST = "其中："
_HUNDREDTHS = 100
_NARROW = 0.7
"""Share of the usual width of a number, below which its space is given up."""
_WORDS = qn("w:t")


def is_dense(table: "Table", typography: "Typography") -> bool:
    """Whether a table has so many rows of several numbers that it needs a page of its own."""
    return table.numbers > 1 and len(table.rows) >= typography.table.dense.rows


class TableMaker:
    """Makes one table; keeps a prepared row for every indent."""

    def __init__(self, table: "Table", base: "Base", typography: "Typography") -> None:
        """Lay out the columns."""
        self._table = table
        self._base = base
        self._typography = typography
        look = typography.table
        is_small = is_dense(table, typography)
        self._look = "dense" if is_small else "table"
        self._number = look.dense.number if is_small else look.number
        self._row_height = look.dense.row if is_small else look.row
        self._widths = self._lay_out()
        self._prepared: dict[tuple[int, int], BaseOxmlElement] = {}

    def make(self) -> "BaseOxmlElement":
        """The table with its header and all its rows."""
        properties, grid = table_frame(self._widths, self._base)
        if self._is_narrow:
            properties.append(self._margins())
        heads = map(self._head_row, head_rows(self._table))
        return make("tbl", properties, grid, *heads, *map(self._row, self._table.rows))

    def _margins(self) -> "BaseOxmlElement":
        """Little room beside narrow numbers, and above and below them in a dense table."""
        look = self._typography.table
        side = int(look.above * TWIPS_PER_MM)
        above = int(look.dense.above * TWIPS_PER_MM) if self._look == "dense" else side
        edges = {"top": above, "left": side, "bottom": above, "right": side}
        made = (make(name, w=width, type="dxa") for name, width in edges.items())
        return make("tblCellMar", *made)

    def _lay_out(self) -> list[int]:
        """Twips of each column; many numbers share what labels leave them."""
        look, table = self._typography.table, self._table
        whole = self._base.text_width
        unit = round(look.unit * TWIPS_PER_MM) if "unit" in table.stub else 0
        least = round(look.label * TWIPS_PER_MM) if "label" in table.stub else 0
        count = max(1, table.numbers)
        number = (whole - unit - least) // count
        if least:
            number = min(number, round(self._number * TWIPS_PER_MM))
        label = whole - unit - number * count
        stub = [label if column == "label" else unit for column in table.stub]
        return [*stub, *([number] * table.numbers)]

    @property
    def _is_narrow(self) -> bool:
        """Numbers have too little room for the usual space beside them."""
        usual = self._typography.table.number * TWIPS_PER_MM
        return self._table.numbers > 0 and self._widths[-1] < usual * _NARROW

    def _head_row(self, heads: list[HeadCell]) -> "BaseOxmlElement":
        row = table_row(self._row_height, is_head=True)
        column = 0
        for head in heads:
            width = sum(self._widths[column : column + head.across])
            cell = table_cell(width, f"{self._look}_head", self._base)
            properties = cell.find(qn("w:tcPr"))
            if head.across > 1:
                properties.insert(1, make("gridSpan", val=head.across))
            if head.is_joined:
                at = len(properties) - 1
                properties.insert(
                    at, make("vMerge", val="continue" if head.is_below else "restart")
                )
            if head.text:
                cell[-1].append(run(head.text))
            row.append(cell)
            column += head.across
        return row

    def _row(self, row: "TableRow") -> "BaseOxmlElement":
        step = len(_LIST) if row.label.startswith(_LIST) else 0 if row.is_aligned else 1
        key = (row.indent, step)
        if key not in self._prepared:
            self._prepared[key] = self._prepare(*key)
        made = deepcopy(self._prepared[key])
        filled = [*map(form, self._table.stub_of(row)), *row.cells]
        for words, span in zip(list(made.iter(_WORDS)), filled, strict=False):
            if span.kind == "gap" or needs_telling(span.text):
                plain = words.getparent()
                plain.getparent().replace(plain, run(span.text, is_gap=span.kind == "gap"))
            else:
                words.text = span.text
        return made

    def _prepare(self, indent: int, step: int) -> "BaseOxmlElement":
        """An empty row whose label stands in from the left."""
        table = self._table
        look = self._look
        roles = [f"{look}_{column}" for column in table.stub] + [f"{look}_number"] * table.numbers
        row = table_row(self._row_height)
        for width, role in zip(self._widths, roles, strict=True):
            cell = table_cell(width, role, self._base)
            if role == f"{look}_label":
                size = self._typography.roles[role].size
                left = indent + step
                cell[-1][0].append(
                    make(
                        "ind",
                        leftChars=left * _HUNDREDTHS,
                        left=int(left * size * TWIPS),
                        hangingChars=step * _HUNDREDTHS,
                        hanging=int(step * size * TWIPS),
                    )
                )
            if role == f"{look}_number" and self._is_narrow:
                cell[-1][0].extend([make("ind", rightChars=0, right=0), make("jc", val="center")])
            cell[-1].append(run(""))
            row.append(cell)
        return row
