"""A blank collection form: a sheet of numbers, one a row, and one of words and lists."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.answers import STATE_NAMES, State
from assistant.collect.form_tag import (
    HEADING,
    IN_CELLS,
    IN_WORDS,
    REMARK,
    VALUE,
    FormTag,
    value_key,
)
from assistant.export.formats.excel.book_writer import BookWriter, InputRule, Place
from assistant.export.formats.excel.sheet_style import fit, label_style
from assistant.export.formats.excel.workbook_cells import column_letters
from assistant.form.model import Column, Edition, Fact, Indicator, Question
from assistant.messages import Sentences
from assistant.values import NUMBERS

if TYPE_CHECKING:
    from assistant.form.loader import Library
    from assistant.form.model import Option

_WIDTHS = (4, 44, 8, 16, 22, 64)
_UNIT, _VALUE, _REMARK = 3, 4, 5
"""Columns of the sheet of numbers."""
_IDS_WIDTH, _LABEL_WIDTH, _WORDS_WIDTH, _REMARK_WIDTH, _RULE_WIDTH = 4, 30, 44, 22, 60
_FIRST = 3
"""Column of the sheet of words in which answers begin."""
_ROWS = 12
"""Blank rows of a list."""
_HEIGHTS = {"text": 62, "choices": 30}
"""Points that a hand or several lines need."""
_HEAD = 6
"""Row of the column titles."""
_LABEL = 2
"""Column of the labels, behind that of the ids."""
_LIST_LIMIT = 255
"""Characters that Excel takes for a list of choices."""
_SIGNS = "-/:%=EDPS年月日－／：％"
"""What stands in dates, times, shares, TRUE, FALSE, powers and formulas, and in no figure; of
dates written with points, two of these.

