"""A report to a Word file: paragraphs, tables row copied from row, and the review sheet."""

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from math import floor
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

from assistant.export.formats.package import normalise_zip
from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, ReviewRow, review_rows
from assistant.export.formats.word import (
    WordParagraph,
    contents,
    described,
    draft_mark,
    length,
)
from assistant.export.formats.word.elements import make, needs_telling, run, runs
from assistant.export.formats.word.empty_document import make_base
from assistant.export.formats.word.styles import GRID, TWIPS, TWIPS_PER_MM, grid_pitch
from assistant.report import (
    CellRole,
    PrintedCell,
    PrintedRow,
    Span,
    Table,
    column_widths,
    printed_grid,
)
from assistant.values.line_breaking import longest_word
from assistant.values.print_format import show

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from assistant.export.formats.document_lines import RenderOptions
    from assistant.export.formats.word.empty_document import EmptyDocument
    from assistant.form.model.typography import Typography
    from assistant.messages import Sentences
    from assistant.report.draft import Draft

_PROPERTY = 255
"""Characters that a property of a Word file may have."""
_COMPANY = 2
"""Paragraphs that go with the signature to a new page, so that it never stands alone."""


def write_document(draft: "Draft", options: "RenderOptions") -> bytes:
    """The document, with the review sheet behind the report where the office wants it.

    Raises:
        FileError: the office's own file cannot be used.
        LibraryError: The typography is wrong.
    """
    report = draft.report
    typography, sentences = options.library.typography, options.library.sentences
    base = make_base(typography, options.reference, draft_mark(report, sentences))
    document = Document(io.BytesIO(base.data))
    body = document.element.body
    end = len(body) - 1
    parts = list(contents(report, sentences, typography))
    review = review_page(draft, options, base) if options.has_review else []
    for element in (*_elements(parts, base, typography, sentences), *review):
        body.insert(end, element)
        end += 1
    document.core_properties.title = report.title[:_PROPERTY]
    document.core_properties.language = "zh-CN"
    stream = io.BytesIO()
    document.save(stream)
    return normalise_zip(stream.getvalue())


def _elements(
    parts: Sequence[WordParagraph | Table],
    base: "EmptyDocument",
    typography: "Typography",
    sentences: "Sentences",
) -> "list[BaseOxmlElement]":
    """The body of the document; Word wants a paragraph between tables and behind the last."""
    made: list[BaseOxmlElement] = []
    signature: dict[int, tuple[Span, ...]] = {}
    headed: BaseOxmlElement | None = None
    for part in parts:
        if isinstance(part, Table):
            if made and made[-1].tag == qn("w:tbl"):
                made.append(_thin_line(base))
            elif made:
                _keep_with_next(made[-1])
            if headed is not None and is_dense(part, typography):
                headed.insert(1, make("pageBreakBefore"))
            told = described(part, sentences)
            made.append(TableMaker(part, base, typography, told).make())
            continue
        if part.role == "signature":
            signature[len(made)] = part.spans
        properties = make("pPr", make("pStyle", val=base.ids[part.role]))
        if _holds_long_word(part, typography):
            properties.append(make("jc", val="left"))
        made.append(make("p", properties, *runs(part.spans)))
        headed = made[-1][0] if part.role == "heading" else headed
    if made and made[-1].tag == qn("w:tbl"):
        made.append(_thin_line(base))
    if signature:
        first = min(signature)
        for element in made[max(0, first - _COMPANY) : max(signature)]:
            _keep_with_next(element)
        _centre([made[at][0] for at in signature], list(signature.values()), base, typography)
    return made


def _holds_long_word(part: WordParagraph, typography: "Typography") -> bool:
    """Whether the line before a word would be spread over the page, as it goes to the next."""
    longest = longest_word("".join(span.text for span in part.spans))
    return typography.roles[part.role].align == "both" and longest >= typography.edges.word


def _thin_line(base: "EmptyDocument") -> "BaseOxmlElement":
    """A line that takes no room."""
    style = make("pStyle", val=base.ids["table_label"])
    return make("p", make("pPr", style, make("spacing", line=20, lineRule="exact")))


def _keep_with_next(element: "BaseOxmlElement") -> None:
    properties = element.find(qn("w:pPr"))
    if properties is not None and properties.find(qn("w:keepNext")) is None:
        properties.insert(1, make("keepNext"))


def _centre(
    properties: "Sequence[BaseOxmlElement]",
    lines: Sequence[Iterable[Span]],
    base: "EmptyDocument",
    typography: "Typography",
) -> None:
    """Centre the lines of the signature over the last one, which is the date.

    All are centred in one box at the right side, so that they stand above each other whatever
    a program takes for the width of digits.
    """
    style = typography.styles.signature
    lengths = [length(spans) for spans in lines]
    axis = max(style.right + lengths[-1] / 2, max(lengths) / 2)
    left = max(0, base.text_width - int(2 * axis * style.size * TWIPS))
    for at, element in enumerate(properties):
        before = int(style.before * grid_pitch(typography)) if at == 0 else 0
        element.append(make("spacing", before=before))
        element.append(make("ind", left=left, rightChars=0, right=0))
        element.append(make("jc", val="center"))


def table_frame(
    widths: Sequence[int], base: "EmptyDocument"
) -> "tuple[BaseOxmlElement, BaseOxmlElement]":
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


def table_cell(width: int, role: str, base: "EmptyDocument") -> "BaseOxmlElement":
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


def is_dense(table: "Table", typography: "Typography") -> bool:
    """Whether a table has so many rows of several numbers that it needs a page of its own."""
    return table.numbers > 1 and len(table.rows) >= typography.table.dense.rows


