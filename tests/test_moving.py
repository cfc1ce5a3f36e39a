"""Going to a question and back to where one was."""

import pytest

from assistant.answers import Answers, load
from assistant.dialog.interview import command, move
from assistant.form.loader import open_library
from assistant.form.model import Fact
from tests.conftest import SAMPLES
from tests.machines import CHANNELS, Talk, talk


def test_from_a_finding_to_its_cell_and_back() -> None:
    now = talk("received_letter", received_total="3", received_in_person="1", received_fax="0")
    now.type("0", "网络1", "/跳到 50", "R01")
    assert now.at == "received_total"
    now.type("/回来")
    assert now.interview.edition.questions[now.at].id == list(now.interview.edition.questions)[49]
    now.type("回来")
    assert now.at == "received_total"


def test_back_to_the_end_of_the_form() -> None:
    now = talk("")
    now.type("/完成", "/跳到 38", "/回来")
    assert now.at == ""


def test_without_a_jump_there_is_nothing_to_go_back_to() -> None:
    now = talk("received_total")
    assert "没有可以回去的题" in now.type("上一题", "回来")
    assert now.at == "respond_other"


def test_going_back_and_forth_changes_no_answer() -> None:
    now = talk("received_total")
    before = now.interview.answers
    now.type("/跳到 11", "/回来", "/跳到 网站", "/下一题", "/回来")
    assert now.at == "received_total"
    assert now.interview.answers == before


def test_of_several_corrections_none_is_taken_without_its_number() -> None:
    now = talk("active_normative_issued", active_total="145", active_normative_published="23")
    now.type("22")
    before = now.interview.answers
    assert "种改法" in now.type("采纳 S03")
    assert now.interview.answers == before
    now.type("采纳 S03 1")
    assert now.interview.answers != before


def test_what_no_report_would_say_is_no_answer() -> None:
    now = talk("lead_office", {"lead_office": "办公室"})
    for line in ("同上", "和去年一样。"):
        assert "不能写进报告" in now.type(line)
    assert "与上年相同的按回车" in now.type("/上一题", "/下一题")
    now.type("/同上年")
    assert now.given("lead_office") == "办公室"


def test_a_change_or_a_question_at_a_reason_is_asked_back() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    assert "有几种意思" in now.type("财政预算改成10")
    assert "要写一句理由" in now.type("A"), "the reason is still wanted"
    assert now.given("key_finance") == "10"


@pytest.mark.parametrize(
    "line",
    [
        "规章 0 0 0",
        "第31题 106",
        "填错了，应是106",
        "其他方式公开政府信息数 条 106",
        "微信",
        "错了",
        "取消",
    ],
)
def test_what_a_hurried_person_types_is_no_reason_unasked(line: str) -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0", line)
    assert not now.interview.answers.acknowledged


def test_a_reason_is_chosen_by_its_letter_and_may_go_on() -> None:
    now = talk("channel_other", **CHANNELS)
    assert "A. 公开栏" in now.type("0")
    for figure in ("1", "２", "11"):
        assert "不像理由" in now.type(figure)
    now.type("Ｂ，已经核对")
    reason = now.interview.answers.acknowledged["L02"].reason
    assert reason == "一部分信息只在上级网站公开，未计入本单位渠道；已经核对"


def test_the_review_says_how_a_reason_is_written() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0", "")
    assert "输入“说明 L02”写理由" in now.type("核对")


RECEIVED = {
    "received_total": "3",
    "received_in_person": "0",
    "received_fax": "0",
    "received_online": "0",
}


def test_one_of_several_cells_is_a_choice_and_never_taken_unasked() -> None:
    now = talk("received_letter", **RECEIVED)
    now.type("0")
    before = now.interview.answers
    said = now.type("采纳 R01")
    assert now.interview.answers == before
    assert "「三、（一）　收到申请数」由3改为0" in said
    now.type("B")
    assert now.given("received_in_person") == "3"
    assert now.given("received_total") == "3"


def test_what_is_explained_is_not_corrected_by_a_bare_word() -> None:
    now = talk("channel_other", **CHANNELS, **RECEIVED)
    now.type("0", "A")
    explained = now.interview.answers
    assert "现在没有可以采纳的改法" in now.type("采纳")
    assert now.interview.answers == explained
    now.type("/跳到 信函", "0")
    broken = now.interview.answers
    assert "R01有5种改法" in now.type("采纳"), "the open one, not the explained one"
    assert now.interview.answers == broken


def test_help_at_a_reason_goes_on_asking_for_it() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    now.type("/问 公开规范性文件")
    assert now.turn.events[-1].finding is not None, "what is heard is what is asked"


def test_a_figure_is_no_answer_to_a_proposal() -> None:
    now = talk("channel_website")
    now.type("1\n2\n3")
    assert "将要改动3项" in now.type("145")
    now.type("是")
    assert now.given("channel_website") == "1"


