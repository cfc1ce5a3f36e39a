"""The conversation, clause by clause: what is typed, what is said, what is kept."""

import re

import pytest

from assistant.dialog.interview import what_is_open
from assistant.form.model import Edition
from tests.machines import CHANNELS, spoken, talk

WAYS = ("received_in_person", "received_fax", "received_online", "received_letter")


# Leaving never validates and never destroys.

LEAVING = ["上一题", "下一题", "/跳到微信", "继续", "？", "保存", "命令", "完成", "退出"]
LOOKING = ["核对", "总览", "文稿", "统计表"]


@pytest.mark.parametrize("line", [*LEAVING, *LOOKING])
def test_leaving_keeps_answers_and_what_was_typed(line: str) -> None:
    now = talk("received_total", own_1="暂缺")
    now.type("大约三件")
    before = now.interview
    now.type(line)
    assert now.interview.answers == before.answers
    assert now.interview.drafts == before.drafts
    assert "refusal" not in now.kinds


@pytest.mark.parametrize("line", [*LEAVING, *LOOKING])
def test_leaving_a_wanted_reason_keeps_the_finding_open(line: str) -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    before = now.interview.answers
    now.type(line)
    assert now.interview.answers == before
    assert "L02" in now.type("/核对")


@pytest.mark.parametrize("line", ["帮助", "保存", "总览", "什么是规范性文件"])
def test_looking_around_keeps_the_left_half_of_a_row(line: str) -> None:
    now = talk("problems")
    now.type("申请办理不够规范", line, "规范答复文书")
    assert now.given("problems") == "申请办理不够规范：规范答复文书"


def test_refused_text_stays_as_the_draft_of_its_question() -> None:
    now = talk("received_total")
    now.type("大约三件", "上一题", "5")
    assert "上次输入的“大约三件”没有采用" in now.type("跳到 40")
    assert now.turn.events[-1].refused == "大约三件"
    assert "大约三件" not in now.type("3", "上一题", "上一题")


def test_enter_does_not_throw_refused_text_away() -> None:
    now = talk("systems_revised")
    said = now.type("甲办法；甲办法", "")
    assert "甲办法；甲办法" in said or now.interview.drafts


def test_going_back_is_not_undo() -> None:
    now = talk("received_total")
    now.type("3", "上一题")
    assert (now.at, now.given("received_total")) == ("received_total", "3")
    now.type("撤销")
    assert (now.at, now.given("received_total")) == ("received_total", None)


def test_a_new_answer_after_undo_leaves_nothing_to_redo() -> None:
    now = talk("received_total")
    assert "没有可以重做" in now.type("3", "撤销", "4", "重做")


def test_undoing_a_reason_says_which() -> None:
    now = talk("channel_other", **CHANNELS)
    assert "L02" in now.type("0", "公开栏未计入渠道", "撤销")


# The order of the form, totals of zero, remainders.


def test_the_order_of_the_form_and_totals_first(edition: Edition) -> None:
    now = talk("received_total")
    asked = [now.at]
    while len(asked) < 6:
        now.type("1")
        asked.append(now.at)
    assert asked == ["received_total", *WAYS, "completed_total"]
    order = list(edition.asked)
    assert all(
        order.index(check.total) < min(map(order.index, check.parts))
        for check in edition.checks
        if check.kind == "sum" and check.level == "error"
    )


def test_a_total_of_zero_fills_its_parts_and_says_so() -> None:
    now = talk("received_total")
    said = now.type("0")
    assert now.all(*WAYS) == ["0"] * 4
    assert all(f"「{now.interview.edition.name(name)}」" in said for name in WAYS)
    assert "撤销" in said
    assert now.given("completed_total") is None
    assert now.at == WAYS[0]
    assert "按回车到下一个没填的题" in said
    now.type("")
    assert now.at == "completed_total"
    now.type("撤销")
    assert now.all("received_total", *WAYS) == [None] * 5


