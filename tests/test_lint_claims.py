"""Lint proves the words for figures, `claims.yaml`, with the sentences that stand there."""

import re

import pytest

from assistant.form.loader import Library
from assistant.lint.lint_claims import lint_claims
from assistant.lint.lint_examples import load_examples
from assistant.lint.problems import ProblemList
from assistant.storage.errors import LibraryError
from tests.conftest import ROOT
from tests.data.cases import cases
from tests.linting import change


def found(copy, sentences):
    """What lint says of the words for figures of the form of 2021."""
    edition = Library(copy).edition("national-2021")
    problems = ProblemList(sentences, edition)
    lint_claims(edition, load_examples(edition, sentences), problems)
    return problems.faults


@pytest.mark.parametrize(("old", "new", "said"), cases("lint_faults_of_claims"))
def test_each_mistake_in_the_words_for_figures_is_found(old, new, said, copy, sentences):
    change(copy / "national-2021/claims.yaml", old, new)
    faults = found(copy, sentences)
    assert [fault for fault in faults if said in fault.message], faults
    assert {fault.file for fault in faults} == {"national-2021/claims.yaml"}


def test_a_family_of_more_words_than_anybody_means_is_refused(copy):
    path = copy / "national-2021/claims.yaml"
    text = path.read_text(encoding="utf-8")
    family = "".join(f"[{mark}|{mark * 2}]" for mark in "甲乙丙丁戊己庚")
    path.write_text(text.replace("  文件: []", f'  文件: ["{family}"]'), encoding="utf-8")
    with pytest.raises(LibraryError):
        Library(copy).edition("national-2021")


def test_the_sentence_of_the_guide_is_read_as_it_says(copy, sentences):
    guide = (ROOT / "prompts_templates/README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(- say:.*?)```", guide, re.DOTALL)
    with (copy / "national-2021/claims.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(f"  {line}\n" for line in example.splitlines()))
    assert found(copy, sentences) == []


def test_an_edition_without_a_figure_leaves_out_the_sentences_about_it(shelf):
    """Those of the edition that it is based on are proved but for what it omits."""
    national = shelf.edition("national-2014")
    meant = {name for each in national.claims.examples for name in each.means.values()}
    assert meant & national.omitted


def test_an_edition_may_have_no_words_for_figures(copy, sentences):
    (copy / "national-2021/claims.yaml").unlink()
    assert found(copy, sentences) == []
