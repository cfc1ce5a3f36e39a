"""Written reasons: chosen by letter, written out, put off; never taken from something else."""

import pytest

from assistant.answers import read_given
from assistant.form.loader import open_library
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


@pytest.mark.parametrize("unseen", ["\udcff", "\x00", "\x1b[31m", "\u202e", "\ue000"])
def test_a_reason_with_a_character_that_nobody_sees_is_refused(unseen: str) -> None:
    now, _ = at_reason()
    assert "看不见的控制字符" in now.type(f"公开栏{unseen}没有计入")
    assert not now.interview.answers.acknowledged
    now.type("公开栏没有计入")
    assert reason_of(now) == "公开栏没有计入"


def test_a_reason_is_said_back_with_its_sum() -> None:
    now = talk("own_1", active_total="3")
    now.type("主动公开政府信息4条。")
    assert "T01（4条≠3条）的理由：" in now.type("文字说的是另一口径的数")


LATER = [
    "问一下领导",
    "我再查查",
    "以后再说",
    "以后",
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


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("总览 有误", "没有“有误”的答案"),
        ("跳到 培训", "举办各类培训班"),
        ("怎么改年度？", "现在填的是2017年度的报告"),
        ("年度填错了，应该是2016", "报告年度：2016年度"),
    ],
)
def test_a_command_with_a_word_is_no_reason(typed: str, words: str) -> None:
    now, _ = at_reason()
    assert words in now.type(typed)
    assert not now.interview.answers.acknowledged


@pytest.mark.parametrize("typed", ["公开栏算不算？", "这样写行吗", "要不要附材料呢?"])
def test_a_question_is_no_reason_unless_one_says_so(typed: str) -> None:
    now, _ = at_reason()
    assert "有几种意思" in now.type(typed)
    assert not now.interview.answers.acknowledged
    assert f"的理由：{typed}" in now.type("B")


@pytest.mark.parametrize("typed", LATER)
def test_what_puts_a_figure_off_leaves_it_open(typed: str) -> None:
    now = talk("received_total")
    assert "先空着，以后可以回来填" in now.type(typed)
    assert now.given("received_total") is None
    assert now.at != "received_total"


@pytest.mark.parametrize("at", ["lead_office", "own_1", "channels_used"])
@pytest.mark.parametrize("typed", ["不清楚", "不知道"])
def test_who_does_not_know_goes_on(at: str, typed: str) -> None:
    now = talk(at)
    assert "先空着，以后可以回来填" in now.type(typed)
    assert now.given(at) is None


@pytest.mark.parametrize("at", ["lead_office", "own_1"])
@pytest.mark.parametrize("typed", [each.rstrip("。") for each in LATER])
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
        "含上年结转30件",
        "其中上年结转的申请30件",
        "2016年12月收到的申请转到本年答复2件",
    ],
)
def test_a_true_reason_is_taken_as_it_stands(typed: str) -> None:
    now, _ = at_reason()
    now.type(typed)
    assert reason_of(now) == typed


def test_a_reason_can_be_given_anew() -> None:
    now, reasons = at_reason()
    now.type("A", "说明 L02 上级网站统一公开")
    assert reason_of(now) == "上级网站统一公开"
    said = now.type("说明 L02")
    assert "已说明：上级网站统一公开" in said
    assert "采纳" not in said, "what has a reason is not to be corrected"
    assert "原来的理由没有改" in now.type("")
    now.type("说明 L02", "B")
    assert reason_of(now) == reasons[1]


def test_the_sum_stands_in_the_question_and_the_way_back_after_undoing() -> None:
    now, _ = at_reason()
    assert "L02要写一句理由（0+1+0+0+0=1<3）" in now.type("x")
    assert "输入“说明 L02”写理由" in now.type("/采纳 L02 A", "撤销")
    assert "L02要写一句理由" in now.type("理由")


