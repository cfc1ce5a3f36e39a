"""Web page: one file for screen, phone and paper, every number an element of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.export.formats.document_lines import (
    DocumentContents,
    Line,
    RenderOptions,
    table_lines,
)
from assistant.report import Block, Span
from assistant.report.draft import Draft

INDENT = "\u3000"
"""Space of one character before a label; unlike a style it survives being copied."""
_SPACES = re.compile(r"[ \t\r\n\f]+")


def lines(draft: Draft, options: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The paragraphs and table rows in order, runs of spaces as one."""
    made: list[Line] = []
    for part in draft.report.parts:
        if isinstance(part, Block):
            made.append(Line(part.spans))
        else:
            made += (Line(spans) for _, spans in part.above())
            made += table_lines(part, INDENT)
    return [Line(tuple(_collapsed(line.spans))) for line in made]


def _collapsed(spans: tuple[Span, ...]) -> Iterator[Span]:
    """The spans as a browser shows them: several spaces are one, also over the edge of a span."""
    is_space = False
    for span in spans:
        if span.kind == "form":  # ours, and borders between empty cells must stay apart
            is_space = False
            yield span
            continue
        text = _SPACES.sub(" ", span.text)
        yield span._replace(text=text[1:] if is_space and text[:1] == " " else text)
        is_space = text[-1:] == " " if text else is_space


def write(draft: Draft, options: RenderOptions) -> bytes:
    """The page in UTF-8; the same draft always gives the same bytes."""
    from assistant.export.formats.web.write_html import write_page  # noqa: PLC0415  only this format

    library = options.library
    page = write_page(
        draft, library.sentences, library.typography.edges, is_public=options.is_public
    )
    return page.encode()


def read(path: Path) -> DocumentContents:
    """The lines of a web page, also of one that was edited or saved by a browser.

    Raises:
        FileError: It cannot be read, is no text, or is nested beyond all measure.
    """
    from assistant.export.formats.web.read_html import read as read_file  # noqa: PLC0415  the parser

    return read_file(path)
