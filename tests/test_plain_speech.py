"""What people say in their own words of the question on the screen."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.answers import Answer, load
from assistant.dialog.interview.state import WantChoice, WantConsent
from assistant.dialog.session import Session
from assistant.form.loader import open_library
from tests.conftest import SAMPLES
from tests.machines import Talk

BUREAU = load(SAMPLES / "bureau-2025-typical" / "answers.yaml", open_library()).answers


def asked(at: str) -> Talk:
    """A conversation about the bureau's answers at a question that has none."""
    kept = {name: each for name, each in BUREAU.given.items() if name != at}
    return Talk(replace(BUREAU, given=kept), None, at)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("管委会", "其他机关"),
        ("我们是管委会，选哪个", "其他机关"),
        ("我们单位是开发区管理委员会，该选哪个？", "其他机关"),
        ("水务局", "县级以上人民政府部门"),
        ("发展和改革委员会", "县级以上人民政府部门"),
        ("镇政府", "镇人民政府"),
        ("自治区政府", "省级人民政府"),
    ],
)
def test_a_body_finds_its_kind_and_it_is_said_back(typed: str, kind: str) -> None:
    now = asked("body_kind")
    assert f"单位类型：{kind}" in now.type(typed)


@pytest.mark.parametrize("typed", ["不是管委会", "不属于其他机关", "没有局", "是", "我们是"])
def test_what_denies_a_kind_chooses_none(typed: str) -> None:
    now = asked("body_kind")
    now.type(typed)
    assert now.given("body_kind") is None


def test_of_two_kinds_of_one_name_one_is_chosen() -> None:
    now = asked("body_kind")
    said = now.type("市政府")
    assert isinstance(now.interview.pending, WantChoice)
    assert "县（市、区）人民政府" in said
    now.type("B")
    assert now.given("body_kind") == "设区的市人民政府"


@pytest.mark.parametrize("typed", ["没有结转", "无结转", "都没有", "一件也没有。", "今年都没有"])
def test_none_at_all_is_zero_for_the_row_once_agreed_to(typed: str) -> None:
    now = asked("carried_in.natural")
    now.type(typed)
    assert isinstance(now.interview.pending, WantConsent)
    now.type("是")
    assert now.all("carried_in.natural", "carried_in.biz") == ["0", "0"]


def test_none_at_all_of_several_choices_is_none() -> None:
    now = asked("results")
    now.type("都没有")
    assert now.interview.answers.given["results"].value == ()


@pytest.mark.parametrize("at", ["results", "new_received.natural", "unable_not_held.natural"])
def test_a_piece_of_a_name_with_a_figure_is_asked_back(at: str) -> None:
    now = asked(at)
    before = now.given("unable_not_held.natural")
    assert re.search("A. .*无法提供（本机关不掌握）·自然人」(由4改为)?31", now.type("不掌握31"))
    assert now.given("unable_not_held.natural") == before
    now.type("A")
    assert now.given("unable_not_held.natural") == "31"


@pytest.mark.parametrize(("letter", "value"), [("A", "18651.06"), ("B", "1.865106")])
def test_a_bare_amount_of_the_size_of_yuan_is_asked_back(letter: str, value: str) -> None:
    now = asked("fee_amount")
    said = now.type("18651.06")
    assert "A. 作为这一题的答案：18651.06万元" in said
    assert "B. 作为这一题的答案：18651.06元" in said
    now.type(letter)
    assert now.interview.answers.numbers["fee_amount"] == Decimal(value)


@pytest.mark.parametrize("typed", ["999.99", "1.2", "18651.06万元", "18651.06元", "0"])
def test_other_amounts_are_taken_as_they_stand(typed: str) -> None:
    now = asked("fee_amount")
    now.type(typed)
    assert now.given("fee_amount") is not None


@pytest.mark.parametrize(
    ("before", "is_asked"), [("7212.5", False), ("19000", False), ("90", True), ("0", True)]
)
def test_last_years_figure_tells_ten_thousands_from_yuan(before: str, is_asked: bool) -> None:
    now = asked("fee_amount")
    last_year = replace(BUREAU, year=2024, given={"fee_amount": Answer(Decimal(before))})
    now.turn = now.turn._replace(interview=replace(now.interview, previous=last_year))
    assert ("A. 作为这一题的答案" in now.type("18651.06")) is is_asked
    assert (now.given("fee_amount") is None) is is_asked


