"""Invented answers, with stand-ins for their words, for templates to print all that they can."""

import re
from functools import lru_cache
from random import Random
from typing import NamedTuple

from assistant.answers import Answer, Answers, ListRow
from assistant.form.model import Edition, Fact, Option
from assistant.values import NUMBERS

OPTIONS, LABELS, NAMES = ("\ue000", "\ue7ff"), ("\ue800", "\uefff"), ("\uf000", "\uf8ff")
"""The first and last of characters that no report has; each stands for the words of one answer."""
_ROW_COUNTS = (1, 10**6)
"""Of a row of a list: less than its total, or more."""
_ASKED = re.compile(r"speaks_of\(([^)]{1,400})\)")
_QUOTED = re.compile(r'"([^"]{1,40})"')
_NUMBERS = (1, 2, 2, 40)
_SHARES = (0.0, 0.05, 0.5, 0.5, 0.8, 1.0)
"""How much of a report is told, or not zero."""
_CELL_SHARES = (0.0, 0.01, 0.02, 0.1, 0.5, 0.9)
"""How much of its tables is not zero."""


class AnswerSource(NamedTuple):
    """The answer that words come from."""

    name: str
    """Of the fact or the figure."""
    column: str = ""
    """Of a list."""


@lru_cache(maxsize=8)
def stand_ins(edition: Edition) -> dict[AnswerSource, str]:
    """By answer what stands for its words."""
    columns = [(fact.id, each) for fact in edition.facts for each in fact.columns]
    chosen = [AnswerSource(fact.id) for fact in edition.facts if fact.options]
    chosen += [AnswerSource(name, each.id) for name, each in columns if each.options]
    labels = [AnswerSource(name, each.id) for name, each in columns if not each.options]
    called = [AnswerSource(fact.id) for fact in edition.facts if fact.suggested]
    return {
        source: chr(ord(first) + at)
        for (first, _), named in ((OPTIONS, chosen), (LABELS, labels), (NAMES, called))
        for at, source in enumerate(named)
    }


def invented(edition: Edition, number: int) -> Answers:
    """The answers of an invented report: large or small numbers, much or little of all told.

    Those of one number are always the same.
    """
    dice = Random(number)  # noqa: S311  nothing is secret
    told, some, share = dice.choice(_SHARES), dice.choice(_SHARES), dice.choice(_CELL_SHARES)
    given = {
        cell.id: Answer(_number(dice, share)) for cell in edition.indicators if not cell.computed
    }
    for fact in edition.facts:
        whole = given.get(fact.part_of)
        if fact.id == edition.roles.body_name:
            given[fact.id] = Answer(NAMES[-1])
        elif fact.part_of and whole and whole.value:
            given[fact.id] = dice.choice((whole, Answer(0), Answer(1)))
        elif fact.id not in edition.off_tables and (fact.required or dice.random() < told):
            given |= _answer(fact, edition, dice, some)
    return Answers(edition, dice.choice(edition.years.known)).with_given(given)


def year_before(answers: Answers, number: int) -> Answers:
    """The answers of the year before some, with equal, lower and higher numbers and zeros."""
    dice = Random(number)  # noqa: S311  as above
    given = {
        name: Answer(dice.choice((now, now // 2, now * 2 + 2, 0)))
        for name, now in answers.numbers.items()
    }
    return answers.with_given({**answers.given, **given})


def _answer(fact: Fact, edition: Edition, dice: Random, some: float) -> dict[str, Answer]:
    marks = stand_ins(edition)
    options = [_worded(each, marks[AnswerSource(fact.id)]) for each in fact.options]
    if fact.id == edition.roles.body_kind:
        options = list(fact.options)  # they are names
    if fact.kind in NUMBERS:
        return {fact.id: Answer(_number(dice, some))}
    if fact.kind == "choices":
        return {fact.id: Answer(tuple(each for each in options if dice.random() < some))}
    if fact.kind == "choice":
        return {fact.id: Answer(dice.choice(options))}
    if fact.kind == "list":
        words = {each.id: marks[AnswerSource(fact.id, each.id)] for each in fact.columns}
        row: ListRow = {
            each.id: dice.choice(_ROW_COUNTS)
            if each.kind == "count"
            else _worded(each.options[0], words[each.id])
            if each.options
            else words[each.id]
            for each in fact.columns
        }
        return {fact.id: Answer((row,) * dice.choice((1, 2, 3)))}
    if fact.suggested:
        return {fact.id: Answer(marks[AnswerSource(fact.id)])}
    return {fact.id: Answer(_said(edition))} if fact.kind == "text" and dice.random() < some else {}


@lru_cache(maxsize=8)
def _said(edition: Edition) -> str:
    """All that templates ask own texts for."""
    asked = _ASKED.findall("\n".join(edition.templates.values()))
    return "".join(word for words in asked for word in _QUOTED.findall(words)) or edition.title


def _number(dice: Random, share: float) -> int:
    return dice.choice(_NUMBERS) if dice.random() < share else 0


def _worded(option: Option, mark: str) -> Option:
    return Option(id=option.id, label=option.label, text=mark)
