"""From figures and templates to the report: narrative, tables of the form, and the annex."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from assistant.answers import Answers
from assistant.form.model import ANNEX, MARK, Edition, Grid, Heading
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report.figures import CLOSE, OPEN, WHOLE_BASE, Figure, Figures, make_figures
from assistant.report.structure import (
    Block,
    BlockKind,
    Head,
    Report,
    Span,
    SpanKind,
    Table,
    TableRow,
)
from assistant.report.template_context import (
    FILTERS,
    TEXT_BASE,
    OwnWords,
    RowVoice,
    SpanMarks,
    all_own_words,
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
        LibraryError: A template is broken or prints a number of its own.
    """
    edition = answers.edition
    figures = make_figures(answers, previous)
    words = SpanMarks()
    own = OwnWords(answers, previous, figures, words)
    context = _context(answers, figures, words, own)
    speak = templates or narrative(edition)
    parts: list[Block | Table] = []
    if is_draft:
        parts.append(Block("draft", (Span("form", sentences.say("report.draft")),)))
    voice = Wording(answers, own, figures, words, sentences.say("report.note"))

    def render(name: str) -> Iterator[Block]:
        return voice.worded(_render(speak, name, context, figures, words))

    parts += render(edition.preamble)
    for section in edition.sections:
        parts.append(voice.heading(section.title))
        parts += render(section.template)
        grids = [edition.grids_by_id[name] for name in section.tables]
        for place in _table_places(section.title, grids):
            parts.append(make_table(place, figures, sentences))
            parts += voice.note(place.grid.id)
    if edition.rows:
        parts.append(make_annex(answers, figures, sentences))
        parts += voice.note(ANNEX)
    return Report(
        edition.id,
        answers.year,
        is_draft,
        tuple(parts),
        tuple(voice.replaced),
        tuple(voice.outline),
    )


def _context(
    answers: Answers, figures: Figures, words: SpanMarks, own: OwnWords
) -> Mapping[str, Any]:
    named: dict[str, Any] = {}
    rows: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        row, _, column = figure.id.partition(".")
        if column and figure.id in answers.edition.figures:
            rows.setdefault(row, {})[column] = figure
        else:
            named[figure.id] = figure
    return {
        **named,
        **{row: RowVoice(row, cells) for row, cells in rows.items()},
        **make_voices(answers, figures, words, own),
        "law": make_legal(answers.edition, answers.year, words),
        "own_words": all_own_words(answers),
    }


def _render(
    templates: Templates, name: str, context: Mapping[str, Any], figures: Figures, words: SpanMarks
) -> Iterator[Block]:
    text = templates.render(name, context)
    for spans in _paragraphs(text, figures, words):
        block = _block(spans)
        for span in block.spans:
            if span.kind == "plain" and _DIGIT.search(span.text):
                raise LibraryError("number_in_template", path=templates.path(name), text=span.text)
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
        spans = [first._replace(text=text), *spans[1:]]
    return Block(kind, tuple(span for span in spans if span.text), passage)


class Wording:
    """Puts the body's own words in the place of passages and beside them.

    Attributes:
        replaced: The passages that were reworded or left out, as the templates make them.
        outline: All that the templates make, in order.
    """

    def __init__(
        self, answers: Answers, own: OwnWords, figures: Figures, words: SpanMarks, lead: str
    ) -> None:
        """Take the answers, and what stands before a note; nothing is replaced yet."""
        self._answers, self._own, self._figures, self._words = answers, own, figures, words
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
                for block in self.worded([Block("paragraph", (), passage.id)]):
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
            marked = self._own.mark(value, name)
            for spans in _paragraphs(marked, self._figures, self._words):
                told = tuple(span for span in spans if span.text)
                yield Block(block.kind, told, block.passage, name)


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


def make_annex(answers: Answers, figures: Figures, sentences: Sentences) -> Table:
    """The statistical table that stands behind the report, one number a row."""
    edition = answers.edition
    body = answers.body
    name = Span("contact", body, edition.roles.body_name) if body else Span("form", "")
    return Table(
        title=edition.form_title,
        year=(
            Span("form", "（"),
            Span("figure", figures["year"].text, "year"),
            Span("form", "年度）"),
        ),
        body=(Span("form", sentences.say("report.table_body")), name),
        stub=("label", "unit"),
        head=(
            (
                Head(sentences.say("report.column_label")),
                Head(sentences.say("report.column_unit")),
                Head(sentences.say("report.column_value")),
            ),
        ),
        rows=tuple(_make_rows(edition, figures, sentences)),
        is_annex=True,
        caption=edition.form_title,
    )


def _make_rows(edition: Edition, figures: Figures, sentences: Sentences) -> Iterator[TableRow]:
    for name, row in _empty_rows(edition):
        yield row._replace(cells=(_cell(figures[name], sentences),)) if row.unit else row