def test_a_general_measure_word_counts_anything_but_money() -> None:
    now = asked("interpretations")
    assert "3篇（您输入的是“3个”）" in now.type("3个")
    now = asked("fee_amount")
    assert "单位“个”不对" in now.type("3个")


def test_last_year_is_a_year(tmp_path) -> None:
    session = Session(open_library(), tmp_path, date(2026, 3, 1))
    session.start()
    session.say("去年")
    session.say("示例镇人民政府")
    assert session.interview is not None
    assert session.interview.answers.year == 2025
    session.close()


@pytest.mark.parametrize("typed", ["否", "不用", "没有了", "不需要。"])
@pytest.mark.parametrize("at", ["press_conferences", "satisfaction", "drafts_consulted"])
def test_no_at_a_figure_that_may_be_left_out_is_none(at: str, typed: str) -> None:
    now = asked(at)
    assert "：不填" in now.type(typed)
    assert now.interview.answers.given[at].state == "none"


UNTOLD = ["不清楚", "不知道", "没有统计", "没统计", "不填", "先不填"]


@pytest.mark.parametrize("typed", ["", *UNTOLD])
@pytest.mark.parametrize("at", ["active_total", "interpretations", "norm_authority"])
def test_what_may_be_left_out_is_left_untold_and_says_so_everywhere(at: str, typed: str) -> None:
    now = asked(at)
    name = now.interview.edition.name(at)
    assert f"{name}：不填\n" in now.type(typed)
    assert now.interview.answers.given[at].state == "none"
    now.type("/撤销")
    assert f"{name}：不填" in now.type("/重做")
    assert f"{name}：不填" in now.type("/总览")


@pytest.mark.parametrize("typed", UNTOLD)
@pytest.mark.parametrize("at", ["accountability", "fee_amount", "new_received.natural"])
def test_a_figure_that_is_wanted_and_not_there_is_told_the_way(at: str, typed: str) -> None:
    now = asked(at)
    said = now.type(typed)
    assert "现在没有数的写“暂缺”（写出来的是草稿）" in said
    assert "是不是要" not in said
    assert (now.at, now.given(at)) == (at, None)


@pytest.mark.parametrize("typed", ["否", "不用", "没有了"])
@pytest.mark.parametrize("at", ["accountability", "fee_amount", "new_received.natural"])
def test_no_at_a_figure_that_is_wanted_is_asked_back(at: str, typed: str) -> None:
    now = asked(at)
    assert "A. 作为这一题的答案：0" in now.type(typed)
    assert now.given(at) is None
    now.type("A")
    assert now.given(at) == "0"


@pytest.mark.parametrize("typed", ["其它", "其他", "别的"])
def test_another_kind_is_the_option_that_is_called_so(typed: str) -> None:
    now = asked("body_kind")
    assert "单位类型：其他机关" in now.type(typed)
    now = asked("results")
    said = now.type(typed)
    assert "A. 填写「出现的办理结果」其他处理（逾期不补正）" in said
    assert now.given("results") is None
    now.type("C")
    assert now.given("results") == "其他处理（其他情形）"


def test_another_kind_where_there_is_none_chooses_nothing() -> None:
    now = asked("norm_authority")
    now.type("其它")
    assert now.given("norm_authority") is None


@pytest.mark.parametrize("at", ["results", "open.natural"])
def test_a_row_of_the_table_that_has_not_occurred_is_said_at_the_table(at: str) -> None:
    now = asked(at)
    said = now.type("没有结转")
    assert "A. 「二　上年结转的申请·自然人」由1改为0" in said
    assert "B. 「四　结转下年度的申请·自然人」" in said
    before = now.interview.answers
    now.type("B")
    assert isinstance(now.interview.pending, WantConsent)
    assert now.interview.answers == before
    now.type("是")
    assert now.all("carried_out.natural", "carried_out.biz") == ["0", "0"]
    assert now.given("carried_in.natural") == "1"


