"""From figures and templates to the report: its narrative, with the tables of the form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from assistant.answers import Answers
from assistant.form.model import ANNEX, MARK, Edition
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report.figures import CLOSE, OPEN, Figures, make_figures
from assistant.report.form_tables import make_annex, make_table, table_places
from assistant.report.structure import Block, BlockKind, Report, Span, SpanKind, Table
from assistant.report.template_context import (
    FILTERS,
    OwnWords,
    RowVoice,
    SpanMarks,
    all_own_words,
    make_legal,
    make_voices,
)
from assistant.storage.errors import LibraryError

_PLAIN: tuple[SpanKind, str] = ("plain", "")
"""The source of what a template says itself."""
_TORN = re.compile("[\U000f0000-\U000fffff]")
"""What a mark leaves in the text when a template takes marked words apart."""
_DIGIT = re.compile(r"[0-9０-９]")
_HEADS: tuple[tuple[str, BlockKind], ...] = (
    ("### ", "signature"),
    ("## ", "subheading"),
    ("# ", "title"),
)


@lru_cache(maxsize=8)
def narrative(edition: Edition) -> Templates:
    """The compiled narrative templates of an edition."""
    folders = [folder / "narrative" for folder in edition.folders]
    return Templates(edition.templates, folders, FILTERS)


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
        LibraryError: A template is broken, takes marked words apart or prints a number of its own.
    """
    edition = answers.edition
    figures = make_figures(answers, previous)
    words = SpanMarks(figures)
    own = OwnWords(answers, previous, words)
    context = _context(answers, own)
    speak = templates or narrative(edition)
    parts: list[Block | Table] = []
    if is_draft:
        parts.append(Block("draft", (Span("form", sentences.say("report.draft")),)))
    voice = Wording(answers, own, sentences.say("report.note"))

    def render(name: str) -> Iterator[Block]:
        return voice.worded(_render(speak, name, context, words))

    parts += render(edition.preamble)
    for section in edition.sections:
        parts.append(voice.heading(section.title))
        parts += render(section.template)
        grids = [edition.grids_by_id[name] for name in section.tables]
        for place in table_places(section.title, grids):
            parts.append(make_table(place, figures, sentences))
            parts += voice.note(place.grid.id)
    if edition.rows:
        parts.append(make_annex(answers, figures, sentences))
        parts += voice.note(ANNEX)
    replaced, outline = tuple(voice.replaced), tuple(voice.outline)
    return Report(edition.id, answers.year, is_draft, tuple(parts), replaced, outline)


def _context(answers: Answers, own: OwnWords) -> Mapping[str, Any]:
    figures = own.words.figures
    return {
        **{figure.id: figure for figure in figures},
        **{row: RowVoice(row, figures) for row in _rows(answers.edition)},
        **make_voices(answers, own),
        "law": make_legal(answers.edition, answers.year, own.words),
        "own_words": all_own_words(answers),
    }


@lru_cache(maxsize=8)
def _rows(edition: Edition) -> frozenset[str]:
    """The rows of grids that have figures."""
    return frozenset(name.partition(".")[0] for name in edition.figures if "." in name)


def _render(
    templates: Templates, name: str, context: Mapping[str, Any], words: SpanMarks
) -> Iterator[Block]:
    rendered = templates.render(name, context)
    try:
        paragraphs = list(_paragraphs(rendered, words))
    except LookupError as fault:  # something else stands where a mark must
        raise LibraryError("template_torn", path=templates.path(name)) from fault
    for block in map(_block, paragraphs):
        plain = [span.text for span in block.spans if span.kind == "plain"]
        if _TORN.search(block.text):
            raise LibraryError("template_torn", path=templates.path(name))
        if _DIGIT.search("".join(plain)):
            text = templates.without_traces(next(filter(_DIGIT.search, plain)))
            raise LibraryError("number_in_template", path=templates.path(name), text=text)
        yield block


def _block(spans: list[Span]) -> Block:
    """A paragraph without the mark that names its kind or its passage."""
    first, passage = spans[0], ""
    kind: BlockKind = "paragraph"
    if first.kind == "plain":
        text = first.text
        if named := MARK.match(text):
            passage, text = named["name"], text[named.end() :]
        for mark, name in _HEADS:
            if text.startswith(mark):
                kind, text = name, text.removeprefix(mark)
                break
        spans[0] = Span("plain", text)
    return Block(kind, tuple([span for span in spans if span.text]), passage)


class Wording:
    """Puts the body's own words in the place of passages and beside them.

    Attributes:
        replaced: The passages that were reworded or left out, as the templates make them.
        outline: All that the templates make, in order.
    """

    def __init__(self, answers: Answers, own: OwnWords, lead: str) -> None:
        """Take the answers, and what stands before a note; nothing is replaced yet."""
        self._answers, self._own = answers, own
        self._lead = Span("form", lead)
        self.replaced: list[Block] = []
        self.outline: list[Block] = []

    def heading(self, title: str) -> Block:
        """The heading of a section."""
        heading = Block("heading", (Span("form", title),))
        self.outline.append(heading)
        return heading

    def note(self, table: str) -> Iterator[Block]:
        """What the body notes below a table."""
        for passage in self._answers.edition.passages:
            if passage.table == table:
                for block in self.worded([Block("note", (), passage.id)]):
                    is_led = block.text.startswith(self._lead.text)
                    spans = block.spans if is_led else (self._lead, *block.spans)
                    yield block._replace(spans=spans)

    def worded(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks with own wording; passages without words are gone."""
        for block in blocks:
            self.outline.append(block)
            passage = self._answers.edition.passages_by_id.get(block.passage)
            if passage is None:
                yield block
                continue
            yield from self._own_words(passage.before, block)
            answer = self._answers.given.get(passage.id)
            if answer is None or answer.state == "unread":
                if block.spans:
                    yield block
            else:
                if block.spans:
                    self.replaced.append(block)
                yield from self._own_words(passage.id, block)
            yield from self._own_words(passage.after, block)

    def _own_words(self, name: str, block: Block) -> Iterator[Block]:
        value = self._answers.value(name)
        if isinstance(value, str):
            for spans in _paragraphs(self._own.mark(value, name), self._own.words):
                told = tuple(span for span in spans if span.text)
                yield Block(block.kind, told, block.passage, name)


def _paragraphs(text: str, words: SpanMarks) -> Iterator[list[Span]]:
    """Split rendered text at line ends; a marked stretch may go on over several."""
    source = _PLAIN
    for line in text.split("\n"):
        paragraph: list[Span] = []
        for at, piece in enumerate(line.split(OPEN)):
            stretch, *behind = piece.split(CLOSE)
            if at:
                source = words.source(stretch[0])
                paragraph.append(_first_span(source, stretch[1:], words.figures))
            elif stretch:
                paragraph.append(Span(source[0], stretch, source[1]))
            for plain in behind:
                source = _PLAIN
                if plain:
                    paragraph.append(Span("plain", plain))
        if any(span.text.strip() for span in paragraph):
            yield paragraph


def _first_span(source: tuple[SpanKind, str], text: str, figures: Figures) -> Span:
    """The span that a mark opens; a figure without print is a gap."""
    kind, name = source
    if kind == "figure" and not text:
        return Span("gap", f"【待补充：{figures[name].label}】", name)
    return Span(kind, text, name)
