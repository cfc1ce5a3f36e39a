"""A blank collection form: a sheet of numbers, one a row, and one of words and lists."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from assistant.collect.form_tag import (
    HEADING,
    IN_CELLS,
    IN_WORDS,
    REMARK,
    VALUE,
    FormTag,
    value_key,
)
from assistant.collect.sheet_frame import HEAD, SheetFrame, SheetPlan
from assistant.export.formats.excel.book_writer import BookWriter
from assistant.export.formats.excel.sheet_style import label_style
from assistant.form.model import Edition, Fact, Indicator, Question
from assistant.messages import Sentences

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


class _FormRow(NamedTuple):
    """A title over the rows that follow, or a question with its place in the form."""

    label: str
    indent: int
    question: Question | None


def write(edition: Edition, year: int, library: "Library") -> bytes:
    """The form as a file.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    sentences = library.sentences
    book = BookWriter(library.typography)
    title = sentences.say("form.title", title=edition.title, year=year)
    stamp = str(FormTag(edition.id, year))
    _write_cells(book, edition, stamp, title, sentences)
    _write_words(book, edition, stamp, title, sentences)
    return book.to_bytes(title)


def _write_cells(
    book: BookWriter, edition: Edition, stamp: str, title: str, sentences: Sentences
) -> None:
    """The sheet of what one cell can hold."""
    titles = tuple(sentences.say("form.columns").split())
    plan = SheetPlan(_WIDTHS, ("", "", VALUE, REMARK), titles, sentences.say("form.how"))
    sheet = book.add_sheet(sentences.say("form.sheet"))
    frame = SheetFrame(sheet, plan, stamp, title, sentences)
    for label, indent, question in _rows(edition, sentences):
        if question is None:
            frame.next_row("", label, indent, "")
            continue
        frame.next_row(question.id, label, indent, frame.rule_of(question))
        sheet.put(frame.last, _UNIT, question.unit, "words")
        frame.open_cell(_VALUE, question)
        frame.open_cell(_REMARK)
    frame.finish()


def _rows(edition: Edition, sentences: Sentences) -> Iterator[_FormRow]:
    """The questions in the order of the form, each under the rows above it, other facts last."""
    told: set[str] = set()
    questions = [each for each in edition.asked.values() if each.kind in IN_CELLS]
    for question in questions:
        if not isinstance(question, Indicator):
            continue
        for above in reversed(list(edition.ancestors(question))):
            if above.id not in told and above.id not in edition.asked:
                yield _FormRow(above.printed_label, edition.depth(above), None)
            told.add(above.id)
        yield _FormRow(question.printed_label, edition.depth(question), question)
    facts = [each for each in questions if isinstance(each, Fact)]
    if facts:
        yield _FormRow(sentences.say("form.facts"), 0, None)
        yield from (_FormRow(each.label, 1, each) for each in facts)


def _write_words(
    book: BookWriter, edition: Edition, stamp: str, title: str, sentences: Sentences
) -> None:
    """The sheet of what takes words or several rows, where the edition asks for such."""
    facts = [
        each for each in edition.asked.values()
        if isinstance(each, Fact) and each.kind in IN_WORDS
    ]  # fmt: skip
    if not facts:
        return
    count = max(1, *(len(fact.columns) for fact in facts))
    label, words, remark, rule = sentences.say("form.columns_words").split()
    plan = SheetPlan(
        (_IDS_WIDTH, _LABEL_WIDTH, *[_WORDS_WIDTH / count] * count, _REMARK_WIDTH, _RULE_WIDTH),
        ("", *map(value_key, range(count)), REMARK),
        (label, words, *[""] * (count - 1), remark, rule),
        sentences.say("form.how_words"),
    )
    sheet = book.add_sheet(sentences.say("form.sheet_words"))
    frame = SheetFrame(sheet, plan, stamp, title, sentences)
    if count > 1:
        sheet.merge((HEAD, _FIRST), (HEAD, _FIRST + count - 1))
    for fact in facts:
        add = _write_list if fact.columns else _write_one
        add(frame, fact, count, sentences)
    frame.finish()


def _write_one(frame: SheetFrame, fact: Fact, count: int, sentences: Sentences) -> None:
    """Options or own text: one cell across all columns of words."""
    rule = _choices(fact.options, sentences) + frame.rule_of(fact)
    frame.next_row(fact.id, fact.label, 0, rule, _HEIGHTS[fact.kind])
    frame.open_cell(_FIRST, fact, label_style(0))
    _stretch(frame, 1, count)
    frame.open_cell(_FIRST + count)


def _write_list(frame: SheetFrame, fact: Fact, count: int, sentences: Sentences) -> None:
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


def _stretch(frame: SheetFrame, used: int, count: int) -> None:
    """Let the last cell of words that a row uses take the place of those it does not."""
    if used < count:
        first, last = _FIRST + used - 1, _FIRST + count - 1
        frame.sheet.merge((frame.last, first), (frame.last, last))


def _choices(options: Iterable["Option"], sentences: Sentences, label: str = "") -> str:
    labels = "、".join(option.label for option in options)
    return sentences.say("form.choices", label=label, labels=labels) if labels else ""
