"""Answers of one form carried to another of the same year, where ids correspond; never a guess."""

from dataclasses import replace
from typing import NamedTuple

from assistant.answers import Answer, Answers, read_entry
from assistant.answers.write_answers import plain_answer
from assistant.form.model import Edition, Question
from assistant.messages import Sentences
from assistant.storage.yaml_text import Node, as_node


class NotCarried(NamedTuple):
    """One answer or reason that could not be carried."""

    name: str
    """What it is called in the form it comes from."""
    why: str
    """In words."""


class Migration(NamedTuple):
    """The answers in the other form, and what stayed behind."""

    answers: Answers
    left: tuple[NotCarried, ...]


def migrate(answers: Answers, edition: Edition, sentences: Sentences) -> Migration:
    """Carry answers to another edition that serves their year.

    An answer is carried when the other form has a question of the same id, kind and unit, and
    takes it as it is written in a file.
    """
    given: dict[str, Answer] = {}
    left: list[NotCarried] = []
    for name, question in answers.edition.questions.items():
        if name not in answers.given:
            continue
        written = as_node(plain_answer(answers.given[name], question))
        found = _carried(question, edition.questions.get(name), written, sentences)
        if isinstance(found, Answer):
            given[name] = replace(found, template=answers.given[name].template)
        else:
            left.append(NotCarried(answers.edition.name(name), found))
    reasons = {}
    for key, entry in answers.acknowledged.items():
        if all(edition.owner(cell) in edition.questions for cell in entry.values) and any(
            key == check.key or key.startswith(f"{check.key}.") for check in edition.checks
        ):
            reasons[key] = entry
        else:
            left.append(NotCarried(key, sentences.say("migrating.no_check")))
    strangers = (*answers.unknown, *answers.stray, *map(answers.edition.name, answers.claimed))
    left += (NotCarried(name, sentences.say("migrating.no_question")) for name in strangers)
    ordered = {name: given[name] for name in edition.questions if name in given}
    return Migration(Answers(edition, answers.year, ordered, reasons), tuple(left))


def _carried(
    here: Question, there: Question | None, node: Node, sentences: Sentences
) -> Answer | str:
    """The answer at its new question, or why it stays behind."""
    if there is None:
        return sentences.say("migrating.no_question")
    if (here.kind, here.unit) != (there.kind, there.unit):
        return sentences.say("migrating.unlike")
    entry = read_entry(there, node)
    if isinstance(entry, Answer):
        return entry
    return sentences.say(f"refusals.{entry.code}", unit=there.unit, **entry.details)
