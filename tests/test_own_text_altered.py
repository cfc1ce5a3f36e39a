"""Own text: no number of it is altered unheard, neither in a document nor in the answer file.

`NIANBAO_MUTANTS=10000 NIANBAO_SEED=7 pytest -q -s tests/test_own_text_altered.py` alters others.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from assistant.answers import (
    Acknowledgement,
    Answer,
    Answers,
    FigureValues,
    LoadedAnswers,
    load,
    printed_text,
)
from assistant.checks.runner import Outcomes, run_checks
from assistant.claims.accounts import Account
from assistant.export.formats import FORMATS, Line
from assistant.export.verify import Comparison, compare
from assistant.report import Span
from assistant.report.draft import Draft, make_draft
from tests.conftest import SAMPLES
from tests.data.cases import cases
from tests.drafts import OFFICE
from tests.surfaces import NARRATED, SURFACES
from tests.test_claims import LIBRARY

MUTANTS = int(os.environ.get("NIANBAO_MUTANTS", "100"))
"""Numbers altered in the documents of all formats together, and as many in answer files."""
SEED = os.environ.get("NIANBAO_SEED", "0")
AT_ONCE = 5
"""Of one document."""
TOLD = cases("own_text_told")
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/answers.yaml"))
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[一二两三四五六七八九十百千]+")
COUNTED = re.compile("[0-9]|[一二两三四五六七八九十百千]+[次份处个]")
NUMERALS = {
    "一": 1,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "九": 9,
    "十二": 12,
    "十七": 17,
    "三千": 3000,
}
WELL_FORMED = re.compile(r"[0-9]+(?:\.[0-9]+)?|[一-鿿]+")
WORDING = ("as it is", "by references", "typed")
"""The own text of a sample itself, or text that tells its figures."""


class Town(NamedTuple):
    """A sample, with the year before where it has one."""

    now: Answers
    before: Answers | None

    def checked(self) -> Outcomes:
        rules = [rule for rule in self.now.edition.rules if rule.kind.startswith("text_")]
        return run_checks(self.now, self.before, LIBRARY.sentences, rules)

    def with_text(self, slot: str, text: str) -> "Town":
        given = {**self.now.given, slot: Answer(text)}
        return self._replace(now=replace(self.now, given=given))

    def acknowledged(self) -> "Town":
        """With a reason for every number that a person must look at."""
        excused = {
            each.key: Acknowledgement("本单位台账", each.values)
            for each in self.checked().findings
            if each.code == "T12"
        }
        return self._replace(now=replace(self.now, acknowledged=excused))


@cache
def town(folder: Path, wording: str) -> Town:
    before = folder / "previous.yaml"
    last = load(before, LIBRARY).answers if before.exists() else None
    made = Town(load(folder / "answers.yaml", LIBRARY).answers, last)
    return made if wording == WORDING[0] else told(made, is_typed=wording == "typed")


def told(made: Town, *, is_typed: bool) -> Town:
    """With the sentences of `TOLD` whose figures are all there, in the places of the own text."""
    figures, texts = FigureValues(*made), dict[str, str]()
    for edition, slot, sentence in TOLD:
        pieces = [each for each in figures.pieces(sentence) if each.reference]
        if edition == made.now.edition.id and all(each.text for each in pieces):
            text = printed_text(sentence, figures) if is_typed else sentence
            texts[slot] = texts.get(slot, "") + text
    for slot, text in texts.items():
        made = made.with_text(slot, text)
    return made


class Place(NamedTuple):
    """A number of own text in a document."""

    start: int
    end: int
    written: str
    span: Span


class Document:
    """A draft as a document of one format, with the places of the numbers of its own text."""

    def __init__(self, draft: Draft, suffix: str, folder: Path) -> None:
        self.answers = draft.answers
        self.kind = FORMATS[suffix]
        self.lines = self.kind.lines(draft, OFFICE)
        self.surface = SURFACES[suffix](self.kind.write(draft, OFFICE))
        self.path = folder / f"x.{suffix}"
        self.places = list(self._places())

    def _places(self) -> Iterator[Place]:
        """The numbers of lines and document are the same ones in the same order."""
        written = self.surface.numbers(NUMBER)
        promised = [(line, match) for line in self.lines for match in NUMBER.finditer(line.text)]
        assert [self.surface.text[slice(*at)] for at in written] == [m[0] for _, m in promised]
        for at, (line, match) in zip(written, promised, strict=True):
            span = span_at(line, match.start())
            is_own = any(each.kind == "own" for each in line.spans)
            if (
                is_own
                and span.kind in ("own", "figure")
                and COUNTED.match(line.text, match.start())
            ):
                yield Place(*at, match[0], span)

    def verified(self, text: str) -> Comparison:
        """What `verify` says of a text in place of its own."""
        self.path.write_bytes(self.surface.pack(text))
        found = self.kind.read(self.path).lines
        return compare(self.lines, found, self.answers)

    def replaced(self, place: Place, other: str) -> str:
        return self.surface.text[: place.start] + other + self.surface.text[place.end :]


def span_at(line: Line, place: int) -> Span:
    end = 0
    return next(span for span in line.spans if place < (end := end + len(span.text)))


def mutants(number: str) -> list[str]:
    """Other numbers in its place: a digit changed, dropped or added, another one, in words."""
    made = {"7", "90", "2,431", *NUMERALS}
    for at, digit in enumerate(number):
        head, tail = number[:at], number[at + 1 :]
        if digit.isdecimal():
            made |= {head + other + tail for other in (str((int(digit) + 1) % 10), "", digit * 2)}
    return sorted(other for other in made if value_of(other) != value_of(number))


def value_of(number: str) -> object:
    """What a number means; 5.0 and 5 are the same, a broken one is only itself."""
    bare = number.replace(",", "")
    is_plain = re.fullmatch(r"[0-9]+(\.[0-9]+)?", bare)
    return Decimal(bare) if is_plain else NUMERALS.get(number, number)


@pytest.fixture(scope="module")
def found() -> Iterator[Counter[str]]:
    """How many altered numbers were found, by where they stood; said at the end with -s."""
    counts: Counter[str] = Counter()
    yield counts
    print("\nnumbers of own text altered and found:", dict(counts))


@pytest.mark.parametrize("suffix", NARRATED)
def test_no_number_of_own_text_is_altered_in_a_document_unheard(
    tmp_path: Path, found: Counter[str], suffix: str
) -> None:
    dice, wanted = Random(f"{SEED} {suffix}"), MUTANTS // len(NARRATED)
    while found[suffix] < wanted:
        made = town(dice.choice(FOLDERS), dice.choice(WORDING))
        draft = make_draft(LoadedAnswers(made.now, ()), made.before, LIBRARY.sentences)
        document = Document(draft, suffix, tmp_path)
        assert document.verified(document.surface.text).differences == ()
        for place in dice.sample(document.places, min(AT_ONCE, len(document.places))):
            other = dice.choice(mutants(place.written))
            heard = document.verified(document.replaced(place, other)).differences
            named = {each.cell for each in heard if each.verdict != "unknown"}
            assert heard, (place, other)
            if named - {place.span.id}:  # what typed words say of the figures is named by these
                accounts = draft.outcomes.accounts
                told = {cell for each in accounts for cell in each.cells}
                assert place.span.kind == "own", (place, other)
                assert {cell for each in named for cell in each.split("+")} <= told, (place, other)
            found[suffix] += 1


def typed_numbers(made: Town) -> list[Account]:
    accounts = made.checked().accounts
    return [each for each in accounts if each.claim.number and each.verdict in ("agrees", "own")]


def doubts(made: Town) -> set[tuple[str, str]]:
    """What contradicts the figures, or nobody has looked at."""
    heard = [each for each in made.checked().findings if each.code in ("T01", "T03", "T12")]
    return {(each.key, each.arithmetic) for each in heard if each.is_open}


def untrue(account: Account, made: Town) -> list[str]:
    """Other numbers for a typed one, none of which is the same figure rounded otherwise."""
    written = NUMBER.match(account.claim.written)
    assert written, account
    others = [each for each in mutants(written[0]) if WELL_FORMED.fullmatch(each)]
    if account.claim.kind != "share":
        return others
    share, printed = account.reference, FigureValues(*made).printed
    true = {printed(share._replace(places=n)) for n in range(4)} if share else set()
    return [each for each in others if each[0].isdecimal() and f"{each}%" not in true]


def test_no_typed_number_of_own_text_is_altered_in_the_answers_unheard(
    found: Counter[str],
) -> None:
    """What agreed, or was acknowledged as the body's own, contradicts now or is open again."""
    dice = Random(f"{SEED} answers")
    acknowledged = cache(lambda folder: town(folder, "typed").acknowledged())
    numbers = cache(lambda folder: typed_numbers(acknowledged(folder)))
    while found["answers"] < MUTANTS:
        folder = dice.choice(FOLDERS)
        made, account = acknowledged(folder), dice.choice(numbers(folder))
        other = dice.choice(untrue(account, made))
        text, at = str(made.now.value(account.slot)), account.claim.at
        swapped = NUMBER.sub(other, text[at:], count=1)
        heard = doubts(made.with_text(account.slot, text[:at] + swapped)) - doubts(made)
        assert heard, (folder.name, account.claim.written, other)
        found["answers"] += 1