D, P and S are also what CELL calls the formats of dates, shares and powers.
"""
_STATES: tuple[State, ...] = ("absent", "provisional", "none")
_Head = tuple[str, str, str]
"""What every sheet of a file says above its rows: its stamp, its title, who fills it."""


class _SheetPlan(NamedTuple):
    """The columns of a sheet, that of the ids first."""

    name: str
    widths: tuple[float, ...]
    keys: tuple[str, ...]
    """Behind the ids; empty where nothing is read."""
    titles: tuple[str, ...]
    """Behind the ids; empty where the one before goes on."""
    how: str
    """How it is filled."""


class _SheetFrame:
    """A sheet that is filled by departments, written from above."""

    def __init__(
        self, book: BookWriter, plan: _SheetPlan, head: _Head, sentences: Sentences
    ) -> None:
        """Write what stands above the rows: title, how it is filled, and who fills it."""
        sheet = book.add_sheet(plan.name)
        self.sheet, self.plan, self._sentences = sheet, plan, sentences
        stamp, title, signs = head
        self.last = _HEAD
        self._ruled: dict[tuple[str, int, tuple[str, ...]], list[Place]] = {}
        """The cells of one column that the same rule is for, by kind, column and options."""
        for column, text in enumerate((stamp, *plan.keys), 1):
            sheet.put(1, column, text, "words")
        lines = (title, plan.how, signs, sentences.say("form.file"))
        for at, (style, text) in enumerate(zip(("title", *["body"] * 3), lines, strict=True), 2):
            sheet.put(at, _LABEL, text, style)
            sheet.merge((at, _LABEL), (at, len(plan.widths)))
            if at < _HEAD - 1:
                sheet.set_height(at, fit([(text, sum(plan.widths))]) + 14)
        for column, text in enumerate(plan.titles, _LABEL):
            sheet.put(_HEAD, column, text, "head")

    def next_row(self, name: str, label: str, indent: int, rule: str, least: float = 0) -> None:
        """Begin a row; `least` is the height it has at any rate."""
        self.last += 1
        self.sheet.put(self.last, 1, name, "words")
        self.sheet.put(self.last, _LABEL, label, label_style(indent))
        for column in range(_LABEL + 1, len(self.plan.widths)):
            self.sheet.put(self.last, column, "", "words")
        self.sheet.put(self.last, len(self.plan.widths), rule, label_style(0))
        rooms = [(label, self.plan.widths[1] - 2 * indent), (rule, self.plan.widths[-1])]
        self.sheet.set_height(self.last, max(least, fit(rooms)))

    def open_cell(
        self, column: int, asked: Question | Column | None = None, style: str = "words"
    ) -> None:
        """Let a cell of the row be filled, by what is asked, or with any words."""
        self.sheet.open(self.last, column, style)
        options = _choosable(asked)
        if asked is not None and (options or asked.kind in NUMBERS):
            self._ruled.setdefault((asked.kind, column, options), []).append((self.last, column))

    def rule_of(self, question: Question) -> str:
        """The counting rule of a question with what it rests on."""
        rule, say = question.help.rule, self._sentences.say
        basis, source = rule.basis_and_source(self._sentences)
        return say("form.rule", text=rule.text, basis=basis, source=source)

    def finish(self) -> None:
        """Set page and protection; the stamp, the keys and the ids are hidden."""
        widths = self.plan.widths
        self._write_rules()
        self.sheet.set_widths(widths)
        self.sheet.hide_first(widths[0])
        self.sheet.freeze(_HEAD + 1, self.plan.keys.index(VALUE) + 2)
        self.sheet.set_print((2, _LABEL), (self.last, len(widths)), [_HEAD])
        self.sheet.set_paper(is_wide=True)
        self.sheet.protect()
        self.sheet.accept_numbers_as_words((_HEAD + 1, _LABEL), (self.last, len(widths)))

    def _write_rules(self) -> None:
        """Put every rule on its cells; one of a list only asks back, since words may be typed."""
        say = self._sentences.say
        for (kind, column, options), cells in self._ruled.items():
            rule = InputRule(options)
            if kind in NUMBERS:
                formula = figure_formula(kind, f"{column_letters(column)}{cells[0][0]}")
                rule = InputRule(formula, say("form.odd_title"), say(f"form.odd_{kind}"))
            self.sheet.validate(cells, rule)


def _choosable(asked: Question | Column | None) -> tuple[str, ...]:
    """The options that a cell lets choose from; none where Excel cannot hold them."""
    if asked is None or isinstance(asked, Indicator) or asked.kind != "choice":
        return ()
    options = tuple(option.label for option in asked.options)
    is_long = len(",".join(options)) > _LIST_LIMIT
    return () if is_long or any(set(each) & {",", '"'} for each in options) else options


def figure_formula(kind: str, place: str) -> str:
    """The formula that is true for what may be typed into a cell of a figure.

    The cell keeps what is typed as words, so a date is still seen as it was typed. Only what the
    reader of sheets refuses as well is refused; behind a word such as 暂缺 anything may follow.

    Args:
        kind: `count` or `amount`.
        place: The cell, `D8`.
    """
    states = ",".join(f'FIND("{STATE_NAMES[state]}",{place})' for state in _STATES)
    shown = f'UPPER({place})&LEFT(CELL("format",{place}))'
    signs = f'FIND(MID("{_SIGNS}",ROW($1:${len(_SIGNS)}),1),{shown})'
    points = f'FIND(".",{place},1+FIND(".",{place}))'
    whole = f"IFERROR(MOD(VALUE({place}),1)=0,TRUE)" if kind == "count" else "TRUE"
    return f"=OR(COUNT({states}),AND({whole},SUMPRODUCT(COUNT({signs},{points}))=0))"


def write_blank(
    edition: Edition,
    year: int,
    library: "Library",
    names: Collection[str] | None = None,
    department: str = "",
) -> bytes:
    """A blank collection sheet.

    Args:
        edition: The form.
        year: The report year.
        library: Sentences and typography.
        names: The questions that it asks, at least one; without them all.
        department: Whom it asks, where that is known.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    sentences = library.sentences
    book = BookWriter(library.typography)
    title = sentences.say("form.title", title=edition.title, year=year)
    signs = sentences.say("form.signs", department=department)
    head = str(FormTag(edition.id, year)), title, signs
    wanted = edition.asked if names is None else names
    asked = [each for name, each in edition.asked.items() if name in wanted]
    if in_cells := [each for each in asked if each.kind in IN_CELLS]:
        _write_cells(book, edition, in_cells, head, sentences)
    facts = [each for each in asked if isinstance(each, Fact) and each.kind in IN_WORDS]
    if facts:
        _write_words(book, facts, head, sentences)
    return book.to_bytes(title)


