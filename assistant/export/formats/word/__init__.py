"""Word: paragraphs in styles of GB/T 9704, tables with rows that stay whole."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.export.formats.document_lines import (
    DocumentContents,
    Line,
    RenderOptions,
    form,
    table_lines,
)
from assistant.messages import Sentences
from assistant.report import Report, Span, Table, printed_grid
from assistant.report.draft import Draft
from assistant.values.line_breaking import columns, even_room, lines_within

if TYPE_CHECKING:
    from assistant.form.model.typography import LineEdges, Typography


def lines(draft: Draft, options: RenderOptions) -> list[Line]:
    """The paragraphs and table rows in order, then what stands on the head of each page.

    The review sheet is for a person and promises nothing.
    """
    report, library = draft.report, options.library
    made: list[Line] = []
    for part in contents(report, library.sentences, library.typography):
        made += part.lines() if isinstance(part, WordParagraph) else table_lines(part)
    mark = draft_mark(report, library.sentences)
    return [*made, Line((form(mark),))] if mark else made


def write(draft: Draft, options: RenderOptions) -> bytes:
    """The document; its library is read with the first one.

    Raises:
        FileError: the office's own file cannot be used.
        LibraryError: The typography is wrong.
    """
    from assistant.export.formats.word.write_docx import write_document  # noqa: PLC0415  large

    return write_document(draft, options)


def read(path: Path) -> DocumentContents:
    """The lines of a Word file, also of one that a person has edited.

    Raises:
        FileError: It cannot be read, is no Word file, is locked, damaged or hostile.
    """
    from assistant.export.formats.word.read_docx import read as read_file  # noqa: PLC0415  zip and XML

    return read_file(path)


def missing_styles(options: RenderOptions) -> tuple[str, ...]:
    """The styles that the office's own file lacks; ours stand in for them.

    Raises:
        FileError: the office's own file cannot be used.
        LibraryError: The typography is wrong.
    """
    from assistant.export.formats.word.empty_document import make_base  # noqa: PLC0415  large

    return make_base(options.library.typography, options.reference, "").missing


POINT = 25.4 / 72
"""Millimetres."""
_SPARE = 0.5
"""Characters of a line that a title leaves free, for fonts that are a little wider."""
BREAK = Span("form", "\n")
"""A new line within a paragraph."""


class WordParagraph(NamedTuple):
    """A paragraph in the style of its role."""

    role: str
    spans: tuple[Span, ...]

    def lines(self) -> Iterator[Line]:
        """What stands between the breaks."""
        spans: list[Span] = []
        for span in self.spans:
            if span == BREAK:
                yield Line(tuple(spans))
                spans = []
            else:
                spans.append(span)
        yield Line(tuple(spans))


def contents(
    report: Report, sentences: Sentences, typography: "Typography"
) -> Iterator[WordParagraph | Table]:
    """The report in the order of printing, annexes announced before the signature."""
    room = typography.text_width / POINT / typography.styles.title.size - _SPARE
    edges = typography.edges
    annexes = [table for table in report.tables if table.is_annex]
    notes = list(_annex_notes(annexes, sentences))
    for part in report.parts:
        if isinstance(part, Table):
            if part.is_annex:
                number = annexes.index(part) + 1 if len(annexes) > 1 else ""
                text = sentences.say("documents.annex", number=number)
                yield WordParagraph("annex_mark", (form(text),))
            yield from (WordParagraph(f"table_{role}", spans) for role, spans in part.above())
            yield part
            continue
        if part.kind == "signature":
            yield from notes
            notes = []
        is_title = part.kind == "title"
        yield WordParagraph(part.kind, _broken(part.spans, room, edges) if is_title else part.spans)


def _broken(spans: tuple[Span, ...], room: float, edges: "LineEdges") -> tuple[Span, ...]:
    """A title too long for one line goes on behind the name of the body, not within a word.

    What is too long for a line of its own comes in two lines that part behind a place, else in
    lines that are about equally long.
    """
    if length(spans) <= room:
        return spans
    names = [at for at, span in enumerate(spans, 1) if span.kind == "contact"]
    pieces = [spans[: names[0]], spans[names[0] :]] if names else [spans]
    made: list[Span] = []
    for piece in filter(None, pieces):
        made += (BREAK,) if made else ()
        made += _even_lines(piece, int(2 * room), edges)
    return tuple(made)


def _even_lines(spans: tuple[Span, ...], room: int, edges: "LineEdges") -> Iterator[Span]:
    """The spans with breaks between lines of at most so many columns of ASCII."""
    text = "".join(span.text for span in spans)
    even = even_room(columns(text), room, step=2)
    starts = _behind_place(text, room, edges) or {p.start for p in lines_within(text, even)} - {0}
    at = 0
    for span in spans:
        cuts = [0, *sorted(start - at for start in starts if at <= start < at + len(span.text))]
        for first, last in pairwise([*cuts, len(span.text)]):
            if at + first in starts:
                yield BREAK
            if span.text[first:last]:
                yield span._replace(text=span.text[first:last])
        at += len(span.text)


def _behind_place(text: str, room: int, edges: "LineEdges") -> set[int]:
    """Where the second of two lines begins that part behind a place, as even as can be."""
    whole = columns(text)
    sizes = {
        at: columns(text[:at])
        for at in range(1, len(text))
        if text[at - 1] in edges.places and text[at] not in edges.no_places
    }
    fitting = {
        at: abs(2 * size - whole) for at, size in sizes.items() if whole - room <= size <= room
    }
    return {min(fitting, key=lambda at: fitting[at])} if whole > room and fitting else set()


def length(spans: Iterable[Span]) -> float:
    """Characters a line takes, half of one for letters and digits."""
    return sum(0.5 if character.isascii() else 1 for span in spans for character in span.text)


def described(table: Table, sentences: Sentences) -> str:
    """What a screen reader says of a table before it reads its cells."""
    grid = printed_grid(table)
    heads = ["·".join(dict.fromkeys(texts)) for texts in table.column_heads()[len(table.stub) :]]
    return sentences.say(
        "documents.table_described",
        heads=len(grid.heads),
        rows=len(grid.rows),
        labels=grid.label_end,
        columns="、".join(heads),
    )


def draft_mark(report: Report, sentences: Sentences) -> str:
    """What stands on the head of every page of a draft; empty otherwise."""
    return sentences.say("documents.draft_mark") if report.is_draft else ""


def _annex_notes(annexes: list[Table], sentences: Sentences) -> Iterator[WordParagraph]:
    for at, table in enumerate(annexes, 1):
        code = "annex_note" if len(annexes) == 1 else "annex_notes" if at == 1 else "annex_next"
        text = sentences.say(f"documents.{code}", title=table.title, number=at)
        yield WordParagraph("annex_note", (form(text),))
