"""Written reasons: chosen by letter, written out, put off; never taken from something else."""

import pytest

from tests.machines import CHANNELS, Talk, talk


def at_reason() -> tuple[Talk, tuple[str, ...]]:
    """A conversation that wants a reason, and the reasons it offers."""
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    finding = now.turn.events[-1].finding
    assert finding is not None
    assert len(finding.reasons) > 1
    return now, finding.reasons


def reason_of(now: Talk) -> str:
    return now.interview.answers.acknowledged["L02"].reason


@pytest.mark.parametrize("typed", ["A、B", "a b", "A B", "AB", "Ａ，Ｂ", "A和B", " B，A "])
def test_several_reasons_are_chosen_by_their_letters(typed: str) -> None:
    now, reasons = at_reason()
    now.type(typed)
    wanted = [reasons[1], reasons[0]] if typed.strip().startswith("B") else list(reasons[:2])
    assert reason_of(now) == "；".join(wanted)


@pytest.mark.parametrize("typed", ["A，公开栏改版", "a、公开栏改版", "A 公开栏改版"])
def test_words_behind_a_letter_and_a_mark_are_added(typed: str) -> None:
    now, reasons = at_reason()
    now.type(typed)
    assert reason_of(now) == f"{reasons[0]}；公开栏改版"


def test_words_right_behind_a_letter_are_asked_back() -> None:
    now, reasons = at_reason()
    said = now.type("A公开栏改版")
    assert f"A. 作为理由：{reasons[0]}；公开栏改版" in said
    assert "B. 作为理由：A公开栏改版" in said
    assert not now.interview.answers.acknowledged
    now.type("A")
    assert reason_of(now) == f"{reasons[0]}；公开栏改版"


@pytest.mark.parametrize("typed", ["abc", "ab", "I", "AI", "A1", "Ab9", "İ", "ı"])
def test_other_letters_are_no_reason(typed: str) -> None:
    now, _ = at_reason()
    assert "不像理由" in now.type(typed)
    assert not now.interview.answers.acknowledged


LATER = [
    "问一下领导",
    "我再查查",
    "以后再说",
    "先放着",
    "要请示主任。",
    "还没问到",
    "回头问会计",
    "再想想",
]
"""What a clerk types who does not know yet."""


@pytest.mark.parametrize("typed", LATER)
def test_what_puts_a_reason_off_is_no_reason_unless_one_says_so(typed: str) -> None:
    now, _ = at_reason()
    assert "A. 先不写理由，以后再说" in now.type(typed)
    assert not now.interview.answers.acknowledged
    assert "理由以后再写" in now.type("A")
    assert not now.interview.answers.acknowledged
    assert now.interview.pending is None


@pytest.mark.parametrize("typed", LATER)
def test_what_puts_a_figure_off_leaves_it_open(typed: str) -> None:
    now = talk("received_total")
    assert "先空着，以后可以回来填" in now.type(typed)
    assert now.given("received_total") is None
    assert now.at != "received_total"


@pytest.mark.parametrize("at", ["lead_office", "own_1"])
@pytest.mark.parametrize("typed", LATER)
def test_what_puts_a_text_off_is_asked_back(at: str, typed: str) -> None:
    now = talk(at)
    assert "B. 先空着，看下一题" in now.type(typed)
    assert now.given(at) is None


@pytest.mark.parametrize(
    "typed",
    [
        "上年结转的一条计入本年",
        "经查阅台账，数字属实",
        "公开栏改版后另行统计",
        "已请示上级，按实际发生数统计",
    ],
)
def test_a_true_reason_is_taken_as_it_stands(typed: str) -> None:
    now, _ = at_reason()
    now.type(typed)
    assert reason_of(now) == typed
