"""Answers that stand in for those nobody knows, so that templates print what they can print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import cycle
from typing import NamedTuple

from assistant.answers import Answer, Answers, ListRow
from assistant.form.model import Edition, Fact, Option

OPTIONS, NAMES = ("\ue000", "\uefff"), ("\uf000", "\uf8ff")
"""The first and last of characters that no report has; each stands for the words of one answer."""
_ASKED = re.compile(r"speaks_of\(([^)]{1,400})\)")
_QUOTED = re.compile(r'"([^"]{1,40})"')
_BEFORE = (lambda now: now, lambda now: now // 2, lambda now: now * 2 + 2, lambda _: 0)
"""What a number of this year may have been the year before: equal, less, more, nothing."""


class AnswerSource(NamedTuple):
    """The answer that words come from."""

    name: str
    """Of the fact or the figure."""
    column: str = ""
    """Of a list."""


@lru_cache(maxsize=8)
def sources_of(edition: Edition) -> dict[str, AnswerSource]:
    """By stand-in the answer whose words it stands for."""
    chosen = [
        AnswerSource(fact.id, column)
        for fact in edition.facts
        for column in ([each.id for each in fact.columns] or [""])
        if fact.options or fact.columns
    ]
    called = [AnswerSource(fact.id) for fact in edition.facts if fact.suggested]
    return {
        chr(ord(first) + at): source
        for (first, _), named in ((OPTIONS, chosen), (NAMES, called))
        for at, source in enumerate(named)
    }


@lru_cache(maxsize=8)
def _stand_ins(edition: Edition) -> dict[AnswerSource, str]:
    return {source: mark for mark, source in sources_of(edition).items()}


def variants(answers: Answers) -> Iterator[Answers]:
    """The answers in every way that templates tell apart, whatever was not read filled in.

    As they are; several of everything, and nothing of everything; one of every second, once with
    own texts that say all that templates ask them for; nothing of what is counted in the text
    alone; each option of what templates tell by which one it is.
    """
    yield answers
    yield _filled(answers, (2,))
    yield _filled(answers, (0,))
    yield _filled(answers, (0, 1))
    yield _filled(_speaking(answers), (1, 0))
    yield _filled(answers, (1,), is_counted=False)
    for at in range(1, _most_told_by_id(answers)):
        yield _filled(answers, (1,), option=at)


def last_years(answers: Answers) -> Iterator[tuple[Answers, Answers]]:
    """The answers beside those of a year before with other numbers."""
    several = _filled(answers, (2,))
    for change in _BEFORE:
        before = {name: Answer(change(value)) for name, value in several.numbers.items()}
        given = {**several.given, **before}
        yield several, replace(several, year=answers.year - 1, given=given)


def _speaking(answers: Answers) -> Answers:
    """The answers with own texts that say all that templates ask any for."""
    asked = _ASKED.findall("\n".join(answers.edition.templates.values()))
    said = "".join(word for words in asked for word in _QUOTED.findall(words))
    own = (fact for fact in answers.edition.own_texts if fact.kind == "text" and not fact.passage)
    texts = {fact.id: Answer(said) for fact in own}
    return answers.with_given({**texts, **answers.given}) if said else answers


def _most_told_by_id(answers: Answers) -> int:
    """How many options a choice has at most that templates say in words of their own."""
    sources = "".join(answers.edition.templates.values())
    told = (
        len(fact.options)
        for fact in answers.edition.facts
        if fact.kind == "choice" and fact.id not in answers.given and f"{fact.id}.id ==" in sources
    )
    return max(told, default=0)


def _filled(
    answers: Answers, numbers: Sequence[int], *, is_counted: bool = True, option: int = 0
) -> Answers:
    """The answers with something for every fact that was not read.

    What others hang on has all options, so that nothing is left out for it.

    Args:
        answers: What was read.
        numbers: How many of what is counted, chosen or listed, by turns.
        is_counted: Whether anything is counted or listed at all.
        option: The place of the option of single choices.
    """
    edition, given = answers.edition, dict(answers.given)
    above = {owner for fact in edition.facts for owner in fact.when}
    turns = cycle(numbers)
    for fact in edition.facts:
        if fact.id in above and fact.kind == "choices":
            given[fact.id] = Answer(fact.options)
        elif fact.id in given:
            continue
        elif fact.kind in ("count", "amount") and is_counted:
            number = next(turns)
            whole = given.get(fact.part_of) if number > 1 else None
            given[fact.id] = whole or Answer(number)
        elif fact.kind == "list":
            given |= _list(fact, max(numbers) if is_counted else 0, edition)
        elif fact.options:
            given |= _choice(fact, option, max(numbers), edition)
        elif fact.suggested:
            given[fact.id] = Answer(_stand_ins(edition)[AnswerSource(fact.id)])
    return answers.with_given(given)


def _choice(fact: Fact, option: int, number: int, edition: Edition) -> dict[str, Answer]:
    """Options with a stand-in for their words; those that are names keep them."""
    mark = _stand_ins(edition)[AnswerSource(fact.id)]
    is_name = fact.id == edition.roles.body_kind
    options = [each if is_name else _worded(each, mark) for each in fact.options]
    if fact.kind == "choices":
        return {fact.id: Answer(tuple(options) if number else ())}
    return {fact.id: Answer(options[min(option, len(options) - 1)])}


def _worded(option: Option, mark: str) -> Option:
    return Option(id=option.id, label=option.label, text=mark)


def _list(fact: Fact, rows: int, edition: Edition) -> dict[str, Answer]:
    marks = _stand_ins(edition)
    row: ListRow = {
        column.id: 1
        if column.kind == "count"
        else _worded(column.options[0], marks[AnswerSource(fact.id, column.id)])
        if column.options
        else marks[AnswerSource(fact.id, column.id)]
        for column in fact.columns
    }
    return {fact.id: Answer((row,) * rows)} if rows else {}
