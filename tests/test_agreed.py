"""Numbers of own text that were agreed to: as long as what, and which reason is kept."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Acknowledgement, Answer, Answers
from assistant.checks.finding_format import summary
from assistant.checks.runner import run_checks
from tests.machines import Talk
from tests.test_claims import LIBRARY, town

# the town counts 12 new applications, 13 to deal with, 11 finished, 3 trainings
TEXT = "接待征地来访8件，寄出函件11件。"


def talk(text: str = TEXT) -> Talk:
    now = Talk(town(), None, "own_requests")
    now.type(text)
    return now


def rewrite(now: Talk, text: str) -> str:
    return now.type("/跳到 依申请公开的补充", text)


def reasons_of(now: Talk) -> dict[str, str]:
    """By number of the text what makes it the body's own now."""
    outcomes = now.interview.outcomes
    return {
        number.claim.written: finding.reason
        for finding in now.interview.findings
        for number in outcomes.told.get(finding.key, ())
        if finding.code == "T12"
    }


def test_what_was_agreed_to_is_asked_again_where_the_figure_that_it_was_like_changes() -> None:
    now = talk()
    now.type("")
    assert set(reasons_of(now)) == {"8件", "11件"}
    assert all(reasons_of(now).values())
    said = now.type("/改 予以公开自然人 6")
    assert "寄出函件11件" in said
    assert "（原来的理由：不是表里的数，是本单位自己的）" in said
    (found,) = [each for each in now.interview.findings if each.expired_reason]
    told = "\n".join(summary(found, now.interview.edition, LIBRARY.sentences))
    assert "办理完毕的申请·总计由11变为12" in told
    assert {number for number, reason in reasons_of(now).items() if not reason} == {"11件"}
    now.type("")
    assert all(reasons_of(now).values())


def strays(now: Talk) -> list[str]:
    return [each.key for each in now.interview.findings if each.code == "F08"]


def test_a_reason_goes_with_its_number_also_where_it_was_asked_again() -> None:
    counted = replace(town(), given={**town().given, "notproc_petition.natural": Answer(1)})
    now = Talk(counted, counted, "own_requests")
    now.type("另有信访件1件。", "")
    assert "（原来的理由：" in now.type("/改 notproc_petition.natural 2")
    before = now.interview.answers.acknowledged
    said = now.type("A")
    assert "印「上年结转的申请·总计」" in said, "the number follows the table now"
    assert "原来写的理由“不是表里的数，是本单位自己的”不再需要，已经拿掉" in said
    assert said.count("T12已经相符") == 1
    assert not now.interview.answers.acknowledged
    assert not strays(now)
    now.type("/撤销")
    assert now.interview.answers.acknowledged == before


@pytest.mark.parametrize("text", ["新收12件。", "无"])
@pytest.mark.parametrize("is_asked_again", [True, False])
def test_a_reason_goes_with_the_words_that_it_was_for(text: str, is_asked_again: bool) -> None:
    now = talk("寄出函件11件。")
    now.type("")
    if is_asked_again:
        now.type("/改 予以公开自然人 6", "/下一题")
    rewrite(now, text)
    assert not now.interview.answers.acknowledged
    assert not strays(now)


def test_what_was_put_off_is_not_told_again_with_every_figure() -> None:
    now = talk("寄出函件7件。")
    for line in ("/下一题", "/改 予以公开自然人 7", "/改 予以公开自然人 5"):
        now.type(line)
        assert "T12" not in now.codes()


def test_what_was_agreed_to_stays_while_other_figures_change() -> None:
    now = talk()
    now.type("")
    now.type("/改 培训 5", "/改 主动公开政府信息数 600")
    assert all(reasons_of(now).values())


def test_a_reason_of_an_earlier_version_is_for_all_numbers_of_its_sentence_and_stays() -> None:
    answers = replace(town(), given={**town().given, "own_requests": Answer(TEXT)})

    reason = Acknowledgement("另一口径", {"own_requests": TEXT})
    for cells in ({}, {"open.natural": 6}):
        given_ = {**answers.given, **{name: Answer(value) for name, value in cells.items()}}
        now = replace(answers, given=given_, acknowledged={"T12.own_requests": reason})
        outcomes = run_checks(now, None, LIBRARY.sentences)
        found = [each for each in outcomes.findings if each.code == "T12"]
        assert [(each.key, each.reason) for each in found] == [("T12.own_requests", "另一口径")]


@pytest.mark.parametrize(
    "text",
    [
        "接待征地来访8件，寄出函件11件",
        "接待征地来访8件,寄出函件11件。",
        "接待征地来访８件，寄出函件１１件。",
        "接待征地来访8件、寄出函件11件！",
    ],
)
def test_other_marks_leave_reasons_standing(text: str) -> None:
    now = talk()
    now.type("文中数都是信访科另外统计的")
    assert "没有与表核对，是本单位自己的数吗" not in rewrite(now, text)
    assert set(reasons_of(now).values()) == {"文中数都是信访科另外统计的"}


