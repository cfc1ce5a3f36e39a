"""A report to a Word file: paragraphs, tables row copied from row, and the review sheet."""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

from assistant.export.formats.package import normalise_zip
from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, ReviewRow, review_rows
from assistant.export.formats.word import (
    WordParagraph,
    contents,
    draft_mark,
    length,
)
from assistant.export.formats.word.elements import make, needs_telling, run, runs
from assistant.export.formats.word.empty_document import make_base
from assistant.export.formats.word.styles import GRID, TWIPS, TWIPS_PER_MM, grid_pitch
from assistant.report import HeadCell, Span, Table, column_widths
from assistant.values.print_format import show

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from assistant.export.formats.document_lines import RenderOptions
    from assistant.export.formats.word.empty_document import EmptyDocument
    from assistant.form.model.typography import Typography
    from assistant.report import TableRow
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
    for element in (*_elements(parts, base, typography), *review):
        body.insert(end, element)
        end += 1
    document.core_properties.title = report.title[:_PROPERTY]
    document.core_properties.language = "zh-CN"
    stream = io.BytesIO()
    document.save(stream)
    return normalise_zip(stream.getvalue())


def _elements(
    parts: Sequence[WordParagraph | Table], base: "EmptyDocument", typography: "Typography"
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
            made.append(TableMaker(part, base, typography).make())
            continue
        if part.role == "signature":
            signature[len(made)] = part.spans
        style = make("pStyle", val=base.ids[part.role])
        made.append(make("p", make("pPr", style), *runs(part.spans)))
        headed = made[-1][0] if part.role == "heading" else headed
    if made and made[-1].tag == qn("w:tbl"):
        made.append(_thin_line(base))
    if signature:
        first = min(signature)
        for element in made[max(0, first - _COMPANY) : max(signature)]:
            _keep_with_next(element)
        _centre([made[at][0] for at in signature], list(signature.values()), base, typography)
    return made


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
_WORDS = qn("w:t")


def is_dense(table: "Table", typography: "Typography") -> bool:
    """Whether a table has so many rows of several numbers that it needs a page of its own."""
    return table.numbers > 1 and len(table.rows) >= typography.table.dense.rows


class TableMaker:
    """Makes one table; keeps a prepared row for every indent."""

    def __init__(self, table: "Table", base: "EmptyDocument", typography: "Typography") -> None:
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
        heads = map(self._head_row, self._table.head_rows())
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
        label, unit, most = (
            round(size * TWIPS_PER_MM) for size in (look.label, look.unit, self._number)
        )
        whole = self._base.text_width
        number = most if "label" in table.stub else whole
        widths = column_widths(
            table.stub, table.numbers, whole, label=label, unit=unit, number=number
        )
        return list(map(int, widths))

    @property
    def _is_narrow(self) -> bool:
        """Numbers have too little room for the usual space beside them."""
        usual = self._typography.table.number * TWIPS_PER_MM
        return self._table.numbers > 0 and self._widths[-1] < usual * _NARROW

    def _head_row(self, heads: list[HeadCell]) -> "BaseOxmlElement":
        row = table_row(self._row_height, is_head=True)
        for head in heads:
            width = sum(self._widths[head.column : head.column + head.across])
            cell = table_cell(width, f"{self._look}_head", self._base)
            properties = cell.find(qn("w:tcPr"))
            if head.across > 1:
                properties.insert(1, make("gridSpan", val=head.across))
            if head.down > 1:
                at = len(properties) - 1
                properties.insert(
                    at, make("vMerge", val="continue" if head.is_below else "restart")
                )
            if head.text:
                cell[-1].append(run(head.text))
            row.append(cell)
        return row

    def _row(self, row: "TableRow") -> "BaseOxmlElement":
        key = (row.indent, row.hang)
        if key not in self._prepared:
            self._prepared[key] = self._prepare(*key)
        made = deepcopy(self._prepared[key])
        cells = self._table.cells_of(row)
        for words, span in zip(list(made.iter(_WORDS)), cells, strict=True):
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
