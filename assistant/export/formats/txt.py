"""Plain text: paragraphs of one line each, tables in aligned columns."""

from collections.abc import Iterator
from pathlib import Path

from assistant.export.formats.document_lines import (
    OUTER_SPACE,
    DocumentContents,
    Line,
    RenderOptions,
    form,
    text_lines,
    trimmed,
)
from assistant.export.formats.text_table import INDENT, PAGE_WIDTH, centred, table_lines, width
from assistant.report import Block, Report
from assistant.report.draft import Draft

_BLANK = Line(())


def lines(draft: Draft, office: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The lines of the document, blank ones left out."""
    return [line for line in _all_lines(draft.report) if line.text.strip()]


def text(report: Report) -> str:
    """The document as text, blank lines between paragraphs."""
    return "".join(f"{line.text.rstrip(OUTER_SPACE)}\n" for line in _all_lines(report))


def write(draft: Draft, office: RenderOptions) -> bytes:  # noqa: ARG001  it wants nothing of the office
    """The document in UTF-8."""
    return text(draft.report).encode()


def read(path: Path) -> DocumentContents:
    """The lines of a text file, outer space and blank lines left out."""
    return DocumentContents(trimmed(text_lines(path)))


def _all_lines(report: Report) -> Iterator[Line]:
    """Every line, with a blank one between paragraphs and around tables."""
    for at, part in enumerate(report.parts):
        if at:
            yield _BLANK
        if isinstance(part, Block):
            yield _block_line(part)
        else:
            yield from table_lines(part)


def _block_line(block: Block) -> Line:
    if block.kind == "title":
        return centred(block.spans)
    if block.kind == "signature":
        gap = max(0, PAGE_WIDTH - width(block.text) - 4) // 2
        return Line((form(INDENT * gap), *block.spans))
    if block.kind in ("paragraph", "subheading"):
        return Line((form(INDENT * 2), *block.spans))
    return Line(block.spans)
