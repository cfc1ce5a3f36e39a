"""What a narrative tells: each number once, whatever the answers are, and every option."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from assistant.answers import Answer, Answers
from assistant.form.model import Edition, Fact, Option
from assistant.lint.lint_examples import ZERO, Examples
from assistant.lint.problems import ProblemList
from assistant.messages import Sentences
from assistant.report import make_report
from assistant.values import NUMBERS

_PROBE = 7
"""The number put into cells to see whether the narrative tells them."""
RESERVED = frozenset({"year", "year_end", "period", "law"})
"""What templates and checks call the year and its laws; no entry of the form can, and a
narrative may name them as often as it likes."""


class _Telling(NamedTuple):
    """How often a narrative that was written for some answers tells each number."""

    answers: str
    """What they are, in words."""
    times: Counter[str]


def lint_told(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """A number that is not zero is told once, unless it is marked as table-only.

    It is looked for where it is the only one that is not zero, or the only one with those that are
    asked on the same condition, and where all are not zero in the words of every example. As some
    example goes through every branch that hangs on answers in words, this finds two tellings that
    no example shows together.
    """
    alone = dict(_each_alone(edition, examples, problems.sentences))
    for name, telling in alone.items():
        item = edition.cells.get(name)
        is_table_only = item is not None and item.table_only
        if not telling.times[name] and not is_table_only:
            problems.add("narrative", "not_told", name=name, is_cell=item is not None)
        if telling.times[name] and is_table_only:
            problems.add("narrative", "table_only_told", name=name)
    named: set[str] = set(RESERVED)
    every = _of_examples(edition, examples, problems.sentences)
    for telling in (*every, *alone.values()):
        for name, count in telling.times.items():
            if count > 1 and name not in named:
                named.add(name)
                problems.add(
                    "narrative", "told_twice", name=name, count=count, example=telling.answers
                )


def _numbers(edition: Edition) -> Iterator[tuple[str, Answer]]:
    """Every number of the form with the question that makes it what the probe is."""
    kinds: dict[str, str] = {name: cell.kind for name, cell in edition.cells.items()}
    kinds |= {fact.id: fact.kind for fact in edition.facts}
    for name, kind in kinds.items():
        if kind in NUMBERS:
            yield name, Answer(_PROBE if kind == "count" else Decimal(_PROBE))


def _each_alone(
    edition: Edition, examples: Examples, sentences: Sentences
) -> Iterator[tuple[str, _Telling]]:
    base = examples[ZERO].reading.answers
    told: dict[str, _Telling] = {}
    for name, answer in _numbers(edition):
        said = sentences.say("lint.one_number", example=ZERO, name=name, value=_PROBE)
        question = edition.question_of(name)
        if question not in told:
            made = {**_asked_with(name, edition), question: answer}
            answers = replace(base, given={**base.given, **made})
            told[question] = _telling(said, answers, None, sentences)
        yield name, told[question]._replace(answers=said)


def _asked_with(name: str, edition: Edition) -> dict[str, Answer]:
    """What must be chosen for a number to be asked, and the numbers that are asked with it."""
    question = edition.questions.get(edition.question_of(name))
    if not isinstance(question, Fact) or not question.when:
        return {}
    together = {fact.id for fact in edition.facts if fact.when == question.when}
    given = {other: answer for other, answer in _numbers(edition) if other in together}
    for owner, wanted in question.when.items():
        asked = edition.questions[owner]
        options = asked.options if isinstance(asked, Fact) else ()
        option = next((each for each in options if each.id in wanted), None)
        if option is not None:
            is_single = isinstance(asked, Fact) and asked.kind == "choice"
            given[owner] = Answer(option if is_single else (option,))
    return given


def _of_examples(edition: Edition, examples: Examples, sentences: Sentences) -> Iterable[_Telling]:
    """Every example as it is, then with all its numbers."""
    full = {edition.question_of(name): answer for name, answer in _numbers(edition)}
    for example in examples.values():
        answers = example.reading.answers
        yield _telling(example.name, answers, example.previous, sentences)
        said = sentences.say("lint.all_numbers", example=example.name, value=_PROBE)
        filled = replace(answers, given={**answers.given, **full})
        yield _telling(said, filled, example.previous, sentences)


def _telling(
    said: str, answers: Answers, previous: Answers | None, sentences: Sentences
) -> _Telling:
    report = make_report(answers, previous, sentences, is_draft=False)
    spans = (span for block in report.blocks for span in block.spans)
    return _Telling(said, Counter(each.id for each in spans if each.kind in ("figure", "whole")))


def lint_options(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """An option of a fact is printed, decides something, or is chosen in an example.

    Raises:
        LibraryError: A template is broken.
    """
    for fact in edition.facts:
        if fact.options and fact.id not in edition.off_tables:
            options = tuple(_undecided(fact, edition, examples))
            for option in _unprinted(fact, options, examples, problems):
                problems.add(
                    "facts.yaml",
                    "option_untold",
                    name=fact.id,
                    option=option.id,
                    label=option.label,
                )


def _undecided(fact: Fact, edition: Edition, examples: Examples) -> Iterator[Option]:
    """The options that no example has chosen, no template names and no question waits for."""
    given = [example.reading.answers.value(fact.id) for example in examples.values()]
    chosen = {each for value in given for each in (value if isinstance(value, tuple) else (value,))}
    awaited = {name for other in edition.facts for name in other.when.get(fact.id, ())}
    sources = "\n".join(edition.templates.values())
    for option in fact.options:
        named = rf"\b{fact.id}\b[^{{}}%]{{0,200}}[\"']{re.escape(option.id)}[\"']"
        if option not in chosen and option.id not in awaited and not re.search(named, sources):
            yield option


def _unprinted(
    fact: Fact, options: Sequence[Option], examples: Examples, problems: ProblemList
) -> Iterable[Option]:
    """Those whose words stand in the report of no example in which they are chosen instead."""
    left = list(options)
    for example in examples.values():
        for option in tuple(left):
            value = Answer(option if fact.kind == "choice" else (option,))
            answers = example.reading.answers
            made = replace(answers, given={**answers.given, fact.id: value})
            report = make_report(made, example.previous, problems.sentences, is_draft=False)
            words = option.text or option.label
            if any(words in block.text for block in report.blocks):
                left.remove(option)
    return left
