"""One entry of an answer file against its question."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.answers.model import STATE_WORDS, Answer, Given
from assistant.files import Node
from assistant.schema import Column, Fact, Indicator, Option, Question
from assistant.values import Refusal, clean_text, read, read_date, read_line, read_text

_PAUSES = "，。；、："
"""A line stands in the middle of a sentence and may not end in one of these."""
_ROW_LIMIT = 200
"""Rows of a list; far more than any report has categories."""


class Entry(NamedTuple):
    """An understood entry."""

    answer: Answer


def read_entry(question: Question, node: Node) -> Entry | Refusal:
    """Read what the file says for one question: a value, or a state with a remark."""
    if isinstance(node.value, dict) and (
        "state" in node.value or "value" in node.value or "remark" in node.value
    ):
        return _read_with_state(question, node)
    if isinstance(node.value, str) and node.value.strip() in STATE_WORDS:
        state = STATE_WORDS[node.value.strip()]
        if state == "absent":
            return Entry(Answer(None, "absent", line=node.line))
        return Refusal("provisional_without_value", {})
    value = _read_value(question, node)
    return value if isinstance(value, Refusal) else Entry(Answer(value, line=node.line))


def _read_with_state(question: Question, node: Node) -> Entry | Refusal:
    assert isinstance(node.value, dict)  # noqa: S101  asked by the caller
    parts = node.value
    given = parts.get("value")
    odd = [key for key in parts if key not in ("state", "value", "remark")]
    odd += [key for key in parts if key != "value" and not isinstance(parts[key].value, str)]
    if odd:
        return Refusal("odd_part", {"part": odd[0]})
    word, noted = (str(parts[key].value) if key in parts else "" for key in ("state", "remark"))
    if word and word not in STATE_WORDS:
        return Refusal("odd_state", {"state": word})
    remark = clean_text(noted)
    if isinstance(remark, Refusal):
        return remark
    state = STATE_WORDS.get(word, "given")
    if state == "absent":
        if given is not None and given.value:
            return Refusal("odd_part", {"part": "value"})
        return Entry(Answer(None, "absent", remark, line=node.line))
    if given is None:
        return Refusal("provisional_without_value", {})
    value = _read_value(question, given)
    if isinstance(value, Refusal):
        return value
    return Entry(Answer(value, state, remark, line=node.line))


def _read_value(question: Question, node: Node) -> Given | Refusal:
    if isinstance(question, Indicator):
        return _one_line(node) or read(str(node.value), question.kind, question.unit)
    if question.kind == "list":
        return _read_rows(question, node)
    if question.kind == "choices":
        return _read_choices(question, node)
    return _one_line(node) or _read_fact(question, str(node.value))


def _one_line(node: Node) -> Refusal | None:
    return None if isinstance(node.value, str) else Refusal("not_one_value", {})


def _read_fact(fact: Fact, text: str) -> Given | Refusal:
    if fact.kind == "line":
        return _read_line(fact, text)
    if fact.kind == "text":
        return read_text(text)
    if fact.kind == "date":
        return read_date(text)
    if fact.kind == "choice":
        return _read_option(fact.options, text)
    assert fact.kind in ("count", "amount")  # noqa: S101  lists and choices went elsewhere
    return read(text, fact.kind, fact.unit)


def _read_option(options: Sequence[Option], text: str) -> Option | Refusal:
    wanted = text.strip()
    if not wanted:
        return Refusal("empty", {})
    for option in options:
        if wanted in (option.label, option.id):
            return option
    return Refusal("no_such_option", {"options": "、".join(option.label for option in options)})


def _read_choices(fact: Fact, node: Node) -> tuple[Option, ...] | Refusal:
    texts = _texts(node)
    if texts is None:
        return Refusal("not_a_list", {})
    chosen: list[Option] = []
    for text in texts:
        option = _read_option(fact.options, text)
        if isinstance(option, Refusal):
            return option
        if option in chosen:
            return Refusal("chosen_twice", {"option": option.label})
        chosen.append(option)
    if len(chosen) < fact.at_least:
        return Refusal("too_few", {"least": fact.at_least})
    return tuple(option for option in fact.options if option in chosen)


def _texts(node: Node) -> Iterable[str] | None:
    """The items of a list of texts, or of one text with 、 between."""
    if isinstance(node.value, str):
        return [part for part in node.value.split("、") if part.strip()]
    if isinstance(node.value, list) and all(isinstance(item.value, str) for item in node.value):
        return [str(item.value) for item in node.value]
    return None


def _read_rows(fact: Fact, node: Node) -> Given | Refusal:
    if node.value == "":
        return Refusal("empty", {})
    if not isinstance(node.value, list):
        return Refusal("not_a_list", {})
    if len(node.value) > _ROW_LIMIT:
        return Refusal("too_many", {"limit": _ROW_LIMIT})
    rows: list[dict[str, object]] = []
    for number, item in enumerate(node.value, start=1):
        row = _read_row(fact.columns, item)
        if isinstance(row, Refusal):
            return Refusal(row.code, {"row": number, **row.details})
        for column in fact.columns:
            if column.unique and any(row[column.id] == other[column.id] for other in rows):
                shown = row[column.id]
                label = shown.label if isinstance(shown, Option) else shown
                return Refusal("row_twice", {"row": number, "entry": label})
        rows.append(row)
    if len(rows) < fact.at_least:
        return Refusal("too_few", {"least": fact.at_least})
    return tuple(rows)  # type: ignore[return-value]


def _read_row(columns: Sequence[Column], node: Node) -> dict[str, object] | Refusal:
    cells = node.value
    if isinstance(cells, str) and len(columns) == 1:
        cells = {columns[0].id: node}
    if not isinstance(cells, dict):
        return Refusal("not_a_row", {"columns": "、".join(column.id for column in columns)})
    known = [column.id for column in columns]
    odd = [key for key in cells if key not in known]
    if odd or any(name not in cells for name in known):
        return Refusal("not_a_row", {"columns": "、".join(known)})
    row: dict[str, object] = {}
    for column in columns:
        text = cells[column.id].value
        value = _read_cell(column, text) if isinstance(text, str) else Refusal("not_one_value", {})
        if isinstance(value, Refusal):
            return Refusal(
                value.code, {"column": column.label, "unit": column.unit, **value.details}
            )
        refusal = _check_pair(column, row.get(column.goes_with), value)
        if refusal is not None:
            return refusal
        row[column.id] = value
    return row


def _check_pair(column: Column, partner: object, value: object) -> Refusal | None:
    """Refuse a choice that does not go with the one to its left."""
    if not isinstance(partner, Option) or not isinstance(value, Option):
        return None
    if partner.id in value.answers:
        return None
    fitting = "、".join(item.label for item in column.options if partner.id in item.answers)
    details = {"left": partner.label, "right": value.label, "options": fitting}
    return Refusal("options_do_not_pair", details)


def _read_cell(column: Column, text: str) -> object:
    if column.kind == "choice":
        return _read_option(column.options, text)
    if column.kind == "count":
        return read(text, "count", column.unit)
    return _read_line(column, text)


def _read_line(asked: Fact | Column, text: str) -> str | Refusal:
    """Read a line; where a number is printed behind it, it may not end in a digit itself."""
    line = read_line(text)
    if isinstance(line, str) and asked.before_number and line[-1].isdecimal():
        return Refusal("ends_in_digit", {"line": line})
    if isinstance(line, str) and line[-1] in _PAUSES:
        return Refusal("ends_in_mark", {})
    return line
