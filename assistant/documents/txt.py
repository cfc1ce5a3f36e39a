"""Plain text: paragraphs of one line each, tables in aligned columns."""

from collections.abc import Iterator
from pathlib import Path

from assistant.documents.columns import INDENT, PAGE_WIDTH, centred, table_lines, width
from assistant.documents.lines import OUTER_SPACE, Line, form, text_lines, trimmed
from assistant.report import Block, Report

_BLANK = Line(())


def lines(report: Report) -> list[Line]:
    """The lines of the document, blank ones left out."""
    return [line for line in _all_lines(report) if line.text.strip()]


def write(report: Report) -> bytes:
    """The document in UTF-8, blank lines between paragraphs."""
    return "".join(f"{line.text.rstrip(OUTER_SPACE)}\n" for line in _all_lines(report)).encode()


def read(path: Path) -> list[str]:
    """The lines of a text file, outer space and blank lines left out."""
    return trimmed(text_lines(path))


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
