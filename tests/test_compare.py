"""Two answer files compared: every difference told, each with what caused it."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Answers, LoadedAnswers
from assistant.export.diff import changed_answers, rewritten
from assistant.report.draft import make_draft
from tests.strategies import WHOLE_FILES, answers
from tests.writing import save

TOWNSHIP = "samples/township-2017-corrected/answers.yaml"
DISTRICT = "samples/district-2016-with-previous/answers.yaml"
LAST_YEARS = "samples/district-2016-with-previous/previous.yaml"


@pytest.fixture
def compared(sample, sentences):
    """The differences that some changed answers make to the township."""

    def make(year=2017, **values):
        old = sample("township-2017-corrected")
        given = {**old.given, **{name: Answer(value) for name, value in values.items()}}
        new = Answers(
            old.edition,
            year,
            {name: each for name, each in given.items() if each.value is not None},
        )
        return differences(old, new, sentences)

    return make


def differences(old, new, sentences):
    before, after = (make_draft(LoadedAnswers(each, ()), None, sentences) for each in (old, new))
    changes = changed_answers(old, new)
    names = [each.id for each in changes]
    return changes, rewritten(before, after, names, sentences), [before, after]


def test_a_file_does_not_differ_from_itself(compared):
    changes, rewrites, _ = compared()
    assert (changes, rewrites) == ([], [])


def test_a_changed_figure_is_named_with_its_sentence(compared):
    changes, rewrites, _ = compared(active_total=146)
    assert changes == [("active_total", "145条", "146条")]
    told = [each for each in rewrites if "146" in each.after]
    assert [(each.section, each.template, each.causes, each.has_other_words) for each in told] == [
        ("二、主动公开情况", "2_active.j2", ("active_total",), False)
    ]


def test_a_sentence_said_otherwise_names_the_answer_behind_it(compared, edition):
    _, rewrites, _ = compared(complaints_total=2)
    told = [each for each in rewrites if each.template == "4_disputes.j2"]
    assert len(told) == 1
    assert told[0].causes == ("complaints_total",)
    assert told[0].has_other_words


def test_of_several_changes_each_sentence_names_its_own(compared):
    _, rewrites, _ = compared(active_total=146, contact_phone="010-00000001", trainings_held=5)
    causes = {each.causes for each in rewrites if each.template}
    assert causes == {("active_total",), ("contact_phone",), ("trainings_held",)}


def test_another_year_is_a_cause_too(compared):
    changes, rewrites, _ = compared(year=2018)
    assert changes == [("year", "2017", "2018")]
    assert rewrites
    assert all(each.causes == ("year",) for each in rewrites if each.template)


def test_a_draft_mark_comes_from_the_findings(compared):
    _, rewrites, _ = compared(trainings_held=None)
    assert [(each.template, each.causes) for each in rewrites if "草稿" in each.after] == [("", ())]


@settings(WHOLE_FILES, max_examples=10)
@given(data=st.data())
def test_every_paragraph_that_differs_is_told_once(edition, sentences, data):
    old = data.draw(answers(edition, complete=True))
    new = data.draw(answers(edition, complete=False))
    changes, rewrites, drafts = differences(old, new, sentences)
    texts = [Counter(block.text.strip() for block in draft.report.blocks) for draft in drafts]
    gone, come = texts[0] - texts[1], texts[1] - texts[0]
    assert gone <= Counter(each.before for each in rewrites)
    assert come <= Counter(each.after for each in rewrites)
    ids = {each.id for each in changes}
    assert all(set(each.causes) <= ids for each in rewrites)


def test_the_command_tells_people_and_machines(sample, tmp_path, here, nianbao):
    old = sample("township-2017-corrected")
    new = Answers(old.edition, 2017, {**old.given, "active_total": Answer(146)})
    path = tmp_path / "新.yaml"
    save(new, path)
    run = nianbao("diff", TOWNSHIP, path)
    assert run.returncode == 0
    assert "主动公开政府信息数：145条 → 146条" in run.stdout
    assert "二、主动公开情况（2_active.j2）" in run.stdout
    found = json.loads(here("diff", TOWNSHIP, path, "--json").stdout)
    assert found["answers"] == [{"id": "active_total", "before": "145条", "after": "146条"}]
    assert found["sentences"][-1]["causes"] == ["active_total"]
    missing = here("diff", TOWNSHIP, tmp_path / "无.yaml")
    assert missing.returncode == 2
    assert "找不到" in missing.stderr


def found_by(here, *arguments):
    run = here("diff", *arguments, "--json")
    assert run.returncode == 0
    return json.loads(run.stdout)["sentences"]


def test_sentences_that_compare_with_last_year_are_told_with_its_file(sample, tmp_path, here):
    now = sample("district-2016-with-previous")
    path = tmp_path / "新.yaml"
    save(Answers(now.edition, 2016, {**now.given, "active_total": Answer(48217)}), path)
    told = [each for each in found_by(here, DISTRICT, path, "--previous", LAST_YEARS)
            if "比上年" in each["after"]]  # fmt: skip
    assert len(told) == 1
    assert "比上年增加6341条" in told[0]["before"]
    assert "比上年增加6342条" in told[0]["after"]
    assert told[0]["causes"] == ["active_total"]


def test_last_years_file_goes_with_the_year_it_stands_before(here):
    """Of two years' files it serves the later one, and the year is what brings the comparison."""
    told = [each for each in found_by(here, LAST_YEARS, DISTRICT, "--previous", LAST_YEARS)
            if "比上年" in each["after"]]  # fmt: skip
    assert told
    assert all("比上年" not in each["before"] for each in told)
    assert all("year" in each["causes"] for each in told)


def test_a_file_of_another_year_is_no_last_years(here):
    run = here("diff", DISTRICT, DISTRICT, "--previous", DISTRICT)
    assert (run.returncode, "2015" in run.stderr) == (2, True)
    assert here("diff", DISTRICT, DISTRICT, "--previous", TOWNSHIP).returncode == 2
