"""Answers carried to another form: what corresponds, what stays behind, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answers, load
from assistant.answers.migrate import migrate
from assistant.form.loader import open_library
from tests.conftest import ROOT, SAMPLES
from tests.strategies import WHOLE_FILES, answers

BEIJING, NATIONAL = map(open_library().edition, ("beijing-2014", "national-2014"))
PUBLISHED = SAMPLES / "township-2017-as-published" / "answers.yaml"


@settings(WHOLE_FILES, max_examples=10)
@given(data=st.data())
def test_every_answer_is_carried_as_it_is_or_named(data: st.DataObject) -> None:
    here, there = data.draw(st.permutations([BEIJING, NATIONAL]))
    made: Answers = data.draw(answers(here, complete=False))
    carried, left = migrate(made, there, open_library().sentences)
    for name, answer in carried.given.items():
        assert answer.value == made.given[name].value, name
    lost = [name for name in made.given if name not in carried.given]
    assert [each.name for each in left] == [here.name(name) for name in lost]
    assert all(name not in there.questions for name in lost)
    assert (carried.year, carried.edition) == (made.year, there)


def test_a_file_is_carried_by_the_command(nianbao, shelf, tmp_path):
    path = tmp_path / "new.yaml"
    run = nianbao("migrate", PUBLISHED, "--to", "national-2014", "-o", path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("没有转来：「") == 13
    assert "重点领域公开政府信息数" in run.stdout
    there = load(path, shelf).answers
    assert there.edition.id == "national-2014"
    assert there.numbers["received_total"] == 3
    again = nianbao("migrate", PUBLISHED, "--to", "national-2014", "-o", path)
    assert again.returncode == 2
    assert "没有覆盖" in again.stderr


@pytest.mark.parametrize(("name", "code"), [("national-2021", 5), ("nowhere", 5)])
def test_a_form_of_other_years_is_refused_with_the_right_ones(nianbao, tmp_path, name, code):
    run = nianbao("migrate", PUBLISHED, "--to", name, "-o", tmp_path / "new.yaml", cwd=ROOT)
    assert run.returncode == code
    assert "national-2014" in run.stderr
    assert not (tmp_path / "new.yaml").exists()