@lru_cache(maxsize=8)
def _empty_rows(edition: Edition) -> tuple[tuple[str, TableRow], ...]:
    """Rows by id in the order of the form; one without a number stands under the last 其中：."""
    rows: list[tuple[str, TableRow]] = []
    depth_of_list = 0
    for row in edition.rows:
        depth = edition.depth(row)
        is_aligned = bool(row.parent) and not row.number
        if row.number.startswith("其中"):
            depth_of_list = depth
        shown = depth_of_list if is_aligned else depth
        unit = "" if isinstance(row, Heading) else row.unit
        empty = TableRow(shown, is_aligned, row.printed_label, unit, ())
        rows.append((row.id, empty))
    return tuple(rows)


def _cell(figure: Figure, sentences: Sentences) -> Span:
    if figure.is_missing:
        return Span("gap", sentences.say("report.cell_gap"), figure.id)
    return Span("figure", figure.text, figure.id)


class TablePlace(NamedTuple):
    """A table of a section beside the others of it."""

    grid: Grid
    section: str
    """The title of the section."""
    shared: int
    """Columns of numbers of the widest of its tables; 0 where it has this one alone."""


def _table_places(section: str, grids: Sequence[Grid]) -> Iterator[TablePlace]:
    most = max(len(grid.columns) for grid in grids) if len(grids) > 1 else 0
    return (TablePlace(grid, section, most) for grid in grids)


def make_table(place: TablePlace, figures: Figures, sentences: Sentences) -> Table:
    """A table with several numbers a row, as it stands in its section."""
    empty = _empty_table(place)
    rows = tuple(
        row._replace(cells=tuple(_cell(figures[name], sentences) for name in names))
        for row, names in empty.rows
    )
    return empty.table._replace(rows=rows)


class _Empty(NamedTuple):
    table: Table
    rows: tuple[tuple[TableRow, tuple[str, ...]], ...]
    """Every row with the ids of its cells."""


@lru_cache(maxsize=16)
def _empty_table(place: TablePlace) -> _Empty:
    """The header and the labels, which are the same for all answers."""
    grid = place.grid
    table = Table(
        *("", (), (), (), (), ()),
        is_annex=False,
        headings=grid.headings,
        shared=place.shared,
        caption=place.section + grid.title,
    )
    if grid.layout == "across":
        every = tuple(cell.id for cell in grid.by_place.values())
        return _Empty(table._replace(head=_heads_across(grid)), ((_row(0, ""), every),))
    table = table._replace(stub=("label",), head=_heads_over_rows(grid))
    return _Empty(table, tuple(_label_rows(grid)))


def _label_rows(grid: Grid) -> Iterator[tuple[TableRow, tuple[str, ...]]]:
    parents = {row.id: row.parent for row in grid.rows}
    for row in grid.rows:
        depth, above = 0, row.parent
        while above:
            depth, above = depth + 1, parents[above]
        cells = tuple(cell.id for cell in grid.of_row(row.id))
        yield _row(depth, row.printed_label), cells


def _row(depth: int, label: str) -> TableRow:
    return TableRow(depth, is_aligned=False, label=label, unit="", cells=())


def _heads_over_rows(grid: Grid) -> tuple[tuple[Head, ...], ...]:
    """Corner and columns, with what stands over several of them."""
    groups = [column.group for column in grid.columns]
    levels: list[list[Head]] = []
    if grid.title:
        levels.append([Head(grid.title, across=len(grid.columns) + 1)])
    below = 2 if any(groups) else 1
    corner = Head(grid.stub, down=below + (1 if grid.over else 0))
    if grid.over:
        levels.append([corner, Head(grid.over, across=len(grid.columns))])
    levels.append([] if grid.over else [corner])
    for group, columns in groupby(grid.columns, key=lambda column: column.group):
        members = list(columns)
        if group:
            levels[-1].append(Head(group, across=len(members)))
        else:
            levels[-1] += (Head(column.label, down=below) for column in members)
    if any(groups):
        levels.append([Head(column.label) for column in grid.columns if column.group])
    return tuple(map(tuple, levels))


def _heads_across(grid: Grid) -> tuple[tuple[Head, ...], ...]:
    """Rows beside one another, each over all columns, below the headings that hold them."""
    width = len(grid.columns)
    tops = [row for row in grid.rows if not row.parent]
    below = {top.id: [row for row in grid.lines if row.parent == top.id] for top in tops}
    depth = 2 if any(below.values()) else 1
    first = [
        Head(top.printed_label, across=width * len(below[top.id]))
        if below[top.id]
        else Head(top.printed_label, across=width, down=depth)
        for top in tops
    ]
    second = [Head(row.printed_label, across=width) for top in tops for row in below[top.id]]
    last = [Head(column.label) for _ in grid.lines for column in grid.columns]
    return tuple(tuple(level) for level in (first, second, last) if level)
