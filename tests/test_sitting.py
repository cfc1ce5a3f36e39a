"""A sitting, clause by clause: last year's answers, what a line can be, what is listed."""

import pytest

from assistant.dialog.interview import command
from assistant.form.loader import Library
from tests.machines import CHANNELS, GROUNDED, Talk, answers_of, spoken, talk

# Last year, answers that do not apply.


def test_last_year_stands_beside_and_is_never_filled_in() -> None:
    now = talk("active_total", {"active_total": "50", "received_total": "3"})
    assert "本年" not in spoken(now.turn.events)
    assert "上年：50条，本年比上年+10（+20.0%）" in now.type("60", "上一题")
    assert "上年：3件" in now.type("跳到 40")
    assert now.given("received_total") is None
    assert "，本年比上年-2" in now.type("1", "上一题")
    assert "%" not in spoken(now.turn.events)


@pytest.mark.parametrize("place", ["active_total", "own_1", "signature_date", "funding"])
def test_no_figure_and_no_text_is_taken_from_last_year(place: str) -> None:
    before = {"active_total": "5", "own_1": "开了会。", "signature_date": "2017年3月1日"}
    now = talk(place, {**before, "funding": "2"})
    now.type("/同上年")
    assert now.given(place) is None


def test_a_fact_is_taken_from_last_year() -> None:
    now = talk("lead_office", {"lead_office": "党政办公室"})
    assert "牵头科室：党政办公室" in now.type("/同上年")
    assert now.given("lead_office") == "党政办公室"
    assert "没有上年的答案" in now.type("同上年")


@pytest.mark.parametrize("place", ["categories", "signature_date"])
def test_same_is_offered_and_taken_for_facts_alone(place: str) -> None:
    now = talk(place, {"categories": "业务动态 12", "signature_date": "2017年3月1日"})
    assert "同上年" not in now.type("/上一题", "/下一题")
    now.type("/同上年")
    assert now.given(place) is None


def test_answers_that_no_longer_apply_are_kept_and_unseen() -> None:
    now = talk("active_total", leading_group="已成立", leading_group_head="镇长")
    said = now.type("领导小组改成未单独成立")
    assert "「领导小组组长」。原来的答案留着" in said
    assert now.given("leading_group_head") == "镇长"
    assert "镇长" not in now.type("/总览")
    assert "现在不需要回答" in now.type("/跳到 4")
    assert "重新有效：「领导小组组长」" in now.type("领导小组改成已成立")


LED = {"leading_group": "已成立", "leading_group_head": "镇长"}


@pytest.mark.parametrize("line", ["清除", "2"])
def test_what_ceases_to_apply_is_said(line: str) -> None:
    assert "「领导小组组长」。原来的答案留着" in talk("leading_group", **LED).type(line)


@pytest.mark.parametrize("lines", [["清除", "撤销"], ["2", "/撤销"], ["2", "/撤销", "重做"]])
def test_undo_and_redo_say_what_applies(lines: list[str]) -> None:
    assert "「领导小组组长」" in talk("leading_group", **LED).type(*lines)


# What a line can be.


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("收到3件，网络2件，当面1件", {"received_total": "3", "received_online": "2"}),
        ("把网站改成28", {"channel_website": "28"}),
        ("改 审计 1", {"key_audit": "1"}),
    ],
)
def test_answers_can_be_named_anywhere(line: str, taken: dict[str, str]) -> None:
    now = talk("complaints_total")
    now.type(line)
    for name, text in taken.items():
        assert now.given(name) == text
    assert (now.at, now.given("complaints_total")) == ("complaints_total", None)


def test_many_answers_are_echoed_as_one_list() -> None:
    now = talk("received_total")
    assert "记下5项" in now.type("收到3件，当面1件，传真0，网络2件，信函0")
    assert now.kinds == ["echo", "ask"]


def test_a_pasted_column_wants_consent_and_starts_at_the_question() -> None:
    now = talk("received_total")
    assert "将要改动下面5项" in now.type("3\n1\n0\n2\n0")
    assert now.given("received_total") is None
    now.type("是")
    assert now.all("received_total", "received_in_person", "received_online") == ["3", "1", "2"]


def test_a_pasted_block_names_what_it_cannot_place() -> None:
    now = talk("active_total", channel_website="5")
    said = now.type("收到申请数\t3\n政府网站公开政府信息数\t28\n别的数\t7\n传真申请数\t")
    assert "别的数\t7" in said
    assert "「传真申请数」" in said
    assert "政府网站公开政府信息数：5改为28" in said
    assert "什么也没有改" in now.type("上一题")
    assert now.given("channel_website") == "5"


@pytest.mark.parametrize("line", ["/上一题", "／上一题", "、上一题", "上一题", "/back", "返回"])
def test_a_command_in_all_its_spellings(line: str) -> None:
    now = talk("received_fax")
    now.type(line)
    assert now.at == "received_in_person"


def test_figures_named_at_a_list_are_no_row_of_it() -> None:
    now = talk("categories")
    assert "有几种意思" in now.type("收到3，网络2")
    now.type("B")
    assert now.all("categories", "received_total") == [None, "3"]


