"""From figures and templates to the report; the marks become spans here."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.answers import Answers
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report.figures import CLOSE, OPEN, WHOLE_BASE, Figure, Figures, make_figures
from assistant.report.structure import Block, BlockKind, Report, Span, SpanKind, Table
from assistant.report.tables import make_annex, make_table
from assistant.report.template_context import (
    FILTERS,
    TEXT_BASE,
    RowVoice,
    SpanMarks,
    make_legal,
    make_voices,
)
from assistant.storage.errors import LibraryError

_MARKS = re.compile(f"([{OPEN}{CLOSE}\n])")
_DIGIT = re.compile(r"[0-9０-９]")
_HEADS: tuple[tuple[str, BlockKind], ...] = (
    ("### ", "signature"),
    ("## ", "subheading"),
    ("# ", "title"),
)


@lru_cache(maxsize=8)
def narrative(edition: Edition) -> Templates:
    """The compiled narrative templates of an edition."""
    return Templates(edition.templates, Path(edition.folder) / "narrative", FILTERS)


def make_report(
    answers: Answers,
    previous: Answers | None,
    sentences: Sentences,
    *,
    is_draft: bool,
    templates: Templates | None = None,
) -> Report:
    """Assemble narrative and table from one set of figures.

    Args:
        answers: This year's answers.
        previous: Last year's, for comparisons; None leaves them out.
        sentences: The assistant's own words, for the draft mark and the head of the table.
        is_draft: Whether anything is still open.
        templates: Other templates than the edition's own compiled ones, to trace them.

    Raises:
        LibraryError: A template is broken or prints a number of its own.
    """
    edition = answers.edition
    figures = make_figures(answers, previous)
    words = SpanMarks()
    context = _context(answers, figures, words)
    speak = templates or narrative(edition)
    parts: list[Block | Table] = []
    if is_draft:
        parts.append(Block("draft", (Span("form", sentences.say("report.draft")),)))
    parts += _render(speak, edition.preamble, context, figures, words)
    for section in edition.sections:
        parts.append(Block("heading", (Span("form", section.title),)))
        parts += _render(speak, section.template, context, figures, words)
        for name in section.tables:
            parts.append(make_table(edition.grids_by_id[name], figures, sentences))
    if edition.rows:
        parts.append(make_annex(answers, figures, sentences))
    return Report(edition.id, answers.year, is_draft, tuple(parts))


def _context(answers: Answers, figures: Figures, words: SpanMarks) -> Mapping[str, Any]:
    named: dict[str, Any] = {}
    rows: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        row, _, column = figure.id.partition(".")
        if column and figure.id in answers.edition.cells:
            rows.setdefault(row, {})[column] = figure
        else:
            named[figure.id] = figure
    return {
        **named,
        **{row: RowVoice(row, cells) for row, cells in rows.items()},
        **make_voices(answers, figures, words),
        "law": make_legal(answers.edition, answers.year, words),
    }


def _render(
    templates: Templates, name: str, context: Mapping[str, Any], figures: Figures, words: SpanMarks
) -> Iterator[Block]:
    text = templates.render(name, context)
    for spans in _paragraphs(text, figures, words):
        kind: BlockKind = "paragraph"
        first = spans[0]
        if first.kind == "plain":
            for mark, named in _HEADS:
                if first.text.startswith(mark):
                    kind = named
                    spans[0] = first._replace(text=first.text.removeprefix(mark))
                    break
        for span in spans:
            if span.kind == "plain" and _DIGIT.search(span.text):
                raise LibraryError("number_in_template", path=templates.path(name), text=span.text)
        yield Block(kind, tuple(span for span in spans if span.text))


def _paragraphs(text: str, figures: Figures, words: SpanMarks) -> Iterator[list[Span]]:
    """Split rendered text at line ends; a marked stretch may go on over several."""
    paragraph: list[Span] = []
    source: tuple[SpanKind, str] = ("plain", "")
    opened = False
    for piece in _MARKS.split(text):
        if piece == OPEN:
            opened = True
        elif piece == CLOSE:
            source = ("plain", "")
        elif piece == "\n":
            if any(span.text.strip() for span in paragraph):
                yield paragraph
            paragraph = []
        elif piece:
            if opened:
                source, opened = _source(piece[0], figures, words), False
                paragraph.append(_first_span(source, piece[1:], figures))
            else:
                paragraph.append(Span(source[0], piece, source[1]))
    if any(span.text.strip() for span in paragraph):
        yield paragraph


def _first_span(source: tuple[SpanKind, str], text: str, figures: Figures) -> Span:
    """The span that a mark opens; a figure without print is a gap."""
    kind, name = source
    if kind == "figure" and not text:
        return Span("gap", f"【待补充：{figures[name].label}】", name)
    return Span(kind, text, name)


def _source(mark: str, figures: Figures, words: SpanMarks) -> tuple[SpanKind, str]:
    if ord(mark) >= TEXT_BASE:
        return words.source(mark)
    return ("whole" if ord(mark) >= WHOLE_BASE else "figure"), figures.at(mark).id
