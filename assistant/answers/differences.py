"""What differs between two sets of answers of one file, as plain data, and the way back."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Literal, NamedTuple

from assistant.answers.load import AnswerParts, answers_of
from assistant.answers.model import Answers
from assistant.answers.write_answers import plain_answer, plain_given, plain_reason
from assistant.storage.yaml_text import as_node

Sides = tuple[object, object]
"""An entry as a file has it, before and after; `None` where there was none."""
_ALL = 1 << 256


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


def fingerprint(answers: Answers) -> int:
    """What tells answers of one year from others: the sum of the hashes of their entries.

    So it is the same in whatever order they stand, and `shift` leads from one to the next.
    """
    cells, claimed = answers.edition.cells, answers.claimed.items()
    claims = {name: plain_answer(each, cells[name]) for name, each in claimed}
    rest = [answers.edition.id, answers.unknown, answers.stray, claims]
    given = (_hash(name, plain_given(answers, name)) for name in answers.given)
    reasons = (_hash(key, plain_reason(answers, key)) for key in answers.acknowledged)
    return sum(chain(given, reasons), _hash("", rest)) % _ALL


def shift(apart: Difference, before: int) -> int:
    """The fingerprint of the answers behind a difference, from that of those before it."""
    entries = [each for part in apart for each in part.items()]
    changes = (_hash(name, after) - _hash(name, old) for name, (old, after) in entries)
    return sum(changes, before) % _ALL


def _hash(name: str, plain: object) -> int:
    if plain is None:
        return 0
    text = json.dumps([name, plain], sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterable[str]:
    names = dict.fromkeys([*before, *after])
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return (name for name, old, new in pairs if old is not new and old != new)


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
