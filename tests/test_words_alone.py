"""Words that answer a yes or no, that delete, that change: none of them is text of a report."""

from dataclasses import replace

import pytest

from assistant.answers import load
from assistant.form.loader import open_library
from tests.conftest import SAMPLES
from tests.machines import Talk

BUREAU = load(SAMPLES / "bureau-2025-typical" / "answers.yaml", open_library()).answers
ROWS = "机构职能类 12；规划计划类 8；业务动态类 210；办事服务类 90"


def asked(at: str, *, is_empty: bool = False) -> Talk:
    """A conversation about the bureau's answers at a question."""
    kept = {name: each for name, each in BUREAU.given.items() if name != at or not is_empty}
    return Talk(replace(BUREAU, given=kept), None, at)


@pytest.mark.parametrize("typed", ["否", "不用", "没有了", "无", "没有。", "不需要"])
@pytest.mark.parametrize("at", ["own_management", "categories", "content_kinds"])
def test_no_at_what_may_be_left_out_means_that_there_is_none(at: str, typed: str) -> None:
    now = asked(at, is_empty=True)
    now.type(typed)
    assert now.interview.answers.given[at].value in (None, ())
    assert now.at != at


def test_no_leaves_words_of_the_narrative_as_they_stand() -> None:
    now = asked("own_requests")
    now.type("/改写 申请的办理结果", "不用")
    assert now.at == "own_requests"
    assert now.interview.answers == BUREAU


@pytest.mark.parametrize("typed", ["是", "是的", "好", "好的。", "可以"])
@pytest.mark.parametrize("at", ["own_management", "categories", "body_name"])
def test_yes_is_no_words_of_a_report(at: str, typed: str) -> None:
    now = asked(at)
    before = now.given(at)
    assert "请直接写内容" in now.type(typed)
    assert (now.at, now.given(at)) == (at, before)


@pytest.mark.parametrize("typed", ["否", "不用", "无", "没有"])
def test_a_list_with_rows_is_cleared_only_when_that_is_chosen(typed: str) -> None:
    now = asked("categories")
    said = now.type(typed)
    assert "A. 这4行留着，看下一题" in said
    assert "B. 清除这一题的答案" in said
    now.type("A")
    assert now.given("categories") == ROWS
    assert now.at == "interpretations"
    now.type("跳到 主动公开信息分类", typed, "B")
    assert now.given("categories") is None


@pytest.mark.parametrize("typed", ["没有了", "无", "否", "写完了"])
def test_below_rows_just_written_it_means_that_there_are_no_more(typed: str) -> None:
    now = asked("categories", is_empty=True)
    now.type("甲类 300", "乙类 20", typed)
    assert now.given("categories") == "甲类 300；乙类 20"
    assert now.at == "interpretations"


@pytest.mark.parametrize("typed", ["删除", "删掉", "去掉"])
@pytest.mark.parametrize("at", ["licence_decisions", "own_requests"])
def test_delete_takes_the_answer_away(at: str, typed: str) -> None:
    now = asked(at)
    assert "答案已清除" in now.type(typed)
    assert now.given(at) is None


@pytest.mark.parametrize(
    "typed", ["怎么删掉", "怎么删除这一行？", "我想删掉", "删了吧", "这段能不能删掉"]
)
@pytest.mark.parametrize("at", ["licence_decisions", "own_requests", "categories"])
def test_who_asks_how_to_delete_is_led_there(at: str, typed: str) -> None:
    now = asked(at)
    before = now.given(at)
    said = now.type(typed)
    assert now.given(at) == before
    delete = "删去列表的一行" if at == "categories" else "清除这一题的答案"
    letter = next(line[0] for line in said.splitlines() if line[1:].startswith(f". {delete}"))
    now.type(letter)
    if at == "categories":
        assert "B. 删去第2行：规划计划类 8" in now.type("B", "撤销", "删除")
        now.type("E")
    assert now.given(at) is None


def test_a_change_is_no_row_of_a_list_unasked() -> None:
    now = asked("categories")
    assert "B. 填写「网站访问次数」28" in now.type("网站改成28")
    assert now.given("categories") == ROWS
    now.type("否", "行政许可改成43", "B")
    assert now.given("licence_decisions") == "43"
    now.type("机构职能类改成15", "A")
    assert now.given("categories") == ROWS.replace("12", "15")
