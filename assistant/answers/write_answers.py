"""Answers as text: what would be typed to give one, and the canonical answer file."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.answers.given_values import counted_rows, holds_two_rows, split_row
from assistant.answers.load import FORMAT
from assistant.answers.model import STATE_NAMES, Answer, Answers, Given, read_state
from assistant.form.model import Column, Fact, Option, Question
from assistant.messages import Sentences
from assistant.storage.yaml_text import emit
from assistant.values.print_format import show, show_date

_NOTHING = "无"

_FEW = 3
"""Options of a choice that are told by name."""


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


def at_a_glance(answer: Answer, question: Question, sentences: Sentences) -> str:
    """The same for a person among many others: of a long choice how many and the first ones."""
    chosen = answer.value if isinstance(answer.value, tuple) else ()
    labels = [each.label for each in chosen if isinstance(each, Option)]
    if len(labels) <= _FEW + 1:
        return format_answer(answer, question)
    return sentences.say("marks.choices", shown="、".join(labels[:_FEW]), count=len(labels))


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
    is_one = counted_rows(columns, text) == [text] and not holds_two_rows(columns, cells)
    is_kept = is_one and split_row(columns, text) == cells
    return text if is_kept else "\t".join(cells)


# --- The answer file


def write_answers(answers: Answers) -> str:
    """The canonical text of an answer file, in the order of the form, labels as comments."""
    edition = answers.edition
    lines = [emit("format", FORMAT), emit("edition", edition.id), emit("year", str(answers.year))]
    body = [
        emit(name, plain_given(answers, name), _comment(answers, name), indent=2)
        for name in edition.asked
        if name in answers.given
    ]
    body += [
        emit(name, plain_answer(claim, edition.cells[name]), _comment(answers, name), indent=2)
        for name, claim in answers.claimed.items()
    ]
    body += [emit(name, value, indent=2) for name, value in answers.unknown.items()]
    lines += ["answers:\n", *body] if body else ["answers: {}\n"]
    wording = [
        emit(name, plain_given(answers, name), fact.label, indent=2)
        for name, fact in edition.wordings.items()
        if name in answers.given
    ]
    wording += [emit(name, value, indent=2) for name, value in answers.stray.items()]
    lines += ["wording:\n", *wording] if wording else []
    if answers.acknowledged:
        lines.append("acknowledged:\n")
        lines += [emit(key, plain_reason(answers, key), indent=2) for key in answers.acknowledged]
    return "".join(lines)


def canonical_text(answers: Answers) -> str:
    """All that answers say as one text, the same in whatever order their file has it.

    The names of the questions are part of it.
    """
    name_of = answers.edition.name
    given, claimed = (
        {name: (name_of(name), a.state, a.value, a.remark, a.raw, a.template) for name, a in part}
        for part in (answers.given.items(), answers.claimed.items())
    )
    reasons = {key: (each.reason, each.values) for key, each in answers.acknowledged.items()}
    head = (answers.edition.id, answers.year)
    said = (head, given, claimed, reasons, answers.unknown, answers.stray)
    return json.dumps(said, sort_keys=True, default=_one)


def _comment(answers: Answers, name: str) -> str:
    unit = answers.edition.unit(name)
    label = answers.edition.name(name)
    return f"{label}（{unit}）" if unit else label


def plain_given(answers: Answers, name: str) -> object:
    """The answer of a question as a file has it; `None` without one."""
    answer, fact = answers.given.get(name), answers.edition.wordings.get(name)
    if answer is None:
        return None
    if fact is not None:
        return _plain_wording(answer, fact)
    return plain_answer(answer, answers.edition.questions[name])


def plain_reason(answers: Answers, key: str) -> object:
    """The reason for a finding as a file has it; `None` without one."""
    entry = answers.acknowledged.get(key)
    return None if entry is None else {"reason": entry.reason, "values": dict(entry.values)}


def plain_answer(answer: Answer, question: Question) -> object:
    """One answer as a file has it: text, a list of texts, or a mapping with its state."""
    if answer.state == "unread":
        return answer.raw
    if answer.state == "none" and not answer.remark:
        return STATE_NAMES["none"]
    value = _plain_value(answer.value, question)
    speaks_of_state = isinstance(value, str) and read_state(question, value) is not None
    if answer.state == "given" and not answer.remark and not speaks_of_state:
        return value
    parts: dict[str, object] = {}
    if answer.state != "given":
        parts["state"] = STATE_NAMES[answer.state]
    if answer.value is not None:
        parts["value"] = value
    if answer.remark:
        parts["remark"] = answer.remark
    return parts


def _plain_wording(answer: Answer, fact: Fact) -> object:
    """Own wording as a file has it: a text, or a mapping with the version that it stands for."""
    said = plain_answer(answer, fact)
    if not answer.template:
        return said
    if answer.state == "none":
        return {"state": STATE_NAMES["none"], "template": answer.template}
    said = said if isinstance(said, dict) else {"value": said}
    return {**said, "template": answer.template}


def _plain_value(value: Given | None, question: Question) -> object:
    if not isinstance(value, tuple):
        return _one(value)
    columns = question.columns if isinstance(question, Fact) else ()
    return [
        each.label if isinstance(each, Option) else {c.id: _one(each[c.id]) for c in columns}
        for each in value
    ]
