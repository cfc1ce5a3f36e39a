"""What has been answered, what is still to be asked, part by part of the form."""

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.answers import Answers
from assistant.dialog.interview.state import Interview
from assistant.form.model import Edition, Fact, Question
from assistant.intents import names_of
from assistant.messages import Sentences
from assistant.values.grouping import grouped


class Part(NamedTuple):
    """One part of the form, or the facts before or after it."""

    title: str
    names: tuple[str, ...]
    """Its questions that apply."""
    left: "StillOpen"
    """What of them has no answer yet."""


class StillOpen(NamedTuple):
    """How many questions have no answer yet; every answer makes one of the numbers smaller."""

    questions: int
    """Those that want one."""
    tables: int
    """Cells of tables on top of that, of which a choice may leave few."""
    optional: int
    """Questions on top of that which may stay empty."""

    def said(self, sentences: Sentences) -> str:
        """The same in words: 还剩31题，表格至多156格，选答12题."""
        return sentences.say(
            "interview.still", left=self.questions, tables=self.tables, optional=self.optional
        )


def left_of(answers: Answers) -> StillOpen:
    """What has no answer yet in the whole form."""
    return _still_open(answers, open_questions(answers), undecided(answers))


def _still_open(answers: Answers, names: Iterable[str], unsure: Container[str]) -> StillOpen:
    kinds = [
        2 if not _is_wanted(answers.edition.questions[name]) else 1 if name in unsure else 0
        for name in names
    ]
    return StillOpen(kinds.count(0), kinds.count(1), kinds.count(2))


def is_open(answers: Answers, name: str) -> bool:
    """Whether a question still waits for an answer; 暂缺 is an answer for now."""
    answer = answers.given.get(name)
    return answer is None or answer.state == "unread"


def seldom_open(answers: Answers, previous: Answers | None) -> tuple[str, ...]:
    """The open facts that seldom change and that last year's file of the same form answers."""
    if previous is None or previous.edition is not answers.edition:
        return ()
    return tuple(
        fact.id
        for fact in answers.edition.facts
        if fact.seldom
        and is_open(answers, fact.id)
        and answers.applies(fact)
        and (answer := previous.active.get(fact.id)) is not None
        and answer.state == "given"
    )


def open_questions(answers: Answers) -> tuple[str, ...]:
    """The questions without an answer, in the order of asking."""
    return tuple(name for name in answers.asked if is_open(answers, name))


def undecided(answers: Answers) -> frozenset[str]:
    """Cells of tables that may turn out to be zero: what occurred at all is not chosen yet."""
    conditions = answers.edition.conditions
    return frozenset(
        cell
        for cell, choices in conditions.items()
        if any(is_open(answers, fact) for fact, _ in choices)
    )


def _is_wanted(question: Question) -> bool:
    return not isinstance(question, Fact) or question.required


def in_tables(edition: Edition, name: str) -> bool:
    """Whether a question is a cell of a table, or chooses which of its cells are asked."""
    question = edition.questions[name]
    return not isinstance(question, Fact) or question.place in edition.grids_by_id


def in_turn(interview: Interview, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some questions that are asked one after the other: all, or those of the tables."""
    if not interview.only_tables:
        return names
    return tuple(name for name in names if in_tables(interview.edition, name))


def next_open(interview: Interview, after: str) -> str:
    """The next question without an answer, from the top again at the end; empty when none is."""
    waiting = in_turn(interview, open_questions(interview.answers))
    order = names_of(interview.edition).number_of
    here = order(after) if after else 0
    return next((name for name in waiting if order(name) > here), waiting[0] if waiting else "")


def neighbour(interview: Interview, step: int) -> str:
    """The question before (-1) or after (1), answered or not; empty behind the last one."""
    names, at = in_turn(interview, interview.answers.asked), interview.at
    if at not in names:
        order = names_of(interview.edition).number_of
        at = next((name for name in names if at and order(name) > order(at)), "")
    place = names.index(at) if at else len(names)
    place = max(0, place + step)
    return names[place] if place < len(names) else ""


def parts(answers: Answers, sentences: Sentences) -> tuple[Part, ...]:
    """The parts in the order of asking, with what is open in each."""
    title_of = _titles(answers.edition, sentences)
    titles = grouped((title_of[name], name) for name in answers.asked)
    waiting, unsure = frozenset(open_questions(answers)), undecided(answers)
    return tuple(
        Part(title, names, _still_open(answers, waiting.intersection(names), unsure))
        for title, names in titles.items()
    )


@lru_cache(maxsize=8)
def _titles(edition: Edition, sentences: Sentences) -> Mapping[str, str]:
    """The part of every question of a form."""
    return {name: part_title(edition, name, sentences) for name in edition.questions}


def part_title(edition: Edition, name: str, sentences: Sentences) -> str:
    """The part of the form a question belongs to: 三、依申请公开情况."""
    question = edition.questions[name]
    title = edition.part_title(question)
    if isinstance(question, Fact) and not title:
        return sentences.say(f"interview.part_{question.place}")
    return title