@pytest.mark.parametrize(("place", "said"), [("lead_office", "收到3件"), ("own_1", "收到3件。")])
def test_at_free_text_only_a_slash_commands(place: str, said: str) -> None:
    now = talk(place)
    now.type("收到3件")
    assert now.all(place, "received_total") == [said, None]
    now.type("/跳到 微信")
    assert now.at == "channel_wechat"


@pytest.mark.parametrize("line", ["保存", "上一题", "总览"])
def test_a_whole_line_equal_to_a_command_is_asked_back(line: str) -> None:
    now = talk("lead_office")
    assert f"A. 作为这一题的答案：{line}" in now.type(line)
    assert now.given("lead_office") is None
    assert now.type("B") == Talk(now.interview.answers, None, "lead_office").type(f"/{line}")
    now.type("/跳到 6", line, "A")
    assert now.given("lead_office") == line


def test_what_is_ambiguous_is_chosen_by_its_mark() -> None:
    now = talk("complaints_total")
    assert "B. 填写「五、（二）　行政诉讼被依法纠错」1" in now.type("被依法纠错数1")
    assert now.all("review_corrected", "litigation_corrected") == [None, None]
    now.type("B")
    assert now.all("review_corrected", "litigation_corrected") == [None, "1"]
    assert "没有选" in now.type("被依法纠错数2", "")
    assert now.interview.drafts == {"complaints_total": "被依法纠错数2"}


def test_a_number_that_is_not_offered_is_asked_again() -> None:
    now = talk("complaints_total")
    assert "“7”没有采用，这里请输入字母" in now.type("被依法纠错数1", "7")
    assert now.given("complaints_total") is None
    now.type("否", "7")
    assert now.given("complaints_total") == "7"


def test_a_text_chooses_nothing_and_is_no_answer_meanwhile() -> None:
    now = talk("lead_office")
    assert "有几种意思" in now.type("网站改成28")
    assert "“已成立”没有采用" in now.type("已成立")
    assert now.given("lead_office") is None
    now.type("A")
    assert now.given("lead_office") == "网站改成28"


@pytest.mark.parametrize("lines", [["被依法纠错数1"], ["/跳到 9", "甲办法", "/删行 {}"]])
def test_very_long_numbers_do_no_harm(lines: list[str]) -> None:
    now = talk("complaints_total")
    number = "9" * 5_000
    lines = [*lines, number] if len(lines) == 1 else lines
    now.type(*(line.format(number) for line in lines))


def test_a_question_is_answered_and_the_place_kept() -> None:
    now = talk("received_total")
    related = now.type("什么是规范性文件")
    assert "输入“问 制定规范性文件”　看「一　制发规范性文件总数」的说明" in related
    assert "关于「制发规范性文件总数」" in now.type("问 制定规范性文件")
    assert "关于「传真申请数」" in now.type("传真申请数是什么意思")
    assert now.at == "received_total"
    assert "没有关于「月亮」" in now.type("什么是月亮")


@pytest.mark.parametrize("typed", ["0", "1", "2", "22"])
def test_a_figure_typed_after_a_term_is_the_answer(typed: str) -> None:
    now = talk("active_normative_published", active_total="30")
    now.type("什么是规范性文件")
    assert now.turn.events[-1].cell == now.at, "the question stands on the screen again"
    now.type(typed)
    assert now.given("active_normative_published") == typed


def test_what_is_related_to_a_term_is_asked_with_a_slash_among_free_text() -> None:
    now = talk("own_2")
    assert "输入“/问 制定规范性文件”" in now.type("/问 规范性文件")
    assert "关于「制发规范性文件总数」" in now.type("/问 制定规范性文件")
    assert now.at == "own_2"


def test_help_goes_deeper_step_by_step() -> None:
    now = talk("received_total")
    assert "口径：" in now.type("?")
    assert "例子：" in now.type("？")
    assert now.kinds == ["help"]
    assert "口径：" in now.type("帮助")


@pytest.mark.parametrize(
    ("line", "near"), [("/上一提", "/上一题"), ("／核队", "/核对"), ("/udno", "/撤销")]
)
def test_an_unknown_command_suggests(line: str, near: str) -> None:
    now = talk("lead_office")
    assert near in now.type(line)
    assert now.kinds == ["refusal", "ask"]
    assert now.given("lead_office") is None


def test_enter_alone_keeps_goes_on_or_says_none() -> None:
    now = talk("received_total", received_total="3")
    now.type("")
    assert (now.at, now.given("received_total")) == ("received_in_person", "3")
    assert "还没有答案" in now.type("")
    assert now.at == "received_in_person"
    now.type("跳到 其他需要报告的事项", "", "")
    assert now.all("other_matters", "own_1", "own_2") == ["不适用", "不适用", None]


