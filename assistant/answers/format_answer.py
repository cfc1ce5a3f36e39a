"""Answers in one text each: what is shown of them, and what would be typed to give them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.answers.model import STATE_NAMES, Answer, Given
from assistant.answers.split_row import holds_two_rows, split_row
from assistant.form.model import Column, Fact, Option, Question
from assistant.values.print_format import show, show_date

_NOTHING = "无"


def format_answer(answer: Answer, question: Question) -> str:
    """The text that, typed, gives this answer again: `28`, `28，待核实：等财务`, `业务动态 12`.

    Exceptions: the remark of a given answer is not shown, and where one text cannot hold a state
    with value or remark (`states.takes_remark`), it only tells a person.
    """
    if answer.state == "unread":
        return _raw(answer.raw)
    if answer.state == "given":
        return _value(answer.value, question)
    word = STATE_NAMES[answer.state]
    if answer.state == "provisional":
        noted = f"：{answer.remark}" if answer.remark else ""
        return f"{_value(answer.value, question)}，{word}{noted}"
    return f"{word}，{answer.remark}" if answer.remark else word


def _raw(raw: object) -> str:
    """What the file said, rows and cells with marks between."""
    if isinstance(raw, dict):
        return " ".join(_raw(item) for item in raw.values())
    if isinstance(raw, list):
        return "；".join(_raw(item) for item in raw)
    return "" if raw is None else str(raw)


def _value(value: Given | None, question: Question) -> str:
    if isinstance(value, tuple):
        return _many(value, question) or _NOTHING
    return _one(value)


def _one(value: object) -> str:
    if isinstance(value, int | Decimal):
        return show(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Option):
        return value.label
    return "" if value is None else str(value)


def _many(value: tuple[object, ...], question: Question) -> str:
    assert isinstance(question, Fact)  # noqa: S101  an indicator is one number
    if question.kind == "choices":
        return "、".join(_one(option) for option in value)
    rows = [
        _row(question.columns, [_one(row[column.id]) for column in question.columns])
        for row in value
        if isinstance(row, dict)
    ]
    if not any(mark in row for row in rows for mark in "；;"):
        return "；".join(rows)
    return "\n".join(rows) + ("\n" if len(rows) == 1 else "")  # a line break ends the splitting


def _row(columns: Sequence[Column], cells: list[str]) -> str:
    """The cells on one line; with tabs where the reader would cut them elsewhere."""
    text = cells[0]
    for column, cell in zip(columns[1:], cells[1:], strict=True):
        text += (" " if column.kind == "count" else "：") + cell
    is_kept = split_row(columns, text) == cells and not holds_two_rows(columns, cells)
    return text if is_kept else "\t".join(cells)
