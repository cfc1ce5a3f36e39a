"""A report to a Word file: paragraphs, tables row copied from row, and the review sheet."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.export.formats.document_lines import RenderOptions
from assistant.export.formats.package import normalise_zip
from assistant.export.formats.review_sheet import REVIEW, SHORT, WIDTHS, ReviewRow, review_rows
from assistant.export.formats.word import WordParagraph, contents, described, draft_mark, length
from assistant.export.formats.word.elements import make, run, runs
from assistant.export.formats.word.empty_document import EmptyDocument, make_base
from assistant.export.formats.word.styles import TWIPS, grid_pitch
from assistant.export.formats.word.write_table import (
    TableMaker,
    is_dense,
    table_cell,
    table_frame,
    table_row,
)
from assistant.form.model.typography import Typography
from assistant.messages import Sentences
from assistant.report import Span, Table
from assistant.report.draft import Draft
from assistant.values.line_breaking import longest_word
from assistant.values.print_format import show

_PROPERTY = 255
"""Characters that a property of a Word file may have."""
_COMPANY = 2
"""Paragraphs that go with the signature to a new page, so that it never stands alone."""


def write_document(draft: Draft, options: RenderOptions) -> bytes:
    """The document, with the review sheet behind the report where the office wants it."""
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
    base: EmptyDocument,
    typography: Typography,
    sentences: Sentences,
) -> list[BaseOxmlElement]:
    """The body of the document; Word wants a paragraph between tables and behind the last."""
    made: list[BaseOxmlElement] = []
    signature: dict[int, tuple[Span, ...]] = {}
    headed: CT_PPr | None = None
    is_shared = False
    for part in parts:
        if isinstance(part, Table):
            _lead_to(part, made, base)
            if headed is not None and is_dense(part, typography):
                headed.pageBreakBefore_val = True
            told = described(part, sentences)
            made.append(TableMaker(part, base, typography, told).make())
            is_shared = part.shared > 0
            continue
        if part.role == "note" and made[-1].tag == qn("w:tbl"):
            _keep_table(made[-1], is_whole=is_shared)
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


def _lead_to(table: Table, made: list[BaseOxmlElement], base: EmptyDocument) -> None:
    """Keep what stands before a table with it; tables that are one in the form stay together."""
    if made and made[-1].tag == qn("w:tbl"):
        if table.shared:
            _keep_table(made[-1])
        made.append(_thin_line(base))
    if made:
        _keep_with_next(made[-1])


def _keep_table(table: BaseOxmlElement, *, is_whole: bool = True) -> None:
    """Keep a table, or its last row, with what follows."""
    for paragraph in (table if is_whole else table[-1]).iter(qn("w:p")):
        _keep_with_next(paragraph)


def _holds_long_word(part: WordParagraph, typography: Typography) -> bool:
    """Whether the line before a word would be spread over the page, as it goes to the next."""
    longest = longest_word("".join(span.text for span in part.spans))
    return typography.roles[part.role].align == "both" and longest >= typography.edges.word


def _thin_line(base: EmptyDocument) -> BaseOxmlElement:
    """A line that takes no room."""
    style = make("pStyle", val=base.ids["table_label"])
    return make("p", make("pPr", style, make("spacing", line=20, lineRule="exact")))


def _keep_with_next(element: BaseOxmlElement) -> None:
    properties = element.find(qn("w:pPr"))
    if properties is not None:
        properties.keepNext_val = True


def _centre(
    properties: Sequence[BaseOxmlElement],
    lines: Sequence[Iterable[Span]],
    base: EmptyDocument,
    typography: Typography,
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


_ROLES = {"title": "table_title", "body": "table_body", "signs": "table_body"}
_ABOVE_SIGNS = 240
"""Twips."""


def review_page(draft: Draft, options: RenderOptions, base: EmptyDocument) -> list[BaseOxmlElement]:
    """The paragraphs and tables of the page."""
    typography = options.library.typography
    widths = [base.text_width * width // sum(WIDTHS) for width in WIDTHS]
    made: list[BaseOxmlElement] = []
    for each in review_rows(draft, options.library.sentences):
        if each.role in _ROLES:
            style = make("pStyle", val=base.ids[_ROLES[each.role]])
            made.append(make("p", make("pPr", style), *map(run, map(str, each.cells))))
            continue
        if each.role == "head":
            properties, grid = table_frame(widths, base)
            properties.append(make("tblCaption", val=made[-1].text))  # the heading above
            made.append(make("tbl", properties, grid))
        made[-1].append(_row(each, widths, base, typography))
    _bound(made[0], made[-1])
    if made[-2].tag == qn("w:tbl"):
        _keep_table(made[-2], is_whole=False)  # no signature alone on a page
    return made


def _bound(first: BaseOxmlElement, last: BaseOxmlElement) -> None:
    """Begin on a new page, leave room for hands to sign, and mark both ends for the reader."""
    first[0].pageBreakBefore_val = True
    first.insert(1, make("bookmarkStart", id=0, name=REVIEW))
    last[0].append(make("spacing", before=_ABOVE_SIGNS))
    last.append(make("bookmarkEnd", id=0))


def _row(
    each: ReviewRow, widths: list[int], base: EmptyDocument, typography: Typography
) -> BaseOxmlElement:
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
