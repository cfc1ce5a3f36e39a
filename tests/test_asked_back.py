"""What is asked back takes its own answers only; nothing said there answers what stands behind."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answers, load
from assistant.dialog.interview.change_findings import in_order
from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.handle_line import command
from assistant.dialog.interview.preview_changes import propose
from assistant.dialog.interview.state import WantChoice, WantConsent
from assistant.form.loader import open_library
from assistant.intents import Going
from tests.conftest import SAMPLES
from tests.machines import (
    CHOSEN,
    GARBAGE,
    GROUNDED,
    NAMED,
    OWN,
    PASTES,
    Talk,
    answers_of,
    spoken,
    values,
)
from tests.strategies import NASTY

BUREAU = load(SAMPLES / "bureau-2025-typical" / "answers.yaml", open_library()).answers
ASKED = {
    "letters at a figure": ("new_received.natural", "跳到 商业"),
    "letters at a text": ("own_requests", "跳到 予以公开"),
    "consent at a figure": ("new_received.natural", "予以公开·自然人 5\t\n部分公开·自然人 6"),
    "consent at a text": ("own_requests", ""),
}
"""A question, and a line there that is asked back; none where changes are proposed."""
LINES = st.sampled_from(
    (*NAMED, *PASTES, *OWN, *CHOSEN, *GARBAGE, "5 0", "好", "其余为0", "清除", *NASTY)
)


def asked_back(case: str) -> Talk:
    at, line = ASKED[case]
    now = Talk(BUREAU, None, at)
    if line:
        now.type(line)
    else:
        now.turn = propose(now.interview, (("partial.natural", "6"),), {})
    return now


@pytest.mark.parametrize("case", ASKED)
@given(line=LINES | st.text(max_size=12))
def test_no_line_beside_the_answers_changes_an_answer(case: str, line: str) -> None:
    now = asked_back(case)
    pending = now.interview.pending
    assert isinstance(pending, WantChoice | WantConsent)
    before, yes = values(now.interview.answers), now.interview.say("yes_words").split()
    now.type(line)
    is_chosen = isinstance(pending, WantChoice) and line.strip().upper() in tuple("ABCDEFGHI")
    is_agreed = isinstance(pending, WantConsent) and line.strip().strip("。！").lower() in yes
    if not (is_chosen or is_agreed):
        assert values(now.interview.answers) == before


@pytest.mark.parametrize("line", ["5 0", "28", "好的", "示例", "网站", "清除"])
def test_what_is_refused_leaves_the_letters_and_comes_back_with_the_up_arrow(line: str) -> None:
    now = asked_back("letters at a figure")
    assert "没有采用，这里请输入字母" in now.type(line)
    assert isinstance(now.interview.pending, WantChoice)
    assert now.turn.events[-1].refused == line
    now.type("B")
    assert now.at == "carried_in.biz"


@pytest.mark.parametrize("line", ["可以吧", "28", "示例", "是不是"])
def test_no_word_beside_yes_and_no_is_text_of_the_report(line: str) -> None:
    now = asked_back("consent at a text")
    before = now.given("own_requests")
    assert "没有采用，这里请输入“是”或“否”" in now.type(line)
    assert isinstance(now.interview.pending, WantConsent)
    assert now.given("own_requests") == before
    now.type("是")
    assert now.given("partial.natural") == "6"


def test_a_new_line_that_names_its_question_is_asked_about_first() -> None:
    now = asked_back("letters at a figure")
    assert "将要改动下面1项" in now.type("行政许可改成43")
    assert now.given("licence_decisions") == "42"
    now.type("是")
    assert now.given("licence_decisions") == "43"


def test_a_command_leaves_what_is_asked_back() -> None:
    now = asked_back("letters at a text")
    now.type("跳到 行政许可")
    assert now.at == "licence_decisions"
    assert now.interview.pending is None


@pytest.mark.parametrize("words", ["不掌握", "新收", "行政复议", "法律规定不得公开"])
def test_a_jump_to_a_row_leads_to_its_first_cell(words: str) -> None:
    now = Talk(BUREAU, None, "own_requests")
    said = now.type(f"/跳到 {words}")
    assert now.interview.pending is None
    is_asked = words != "法律规定不得公开"  # it did not occur
    assert (now.at == "own_requests") is not is_asked, said


def test_of_several_rows_each_is_offered_once() -> None:
    now = Talk(BUREAU, None, "own_requests")
    said = now.type("/跳到 申请")
    assert "新收政府信息公开申请·自然人" in said
    assert "新收政府信息公开申请·商业企业" not in said


# --- Of one candidate Enter takes it


def test_of_one_meaning_enter_takes_it_and_no_leaves_it() -> None:
    for line, at in (("", "licence_decisions"), ("否", "own_requests")):
        now = Talk(BUREAU, None, "own_requests")
        going = Going(("licence_decisions",), "行政许可")
        now.turn = disambiguate(now.interview, [going], "许可")
        assert "就是它的按回车" in spoken(now.turn.events)
        now.type(line)
        assert (now.at, now.interview.pending) == (at, None)


def test_of_several_meanings_enter_takes_none() -> None:
    now = asked_back("letters at a text")
    before = values(now.interview.answers)
    now.type("")
    assert (now.at, values(now.interview.answers)) == ("own_requests", before)


def test_a_correction_that_nobody_has_seen_is_shown_first() -> None:
    given = {
        "received_total": "30",
        "received_in_person": "1",
        "received_fax": "0",
        "received_online": "2",
        "received_letter": "0",
    }
    now = Talk(answers_of({**GROUNDED, **given}), None, "trainees")
    said = now.type("采纳")
    assert "R01　「收到申请数」应等于各分项之和" in said
    assert now.given("received_total") == "30"
    now.type("A")
    assert now.given("received_total") == "3"


def test_one_code_offers_the_corrections_of_all_its_findings_and_settles_one_by_one(
    sample: Callable[[str], Answers],
) -> None:
    now = Talk(sample("city-2025-busy"))
    for column in ("natural", "biz"):
        received = now.interview.answers.numbers[f"new_received.{column}"]
        now.type(f"/改 new_received.{column} {received + 7}")
    found = [each for each in now.interview.findings if each.code == "R01"]
    assert len(found) == 2
    assert f"R01有{sum(len(each.choices) for each in found)}种改法" in now.type("/采纳 R01")
    now.type("否")
    back = now.interview.answers.numbers["new_received.natural"] - 7
    assert "R01改好了一处，还有1处没有相符" in now.type(f"/改 new_received.natural {back}")
    back = now.interview.answers.numbers["new_received.biz"] - 7
    assert "R01已经相符" in now.type(f"/改 new_received.biz {back}")


def test_every_correction_that_is_counted_is_listed_page_by_page(
    sample: Callable[[str], Answers],
) -> None:
    now = Talk(sample("city-2025-busy"))
    received = now.interview.answers.numbers["new_received.natural"]
    told = now.type(f"/改 new_received.natural {received + 7}")
    (found,) = [each for each in now.interview.findings if each.code == "R01"]
    finding = in_order(now.interview, found)
    count = len(finding.choices)
    assert count > 9, "more than one page has letters for"
    assert f"从{count}种里选一种" in told
    assert f"R01有{count}种改法" in now.type("/采纳 R01")
    listed = list(now.turn.events[-1].choices)
    while len(listed) < count:
        now.type("" if len(listed) < 10 else "下一页")
        listed += now.turn.events[-1].choices
    assert [re.split("」|改为", each.label)[-1] for each in listed] == [
        *(text for change in finding.choices for text in change.values())
    ]
    assert listed[-1].label.endswith(str(received)), "what was just ordered is undone last"
    assert "这是最后一页" in now.turn.events[-1].lines[-1]
    last = finding.choices[-1]
    now.type(listed[-1].key)
    assert {name: now.given(name) for name in last} == dict(last)


def test_no_correction_is_taken_behind_the_last_page(sample: Callable[[str], Answers]) -> None:
    now = Talk(sample("city-2025-busy"))
    received = now.interview.answers.numbers["new_received.natural"]
    now.type(f"/改 new_received.natural {received + 7}")
    before = now.interview.answers
    now.type("/采纳 R01", "", "", "")
    assert now.interview.answers == before
    assert not now.interview.drafts


# --- Help and details leave it standing


@pytest.mark.parametrize("case", ASKED)
@pytest.mark.parametrize("typed", ["?", "？", "帮助", "看明细", "什么是结转"])
def test_help_is_about_what_is_asked_back_and_leaves_it_standing(case: str, typed: str) -> None:
    now = asked_back(case)
    pending, before = now.interview.pending, values(now.interview.answers)
    said = now.type(typed)
    assert (now.interview.pending, values(now.interview.answers)) == (pending, before)
    assert "没有采用" not in said
    assert now.kinds[-1] == "ask"
    if typed != "什么是结转":
        assert now.interview.edition.name(now.at) not in now.turn.events[0].text


def test_a_key_for_help_leaves_it_standing_too() -> None:
    now = asked_back("consent at a figure")
    turn = command(now.interview, "help")
    assert turn.interview.pending == now.interview.pending
    assert "还没有做" in turn.events[0].text
