"""Answers in canonical text."""

from datetime import date
from decimal import Decimal

from assistant.answers.load import FORMAT
from assistant.answers.model import STATE_NAMES, Answer, Answers, Given, ListRow
from assistant.answers.states import read_state
from assistant.form.model import Fact, Option, Question
from assistant.storage.yaml_text import emit
from assistant.values.print_format import show, show_date


def write_answers(answers: Answers) -> str:
    """The canonical text of an answer file, in the order of the form, labels as comments."""
    edition = answers.edition
    lines = [emit("format", FORMAT), emit("edition", edition.id), emit("year", str(answers.year))]
    body = [
        emit(name, plain_answer(answers.given[name], question), _comment(answers, name), indent=2)
        for name, question in edition.questions.items()
        if name in answers.given
    ]
    body += [
        emit(name, plain_answer(claim, edition.cells[name]), _comment(answers, name), indent=2)
        for name, claim in answers.claimed.items()
    ]
    body += [emit(name, value, indent=2) for name, value in answers.unknown.items()]
    lines += ["answers:\n", *body] if body else ["answers: {}\n"]
    if answers.acknowledged:
        lines.append("acknowledged:\n")
        for key, entry in answers.acknowledged.items():
            content = {"reason": entry.reason, "values": dict(entry.values)}
            lines.append(emit(key, content, indent=2))
    return "".join(lines)


def _comment(answers: Answers, name: str) -> str:
    unit = answers.edition.unit(name)
    label = answers.edition.name(name)
    return f"{label}（{unit}）" if unit else label


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


def _plain_value(value: Given | None, question: Question) -> object:
    if isinstance(value, int | Decimal):
        return show(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Option):
        return value.label
    if isinstance(value, tuple):
        return [_plain_item(item, question) for item in value]
    return value


def _plain_item(item: ListRow | Option, question: Question) -> object:
    if isinstance(item, Option):
        return item.label
    assert isinstance(question, Fact)  # noqa: S101  only a list fact has rows
    return {column.id: _plain_value(item[column.id], question) for column in question.columns}