def test_figures_typed_along_the_printed_form_meet_their_own_questions() -> None:
    now = talk("press_total")
    order = [row.id for row in now.interview.edition.indicators]
    names = order[order.index("press_total") :][:12]
    figures = [*"0000", "18", *"0300000"]
    now.type(*figures)
    assert now.all(*names) == figures


def test_zeros_that_were_typed_stay_when_the_total_changes() -> None:
    now = talk("received_total")
    now.type("0", "0", "0")
    said = now.type("收到改成3")
    assert now.all("received_total", *WAYS) == ["3", "0", "0", None, None]
    assert "请重新填写：「网络申请数」、「信函申请数」" in said


def test_zeros_follow_through_at_most_and_sums_below() -> None:
    now = talk("replied_total")
    now.type("0", "跳到 33", "0", "跳到 11", "0")
    assert now.all("reply_refuse", "refuse_privacy", "press_principal") == ["0"] * 3
    assert now.all("active_normative_published", "channel_website", "key_total") == [
        "0",
        None,
        None,
    ]


def test_zeros_never_replace_an_answer() -> None:
    now = talk("received_total", received_fax="2")
    now.type("0")
    assert now.all(*WAYS) == ["0", "2", "0", "0"]
    assert now.codes() == ["R01"]


def test_a_total_no_longer_zero_takes_the_zeros_back() -> None:
    now = talk("received_total")
    said = now.type("0", "收到改成3")
    assert now.all("received_total", *WAYS) == ["3", None, None, None, None]
    assert "请重新填写" in said
    assert "「信函申请数」" in said


@pytest.mark.parametrize("between", ["清除", "暂缺"])
def test_zeros_go_with_the_zero_they_follow_from(between: str) -> None:
    now = talk("received_total")
    now.type("0", "跳到 40", between, "跳到 40", "3")
    assert now.all(*WAYS) == [None] * 4


def test_taking_zeros_back_leaves_other_answers() -> None:
    now = talk("received_total")
    now.type("0", "跳到 42", "暂缺，等传真室", "收到改成3")
    assert now.given("received_fax") == "暂缺，等传真室"


def test_the_remainder_of_a_sum_is_shown_until_the_last_part() -> None:
    now = talk("received_total")
    assert "还剩3件没有分到各项" in now.type("3")
    assert "还剩1件" in now.type("2")
    now.type("0")
    assert "还剩1件没有分到各项，这是最后一项" in now.type("0")
    assert "已填的分项多出1件" in now.type("跳到 41", "4", "跳到 42")


@pytest.mark.parametrize("place", ["15", "12", "28"])
def test_no_remainder_within_or_for_channels(place: str) -> None:
    now = talk(active_total="3", key_total="3")
    assert "没有分到各项" not in now.type(f"跳到 {place}")


def test_the_rest_of_a_group_in_one_word() -> None:
    now = talk("received_total")
    now.type("3", "3", "其余为0")
    assert now.all(*WAYS) == ["3", "0", "0", "0"]
    assert now.at == "completed_total"
    assert "没有空着的项" in now.type("跳到 41", "其余为0")


def test_a_group_is_denied_in_one_line() -> None:
    now = talk("received_total")
    now.type("没有复议")
    assert now.all("review_total", "review_upheld", "review_corrected", "review_other") == ["0"] * 4
    assert now.at == "received_total"


def test_denying_a_heading_wants_consent() -> None:
    now = talk("received_total")
    assert "将要改动下面23项" in now.type("没有依申请公开")
    assert now.given("received_total") is None
    assert "什么也没有改" in now.type("否")
    now.type("没有依申请公开", "是")
    assert now.all("received_total", "completed_total", "refuse_privacy") == ["0"] * 3


# Answers refused, checks that speak, reasons.


@pytest.mark.parametrize(
    ("at", "line", "reason"),
    [
        ("received_total", "大约3", "例如“145”"),
        ("received_total", "3条", "例如“12件”"),
        ("received_total", "-1", "没有发生的填0"),
        ("funding", "3.1234567", "最多写6位小数"),
        ("body_kind", "村委会", "镇人民政府"),
        ("signature_date", "2018年2月30日", "没有这一天"),
        ("channels_used", "无", "至少要有1项"),
    ],
)
def test_a_wrong_answer_is_refused_with_reason_and_example(at: str, line: str, reason: str) -> None:
    now = talk(at)
    before = now.interview.answers
    said = now.type(line)
    assert now.kinds == ["refusal", "ask"]
    assert reason in said
    assert line in said
    assert (now.at, now.interview.answers) == (at, before)


