"""The JSON Schema of an answer file, for editors and for other programs."""

from assistant.answers.model import STATE_WORDS
from assistant.answers.reading import FORMAT
from assistant.schema import Edition, Fact, Question
from assistant.wording import Sentences

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def answer_schema(edition: Edition, sentences: Sentences) -> dict[str, object]:
    """Describe the answer file of one edition, with the help of every question."""
    return {
        "$schema": _DRAFT,
        "title": edition.title,
        "type": "object",
        "required": ["format", "edition", "year"],
        "additionalProperties": False,
        "properties": {
            "format": {"type": ["string", "integer"], "enum": [FORMAT, int(FORMAT)]},
            "edition": {"const": edition.id},
            "year": {
                "type": ["string", "integer"],
                "minimum": edition.years.first,
                "maximum": edition.years.last,
                "pattern": "^[0-9]{4}$",
            },
            "answers": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    name: _answer(question, sentences)
                    for name, question in edition.questions.items()
                },
            },
            "acknowledged": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "required": ["reason"],
                    "additionalProperties": False,
                    "properties": {
                        "reason": {"type": "string", "minLength": 1},
                        "values": {"type": "object"},
                    },
                },
            },
        },
    }


def _answer(question: Question, sentences: Sentences) -> dict[str, object]:
    value = _value(question)
    is_optional = isinstance(question, Fact) and not question.required
    unfit = () if is_optional else ("不适用",)
    alone = [{"const": word} for word in ("暂缺", "不适用") if word not in unfit]
    state = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "state": {"enum": [word for word in STATE_WORDS if word not in unfit]},
            "value": value,
            "remark": {"type": "string"},
        },
    }
    return {
        "title": question.name,
        "description": _help(question, sentences),
        "anyOf": [value, *alone, state],
    }


def _help(question: Question, sentences: Sentences) -> str:
    """The question with its three steps of help; what is inferred says so."""
    rule = question.help.rule
    basis = sentences.say(f"bases.{rule.basis}")
    source = "" if basis == rule.source else f"，{rule.source}"
    return (
        f"{question.ask}\n{question.help.brief}\n{rule.text}（{basis}{source}）\n"
        f"{question.help.example}"
    )


def _value(question: Question) -> dict[str, object]:
    if question.kind == "count":
        return {"type": ["integer", "string"], "minimum": 0}
    if question.kind == "amount":
        return {"type": ["number", "string"], "minimum": 0}
    assert isinstance(question, Fact)  # noqa: S101  every indicator is a number
    if question.kind == "choice":
        return {"enum": [name for option in question.options for name in (option.label, option.id)]}
    if question.kind == "choices":
        names = [name for option in question.options for name in (option.label, option.id)]
        items = {"type": "array", "items": {"enum": names}, "minItems": question.at_least}
        return {"anyOf": [items, {"type": "string"}]}
    if question.kind == "list":
        return {"type": "array", "items": _rows(question), "minItems": question.at_least}
    return {"type": ["string", "number"]}  # a postcode without quotes is text all the same


def _rows(fact: Fact) -> dict[str, object]:
    properties: dict[str, object] = {}
    for column in fact.columns:
        names = [name for option in column.options for name in (option.label, option.id)]
        number = {"type": ["integer", "string"], "minimum": 0}
        properties[column.id] = {
            "title": column.label,
            **({"enum": names} if names else number if column.kind == "count" else {}),
        }
    row: dict[str, object] = {
        "type": "object",
        "required": [column.id for column in fact.columns],
        "additionalProperties": False,
        "properties": properties,
    }
    return {"anyOf": [row, {"type": "string"}]} if len(fact.columns) == 1 else row
