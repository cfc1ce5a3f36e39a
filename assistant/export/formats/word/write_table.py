"""Tables of a Word document: cells merged as the form has them, every number on one line."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from math import floor

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.export.formats.word.elements import make, needs_telling, run
from assistant.export.formats.word.empty_document import EmptyDocument
from assistant.export.formats.word.styles import GRID, TWIPS, TWIPS_PER_MM, margins
from assistant.form.model.typography import Typography
from assistant.report import (
    CellRole,
    PrintedCell,
    PrintedRow,
    Span,
    Table,
    column_widths,
    printed_grid,
)


def table_frame(
    widths: Sequence[int], base: EmptyDocument
) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """The properties of a table with columns of these twips, and its grid."""
    properties = make(
        "tblPr",
        make("tblStyle", val=base.ids[GRID]),
        make("tblW", w=sum(widths), type="dxa"),
        make("jc", val="center"),
        make("tblLayout", type="fixed"),
    )
    return properties, make("tblGrid", *(make("gridCol", w=width) for width in widths))


def table_row(least: float, *, is_head: bool = False) -> BaseOxmlElement:
    """A row without cells, millimetres high; a head stands on every page that the table takes."""
    height = round(least * TWIPS_PER_MM)
    properties = make("trPr", make("cantSplit"), make("trHeight", val=height, hRule="atLeast"))
    if is_head:
        properties.append(make("tblHeader"))
    return make("tr", properties)


def table_cell(width: int, role: str, base: EmptyDocument) -> BaseOxmlElement:
    """A cell with an empty paragraph, its last child."""
    properties = make("tcPr", make("tcW", w=width, type="dxa"), make("vAlign", val="center"))
    return make("tc", properties, make("p", make("pPr", make("pStyle", val=base.ids[role]))))


_HUNDREDTHS = 100
_NARROW = 0.7
"""Share of the usual width of a number, below which its space is given up."""
_DIGIT = 0.52
"""Width of a digit, in its size; fonts that stand in for others set it a little wider."""
_HALF_EM = 0.5
_WORDS = qn("w:t")


def is_dense(table: "Table", typography: Typography) -> bool:
    """Whether a table has so many rows of several numbers that it needs a page of its own."""
    return table.numbers > 1 and len(table.rows) >= typography.table.dense.rows


class TableMaker:
    """Makes one table; keeps a prepared row for every shape of its cells."""

    def __init__(
        self,
        table: "Table",
        base: EmptyDocument,
        typography: Typography,
        description: str,
    ) -> None:
        """Lay out the columns."""
        self._table = table
        self._grid = printed_grid(table)
        self._base = base
        self._typography = typography
        self._description = description
        look = typography.table
        is_small = is_dense(table, typography)
        self._look = "dense" if is_small else "table"
        self._number = look.dense.number if is_small else look.number
        self._row_height = look.dense.row if is_small else look.row
        self._number_style = typography.roles[f"{self._look}_number"]
        self._longest = self._longest_number()
        self._widths = self._lay_out()
        self._size = self._fitting_size()
        self._prepared: dict[tuple[object, ...], BaseOxmlElement] = {}

    def make(self) -> BaseOxmlElement:
        """The table with its header and all its rows."""
        properties, grid = table_frame(self._widths, self._base)
        if self._is_narrow:
            properties.append(self._margins())
        properties.append(make("tblCaption", val=self._table.caption))
        properties.append(make("tblDescription", val=self._description))
        heads = (self._row(cells, is_head=True) for cells in self._grid.heads)
        return make("tbl", properties, grid, *heads, *map(self._row, self._grid.rows))

    def _margins(self) -> BaseOxmlElement:
        """Little room beside narrow numbers, and above and below them in a dense table."""
        look = self._typography.table
        side = int(look.above * TWIPS_PER_MM)
        above = int(look.dense.above * TWIPS_PER_MM) if self._look == "dense" else side
        return margins(side, above)

    def _lay_out(self) -> list[int]:
        """Twips of each printed column; many numbers share what labels leave them.

        Tables that share a grid have columns of one width; headings beside rows take what their
        lines need of the room for labels.
        """
        look, table, whole = self._typography.table, self._table, self._base.text_width
        if table.shared:
            return [whole // self._grid.width] * self._grid.width
        label, unit, most = (
            round(size * TWIPS_PER_MM) for size in (look.label, look.unit, self._number)
        )
        if self._look == "table":
            most = max(most, self._longest + self._beside_number)
        number = most if table.stub else whole
        widths = column_widths(
            table.stub, table.numbers, whole, label=label, unit=unit, number=number
        )
        size = self._typography.roles[f"{self._look}_label"].size * TWIPS
        margins = 2 * look.above * TWIPS_PER_MM
        beside = [room * _HALF_EM * size + margins for room in self._grid.heading_rooms]
        if beside:
            widths[:1] = [*beside, widths[0] - sum(beside)]
        return list(map(int, widths))

    def _longest_number(self) -> int:
        """Twips of the longest number in its usual size."""
        size = self._number_style.size * TWIPS
        spans = (span for row in self._table.rows for span in row.cells if span.kind == "figure")
        return int(max((len(span.text) for span in spans), default=0) * _DIGIT * size)

    @property
    def _beside_number(self) -> int:
        """Twips that the usual space beside a number takes, its indent with it."""
        margin, style = self._typography.table.margin, self._number_style
        return int(2 * margin * TWIPS_PER_MM + style.right * style.size * TWIPS)

    def _fitting_size(self) -> float:
        """Points of the numbers, less than usual where the longest would not stay on its line."""
        usual = self._number_style.size
        if not self._longest:
            return usual
        beside = self._beside_number
        if self._is_narrow:
            beside = 2 * int(self._typography.table.above * TWIPS_PER_MM)
        room = min(
            sum(self._widths[cell.column : cell.column + cell.across]) - beside
            for cells in self._grid.rows for cell in cells if cell.role == "number"
        )  # fmt: skip
        return min(usual, floor(2 * usual * room / self._longest) / 2)

    @property
    def _is_narrow(self) -> bool:
        """Numbers have too little room for the usual space beside them."""
        usual = self._typography.table.number * TWIPS_PER_MM
        return self._table.numbers > 0 and self._widths[-1] < usual * _NARROW

    def _row(self, cells: PrintedRow, *, is_head: bool = False) -> BaseOxmlElement:
        key = (is_head, *(cell._replace(span=_NO_WORDS) for cell in cells))
        if key not in self._prepared:
            row = table_row(self._row_height, is_head=is_head)
            row.extend(map(self._prepared_cell, cells))
            if not any(cell.role in ("head", "number") for cell in cells):
                for properties in row.iter(qn("w:pPr")):
                    properties.keepNext_val = True  # no heading without a row that it is of
            self._prepared[key] = row
        made = deepcopy(self._prepared[key])
        told = (cell for cell in cells if not cell.is_below)
        for words, cell in zip(list(made.iter(_WORDS)), told, strict=True):
            self._fill(words, cell.span)
        return made

    def _fill(self, words: BaseOxmlElement, span: Span) -> None:
        if span.kind == "gap" or needs_telling(span.text):
            plain = words.getparent()
            plain.getparent().replace(plain, run(span.text, is_gap=span.kind == "gap"))
        else:
            words.text = span.text

    def _prepared_cell(self, cell: PrintedCell) -> BaseOxmlElement:
        width = sum(self._widths[cell.column : cell.column + cell.across])
        role = f"{self._look}_{_STYLES.get(cell.role, cell.role)}"
        made = table_cell(width, role, self._base)
        properties, paragraph = made[0], made[-1][0]
        if cell.down > 1:
            properties.insert(1, make("vMerge", val="continue" if cell.is_below else "restart"))
        if cell.across > 1:
            properties.insert(1, make("gridSpan", val=cell.across))
        if cell.role == "label":
            paragraph.append(self._indent(cell, self._typography.roles[role].size))
        if cell.role == "heading":
            paragraph.append(make("jc", val="center"))
        if cell.role == "number" and (self._is_narrow or self._table.shared):
            paragraph.extend([make("ind", rightChars=0, right=0), make("jc", val="center")])
        if not cell.is_below:
            made[-1].append(self._empty_run(cell))
        return made

    def _indent(self, cell: PrintedCell, size: float) -> BaseOxmlElement:
        left = cell.indent + cell.hang
        return make(
            "ind",
            leftChars=left * _HUNDREDTHS,
            left=int(left * size * TWIPS),
            hangingChars=cell.hang * _HUNDREDTHS,
            hanging=int(cell.hang * size * TWIPS),
        )

    def _empty_run(self, cell: PrintedCell) -> BaseOxmlElement:
        made = run("")
        if cell.role == "number" and self._size < self._number_style.size:
            halves = round(2 * self._size)
            made.insert(0, make("rPr", make("sz", val=halves), make("szCs", val=halves)))
        return made


_NO_WORDS = Span("form", "")
_STYLES: Mapping[CellRole, CellRole] = {"heading": "label"}
"""Whose style a cell has, where it has none of its own."""
