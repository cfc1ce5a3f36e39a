"""An answer as the text that would give it again when typed."""

from datetime import date
from decimal import Decimal

from assistant.answers.model import STATE_WORDS, Answer
from assistant.schema import Fact, Option, Question
from assistant.values import show, show_date

_STATE_NAMES = {state: word for word, state in STATE_WORDS.items()}


def line_of(answer: Answer, question: Question) -> str:
    """The text of an answer: `28`, `28，待核实：等财务确认`, `政府网站、公开栏`, `业务动态 12`.

    A list whose entries hold a semicolon takes a line for each row.
    """
    if answer.state == "unread":
        return answer.raw if isinstance(answer.raw, str) else ""
    text = _text(answer, question)
    if answer.state == "given":
        return text
    word = _STATE_NAMES[answer.state]
    if answer.state == "provisional":
        return f"{text}，{word}：{answer.remark}" if answer.remark else f"{text}，{word}"
    return f"{word}，{answer.remark}" if answer.remark else word


def _text(answer: Answer, question: Question) -> str:
    value = answer.value
    if isinstance(value, tuple):
        items = [_item(item, question) for item in value]
        if not items:
            return "无"
        if isinstance(value[0], Option):
            return "、".join(items)
        has_mark = any("；" in item or ";" in item for item in items)
        return ("\n" if has_mark else "；").join(items) + ("\n" if has_mark else "")
    return "" if value is None else _cell(value)


def _item(item: object, question: Question) -> str:
    if isinstance(item, Option):
        return item.label
    assert isinstance(item, dict) and isinstance(question, Fact)  # noqa: S101, PT018
    cells = [_cell(item[column.id]) for column in question.columns]
    is_count = question.columns[-1].kind == "count"
    return (" " if is_count else "：").join(cells)


def _cell(value: object) -> str:
    if isinstance(value, Option):
        return value.label
    if isinstance(value, date):
        return show_date(value)
    return show(value) if isinstance(value, int | Decimal) else str(value)