def test_a_reason_is_never_asked_for_what_is_not_on_the_screen() -> None:
    now = talk("channel_other", **CHANNELS, active_normative_published="2")
    now.type("0", "", "/跳到 制定规范性文件", "0", "")
    said = now.type("/说明", "A")
    asked = now.turn.events[-1].finding
    assert asked is not None
    assert asked.code == "S03"
    assert asked.sentence in said


def test_back_from_a_reason_is_the_question_it_is_about() -> None:
    now = talk("channel_other", **CHANNELS)
    assert "要写一句理由" in now.type("0")
    now.type("/上一题")
    assert now.at == "channel_other"
    assert now.interview.pending is None


def test_from_cell_to_cell_is_no_jump_that_one_comes_back_from() -> None:
    now = talk("received_total")
    now.type("/跳到 30")
    now.turn = move(now.interview, "channel_weibo")
    now.type("/回来")
    assert now.at == "received_total"


def test_what_lost_its_answers_does_not_agree_again() -> None:
    now = talk("received_letter", **RECEIVED)
    now.type("0")
    assert "R01已经相符" not in now.type("撤销")
    now.type("重做")
    assert "R01已经相符" in now.type("当面改成3")


def test_after_a_refusal_enter_twice_leaves_an_optional_question() -> None:
    now = talk("own_1")
    now.type("同上")
    assert "再按一次回车" in now.type("")
    now.type("")
    assert now.at == "own_2"
    assert now.interview.answers.given["own_1"].state == "none"


def test_what_was_refused_is_told_once_and_again_on_coming_back() -> None:
    now = talk("received_total")
    assert "“约3”没有采用" in now.type("约3")
    assert "没有采用" not in now.type("改 网站 28")
    assert "上次输入的“约3”没有采用" in now.type("下一题", "上一题")
    assert "没有采用" not in now.type("改 网站 29")


@pytest.mark.parametrize("at", ["received_total", "channels_used"])
@pytest.mark.parametrize(
    "typed", ["不懂，这个是什么意思？", "要不要算上口头的?", "看不懂", "怎么填呀？"]
)
def test_a_question_at_a_figure_or_a_choice_is_answered_with_its_help(at: str, typed: str) -> None:
    now = talk(at)
    said = now.type(typed)
    assert "口径" in said
    assert "没有采用" not in said
    assert now.given(at) is None


def test_text_typed_at_the_end_of_the_form_is_given_back_there_and_can_be_dropped() -> None:
    now = talk("")
    now.type("")
    kept = now.interview.at_question("").with_draft("许可改成一十五", is_unsent=True)
    turn = command(kept, "finish")
    assert turn.events[-1].draft == "许可改成一十五"
    assert any("表尾：许可改成一十五" in line for event in turn.events for line in event.lines)


@pytest.mark.parametrize("typed", ["没有统计", "没统计过。", "今年未作统计"])
def test_what_was_not_counted_is_no_zero_where_it_may_be_left_out(typed: str) -> None:
    edition = open_library().edition("national-2021")
    now = Talk(Answers(edition, 2025, {}), None, "active_total")
    question = edition.questions["active_total"]
    assert isinstance(question, Fact)
    assert not question.required
    now.type(typed)
    assert now.given("active_total") == "不适用"


def mended_from_the_end(line: str) -> tuple[Talk, str]:
    """A bureau's answers with one that may stay open, mended at the end of the form."""
    shelf = open_library()
    answers = load(SAMPLES / "bureau-2025-typical" / "answers.yaml", shelf).answers
    now = Talk(answers, None, "other_matters")
    now.turn = now.turn._replace(interview=now.interview.at_question(""))
    return now, now.type(*line.split("|"))


@pytest.mark.parametrize(
    "line",
    [
        "跳到 行政许可|43",
        "改 行政许可 43",
        "行政许可改成43",
        "核对|跳到 行政许可|43",
        "跳到 10|改成43",
    ],
)
def test_who_mends_an_answer_from_the_end_comes_back_there(line: str) -> None:
    now, said = mended_from_the_end(line)
    assert now.given("licence_decisions") == "43"
    assert now.at == ""
    assert "必答的都答过了" in said


def test_back_at_the_end_what_is_still_open_is_told() -> None:
    now, said = mended_from_the_end("跳到 上年结转的申请·自然人|9")
    assert now.at == ""
    assert "未了事项：" in said
    assert "跳到 " in said


def test_a_list_mended_leads_back_once_it_is_written() -> None:
    now, _ = mended_from_the_end("跳到 主动公开信息分类|删行 4|丁类 90|")
    assert now.at == ""
    assert now.interview.unjudged == ""


def test_a_jump_to_what_is_open_goes_on_from_there() -> None:
    now = talk("received_total")
    now.type("/跳到 举办各类培训班", "2")
    assert now.at not in ("received_total", "")


def test_who_goes_to_a_finding_is_told_it_again() -> None:
    now = talk("channel_wechat", active_total="3", received_total="3")
    now.type("5", "", "/跳到 received_total")
    assert "L03" in now.type("跳到 L03").splitlines()[1]
