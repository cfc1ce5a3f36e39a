"""The JSON Schema of an answer file, for editors and for other programs."""

from collections.abc import Mapping, Sequence

from assistant.answers.load import FORMAT
from assistant.answers.model import (
    BEHIND_A_LINE,
    STATE_NAMES,
    STATE_WORDS,
    State,
    can_be_none,
    takes_remark,
    words_of_none,
)
from assistant.form.model import Column, Edition, Fact, Option, Question
from assistant.messages import Sentences

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def answer_schema(edition: Edition, sentences: Sentences) -> dict[str, object]:
    """Describe the answer file of one edition, with the help of every question."""
    asked = {name: _answer(question, sentences) for name, question in edition.asked.items()}
    reason = {"reason": {"type": "string", "minLength": 1}, "values": {"type": "object"}}
    parts: dict[str, object] = {
        "format": {"type": ["string", "integer"], "enum": [FORMAT, int(FORMAT)]},
        "edition": {"const": edition.id},
        "year": _year(edition),
        "answers": _object(asked),
        "wording": _object({name: _wording(fact) for name, fact in edition.wordings.items()}),
        "acknowledged": {"type": "object", "additionalProperties": _object(reason, ["reason"])},
    }
    head = {"$schema": _DRAFT, "title": edition.title}
    return head | _object(parts, ["format", "edition", "year"])


def _object(properties: Mapping[str, object], required: Sequence[str] = ()) -> dict[str, object]:
    """A mapping with these entries and no others."""
    wanted = {"required": list(required)} if required else {}
    return {"type": "object"} | wanted | {"additionalProperties": False, "properties": properties}


def _year(edition: Edition) -> dict[str, object]:
    years: dict[str, object] = {
        "type": ["string", "integer"],
        "minimum": edition.years.first,
        "pattern": "^[0-9]{4}$",
    }
    if edition.years.last is not None:
        years["maximum"] = edition.years.last
    return years


def _wording(fact: Fact) -> dict[str, object]:
    """Own wording: a text, or one with the version of the passage that it stands for."""
    text = {"type": "string", "minLength": 1}
    none = [word for word, state in STATE_WORDS.items() if state == "none"]
    template = {"type": "string", "pattern": "^[0-9a-f]{8}$"}
    told = _object({"value": text, "state": {"enum": none}, "template": template})
    return {"title": fact.label, "anyOf": [text, told]}


def _answer(question: Question, sentences: Sentences) -> dict[str, object]:
    value = _value(question)
    has_none = can_be_none(question)
    states = [word for word, state in STATE_WORDS.items() if state != "none" or has_none]
    remark = {"type": "string"}
    state = _object({"state": {"enum": states}, "value": value, "remark": remark})
    answer: dict[str, object] = {
        "title": question.name,
        "description": _help(question, sentences),
        "anyOf": [value, *_spoken(question, has_none=has_none), state],
    }
    if not has_none:  # where any text may be a value, it still may not be this one
        answer["not"] = {"type": "string", "pattern": _state_pattern(question, "none")}
    return answer


def _spoken(question: Question, *, has_none: bool) -> list[dict[str, object]]:
    """The texts that speak of a state."""
    patterns = [_state_pattern(question, "absent")]
    if has_none:
        patterns.append(_state_pattern(question, "none"))
    if takes_remark(question, "provisional"):
        patterns.append(STATE_NAMES["provisional"])
    words = sorted(words_of_none(question))
    enum: list[dict[str, object]] = [{"enum": words}] if words else []
    return [{"type": "string", "pattern": "|".join(patterns)}, *enum]


def _state_pattern(question: Question, state: State) -> str:
    """A state word, with a remark where the text can carry one."""
    behind = "" if takes_remark(question, state) else r"\s*$"
    if question.kind == "line":
        behind = rf"(?:\s*$|[{BEHIND_A_LINE}])"
    return rf"^\s*{STATE_NAMES[state]}{behind}"


def _help(question: Question, sentences: Sentences) -> str:
    """The question with its three steps of help; what is inferred says so."""
    rule = question.help.rule
    basis = "，".join(filter(None, rule.basis_and_source(sentences)))
    told = (question.ask, question.help.brief, f"{rule.text}（{basis}）", question.help.example)
    return "\n".join(told)


def _value(question: Question) -> dict[str, object]:
    if question.kind == "count":
        return {"type": ["integer", "string"], "minimum": 0}
    if question.kind == "amount":
        return {"type": ["number", "string"], "minimum": 0}
    assert isinstance(question, Fact)  # noqa: S101  every indicator is a number
    if question.kind == "choice":
        return _option(question.options)
    if question.kind == "choices":
        items = _option(question.options)
        return {"anyOf": [_array(items, question), {"type": ["string", "integer"]}]}
    if question.kind == "list":
        return {"anyOf": [_array(_row(question), question), {"type": "string"}]}
    return {"type": ["string", "number"]}  # a postcode without quotes is text all the same


def _array(items: Mapping[str, object], fact: Fact) -> dict[str, object]:
    return {"type": "array", "items": items, "minItems": fact.at_least}


def _option(options: Sequence[Option]) -> dict[str, object]:
    """One option by label, id or number."""
    names = [name for option in options for name in (option.label, option.id)]
    numbers = {"type": "integer", "minimum": 1, "maximum": len(options)}
    typed = {"type": "string", "pattern": "^[0-9０-９]{1,3}$"}
    return {"anyOf": [{"enum": names}, numbers, typed]}


def _row(fact: Fact) -> dict[str, object]:
    """One row: a mapping by column, or one text."""
    cells = {column.id: {"title": column.label, **_cell(column)} for column in fact.columns}
    return {"anyOf": [_object(cells, list(cells)), {"type": "string"}]}


def _cell(column: Column) -> dict[str, object]:
    if column.kind == "choice":
        options = _option(column.options)
        return {"anyOf": [options, {"type": "string", "minLength": 2}]} if column.own else options
    return {"type": ["integer", "string"], "minimum": 0} if column.kind == "count" else {}
