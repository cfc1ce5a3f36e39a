"""Changes said after the fact: of a row by its name, of a figure by the value it has.

None of them is a reason unasked, nothing that was just ordered is proposed to be undone first.
"""

from dataclasses import replace

import pytest

from assistant.answers import Answer, load
from assistant.form.loader import open_library
from assistant.intents import read_typed
from tests.conftest import SAMPLES
from tests.machines import Talk

BUREAU = load(SAMPLES / "bureau-2025-typical" / "answers.yaml", open_library()).answers
ROWS = "组织机构类 16；动态类 36；工作报告 6；其他 5"
NAMED = "「主动公开信息分类·动态类」由36改为38"


def office(at: str = "") -> Talk:
    """A finished report with 63 pieces of information in four classes."""
    typed = {"active_total": "63", "categories": ROWS, "interpretations": "3"}
    read = {name: read_typed(BUREAU.edition.questions[name], text) for name, text in typed.items()}
    told = {name: each for name, each in read.items() if isinstance(each, Answer)}
    kept = {
        name: each for name, each in BUREAU.given.items() if not each.rows or name == "problems"
    }
    now = Talk(replace(BUREAU, given={**kept, **told}, acknowledged={}))
    now.turn = now.turn._replace(interview=now.interview.at_question(at))
    return now


def at_reason() -> Talk:
    """The same when 65 was ordered, and a reason is wanted."""
    now = office()
    assert "T02要写一句理由" in now.type("主动公开数 65")
    return now


@pytest.mark.parametrize(
    "typed",
    [
        "动态类改成38条",
        "动态类改为38",
        "把动态类改成38",
        "动态类38条",
        "/改 动态类 38",
        "动态类由36改为38",
        "动态改成38",
        "动态类信息36条改成38条",
    ],
)
@pytest.mark.parametrize("place", [None, "", "interpretations", "categories"])
def test_a_row_of_a_list_is_changed_by_its_name_wherever_it_is_said(
    typed: str, place: str | None
) -> None:
    now = at_reason() if place is None else office(place)
    before = now.interview.answers
    assert f"A. {NAMED}" in now.type(typed)
    assert now.interview.answers == before, "it is shown first"
    now.type("A")
    assert now.given("categories") == ROWS.replace("36", "38")
    assert not now.interview.answers.acknowledged


def test_at_another_text_a_change_of_a_row_is_asked_back() -> None:
    now = office("own_requests")
    said = now.type("动态类改成38条")
    assert NAMED in said
    assert "作为这一题的答案" in said


def test_of_things_with_one_name_that_of_the_finding_comes_first() -> None:
    now = at_reason()
    said = now.type("其他改成7条")
    assert "A. 「主动公开信息分类·其他」由5改为7" in said
    assert "作为理由：其他改成7条" in said
    now.type("A")
    assert now.given("categories") == ROWS.replace("其他 5", "其他 7")


@pytest.mark.parametrize(
    "typed",
    [
        "动态类改成38，各类都对",
        "口径已更正为按件计",
        "把64条改成66条",
        "甲类改成38条",
        "组织机构类16条、动态类38条、工作报告6条、其他5条",
        "组织机构类16条，党建类38条，工作报告6条",
        "组织机构类 16；动态类 36；工作报告 6；其他 5",
    ],
)
def test_a_change_or_a_list_of_figures_is_no_reason_unasked(typed: str) -> None:
    now = at_reason()
    assert "作为理由：" in now.type(typed)
    assert not now.interview.answers.acknowledged


def test_the_list_typed_again_at_its_finding_is_shown_as_the_changes_that_it_makes() -> None:
    now = at_reason()
    said = now.type("组织机构类16条、动态类38条、党建类2条、其他3条")
    assert f"A. {NAMED}、「主动公开信息分类·其他」由5改为3、「主动公开信息分类·党建类」2" in said
    now.type("A")
    assert now.given("categories") == "组织机构类 16；动态类 38；工作报告 6；其他 3；党建类 2"


