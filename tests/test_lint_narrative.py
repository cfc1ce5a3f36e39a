"""What lint finds in templates whatever the examples of the edition happen to show."""

import shutil

import pytest

from assistant.form.loader import Library
from assistant.lint import lint
from tests.conftest import ROOT
from tests.data.cases import cases


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "prompts_templates", folder)
    return folder


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(copy, edition, sentences):
    """What lint says of an edition, a fault a line with its file."""
    faults = lint(Library(copy).edition(edition), sentences).faults
    return [f"{fault.file}: {fault.message}" for fault in faults]


@pytest.mark.parametrize(("edition", "file", "old", "new", "name"), cases("lint_told_twice"))
def test_a_number_that_two_sentences_tell_is_found(edition, file, old, new, name, copy, sentences):
    change(copy / edition / "narrative" / file, old, new)
    said = found(copy, edition, sentences)
    assert sum(f"{name}在文稿里写了2次" in each for each in said) == 1, said
