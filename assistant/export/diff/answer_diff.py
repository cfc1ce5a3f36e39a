"""Which answers differ between two files."""

from typing import NamedTuple

from assistant.answers import STATE_NAMES, Answer, Answers, format_answer
from assistant.form.model import Edition


class Change(NamedTuple):
    """One answer that is not the same in both files, `Change("funding", "暂缺", "1.5万元")`."""

    id: str
    """Of the question; `year` for the report year."""
    before: str
    """As it would be typed, with its unit; empty where there is no answer."""
    after: str


def changed_answers(before: Answers, after: Answers) -> list[Change]:
    """The answers that differ, the report year first, then in the order of the form."""
    edition = before.edition
    made = []
    if before.year != after.year:
        made.append(Change("year", str(before.year), str(after.year)))
    for name in edition.questions:
        old, new = before.given.get(name), after.given.get(name)
        if _meaning(old) != _meaning(new):
            made.append(Change(name, _told(old, name, edition), _told(new, name, edition)))
    return made


def _meaning(answer: Answer | None) -> tuple[object, ...]:
    return () if answer is None else (answer.value, answer.state, answer.remark, answer.raw)


def _told(answer: Answer | None, name: str, edition: Edition) -> str:
    if answer is None:
        return ""
    text = format_answer(answer, edition.questions[name])
    if answer.state == "given":
        unit = edition.unit(name)
        noted = f"（{answer.remark}）" if answer.remark else ""
        return f"{text}{unit}{noted}"
    return text or STATE_NAMES.get(answer.state, "")
