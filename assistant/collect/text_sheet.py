"""The sheet of a collection form for what takes words or several rows: options, lists, own text."""

from typing import TYPE_CHECKING

from openpyxl import Workbook

from assistant.collect.form_tag import HEADING, IN_WORDS, REMARK, value_key
from assistant.collect.sheet_frame import HEAD, SheetFrame, SheetPlan
from assistant.export.formats.excel.sheet_style import cell_at, label_style, merge, put
from assistant.form.model import Edition, Fact
from assistant.messages import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.form.model import Option

_IDS, _LABEL, _WORDS, _REMARK, _RULE = 4, 30, 44, 22, 60
_FIRST = 3
"""Column in which answers begin."""
_ROWS = 12
"""Blank rows of a list."""
_HEIGHTS = {"text": 62, "choices": 30}
"""Points that a hand or several lines need."""


def write_words(
    workbook: Workbook, edition: Edition, stamp: str, title: str, sentences: Sentences
) -> None:
    """Add the sheet, where the edition asks for such.

    Raises:
        LibraryError: A sentence is broken.
    """
    facts = [
        each for each in edition.questions.values()
        if isinstance(each, Fact) and each.kind in IN_WORDS
    ]  # fmt: skip
    if not facts:
        return
    count = max(1, *(len(fact.columns) for fact in facts))
    label, words, remark, rule = sentences.say("form.columns_words").split()
    plan = SheetPlan(
        (_IDS, _LABEL, *[_WORDS / count] * count, _REMARK, _RULE),
        ("", *map(value_key, range(count)), REMARK),
        (label, words, *[""] * (count - 1), remark, rule),
        sentences.say("form.how_words"),
    )
    sheet = workbook.create_sheet(sentences.say("form.sheet_words"))
    frame = SheetFrame(sheet, plan, stamp, title, sentences)
    if count > 1:
        merge(sheet, (HEAD, _FIRST), (HEAD, _FIRST + count - 1))
    for fact in facts:
        write = _write_list if fact.columns else _write_one
        write(frame, fact, count, sentences)
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
        put(cell_at(frame.sheet, frame.last, _FIRST + at), title, "head")
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
        merge(frame.sheet, (frame.last, first), (frame.last, last))


def _choices(options: "Iterable[Option]", sentences: Sentences, label: str = "") -> str:
    labels = "、".join(option.label for option in options)
    return sentences.say("form.choices", label=label, labels=labels) if labels else ""