class TableMaker:
    """Makes one table; keeps a prepared row for every shape of its cells."""

    def __init__(
        self,
        table: "Table",
        base: "EmptyDocument",
        typography: "Typography",
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
        self._widths = self._lay_out()
        self._size = self._fitting_size()
        self._prepared: dict[tuple[object, ...], BaseOxmlElement] = {}

    def make(self) -> "BaseOxmlElement":
        """The table with its header and all its rows."""
        properties, grid = table_frame(self._widths, self._base)
        if self._is_narrow:
            properties.append(self._margins())
        properties.append(make("tblCaption", val=self._table.caption))
        properties.append(make("tblDescription", val=self._description))
        heads = (self._row(cells, is_head=True) for cells in self._grid.heads)
        return make("tbl", properties, grid, *heads, *map(self._row, self._grid.rows))

    def _margins(self) -> "BaseOxmlElement":
        """Little room beside narrow numbers, and above and below them in a dense table."""
        look = self._typography.table
        side = int(look.above * TWIPS_PER_MM)
        above = int(look.dense.above * TWIPS_PER_MM) if self._look == "dense" else side
        edges = {"top": above, "left": side, "bottom": above, "right": side}
        made = (make(name, w=width, type="dxa") for name, width in edges.items())
        return make("tblCellMar", *made)

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
            most = max(most, self._longest() + self._beside_number)
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

    def _longest(self) -> int:
        """Twips of the longest number in its usual size."""
        size = self._typography.roles[f"{self._look}_number"].size * TWIPS
        spans = (span for row in self._table.rows for span in row.cells if span.kind == "figure")
        return int(max((len(span.text) for span in spans), default=0) * _DIGIT * size)

    @property
    def _beside_number(self) -> int:
        """Twips that the usual space beside a number takes, its indent with it."""
        style = self._typography.roles[f"{self._look}_number"]
        return int(
            2 * self._typography.table.margin * TWIPS_PER_MM + style.right * style.size * TWIPS
        )

    def _fitting_size(self) -> float:
        """Points of the numbers, less than usual where the longest would not stay on its line."""
        usual = self._typography.roles[f"{self._look}_number"].size
        if not self._longest():
            return usual
        beside = self._beside_number
        if self._is_narrow:
            beside = 2 * int(self._typography.table.above * TWIPS_PER_MM)
        room = min(
            sum(self._widths[cell.column : cell.column + cell.across]) - beside
            for cells in self._grid.rows for cell in cells if cell.role == "number"
        )  # fmt: skip
        return min(usual, floor(2 * usual * room / self._longest()) / 2)

    @property
    def _is_narrow(self) -> bool:
        """Numbers have too little room for the usual space beside them."""
        usual = self._typography.table.number * TWIPS_PER_MM
        return self._table.numbers > 0 and self._widths[-1] < usual * _NARROW

    def _row(self, cells: PrintedRow, *, is_head: bool = False) -> "BaseOxmlElement":
        key = (is_head, *(cell._replace(span=_NO_WORDS) for cell in cells))
        if key not in self._prepared:
            self._prepared[key] = self._prepare(cells, is_head=is_head)
        made = deepcopy(self._prepared[key])
        told = (cell for cell in cells if not cell.is_below)
        for words, cell in zip(list(made.iter(_WORDS)), told, strict=True):
            self._fill(words, cell.span)
        return made

    def _fill(self, words: "BaseOxmlElement", span: Span) -> None:
        if span.kind == "gap" or needs_telling(span.text):
            plain = words.getparent()
            plain.getparent().replace(plain, run(span.text, is_gap=span.kind == "gap"))
        else:
            words.text = span.text

    def _prepare(self, cells: PrintedRow, *, is_head: bool) -> "BaseOxmlElement":
        """A row without words."""
        row = table_row(self._row_height, is_head=is_head)
        for cell in cells:
            row.append(self._prepared_cell(cell))
        return row

    def _prepared_cell(self, cell: PrintedCell) -> "BaseOxmlElement":
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

    def _indent(self, cell: PrintedCell, size: float) -> "BaseOxmlElement":
        left = cell.indent + cell.hang
        return make(
            "ind",
            leftChars=left * _HUNDREDTHS,
            left=int(left * size * TWIPS),
            hangingChars=cell.hang * _HUNDREDTHS,
            hanging=int(cell.hang * size * TWIPS),
        )

    def _empty_run(self, cell: PrintedCell) -> "BaseOxmlElement":
        made = run("")
        if (
            cell.role == "number"
            and self._size < self._typography.roles[f"{self._look}_number"].size
        ):
            halves = round(2 * self._size)
            made.insert(0, make("rPr", make("sz", val=halves), make("szCs", val=halves)))
        return made


_NO_WORDS = Span("form", "")
_STYLES: Mapping[CellRole, CellRole] = {"heading": "label"}
"""Whose style a cell has, where it has none of its own."""
_ROLES = {"title": "table_title", "body": "table_body", "signs": "table_body"}
_ABOVE_SIGNS = 240
"""Twips."""


def review_page(
    draft: "Draft", options: "RenderOptions", base: "EmptyDocument"
) -> "list[BaseOxmlElement]":
    """The paragraphs and tables of the page.

    Raises:
        LibraryError: A sentence is broken.
    """
    typography = options.library.typography
    widths = [base.text_width * width // sum(WIDTHS) for width in WIDTHS]
    made: list[BaseOxmlElement] = []
    for each in review_rows(draft, options.library.sentences):
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
    each: ReviewRow, widths: list[int], base: "EmptyDocument", typography: "Typography"
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
