"""Of which kind a body is, where its name says it: in a report, and where it is typed."""

import pytest

from assistant.answers import Answer, Answers, read_entry
from assistant.dialog.interview.prompt import ask
from assistant.export.formats import read_document
from assistant.form.loader import open_library
from assistant.form.model import Fact, options_named
from assistant.published.report import read_report
from assistant.published.summary import summary
from assistant.storage.yaml_text import Node
from assistant.values import Refusal
from tests.machines import Talk

LIBRARY = open_library()
KIND = LIBRARY.edition("national-2021").questions["body_kind"]
assert isinstance(KIND, Fact)
OPTIONS = {option.id: option for option in KIND.options}
NAMED = {
    "示例镇人民政府": ["town"],
    "示例乡人民政府": ["township"],
    "示例族自治乡人民政府": ["township"],
    "示例街道办事处": ["street"],
    "示例县财政局": ["department"],
    "示例市发展和改革委员会": ["department"],
    "示例市卫健委": ["department"],
    "示例省教育厅": ["department"],
    "示例区人民政府": ["county"],
    "示例自治县人民政府": ["county"],
    "示例自治州人民政府": ["prefecture"],
    "示例自治区人民政府": ["province"],
    "示例省人民政府": ["province"],
    "国家示例局": ["state"],
    "示例经济开发区管理委员会": ["other"],
    "示例高新区管委会": ["other"],
    "中共示例县委员会": ["other"],
    "示例市人民政府": ["county", "city"],
    "示例市人民政府办公室": ["department", "lead"],
    "国家税务总局示例县税务局": ["department", "state", "other"],
    "示例县公安局示例分局": ["department", "other"],
    "示例大学": [],
    "": [],
}
"""What names say; several where a name leaves it open."""


@pytest.mark.parametrize("name", NAMED)
def test_a_name_says_of_which_kind_a_body_is(name: str) -> None:
    assert isinstance(KIND, Fact)
    assert [option.id for option in options_named(KIND.options, name)] == NAMED[name]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("管委会", "other"), ("财政局", "department"), ("镇政府", "town"), ("3", "street")],
)
def test_a_kind_is_understood_by_what_bodies_of_it_are_called(typed: str, kind: str) -> None:
    read = read_entry(KIND, Node(typed, 0))
    assert not isinstance(read, Refusal)
    assert read.value == OPTIONS[kind]


def test_of_a_name_that_leaves_it_open_both_kinds_are_named_first() -> None:
    read = read_entry(KIND, Node("市政府", 0))
    assert isinstance(read, Refusal)
    assert read.details["near"] == "县（市、区）人民政府、设区的市人民政府"


@pytest.mark.parametrize(("body", "kind"), [("示例镇人民政府", "town"), ("示例市人民政府", None)])
def test_a_report_says_it_by_the_name_alone_where_that_decides(tmp_path, body, kind) -> None:
    path = tmp_path / "年报.txt"
    path.write_text(f"{body}2024年政府信息公开工作年度报告\n一、总体情况\n公开信息。\n", "utf-8")
    published = read_report(read_document(path), path, LIBRARY)
    answer = published.answers.given.get("body_kind")
    assert (answer and answer.value) == (OPTIONS[kind] if kind else None)
    told = [line for line in summary(published, LIBRARY.sentences) if "由名称推断" in line]
    assert told == (
        ["「单位类型」报告里没有写，由名称推断为“镇人民政府”，请核对。"] if kind else []
    )


def test_the_list_of_last_years_facts_says_which_was_taken_from_the_name(tmp_path) -> None:
    path = tmp_path / "年报.txt"
    title = "示例县财政局2024年政府信息公开工作年度报告"
    path.write_text(f"{title}\n一、总体情况\n公开信息。\n", "utf-8")
    before = read_report(read_document(path), path, LIBRARY).answers
    name = before.edition.roles.body_name
    now = Talk(Answers(before.edition, 2025, {name: before.given[name]}), before)
    now.type("/都同上年")
    asked = now.turn.events[-1]
    assert "单位类型：县级以上人民政府部门（由名称推断）" in "\n".join(asked.lines)
    now.type("是")
    assert now.interview.answers.value("body_kind") == OPTIONS["department"]


def test_enter_takes_the_kind_that_the_name_says() -> None:
    given = {LIBRARY.edition("national-2021").roles.body_name: Answer("示例街道办事处")}
    now = Talk(Answers(LIBRARY.edition("national-2021"), 2025, given), None, "body_kind")
    assert any("从全称看是“街道办事处”" in each for each in ask(now.interview).below)
    now.type("")
    assert now.given("body_kind") == "街道办事处"


def test_a_name_that_leaves_the_kind_open_is_asked() -> None:
    given = {LIBRARY.edition("national-2021").roles.body_name: Answer("示例市人民政府")}
    now = Talk(Answers(LIBRARY.edition("national-2021"), 2025, given), None, "body_kind")
    now.type("")
    assert now.given("body_kind") is None
