"""What our own templates tell comes back out of our own reports, and nothing else does."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.answers import Answer, Answers, FigureValues, load, printed_text
from assistant.dialog.welcome import reports_in
from assistant.export.formats import FORMATS, read_document
from assistant.form.loader import open_library
from assistant.form.model import Fact, Option
from assistant.lint.lint_examples import load_examples
from assistant.published.masked_clauses import SENTENCE, pieces
from assistant.published.report import Published, read_report
from assistant.published.words import words_by_part
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
NAMES = {
    "prefecture": "示例自治州人民政府",
    "province": "示例省人民政府",
    "lead": "示例区政务公开科",
}
"""Names of bodies of kinds whose examples have the name of a town."""
FROM_ELSEWHERE = ("applicants", "results")
"""Facts that are read off the tables."""
BESIDE: Mapping[str, tuple[str, ...]] = {
    "mended": ("own_problems", "also_told"),
    **dict.fromkeys(("leading_group", "leading_group_head", "lead_office"), ("own_1",)),
}
"""What has the words of a fact that does not come back, or lacks an option for it."""


class Case(NamedTuple):
    """Answers, and those of the year before."""

    name: str
    answers: Answers
    previous: Answers | None = None


def called(answers: Answers) -> Answers:
    """The answers of a body whose name says what it is."""
    roles = answers.edition.roles
    kind = answers.value(roles.body_kind)
    name = NAMES.get(kind.id, answers.body) if isinstance(kind, Option) else answers.body
    return answers.with_given({**answers.given, roles.body_name: Answer(name)})


def cases() -> Iterator[Case]:
    """The answers of all examples and samples; drafts are none, as they tell gaps."""
    for name in EDITIONS:
        edition = LIBRARY.edition(name)
        for example in load_examples(edition, LIBRARY.sentences).values():
            answers = called(example.reading.answers)
            if example.name != "unanswered":
                yield Case(f"{name}/{example.name}", answers)
            if example.previous is not None:
                yield Case(f"{name}/{example.name}/beside", answers, example.previous)
    for path in sorted(SAMPLES.glob("*/answers.yaml")):
        if "faults" not in path.parent.name:
            yield Case(path.parent.name, called(load(path, LIBRARY, is_read_only=True).answers))


CASES = list(cases())


def clauses_of(answers: Answers) -> set[str]:
    """What the narrative says, clause by clause, sentences with gaps left out."""
    blocks = make_report(answers, None, LIBRARY.sentences, is_draft=False).blocks
    said = (each for block in blocks for each in SENTENCE.findall(block.text))
    return {clause for sentence in said if "【" not in sentence for clause in pieces(sentence)}


def told(answers: Answers) -> Iterator[Fact]:
    """The facts without which the narrative would not say something that it says."""
    said = clauses_of(answers)
    for fact in answers.edition.facts:
        given = {name: each for name, each in answers.given.items() if name != fact.id}
        if fact.id in answers.active and said - clauses_of(answers.with_given(given)):
            yield fact


def as_told(answers: Answers, fact: Fact) -> object:
    """An answer as the narrative tells it, without choices that it is silent about."""
    whole = value(answers, fact.id)
    if not isinstance(whole, tuple) or fact.kind != "choices":
        return whole
    said = clauses_of(answers)
    rest = {each: tuple(other for other in whole if other != each) for each in whole}
    without = {
        each: answers.with_given({**answers.given, fact.id: Answer(rest[each])}) for each in whole
    }
    return tuple(each for each in whole if clauses_of(without[each]) != said)


def with_kind_of(answers: Answers, found: Answers) -> Answers:
    """What was read, with the kind of the body where neither name nor sentence says it."""
    kind = answers.edition.roles.body_kind
    return found.with_given({kind: answers.given[kind], **found.given})


def is_left(fact: Fact, answers: Answers) -> bool:
    """Whether an answer cannot come back as it is, or for one that cannot."""
    return fact.id in LEFT or any(
        fact.id in beside for name, beside in BESIDE.items() if name in answers.active
    )


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
    found = with_kind_of(case.answers, read_back(case).answers)
    differing = {
        fact.id: (as_told(case.answers, fact), value(found, fact.id))
        for fact in told(case.answers)
        if not is_left(fact, case.answers) and value(found, fact.id) != as_told(case.answers, fact)
    }
    assert differing == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_fact_is_read_that_was_not_given(read_back, case):
    found = with_kind_of(case.answers, read_back(case).answers)
    others = {
        fact.id: value(found, fact.id)
        for fact in case.answers.edition.facts
        if fact.id in found.given
        and fact.id not in FROM_ELSEWHERE
        and not is_left(fact, case.answers)
        and value(found, fact.id) not in (value(case.answers, fact.id), as_told(case.answers, fact))
    }
    assert others == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_made_of_what_was_read_says_the_same(read_back, case):
    again = with_kind_of(case.answers, read_back(case).answers)
    assert clauses_of(again) == clauses_of(case.answers)


def test_a_sentence_is_not_taken_for_the_heading_that_it_speaks_of():
    edition = LIBRARY.edition("national-2021")
    said = "未发生因政府信息公开引起的行政复议、行政诉讼。"
    lines = ["一、总体情况", "（二）依申请公开", said, "（三）政府信息管理", "公开以前逐件审查。"]
    slots = words_by_part(lines, edition).slots
    assert slots == {"own_requests": [said], "own_management": ["公开以前逐件审查。"]}


@pytest.mark.parametrize("suffix", ["htm", "HTM", "DOCX"])
def test_the_suffixes_that_other_programs_give_are_read(tmp_path, suffix):
    answers = CASES[0].answers
    report = drafted(make_report(answers, None, LIBRARY.sentences, is_draft=False))
    path = tmp_path / f"上年.{suffix}"
    kind = {"htm": "html"}.get(suffix.lower(), suffix.lower())
    path.write_bytes(FORMATS[kind].write(report, OFFICE))
    assert path in list(reports_in([path]))
    assert read_report(read_document(path), path, LIBRARY).answers.year == answers.year
