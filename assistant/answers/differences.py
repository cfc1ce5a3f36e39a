"""What differs between two sets of answers of one file, as plain data, and the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from assistant.answers.load import AnswerParts, answers_of
from assistant.answers.model import Answers
from assistant.answers.write_answers import plain_given, plain_reason
from assistant.storage.yaml_text import as_node

Sides = tuple[object, object]
"""An entry as a file has it, before and after; `None` where there was none."""


class Difference(NamedTuple):
    """The entries that differ, for example `Difference({"trainees": ("3", None)}, {})`."""

    given: Mapping[str, Sides]
    """By question id."""
    acknowledged: Mapping[str, Sides]
    """By key of the finding."""


def difference(before: Answers, after: Answers) -> Difference:
    """What differs between answers of one edition; their years are no entries."""
    given = {
        name: (plain_given(before, name), plain_given(after, name))
        for name in _differing(before.given, after.given)
    }
    reasons = {
        key: (plain_reason(before, key), plain_reason(after, key))
        for key in _differing(before.acknowledged, after.acknowledged)
    }
    return Difference(given, reasons)


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterable[str]:
    names = dict.fromkeys([*before, *after])
    return (name for name in names if before.get(name) != after.get(name))


def with_side(answers: Answers, year: int, apart: Difference, side: Literal[0, 1]) -> Answers:
    """Answers with the entries of a difference as they were before it (0) or after it (1).

    Raises:
        ValueError: An entry is of no question of the form, or the form does not serve the year.
    """
    edition = answers.edition
    if year not in edition.years or not apart.given.keys() <= edition.questions.keys():
        raise ValueError(year)
    nodes, reasons = (
        {name: as_node(sides[side]) for name, sides in entries.items() if sides[side] is not None}
        for entries in apart
    )
    wording = {name: nodes.pop(name) for name in edition.wordings if name in nodes}
    read = answers_of(edition, year, AnswerParts(nodes, wording, reasons))
    given = {name: each for name, each in answers.given.items() if name not in apart.given}
    kept = {
        key: each for key, each in answers.acknowledged.items() if key not in apart.acknowledged
    }
    made = answers.with_given({**given, **read.given})
    return replace(made, year=year, acknowledged={**kept, **read.acknowledged})