def test_a_reason_is_shown_again_and_kept_by_enter_where_the_words_have_changed() -> None:
    now = talk()
    now.type("文中数都是信访科另外统计的")
    said = rewrite(now, "接待征地补偿来访8件，寄出函件11件。")
    assert said.count("（原来的理由：文中数都是信访科另外统计的）") == 2
    assert "就按您写的印，原来的理由照旧" in said
    now.type("")
    assert set(reasons_of(now).values()) == {"文中数都是信访科另外统计的"}
    assert not [each for each in now.interview.findings if each.code == "F08"]


def test_a_reason_for_one_number_is_stored_for_it_alone() -> None:
    now = talk()
    said = now.type("A", "A")
    assert "（8件）" in said
    assert "8件、11件" not in said
    said = now.type("八件是信访科另外统计的")
    assert "T12（8件）的理由：八件是信访科另外统计的" in said
    assert "寄出函件11件" in said
    assert reasons_of(now) == {"8件": "八件是信访科另外统计的", "11件": ""}
    now.type("")
    stock = "不是表里的数，是本单位自己的"
    assert reasons_of(now) == {"8件": "八件是信访科另外统计的", "11件": stock}
    said = rewrite(now, "接待征地补偿来访8件，寄出函件11件。")
    assert "接待征地补偿来访8件　表里没有（原来的理由：八件是信访科另外统计的）" in said
    now.type("")
    assert reasons_of(now) == {"8件": "八件是信访科另外统计的", "11件": stock}


def test_another_reason_for_one_number_leaves_the_reason_of_the_others_to_be_kept() -> None:
    now = talk()
    now.type("文中数都是信访科另外统计的")
    rewrite(now, "接待征地补偿来访8件，寄出函件11件。")
    now.type("A", "A")
    said = now.type("八件是自然资源所的台账")
    assert "寄出函件11件" in said
    assert "（原来的理由：文中数都是信访科另外统计的）" in said
    now.type("")
    assert reasons_of(now) == {
        "8件": "八件是自然资源所的台账",
        "11件": "文中数都是信访科另外统计的",
    }


def test_a_number_bound_to_a_column_contradicts_the_total_that_its_words_name() -> None:
    now = Talk(town(), None, "own_requests")
    now.type("/改 结转下年度自然人 2", "/改 结转下年度商业企业 0", "/跳到 依申请公开的补充")
    text = "收到12件申请，其中10件已按时答复，剩余{carried_out.natural}件结转下年度办理。"
    now.type(text, "")
    assert not [each for each in now.interview.findings if each.code == "T01"]
    now.type("/改 结转下年度商业企业 1")
    (found,) = [each for each in now.interview.findings if each.code == "T01"]
    assert found.arithmetic == "2件≠3件"
    assert found.is_open


def test_a_reason_outlives_that_another_number_is_bound_behind_other_marks() -> None:
    now = talk("接待来访8件，另有公告12件")
    now.type("来访是信访科另外统计的")
    rewrite(now, "接待来访8件，另有公告12件。")
    now.type("/文中数字 依申请公开的补充", "B", "A")
    assert "{" in str(now.interview.answers.given["own_requests"].value)
    assert reasons_of(now) == {"8件": "来访是信访科另外统计的"}


def judged(text: str, figures: Mapping[str, int], reasons: Mapping[str, Acknowledgement]):
    given_ = {**town().given, **{cell: Answer(value) for cell, value in figures.items()}}
    answers = Answers(town().edition, 2025, {**given_, "own_requests": Answer(text)}, reasons)
    found = run_checks(answers, None, LIBRARY.sentences).findings
    return [each for each in found if each.code == "T12"]


CELLS = ("open.natural", "carried_out.biz", "review.upheld", "trainings", "norm_valid")
COUNTS = st.integers(0, 30)


@given(
    st.lists(COUNTS, min_size=1, max_size=4), st.fixed_dictionaries(dict.fromkeys(CELLS, COUNTS))
)
def test_agreements_hold_as_they_were_given_and_fall_only_by_figures_that_they_are_tied_to(
    counts: list[int], figures: dict[str, int]
) -> None:
    text = "".join(f"接待来访{count}件。" for count in counts)
    found = judged(text, {}, {})
    reasons = {each.key: Acknowledgement("另外统计的", each.values) for each in found}
    assert all(each.reason for each in judged(text, {}, reasons))
    for each in judged(text, figures, reasons):
        assert bool(each.reason) == all(
            each.excused.get(cell, value) == value for cell, value in each.values.items()
        )


def test_a_share_in_words_is_asked_again_where_the_figures_beside_it_change() -> None:
    now = talk("对外答复的超过三分之二予以公开。")
    assert not all(reasons_of(now).values())
    now.type("")
    assert all(reasons_of(now).values())
    now.type("/改 予以公开自然人 6")
    assert set(reasons_of(now)) == {"超过三分之二"}
    assert not all(reasons_of(now).values())
