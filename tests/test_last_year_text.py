"""Last year's words with this year's figures: nothing of last year's is taken unseen."""

from dataclasses import replace

import pytest

from assistant.answers import Answer
from tests.machines import Talk
from tests.test_claims import town

TEXT = "2025年收到申请{new_received.total}件，接待来访12批次，发放手册300册，均当场说明。"
SEEN = {
    ("15", "280"): "2026年收到申请20件，接待来访15批次，发放手册280册，均当场说明。",
    ("去掉", "280册"): "2026年收到申请20件，发放手册280册，均当场说明。",
    ("15", "去掉"): "2026年收到申请20件，接待来访15批次，均当场说明。",
    ("去掉", "去掉"): "2026年收到申请20件，均当场说明。",
}


def talk(text: str = TEXT, slot: str = "own_requests", **open_facts: object) -> Talk:
    """A year after the town, with more applications; its own text is that of the year before."""
    before = replace(town(), given={**town().given, slot: Answer(text)})
    given = {name: each for name, each in town().given.items() if name not in open_facts}
    given |= {"new_received.natural": Answer(17)}
    now = replace(town(), year=2026, given=given)
    return Talk(now, before, slot)


@pytest.mark.parametrize(("typed", "text"), SEEN.items(), ids=lambda each: str(each)[:20])
def test_own_numbers_are_asked_one_by_one_and_figures_follow(
    typed: tuple[str, ...], text: str
) -> None:
    now = talk()
    said = now.type("/同上年")
    assert "上年（2025年）写的是“接待来访12" in said
    said = now.type(*typed)
    assert text in said
    assert "own_requests" not in now.interview.answers.given  # it is only shown
    now.type("是")
    value = now.interview.answers.given["own_requests"].value
    assert "{new_received.total}" in str(value)
    assert (
        now.interview.printed(
            now.interview.answers.given["own_requests"],
            now.interview.edition.questions["own_requests"],
        )
        == text
    )


def test_typed_numbers_that_were_figures_of_last_year_follow_too() -> None:
    now = talk("全年收到申请12件，均当场说明。")
    said = now.type("/同上年")
    assert "全年收到申请20件，均当场说明。" in said


def test_days_of_last_year_are_asked_for_too() -> None:
    now = talk("3月由办公室检查，2025年4月召开会议，全年收到申请{new_received.total}件。")
    assert "上年（2025年）写的是“3月”" in now.type("/同上年")
    assert "5月由办公室检查，2026年4月召开会议，全年收到申请20件。" in now.type("5月")


def test_last_years_words_are_left_by_no_and_by_a_command() -> None:
    now = talk()
    now.type("/同上年", "否")
    assert now.at == "own_requests"
    now.type("/同上年", "/下一题")
    assert "own_requests" not in now.interview.answers.given


def test_last_years_wording_of_a_passage_is_offered_at_it() -> None:
    now = talk("开设专栏3个，公开信息{active_total}条。", "platforms.channels")
    now.type("跳到 培训次数", "改写 公开平台")
    now.type("/同上年", "5", "是")
    assert (
        now.interview.answers.given["platforms.channels"].value
        == "开设专栏5个，公开信息{active_total}条。"
    )


def test_facts_that_seldom_change_are_taken_in_one_list_or_by_enter() -> None:
    before = town()
    facts = {"contact_office": Answer("办公室"), "contact_phone": Answer("010-00000000")}
    previous = replace(before, given={**before.given, **facts})
    now = Talk(replace(town(), year=2026), previous, "contact_office")
    said = now.type("/都同上年")
    assert "联系科室：办公室" in said
    assert "联系电话：010-00000000" in said
    now.type("是")
    assert now.interview.answers.value("contact_phone") == "010-00000000"
    now.type("/撤销", "/跳到 联系科室", "")
    assert now.interview.answers.value("contact_office") == "办公室"
    assert "contact_phone" not in now.interview.answers.given


def test_a_clause_with_two_numbers_is_left_out_whole() -> None:
    now = talk("全年收到申请{new_received.total}件，接待来访12批次35人次，发放手册300册。")
    now.type("/同上年")
    said = now.type("去掉", "280")
    assert "全年收到申请20件，发放手册280册。" in said