def test_a_reason_is_one_line_and_a_question_is_none() -> None:
    now, _ = at_reason()
    assert "不像理由" in now.type("政府公报公开\n条\n三项政府信息")
    assert "A. 看这一条说的是什么、为什么要写理由" in now.type("为什么要写理由")
    said = now.type("A")
    assert "依据：" in said
    assert "改过来就行，不用写理由" in said
    assert "L02要写一句理由" in said
    assert not now.interview.answers.acknowledged


def test_own_text_that_a_check_doubts_is_mended_by_going_back() -> None:
    now = talk("own_1", active_total="3")
    said = now.type("主动公开政府信息4条。")
    assert "要改这段文字，输入“/上一题”" in said
    assert "/采纳" not in said
    now.type("/上一题")
    assert now.at == "own_1"


def test_back_from_a_reason_asked_for_later_leads_to_its_text() -> None:
    now = talk("own_1", active_total="3")
    now.type("主动公开政府信息4条。", "", "/跳到 联系科室", "/说明 T01", "/上一题")
    assert now.at == "own_1"


@pytest.mark.parametrize("typed", ["总览 待确认", "跳到 网战"])
def test_a_list_of_some_answers_or_a_place_is_no_text_unasked(typed: str) -> None:
    now = talk("own_1")
    assert f"B. 执行命令“{typed}”" in now.type(typed)
    assert now.given("own_1") is None


def test_no_part_is_called_the_last_while_others_only_followed() -> None:
    now = talk("received_total")
    assert "这是最后一项" not in now.type("0", "0", "0")


@pytest.mark.parametrize("typed", ["问一下领导", "为什么要写理由"])
def test_a_reason_given_with_the_command_is_doubted_alike(typed: str) -> None:
    now, _ = at_reason()
    now.type("")
    assert f"B. 作为理由：{typed}" in now.type(f"/说明 L02 {typed}")
    assert not now.interview.answers.acknowledged
    now.type("B")
    assert reason_of(now) == typed


def test_help_at_a_reason_speaks_of_the_rule() -> None:
    now, _ = at_reason()
    said = now.type("？")
    assert said.count("【请核实】L02") == 1
    assert "依据：" in said
    assert "要写一句理由" in said


def test_a_jump_to_what_wants_a_reason_says_how_to_give_one() -> None:
    now, _ = at_reason()
    now.type("以后再说")
    said = now.type("/跳到 L02")
    assert "核对过没有错的，输入“说明 L02”写理由" in said
    now.type("/说明 L02 张贴未计入")
    assert reason_of(now) == "张贴未计入"
    assert "写理由" not in now.type("/跳到 L02")


# --- Reasons that point to a text, and commands that are none


def county(**given: object) -> Talk:
    """A county that was asked for its examination and told nothing."""
    edition = open_library().edition("national-2021")
    zeros: dict[str, object] = {cell.id: 0 for cell in edition.indicators}
    told = {**zeros, "body_kind": "县（市、区）人民政府", "accountability": 0, **given}
    read = read_given(edition, 2025, told, open_library().sentences)
    return Talk(read.answers, None, "evaluation")


def test_a_reason_that_points_to_an_empty_text_is_neither_offered_nor_kept() -> None:
    reason = "考核结果写在“监督保障的补充”里"
    now = county(evaluation="没有开展")
    assert f"A. {reason}" in now.type("说明 L08")
    now.type("A")
    assert now.interview.answers.acknowledged["L08"].reason == reason
    said = now.type("/跳到 监督保障的补充", "")
    assert "原来的说明已失效（说明里指的那一处没有写）" in said
    assert f"A. {reason}" not in now.type("/说明 L08")
    now.type("", "/跳到 监督保障的补充", "本县在考核中被评为优秀等次。")
    assert not [each for each in now.interview.findings if each.code == "L08" and each.is_open]


@pytest.mark.parametrize("line", ["用回原文 解读和互动", "改写 收到申请的情况", "不写 编制依据"])
def test_a_command_about_a_paragraph_is_no_reason(line: str) -> None:
    now = county(evaluation="没有开展")
    now.type("说明 L08", line)
    assert "L08" not in now.interview.answers.acknowledged