@pytest.mark.parametrize(
    "typed",
    [
        "把63条改成65条",
        "63条改成65条",
        "主动公开政府信息63条改成65条",
        "把主动公开的63条改成65条",
        "主动公开数由63改为65",
    ],
)
@pytest.mark.parametrize("at", ["", "interpretations"])
def test_a_figure_is_changed_by_the_value_it_has(typed: str, at: str) -> None:
    now = office(at)
    assert "A. 「主动公开政府信息数」由63改为65" in now.type(typed)
    assert now.given("active_total") == "63"
    now.type("")
    assert now.given("active_total") == "65"


def test_of_several_figures_of_one_value_one_is_chosen() -> None:
    now = office()
    now.type("动态类改成63", "")
    said = now.type("把63改成65")
    assert "「主动公开政府信息数」由63改为65" in said
    assert "「主动公开信息分类·动态类」由63改为65" in said


@pytest.mark.parametrize("typed", ["把9999条改成65条", "主动公开数64条改成65条"])
def test_a_value_that_nothing_has_is_told(typed: str) -> None:
    now = office()
    before = now.interview.answers
    assert "没有哪一项现在是" in now.type(typed)
    assert now.interview.answers == before


def test_a_telephone_number_is_no_figure() -> None:
    now = office("contact_phone")
    now.type("12345678")
    assert "没有哪一项现在是" in now.type("跳到 解读材料", "把12345678改成5")


def test_a_change_to_what_stands_changes_nothing() -> None:
    now = office()
    before = now.interview.answers
    assert "组织机构类 16；动态类 36" in now.type("动态类改成36条")
    assert (now.interview.answers, now.interview.pending) == (before, None)


def test_the_total_is_that_of_the_finding() -> None:
    now = at_reason()
    now.type("总数改成66", "A")
    assert now.given("active_total") == "66"


def test_several_changes_are_said_in_one_line() -> None:
    now = office()
    assert f"A. 「主动公开政府信息数」由63改为65、{NAMED}" in now.type("主动公开65条，动态类38条")
    now.type("")
    assert (now.given("active_total"), now.codes()) == ("65", [])


def test_a_row_that_is_there_is_changed_in_the_question_of_its_list() -> None:
    now = office("categories")
    assert NAMED in now.type("动态类 38")
    now.type("")
    assert now.given("categories") == ROWS.replace("36", "38")
    said = now.type("其他 7；党建类 2")
    assert "「主动公开信息分类·其他」由5改为7、「主动公开信息分类·党建类」2" in said
    assert "第4行　其他 7" in now.type("")
    assert now.given("categories").endswith("其他 7；党建类 2")
    assert "重复" in now.type("乙类 1；乙类 2")


def test_the_parts_of_a_list_are_proposed_before_what_was_just_ordered() -> None:
    now = at_reason()
    before = now.interview.answers
    said = now.type("采纳 T02")
    assert now.interview.answers == before, "several are possible"
    assert "A. 「主动公开信息分类·组织机构类」由16改为18" in said
    assert f"B. {NAMED}" in said
    assert "E. 「主动公开政府信息数」由65改为63" in said
    now.type("B")
    assert now.given("categories") == ROWS.replace("36", "38")
    now.type("动态类改成39", "")
    assert "A. 「主动公开政府信息数」由65改为66" in now.type("采纳 T02")


def test_a_reason_goes_with_the_finding_that_a_change_settles() -> None:
    now = at_reason()
    now.type("只列了主要类别，其余未列")
    explained = now.interview.answers.acknowledged
    said = now.type("动态类改成38", "")
    assert "T02已经相符，原来写的理由“只列了主要类别，其余未列”不再需要，已经拿掉" in said
    assert not now.interview.answers.acknowledged
    assert "F08" not in [each.code for each in now.interview.findings]
    now.type("撤销")
    assert now.interview.answers.acknowledged == explained


def test_after_an_answer_is_cleared_its_own_question_stands() -> None:
    now = office("own_requests")
    now.type(
        "/改写 主动公开的数量", "主动公开63条，其中动态类36条。", "/跳到 主动公开信息分类", "清除"
    )
    assert now.interview.pending is None
    assert now.at == "categories"
    now.type("动态类 36；其他 27")
    assert now.given("categories") == "动态类 36；其他 27"
    assert not now.interview.answers.acknowledged
