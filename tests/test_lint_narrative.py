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


HEAD = "based_on: beijing-2014\ntitle: 某市的统计表\nplace: 某市\nis_special: yes\n"
NEW_ROW = """- id: received_hotline
  after: received_letter
  parent: received_total
  number: "5."
  label: 热线申请数
  short: 热线申请
  unit: 件
  kind: count
  ask: 本年度收到多少件热线申请？
  help:
    brief: 填热线申请数。
    rule: {text: 按热线登记计。, basis: inferred, source: 据表式推断}
    example: 两件填2。
  aliases: [热线]
  initials: rxsq
"""


@pytest.fixture
def own_edition(copy):
    """A folder of an edition that is based on another and says nothing of its own yet."""
    folder = copy / "my-edition"
    (folder / "narrative").mkdir(parents=True)
    (folder / "edition.yaml").write_text(HEAD, encoding="utf-8")
    return folder


def say_more(folder, template, before, sentence):
    """A template of its own for an edition: that of the base with a sentence more."""
    text = (folder.parent / "beijing-2014/narrative" / template).read_text(encoding="utf-8")
    assert before in text
    changed = text.replace(before, f"{sentence}\n{before}", 1)
    (folder / "narrative" / template).write_text(changed, encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "name"), [(NEW_ROW, "received_hotline"), ("", "received_fax"), ("", "[received_fax]")]
)
def test_a_branch_is_seen_only_with_the_numbers_that_decide_about_it(
    row, name, own_edition, sentences
):
    """The examples of the base have no such number, or leave it at zero or open."""
    if row:
        (own_edition / "table").mkdir()
        (own_edition / "table/3_requests.yaml").write_text(row, encoding="utf-8")
    zero = f"not {name}|any_told" if "[" in name else f"{name}.is_zero"
    told = f"{{% if {zero} %}}无此方式。{{% else %}}有此方式。{{% endif %}}"
    say_more(own_edition, "3_requests.j2", "{% if own_3.is_given %}", told)
    said = found(own_edition.parent, "my-edition", sentences)
    assert sum("没有任何示例走到" in each for each in said) == 1, said
