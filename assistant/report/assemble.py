"""From figures and templates to the report: its narrative, with the tables of the form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from assistant.answers import Answers
from assistant.form.model import ANNEX, MARK, Edition
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report.figures import CLOSE, OPEN, make_figures
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


def make_passages(answers: Answers, previous: Answers | None = None) -> list[Block]:
    """The passages of the narrative alone, as `make_report` has them."""
    edition, figures = answers.edition, make_figures(answers, previous)
    own = OwnWords(answers, previous, SpanMarks(figures))
    context, voice = _context(answers, own), Wording(answers, own, "")
    names = (edition.preamble, *(section.template for section in edition.sections))
    made = (_render(narrative(edition), name, context, own.words) for name in names)
    return [block for blocks in made for block in voice.worded(blocks) if block.passage]


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
) -> list[Block]:
    rendered = templates.render(name, context)
    try:
        blocks = [_block(spans) for spans in _paragraphs(rendered, words)]
    except LookupError as fault:  # something else stands where a mark must
        raise LibraryError("template_torn", path=templates.path(name)) from fault
    spans = [span for block in blocks for span in block.spans]
    if _TORN.search("".join([span.text for span in spans])):
        raise LibraryError("template_torn", path=templates.path(name))
    plain = [span.text for span in spans if span.kind == "plain"]
    if _DIGIT.search("".join(plain)):
        text = templates.without_traces(next(filter(_DIGIT.search, plain)))
        raise LibraryError("number_in_template", path=templates.path(name), text=text)
    return blocks


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
        self._is_reworded = not answers.given.keys().isdisjoint(answers.edition.wordings)
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
            if passage is None or not self._is_reworded:
                if passage is None or block.spans:
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
    kind, name = _PLAIN
    for line in filter(None, text.split("\n")):
        paragraph: list[Span] = []
        for at, piece in enumerate(line.split(OPEN)):
            stretch, *behind = piece.split(CLOSE)
            if at:
                kind, name = words.source(stretch[0])
                stretch = stretch[1:]
                if kind == "figure" and not stretch:  # without print it is a gap
                    gap = f"【待补充：{words.figures[name].label}】"
                    paragraph.append(Span("gap", gap, name))
                else:
                    paragraph.append(Span(kind, stretch, name))
            elif stretch:
                paragraph.append(Span(kind, stretch, name))
            for plain in behind:
                kind, name = _PLAIN
                if plain:
                    paragraph.append(Span(kind, plain))
        if any(span.text.strip() for span in paragraph):
            yield paragraph
