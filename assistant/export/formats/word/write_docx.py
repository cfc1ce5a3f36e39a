"""A report to a Word file."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

from assistant.export.formats.archive import normalise_zip
from assistant.export.formats.word.document_content import (
    WordParagraph,
    contents,
    draft_mark,
    length,
)
from assistant.export.formats.word.elements import make, runs
from assistant.export.formats.word.empty_document import make_base
from assistant.export.formats.word.review_docx import review_page
from assistant.export.formats.word.styles import TWIPS, grid_pitch
from assistant.export.formats.word.word_tables import TableMaker, is_dense
from assistant.report import Span, Table

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from assistant.export.formats.document_lines import RenderOptions
    from assistant.export.formats.word.empty_document import Base
    from assistant.form.model.typography import Typography
    from assistant.report.draft import Draft

_PROPERTY = 255
"""Characters that a property of a Word file may have."""
_COMPANY = 2
"""Paragraphs that go with the signature to a new page, so that it never stands alone."""


def write_document(draft: "Draft", office: "RenderOptions") -> bytes:
    """The document, with the review sheet behind the report where the office wants it.

    Raises:
        FileError: The office's own file cannot be used.
        LibraryError: The typography is wrong.
    """
    report = draft.report
    typography, sentences = office.shelf.typography, office.shelf.sentences
    base = make_base(typography, office.reference, draft_mark(report, sentences))
    document = Document(io.BytesIO(base.data))
    body = document.element.body
    end = len(body) - 1
    parts = list(contents(report, sentences, typography))
    review = review_page(draft, office, base) if office.has_review else []
    for element in (*_elements(parts, base, typography), *review):
        body.insert(end, element)
        end += 1
    title = (block.text for block in report.blocks if block.kind == "title")
    document.core_properties.title = next(title, "")[:_PROPERTY]
    document.core_properties.language = "zh-CN"
    stream = io.BytesIO()
    document.save(stream)
    return normalise_zip(stream.getvalue())


def _elements(
    parts: Sequence[WordParagraph | Table], base: "Base", typography: "Typography"
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


def _thin_line(base: "Base") -> "BaseOxmlElement":
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
    base: "Base",
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