def _write_cells(
    book: BookWriter, edition: Edition, asked: Sequence[Question], head: _Head, sentences: Sentences
) -> None:
    """The sheet of what one cell can hold."""
    name, how = sentences.say("form.sheet"), sentences.say("form.how")
    titles = tuple(sentences.say("form.columns").split())
    plan = _SheetPlan(name, _WIDTHS, ("", "", VALUE, REMARK), titles, how)
    frame = _SheetFrame(book, plan, head, sentences)
    for label, indent, question in _rows(edition, asked, sentences):
        if question is None:
            frame.next_row("", label, indent, "")
            continue
        frame.next_row(question.id, label, indent, frame.rule_of(question))
        frame.sheet.put(frame.last, _UNIT, question.unit, "words")
        frame.open_cell(_VALUE, question)
        frame.open_cell(_REMARK)
    frame.finish()


def _rows(
    edition: Edition, asked: Sequence[Question], sentences: Sentences
) -> Iterator[tuple[str, int, Question | None]]:
    """Label, level and question of each row in the order of the form, other facts last.

    A row without a question is a title over those that follow.
    """
    told = {each.id for each in asked}
    for question in asked:
        if not isinstance(question, Indicator):
            continue
        for above in reversed(list(edition.ancestors(question))):
            if above.id not in told:
                yield above.printed_label, edition.depth(above), None
            told.add(above.id)
        yield question.printed_label, edition.depth(question), question
    facts = [each for each in asked if isinstance(each, Fact)]
    if facts:
        yield sentences.say("form.facts"), 0, None
        yield from ((each.label, 1, each) for each in facts)


def _write_words(
    book: BookWriter, facts: Sequence[Fact], head: _Head, sentences: Sentences
) -> None:
    """The sheet of what takes words or several rows."""
    count = max(1, *(len(fact.columns) for fact in facts))
    label, words, remark, rule = sentences.say("form.columns_words").split()
    plan = _SheetPlan(
        sentences.say("form.sheet_words"),
        (_IDS_WIDTH, _LABEL_WIDTH, *[_WORDS_WIDTH / count] * count, _REMARK_WIDTH, _RULE_WIDTH),
        ("", *map(value_key, range(count)), REMARK),
        (label, words, *[""] * (count - 1), remark, rule),
        sentences.say("form.how_words"),
    )
    frame = _SheetFrame(book, plan, head, sentences)
    if count > 1:
        frame.sheet.merge((_HEAD, _FIRST), (_HEAD, _FIRST + count - 1))
    for fact in facts:
        (_write_list if fact.columns else _write_one)(frame, fact, count, sentences)
    frame.finish()


def _write_one(frame: _SheetFrame, fact: Fact, count: int, sentences: Sentences) -> None:
    """Options or own text: one cell across all columns of words."""
    rule = _choices(fact.options, sentences) + frame.rule_of(fact)
    frame.next_row(fact.id, fact.label, 0, rule, _HEIGHTS[fact.kind])
    frame.open_cell(_FIRST, fact, label_style(0))
    _stretch(frame, 1, count)
    frame.open_cell(_FIRST + count)


def _write_list(frame: _SheetFrame, fact: Fact, count: int, sentences: Sentences) -> None:
    """A row of titles, and blank rows under it."""
    choices = (_choices(column.options, sentences, column.label) for column in fact.columns)
    frame.next_row(HEADING, fact.label, 0, "".join(choices) + frame.rule_of(fact))
    for at, column in enumerate(fact.columns):
        title = sentences.say("form.list_column", label=column.label, unit=column.unit)
        frame.sheet.put(frame.last, _FIRST + at, title, "head")
    _stretch(frame, len(fact.columns), count)
    for number in range(1, _ROWS + 1):
        frame.next_row(fact.id, sentences.say("form.list_row", number=number), 1, "")
        for at, column in enumerate(fact.columns):
            frame.open_cell(_FIRST + at, column)
        _stretch(frame, len(fact.columns), count)
        frame.open_cell(_FIRST + count)


def _stretch(frame: _SheetFrame, used: int, count: int) -> None:
    """Let the last cell of words that a row uses take the place of those it does not."""
    if used < count:
        first, last = _FIRST + used - 1, _FIRST + count - 1
        frame.sheet.merge((frame.last, first), (frame.last, last))


def _choices(options: Iterable["Option"], sentences: Sentences, label: str = "") -> str:
    labels = "、".join(option.label for option in options)
    return sentences.say("form.choices", label=label, labels=labels) if labels else ""