def test_of_one_row_it_need_not_be_asked_which() -> None:
    now = asked("results")
    now.type("没有上年结转")
    assert isinstance(now.interview.pending, WantConsent)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("检查4次，通报2期", ["4", "2"]),
        ("4次 通报2期", ["4", "2"]),
        ("开展了检查4次、印发通报2期。", ["4", "2"]),
        ("通报2期，检查4次", ["4", "2"]),
        ("检查4期，通报2次", [None, None]),
        ("检查4次，通报2期，喇叭3个", [None, None]),
        ("通报2期，通报3期", [None, None]),
        ("检查4次", ["4", None]),
    ],
)
def test_figures_of_questions_asked_together_are_told_in_one_line(
    typed: str, told: list[str | None]
) -> None:
    now = asked("inspections")
    now.type("改 还要写的情况 检查通报", "/跳到 检查次数", typed)
    assert now.all("inspections", "circulars") == told


@pytest.mark.parametrize("typed", ["看 R01", "查看R01", "r01", "看看 R01"])
def test_the_code_of_a_finding_is_gone_to_however_it_is_called(typed: str) -> None:
    now = asked("fee_amount")
    now.type("/改 new_received.natural 99", typed)
    finding = next(each for each in now.interview.findings if each.code == "R01")
    assert now.at in finding.cells
    assert not now.interview.drafts


def test_parts_told_for_one_number_are_added_up_once_agreed_to() -> None:
    now = asked("licence_decisions")
    said = now.type("林木采伐50件、取水85件")
    assert "作为这一题的答案：135件" in said
    assert now.given("licence_decisions") is None
    now.type("")
    assert now.given("licence_decisions") == "135"


@pytest.mark.parametrize("typed", ["行政诉讼都没有", "诉讼都是0", "没有诉讼"])
def test_what_is_denied_may_stand_before_the_denial(typed: str) -> None:
    now = asked("suit_direct.upheld")
    now.type("/改 suit_after_review.other 3", typed, "是")
    assert now.all("suit_direct.upheld", "suit_after_review.other") == ["0", "0"]


def test_what_is_done_besides_the_options_goes_into_the_text_of_their_part() -> None:
    now = asked("management")
    said = now.type("3、修订了政府信息公开指南，对新媒体逐条审核")
    assert "「政府信息管理的补充」" in said
    now.type("是")
    assert now.given("management") == "保密审查"
    assert now.given("own_management") == "修订了政府信息公开指南，对新媒体逐条审核。"


def test_a_mistyped_option_is_no_text() -> None:
    now = asked("management")
    assert "不在可选范围内" in now.type("保密审核2")
    assert not isinstance(now.interview.pending, WantConsent)


def test_a_text_gets_its_full_stop_and_is_said_once() -> None:
    now = asked("own_oversight")
    said = now.type("区政府每季度检查一次，已通报")
    assert now.given("own_oversight") == "区政府每季度检查一次，已通报。"
    assert said.count("每季度检查一次") == 1


@pytest.mark.parametrize(
    ("typed", "office", "phone"),
    [
        ("党政办公室，电话020-00000000", "党政办公室", "020-00000000"),
        ("党政办公室，联系电话：020-00000000。", "党政办公室", "020-00000000"),
    ],
)
def test_ways_to_reach_a_body_are_taken_from_one_line(typed: str, office: str, phone: str) -> None:
    now = asked("contact_office")
    now.type(typed)
    now.type("是")
    assert now.all("contact_office", "contact_phone") == [office, phone]


def test_an_address_with_a_comma_is_one_answer() -> None:
    now = asked("contact_address")
    now.type("示例路1号，示例大厦2层")
    assert now.given("contact_address") == "示例路1号，示例大厦2层"


def test_a_denial_at_a_number_whose_name_has_its_words_is_zero() -> None:
    now = asked("fee_notices")
    now.type("没有收费")
    assert now.given("fee_notices") == "0"


def test_a_second_telephone_is_not_taken_for_the_first() -> None:
    now = asked("contact_office")
    now.type("党政办公室，电话020-00000000，电话020-00000001")
    assert not isinstance(now.interview.pending, WantConsent)


def test_what_is_done_besides_stands_behind_a_finished_sentence() -> None:
    given = {**BUREAU.given, "own_management": Answer("建立了文件库")}
    del given["management"]
    now = Talk(replace(BUREAU, given=given), None, "management")
    now.type("3、修订了政府信息公开指南")
    now.type("是")
    assert now.given("own_management") == "建立了文件库。修订了政府信息公开指南。"
