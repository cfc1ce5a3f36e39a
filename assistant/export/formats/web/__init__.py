"""Web page: one file for screen, phone and paper, every number an element of its own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.export.formats.document_lines import (
    BORDER,
    DocumentContents,
    Line,
    RenderOptions,
    form,
    row_line,
)
from assistant.report import Block, Span, Table, TableRow

if TYPE_CHECKING:
    from assistant.report.draft import Draft

INDENT = "\u3000"
"""Space of one character before a label; unlike a style it survives being copied."""
_SPACES = re.compile(r"[ \t\r\n\f]+")


def lines(draft: "Draft", office: RenderOptions) -> list[Line]:  # noqa: ARG001  the same everywhere
    """The paragraphs and table rows in order, runs of spaces as one."""
    made: list[Line] = []
    for part in draft.report.parts:
        if isinstance(part, Block):
            made.append(Line(part.spans))
        else:
            made += _table_lines(part)
    return [Line(tuple(_collapsed(line.spans))) for line in made]


def _table_lines(table: Table) -> Iterator[Line]:
    yield from (Line(spans) for spans in above(table))
    border = f" {BORDER} "
    for heads in table.head:
        yield Line((form(border.join(head.text for head in heads)),))
    yield from (row_line(table, row, printed_label(row)) for row in table.rows)


def above(table: Table) -> list[tuple[Span, ...]]:
    """What stands above a table, as far as it has it: title, year, body."""
    title = (form(table.title),) if table.title else ()
    return [spans for spans in (title, table.year, table.body) if spans]


def printed_label(row: TableRow) -> str:
    """The label with its indent."""
    return INDENT * row.indent + row.label


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


def write(draft: "Draft", office: RenderOptions) -> bytes:
    """The page in UTF-8; the same draft always gives the same bytes."""
    from assistant.export.formats.web.write_html import write_page  # noqa: PLC0415  only this format

    return write_page(draft, office.shelf.sentences).encode()


def read(path: Path) -> DocumentContents:
    """The lines of a web page, also of one that was edited or saved by a browser.

    Raises:
        FileError: It cannot be read, is no text, or is nested beyond all measure.
    """
    from assistant.export.formats.web.read_html import read as read_file  # noqa: PLC0415  the parser

    return read_file(path)