def test_a_check_speaks_when_its_last_operand_is_known_and_once() -> None:
    now = talk("received_total")
    spoke = []
    for line in ["3", "1", "0", "1", "0", "2", "1", "1"]:
        now.type(line)
        spoke.append([code for code in now.codes() if code == "R01"])
    assert spoke == [[], [], [], [], ["R01"], [], [], []]


def test_what_is_put_right_is_said() -> None:
    now = talk("received_letter", received_total="3", received_in_person="1")
    now.type("0", "传真0，网络1")
    assert now.codes() == ["R01"]
    assert "R01已经相符" in now.type("网络改成2")


@pytest.mark.parametrize("lines", [["/删行 1", ""], ["另一类 1", ""], ["/清除", "/撤销", "/重做"]])
def test_checks_speak_whatever_changed_the_answers(lines: list[str]) -> None:
    rows = "业务动态 12；机构职能 8；类 1" if len(lines) > 2 else "业务动态 12；机构职能 8"
    now = talk("categories", active_total="20", categories=rows)
    said = "".join(now.type(line) for line in lines)
    assert "T02　按内容分类的条数之和" in said


@pytest.mark.parametrize("line", ["/上一题", "/跳到 28"])
def test_a_list_that_is_left_is_checked(line: str) -> None:
    now = talk("categories", active_total="20", categories="业务动态 12；机构职能 8")
    assert "T02" not in now.type("另一类 1", "/改 网站 28", "")
    assert now.at == "categories"
    assert "T02" in now.type(line)


def test_an_error_blocks_only_finishing() -> None:
    now = talk("received_letter", received_total="3", received_in_person="1", received_fax="0")
    now.type("0", "网络1")
    assert now.at == "completed_total"
    assert "必须改正1项" in now.type("完成")
    assert now.turn.ui_request == "write"


def test_a_confirm_asks_for_a_reason() -> None:
    now = talk("channel_other", **CHANNELS)
    assert "L02要写一句理由" in now.type("0")
    assert now.turn.events[-1].kind == "ask"
    assert "的理由：公开栏未计入渠道" in now.type("公开栏未计入渠道")
    assert now.interview.answers.acknowledged["L02"].reason == "公开栏未计入渠道"
    assert now.at == "response_hot_topics"


@pytest.mark.parametrize("line", ["短", "。。。", "12345", "——"])
def test_a_reason_is_a_sentence(line: str) -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    assert "不像理由" in now.type(line)
    assert "L02" not in now.interview.answers.acknowledged
    assert now.turn.events[-1].refused == line


def test_a_reason_may_be_put_off_and_given_later() -> None:
    now = talk("channel_other", **CHANNELS)
    assert "以后再写" in now.type("0", "")
    assert "L02" in now.type("说明")
    assert "的理由：公开栏" in now.type("", "说明 L02 公开栏张贴未计入渠道")
    assert "没有需要说明的事项" in now.type("说明")


def test_a_reason_without_code_is_not_lost() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0", "")
    assert "公开栏张贴" in now.type("说明 公开栏张贴未计入渠道")


def test_changed_numbers_void_a_reason() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0", "公开栏未计入渠道")
    assert "L02要写一句理由" in now.type("网站改成2")


def test_undoing_a_reason_names_its_rule_and_cell_and_no_key() -> None:
    now = talk("channel_wechat", active_total="3")
    assert "L03要写一句理由" in now.type("5")
    now.type("一条信息用了几次")
    said = now.type("撤销")
    assert "L03（政务微信公开政府信息数）的理由：没有" in said
    assert "L03.channel_wechat" not in said
    assert "L03（政务微信公开政府信息数）的理由：一条信息用了几次" in now.type("重做")


