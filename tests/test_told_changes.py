"""Changes said after the fact: of a row by its name, of a figure by the value it has.

None of them is a reason unasked, nothing that was just ordered is proposed to be undone first.
"""

from dataclasses import replace

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
    now.type("跳到 主动公开信息分类", "动态类 39", "", "")
    assert "A. 「主动公开政府信息数」由65改为66" in now.type("采纳 T02")


def test_a_reason_goes_with_the_finding_that_a_change_settles() -> None:
    now = at_reason()
    now.type("只列了主要类别，其余未列")
    explained = now.interview.answers.acknowledged
    said = now.type("跳到 主动公开信息分类", "动态类 38", "")
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
