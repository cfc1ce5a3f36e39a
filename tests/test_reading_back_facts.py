"""What our own templates tell comes back out of our own reports, and nothing else does."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.answers import Answer, Answers, FigureValues, load, printed_text
from assistant.export.formats import FORMATS, read_document
from assistant.form.loader import open_library
from assistant.form.model import Fact
from assistant.lint.lint_examples import load_examples
from assistant.published.clauses import pieces
from assistant.published.report import Published, read_report
from assistant.report import make_report
from tests.conftest import SAMPLES
from tests.drafts import OFFICE, drafted

LIBRARY = open_library()
EDITIONS = ("national-2021", "beijing-2014")
"""The forms that have templates."""
LEFT: Mapping[str, str] = {
    "mended": "it stands among own words of the same part, and nothing parts them",
    "leading_group": "its sentence has words that only the body knows",
    "leading_group_head": "as above",
    "leading_group_members": "as above",
    "lead_office": "as above",
}
"""The facts that a report tells and that do not come back, with the reason."""
FROM_ELSEWHERE = ("applicants", "results")
"""Facts that are read off the tables."""
OWN_WORDS = {"mended": "own_problems", **dict.fromkeys(LEFT, "own_1")}
"""The own text that has the words of a fact that does not come back."""


class Case(NamedTuple):
    """Answers, and those of the year before."""

    name: str
    answers: Answers
    previous: Answers | None = None


def cases() -> Iterator[Case]:
    """The answers of all examples and samples; drafts are none, as they tell gaps."""
    for name in EDITIONS:
        edition = LIBRARY.edition(name)
        for example in load_examples(edition, LIBRARY.sentences).values():
            answers = example.reading.answers
            if example.name != "unanswered":
                yield Case(f"{name}/{example.name}", answers)
            if example.previous is not None:
                yield Case(f"{name}/{example.name}/beside", answers, example.previous)
    for path in sorted(SAMPLES.glob("*/answers.yaml")):
        if "faults" not in path.parent.name:
            yield Case(path.parent.name, load(path, LIBRARY, is_read_only=True).answers)


CASES = list(cases())


def clauses_of(answers: Answers) -> set[str]:
    """What the narrative says, clause by clause, without gaps."""
    blocks = make_report(answers, None, LIBRARY.sentences, is_draft=False).blocks
    said = (clause for block in blocks for clause in pieces(block.text))
    return {clause for clause in said if "【" not in clause}


def told(answers: Answers) -> Iterator[Fact]:
    """The facts without which the narrative would not say something that it says."""
    said = clauses_of(answers)
    for fact in answers.edition.facts:
        given = {name: each for name, each in answers.given.items() if name != fact.id}
        if fact.id in answers.active and said - clauses_of(answers.with_given(given)):
            yield fact


def value(answers: Answers, name: str) -> object:
    """An answer as it compares; own text as it is printed."""
    answer = answers.active.get(name)
    if answer is None or not isinstance(answer.value, str):
        return answer and answer.value
    return printed_text(answer.value, FigureValues(answers))


@pytest.fixture(scope="module")
def read_back(tmp_path_factory):
    """A case written and read; each once."""
    folder = tmp_path_factory.mktemp("back")
    kept: dict[str, Published] = {}

    def read(case: Case) -> Published:
        if case.name not in kept:
            report = make_report(case.answers, case.previous, LIBRARY.sentences, is_draft=False)
            path: Path = folder / f"{len(kept)}.docx"
            path.write_bytes(FORMATS["docx"].write(drafted(report), OFFICE))
            kept[case.name] = read_report(read_document(path), path, LIBRARY)
        return kept[case.name]

    return read


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_fact_that_is_told_comes_back(read_back, case):
    found = read_back(case).answers
    differing = {
        fact.id: (value(case.answers, fact.id), value(found, fact.id))
        for fact in told(case.answers)
        if fact.id not in LEFT and value(found, fact.id) != value(case.answers, fact.id)
    }
    assert differing == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_fact_is_read_that_was_not_given(read_back, case):
    found = read_back(case).answers
    others = {
        fact.id: value(found, fact.id)
        for fact in case.answers.edition.facts
        if fact.id in found.given
        and fact.id not in (*FROM_ELSEWHERE, *OWN_WORDS.values())
        and value(found, fact.id) != value(case.answers, fact.id)
    }
    assert others == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_made_of_what_was_read_says_the_same(read_back, case):
    found = read_back(case).answers
    again = found.with_given({**found.given, **_names_of(case.answers)})
    before, after = clauses_of(case.answers), clauses_of(again)
    assert before - after == set()
    assert after - before == set()


def _names_of(answers: Answers) -> dict[str, Answer]:
    """What no sentence tells of a body: of which kind it is."""
    kind = answers.edition.roles.body_kind
    return {kind: answers.given[kind]} if kind in answers.given else {}
