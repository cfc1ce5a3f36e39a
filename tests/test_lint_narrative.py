"""What lint finds in templates whatever the examples of the edition happen to show."""

import re
from pathlib import Path

import pytest

from assistant.form.loader import Library
from assistant.storage.errors import LibraryError
from assistant.values.characters import is_unseen
from tests.data.cases import cases
from tests.linting import change, found


@pytest.mark.parametrize(("edition", "file", "old", "new", "name"), cases("lint_told_twice"))
def test_a_number_that_two_sentences_tell_is_found(edition, file, old, new, name, copy, shelf):
    change(copy / edition / "narrative" / file, old, new)
    said = found(copy, edition, shelf)
    assert sum(f"{name}在文稿里写了2次" in each for each in said) == 1, said


LISTED = "{{ channels_used.rows|joined }}"
MIDDLE = (
    "{% for at, one in channels_used.rows|joined|numbered %}"
    "{% if not loop.first and not loop.last %}{{ one }}{% endif %}{% endfor %}"
)
TORN = [
    (LISTED, "{{ channels_used.rows|joined|joined }}"),
    (LISTED, "{{ channels_used.rows|joined|titled }}"),
    (LISTED, MIDDLE),
    ("{{ channels_used.gap }}", "{{ channels_used.gap|joined }}"),
]


@pytest.mark.parametrize(("old", "new"), TORN)
def test_a_template_that_takes_marked_words_apart_is_named(old, new, copy, shelf):
    change(copy / "beijing-2014" / "narrative" / "1_overview.j2", old, new)
    said = found(copy, "beijing-2014", shelf)
    assert [each for each in said if "1_overview.j2" in each and "拆开" in each], said
    assert not any(is_unseen(letter) for each in said for letter in each)


def test_a_number_behind_a_branch_is_repeated_without_marks(copy, shelf):
    change(copy / "beijing-2014" / "narrative" / "4_disputes.j2", "未收到对", "未收到3件对")
    said = found(copy, "beijing-2014", shelf)
    assert [each for each in said if "自己写了数字：“" in each], said
    assert not any(is_unseen(letter) for each in said for letter in each)


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
def test_a_branch_is_seen_only_with_the_numbers_that_decide_about_it(row, name, own_edition, shelf):
    """The examples of the base have no such number, or leave it at zero or open."""
    if row:
        (own_edition / "table").mkdir()
        (own_edition / "table/3_requests.yaml").write_text(row, encoding="utf-8")
    zero = f"not {name}|any_told" if "[" in name else f"{name}.is_zero"
    told = f"{{% if {zero} %}}无此方式。{{% else %}}有此方式。{{% endif %}}"
    say_more(own_edition, "3_requests.j2", "{% if own_3.is_given %}", told)
    said = found(own_edition.parent, "my-edition", shelf)
    assert sum("没有任何示例走到" in each for each in said) == 1, said


def test_a_fact_that_is_not_told_belongs_into_a_template(own_edition, shelf):
    """Only what stands in a table can be marked as table-only."""
    fact = re.sub(r"\n  (parent|number|short|after): .*", "", NEW_ROW)
    (own_edition / "facts.yaml").write_text(fact, encoding="utf-8")
    said = [each for each in found(own_edition.parent, "my-edition", shelf) if "没有写到" in each]
    assert ["received_hotline" in each for each in said] == [True]
    assert "请写进模板" in said[0]
    assert "table_only" not in said[0]


def test_faults_name_the_file_that_is_there(own_edition, shelf):
    """What an edition shares with the one it is based on stands in a file of that one."""
    base, own = own_edition.parent / "beijing-2014", "my-edition/narrative/3_requests.j2"
    change(base / "narrative/4_disputes.j2", "未收到对", "未收到两件对")
    change(base / "table/6_complaints.yaml", "  short:", "  table_only: yes\n  short:")
    change(base / "checks.yaml", "right: [press_total]", "right: [active_total]")
    change(
        base / "examples/zero.yaml", "本镇未收到政府信息公开申请；", "本镇没收到政府信息公开申请；"
    )
    say_more(own_edition, "3_requests.j2", "{% if own_3.is_given %}", "两件。")
    (own_edition / "checks.yaml").write_text(
        "- {code: S14, when: [response_hot_topic>0]}\n", encoding="utf-8"
    )
    files = {said.partition(":")[0] for said in found(own_edition.parent, "my-edition", shelf)}
    assert files == {
        "beijing-2014/narrative/4_disputes.j2",
        "beijing-2014/checks.yaml",
        "beijing-2014/examples/zero.yaml",
        "my-edition/checks.yaml",
        "my-edition/edition.yaml",  # its marks are those of a form that it has nothing to do with
        "my-edition/narrative",
        own,
    }


def test_a_broken_template_of_the_base_is_named_where_it_stands(own_edition, shelf):
    base = own_edition.parent / "beijing-2014"
    change(base / "narrative/4_disputes.j2", "{{ complaints_total }}", "{{ complaint }}")
    said = "\n".join(found(own_edition.parent, "my-edition", shelf))
    assert str(base / "narrative/4_disputes.j2") in said


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("checks.yaml", "basis: article, text: 报告应引用", "basis: guess, text: 报告应引用"),
        ("claims.yaml", "topics:", "topic:"),
        ("edition.yaml", "form_title:", "form_titel:"),
        ("table/6_complaints.yaml", "kind: count", "kind: counts"),
    ],
)
def test_a_file_of_the_base_with_a_wrong_shape_is_named(file, old, new, own_edition):
    base = own_edition.parent / "beijing-2014"
    (own_edition / "checks.yaml").write_text("- {code: S14, level: notice}\n", encoding="utf-8")
    change(base / file, old, new)
    with pytest.raises(LibraryError) as fault:
        Library(own_edition.parent).edition("my-edition")
    assert Path(str(fault.value.details["path"])) == base / file


NEW_OPTIONS = [
    ("- {id: none, label: 未单独成立}", "merged", 1),  # falls to the words of no option
    ("- {id: window, label: 受理窗口", "desk", 0),  # printed like the others
    ("- {id: other, label: 其他机关", "park", 0),
]


@pytest.mark.parametrize(("before", "name", "count"), NEW_OPTIONS)
def test_an_option_without_a_sentence_is_named(before, name, count, copy, shelf):
    template = copy / "beijing-2014" / "narrative" / "1_overview.j2"
    change(template, "领导小组情况：{{ leading_group }}。", "领导小组情况不详。")
    change(
        copy / "beijing-2014" / "facts.yaml",
        before,
        f"- {{id: {name}, label: 某个新选项}}\n    {before}",
    )
    said = [each for each in found(copy, "beijing-2014", shelf) if "某个新选项" in each]
    assert len(said) == count, said
    assert all(each.startswith("beijing-2014/facts.yaml: ") and name in each for each in said)
