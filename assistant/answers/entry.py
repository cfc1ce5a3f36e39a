"""One entry of an answer file, or one text typed, against its question."""

from assistant.answers.given_values import read_choices, read_option, read_own_line, read_rows
from assistant.answers.model import (
    STATE_WORDS,
    Answer,
    Given,
    Spoken,
    can_be_none,
    may_be_empty,
    read_state,
)
from assistant.form.model import Fact, Indicator, Question
from assistant.storage.yaml_text import Node
from assistant.values import Refusal, clean_text, read, read_date, read_shaped, read_text

_NO_VALUE = frozenset({"empty", "not_a_number", "not_a_date"})
"""Refusals of a text that holds no value at all."""


def read_entry(question: Question, node: Node) -> Answer | Refusal:
    """Read what the file or a person says for one question: a value, or a state with a remark.

    What is typed in conversation comes here as `Node(text, 0)`, so that both get one verdict.
    """
    if isinstance(node.value, dict) and (
        "state" in node.value or "value" in node.value or "remark" in node.value
    ):
        return _read_with_state(question, node)
    is_said = isinstance(node.value, str) and not node.value.isdecimal()  # nearly all are figures
    spoken = read_state(question, str(node.value)) if is_said else None
    if spoken is not None:
        return _read_spoken(question, spoken, node.line)
    value = _read_value(question, node)
    return value if isinstance(value, Refusal) else Answer(value, line=node.line)


def _read_spoken(question: Question, spoken: Spoken, line: int) -> Answer | Refusal:
    remark = clean_text(spoken.remark)
    if isinstance(remark, Refusal):
        return remark
    if spoken.state == "absent":
        return Answer(None, "absent", remark, line=line)
    if spoken.state == "none":
        return _read_none(question, remark, line)
    if not spoken.value:
        return Refusal("provisional_without_value", {})
    value = _read_value(question, Node(spoken.value, line))
    if isinstance(value, Refusal):
        is_none = value.code in _NO_VALUE
        return Refusal("provisional_without_value", {}) if is_none else value
    return Answer(value, "provisional", remark, line=line)


def _read_none(question: Question, remark: str, line: int) -> Answer | Refusal:
    """不适用: nothing of an optional fact; a list that may be empty is stored as empty."""
    if may_be_empty(question):
        return Answer((), "given", remark, line=line)
    if can_be_none(question):
        return Answer(None, "none", remark, line=line)
    if isinstance(question, Indicator):
        return Refusal("zero_wanted", {})
    return Refusal("not_optional", {})


def _read_with_state(question: Question, node: Node) -> Answer | Refusal:
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
    if state in ("absent", "none"):
        if given is not None and given.value:
            return Refusal("odd_part", {"part": "value"})
        return _read_spoken(question, Spoken(state, remark=remark), node.line)
    if given is None:
        return Refusal("provisional_without_value", {})
    value = _read_value(question, given)
    if isinstance(value, Refusal):
        return value
    return Answer(value, state, remark, line=node.line)


def _read_value(question: Question, node: Node) -> Given | Refusal:
    if isinstance(question, Indicator):
        return _one_line(node) or read(str(node.value), question.kind, question.unit)
    if question.kind == "list":
        return read_rows(question, node)
    if question.kind == "choices":
        return read_choices(question, node)
    return _one_line(node) or _read_fact(question, str(node.value))


def _one_line(node: Node) -> Refusal | None:
    return None if isinstance(node.value, str) else Refusal("not_one_value", {})


def _read_fact(fact: Fact, text: str) -> Given | Refusal:
    if fact.shape is not None:
        return read_shaped(text, fact.shape)
    if fact.kind == "line":
        return read_own_line(fact, text)
    if fact.kind == "text":
        return read_text(text)
    if fact.kind == "date":
        return read_date(text)
    if fact.kind == "choice":
        return read_option(fact.options, text)
    assert fact.kind in ("count", "amount")  # noqa: S101  lists and choices went elsewhere
    return read(text, fact.kind, fact.unit)