@pytest.mark.parametrize("line", ["3\n1\n0", "被依法纠错数1"])
def test_a_key_does_not_drop_what_waits_for_a_word(line: str) -> None:
    now = talk("received_total")
    now.type(line)
    turn = command(now.interview, "save")
    assert turn.interview.pending or "没有采用" in spoken(turn.events)


# Lists, row by row.


def test_rows_are_added_removed_and_found_again() -> None:
    now = talk("categories")
    now.type("业务动态 12", "机构职能 8")
    assert now.given("categories") == "业务动态 12；机构职能 8"
    assert now.at == "categories"
    assert "还有1行" in now.type("/删行 1")
    assert now.given("categories") == "机构职能 8"
    assert "现在有1行" in now.type("/删行 5")
    now.type("/删行 1", "撤销" if now.at != "categories" else "/撤销")
    assert now.given("categories") == "机构职能 8"


@pytest.mark.parametrize("line", ["无", "没有"])
def test_a_word_for_none_ends_a_list(line: str) -> None:
    now = talk("systems_revised")
    now.type("保密办法", line)
    assert (now.at, now.given("systems_revised")) == ("channels_used", "保密办法")


@pytest.mark.parametrize("line", ["暂缺", "待核实", "不适用"])
def test_a_word_of_state_is_no_row(line: str) -> None:
    now = talk("systems_revised", systems_revised="保密办法")
    now.type(line)
    assert f"；{line}" not in str(now.given("systems_revised"))


def test_a_problem_and_its_measure_are_chosen_one_after_the_other() -> None:
    now = talk("problems")
    assert "「申请办理不够规范」对应的措施" in now.type("6")
    now.type("2")
    assert now.given("problems") == "申请办理不够规范：规范答复文书"
    assert "“9”不是列出的措施" in now.type("1", "9")
    assert now.given("problems") == "申请办理不够规范：规范答复文书"


def test_clearing_takes_one_answer_and_undo_brings_it_back() -> None:
    now = talk("received_total", received_total="3")
    assert "「收到申请数」的答案已清除" in now.type("清除")
    assert (now.at, now.given("received_total")) == ("received_total", None)
    assert "还没有答案，不用清除" in now.type("清除")
    now.type("撤销")
    assert now.given("received_total") == "3"


# What is listed.


def test_the_review_names_what_is_unread_absent_and_missing() -> None:
    now = talk("received_total", body_kind="村", leading_group="暂缺，待定", lead_office="办公室")
    said = now.type("核对")
    assert "第2题　单位类型（文件里写的“村”没有采用）" in said
    assert "第3题　领导小组（标为暂缺，待定）" in said
    assert "第7题　人员安排" in said
    assert "牵头科室" not in said
    assert now.turn.ui_request == "findings"
    assert now.at == "received_total"


def test_the_overview_shows_every_part_with_its_answers() -> None:
    now = talk("received_total", received_total="3", received_fax="暂缺")
    said = now.type("总览")
    assert "三、依申请公开情况：共23题，还剩21题" in said
    assert "收到申请数：3件" in said
    assert "传真申请数：暂缺" in said
    assert "网络申请数：（还没有答）" in said


def test_finishing_lists_what_is_open_and_wishes_the_documents() -> None:
    now = talk("channel_other", **CHANNELS)
    said = now.type("0", "", "完成")
    assert "请核实1项" in said
    assert "L02" in said
    assert (now.turn.ui_request, now.at) == ("write", "")
    assert "还没有答" not in now.type("上一题")
    assert now.at == "scope_name"


def test_unread_answers_are_asked_again_with_what_was_written() -> None:
    now = Talk(answers_of({**GROUNDED, "body_kind": "村"}))
    assert now.at == "body_kind"
    assert "“村”没有采用" in spoken(now.turn.events)
    assert now.interview.drafts == {"body_kind": "村"}


# What a term means.


@pytest.mark.parametrize("line", ["什么是依申请公开", "依申请公开是什么意思？", "问 依申请公开"])
def test_a_term_is_explained_before_its_questions(line: str) -> None:
    said = talk("received_total").type(line)
    assert "公民、法人或者其他组织因生产、生活、科研等特殊需要提出申请" in said
    assert "第十三条" in said


def test_a_term_that_many_labels_hold_is_explained_alone() -> None:
    now = talk("received_total")
    assert "制作或者获取" in now.type("什么是政府信息")
    assert now.at == "received_total"
    assert now.interview.pending is None


def test_an_edition_based_on_another_knows_its_terms(shelf: Library) -> None:
    beijing, national = (shelf.edition(each) for each in ("beijing-2014", "national-2014"))
    assert national.terms == beijing.terms


def test_asking_on_after_a_term_loses_nothing_and_says_nothing() -> None:
    now = talk("received_total")
    now.type("什么是规范性文件")
    said = now.type("什么是行政诉讼")
    assert "没有采用" not in said
    assert "向人民法院起诉" in said


def test_a_row_of_a_list_is_dropped_as_the_menu_says() -> None:
    now = talk("systems_revised")
    now.type("甲办法", "乙办法")
    assert "第2行已删去" in now.type("删行 2")
    assert now.given("systems_revised") == "甲办法"
