"""What is learned of the templates of a form: exact, the same every time, and only once."""

import shutil

import pytest

from assistant.answers import Answer, load
from assistant.form.loader import Library, open_library
from assistant.published import learned_clauses as learning
from assistant.published.learned_clauses import Learned, learned_clauses
from assistant.published.masked_clauses import NUMBER, Masks
from assistant.published.stand_ins import invented
from assistant.published.template_sentences import without_templates
from assistant.report import make_report
from tests.conftest import ROOT, SAMPLES

LIBRARY = open_library()
NATIONAL = LIBRARY.edition("national-2021")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A library of its own, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return shutil.copytree(ROOT / "prompts_templates", tmp_path / "templates")


@pytest.fixture
def learned_now(monkeypatch):
    """The forms that were learned since, and not taken out of the cache."""
    names = []
    true = learning._Learner.learn

    def learn(self):
        names.append(self._edition.id)
        return true(self)

    monkeypatch.setattr(learning, "_REPORTS", 3)
    monkeypatch.setattr(learning._Learner, "learn", learn)
    return names


def learned_from(folder, name="beijing-2014"):
    return learned_clauses(Library(folder).edition(name))


def test_a_form_is_learned_once(copy, learned_now):
    first = learned_from(copy)
    assert learned_from(copy) == first
    assert learned_now == ["beijing-2014"]


@pytest.mark.parametrize("file", ["narrative/5_fees.j2", "facts.yaml"])
def test_a_form_is_learned_anew_when_a_file_of_it_changes(copy, learned_now, file):
    learned_from(copy)
    path = copy / "beijing-2014" / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    learned_from(copy)
    learned_from(copy, "national-2021")
    assert learned_now == ["beijing-2014", "beijing-2014", "national-2021"]


def test_a_form_without_templates_has_nothing_to_learn(learned_now):
    assert learned_clauses(LIBRARY.edition("national-2019")) == Learned()
    assert learned_now == []


def test_invented_answers_are_the_same_every_time():
    assert [invented(NATIONAL, 7), invented(NATIONAL, 8)] == [
        invented(NATIONAL, number) for number in (7, 8)
    ]
    assert invented(NATIONAL, 7) != invented(NATIONAL, 8)


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("未收到意见", (("opinions_received", ""),)),
        ("未开设政务新媒体账号", (("accounts_kept", ""),)),
        ("本镇不具有行政规范性文件制定主体资格", (("norm_authority", "unlisted"),)),
        ("属于国家秘密", (("also_told", "details"),)),
        ("均已采纳", ()),
        ("未发生行政诉讼", ()),
    ],
)
def test_what_a_clause_tells_in_words_is_known(clause, told):
    answers = load(SAMPLES / "town-2025-all-zero" / "answers.yaml", LIBRARY).answers
    (masked,) = Masks(answers).clauses(clause)
    assert learned_clauses(NATIONAL).clauses[masked.words].told == told


def test_where_a_number_stands_is_known():
    clauses = learned_clauses(NATIONAL).clauses
    assert clauses[f"赠阅{NUMBER}份"].holes == ((("own_platforms", "gazette_copies", ""),),)
    slots = {name for _, name, _ in clauses[f"废止{NUMBER}件"].holes[0]}
    assert slots == {"reg_repealed", "norm_repealed"}


@pytest.mark.parametrize("noticed", [1, 400, 20_000, 35_000])
def test_an_amount_is_read_as_people_say_it(noticed):
    given = {"fee_notices": Answer(2), "fee_noticed": Answer(noticed), "fee_collected": Answer(1)}
    answers = load(SAMPLES / "town-2025-all-zero" / "answers.yaml", LIBRARY).answers
    report = make_report(
        answers.with_given({**answers.given, **given}), None, LIBRARY.sentences, is_draft=False
    )
    texts = {"": [block.text for block in report.blocks if block.passage == "others.fees"]}
    left = {name: each for name, each in answers.given.items() if "fee" not in name}
    remade = without_templates(answers.with_given(left), texts)
    assert {name: remade.told[name].value for name in given} == {
        name: each.value for name, each in given.items()
    }
    assert not any(remade.texts.values())