def test_a_correction_is_taken_on_request() -> None:
    now = talk("completed_extended", completed_total="3", completed_on_time="2")
    assert "采纳 R02" in now.type("0")
    assert "R02有3种改法" in now.type("采纳 R02"), "nothing is taken while there is a choice"
    assert "这里请输入字母" in now.type("1"), "a figure chooses nothing"
    assert "R02已经相符" in now.type("a")
    assert "没有可以采纳的改法" in now.type("采纳")


def test_what_is_open_is_told_in_one_line_with_a_place_to_go_to() -> None:
    now = talk("received_letter", received_total="3", received_in_person="1", received_fax="0")
    now.type("0", "网络1")
    said = what_is_open(now.interview)
    assert re.match(r"未了事项：\d+题没有答案（含暂缺）；R01必须改正；输入", said)
    place = re.search(r"跳到 (\d+)", said)
    assert place is not None
    now.type(f"跳到 {place[1]}")
    assert now.at
    assert now.given(now.at) is None


@pytest.mark.parametrize(
    "line",
    [
        *("制发22", "制发规范性文件总数22件", "网站28", "网站 28，微信5", "应该是22", "22条"),
        *("应该为22", "制发改成22", "暂缺，等数", "0，待核实"),
    ],
)
def test_figures_at_a_reason_are_asked_back_and_never_a_reason_unasked(line: str) -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    assert "有几种意思" in now.type(line)
    assert not now.interview.answers.acknowledged
    before = now.interview.answers
    now.type("A")
    assert now.interview.answers != before or "有几种意思" in spoken(now.turn.events)
    assert not now.interview.answers.acknowledged


@pytest.mark.parametrize("line", ["暂缺", "没有", "不知道。", "abc", "？？", "甲"])
def test_what_says_nothing_is_no_reason(line: str) -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0", line)
    assert not now.interview.answers.acknowledged


def test_a_table_pasted_at_a_reason_is_shown_as_what_it_is() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    assert "将要改动下面2项" in now.type("举办各类培训班数\t次\t4\n接受培训人员数\t人次\t100")
    assert "要写一句理由" in now.type("是"), "the reason is still wanted"
    assert now.given("trainees") == "100"
    assert not now.interview.answers.acknowledged


@pytest.mark.parametrize("letter", ["a", "B", "Ｂ", "b"])
def test_the_letter_of_a_reason_is_a_reason_whatever_commands_there_are(letter: str) -> None:
    now = talk("channel_other", **CHANNELS)
    asked = now.turn
    now.type("0")
    finding = now.turn.events[-1].finding
    assert finding is not None
    assert len(finding.reasons) > 1
    now.type(letter)
    assert now.interview.answers.acknowledged["L02"].reason == finding.reasons[letter in "BＢb"]
    assert asked is not now.turn


def test_no_reason_takes_the_place_of_a_correction() -> None:
    now = talk("received_letter", received_total="3", received_in_person="1", received_fax="0")
    now.type("0", "网络1")
    assert "R01必须改正，不能用理由代替" in now.type("/说明 R01")


def test_the_table_hears_no_reason() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    assert "理由以后再写" in now.type("填表")
    assert now.interview.pending is None


@pytest.mark.parametrize(
    ("at", "way", "slash"),
    [
        ("received_total", "没有发生的填0；", ""),
        ("funding", "没有发生的填0；", ""),
        ("guide_and_catalogue", "请输入编号；", ""),
        ("channels_used", "请输入编号；", ""),
        ("lead_office", "请写出答案；", "/"),
        ("problems", "请写出答案；", ""),
    ],
)
def test_enter_at_a_question_that_wants_an_answer_says_how_to_give_one(
    at: str, way: str, slash: str
) -> None:
    now = talk(at)
    now.type("/清除")
    said = now.type("")
    assert f"这一题还没有答案。{way}" in said
    assert ("填0" in said) == ("填0" in way)
    assert "写“暂缺”" in said
    assert f"输入“{slash}下一题”" in said
    assert now.at == at
