"""Choices told by a part of their label."""

import pytest

from assistant.answers import read_given
from assistant.form.loader import open_library
from assistant.intents.readers import read_parts
from tests.data.cases import cases
from tests.machines import Talk, talk


@pytest.mark.parametrize(
    ("at", "typed", "chosen"),
    cases("options_typed"),
)
def test_a_part_of_one_label_chooses_it_and_is_said_back(at: str, typed: str, chosen: str) -> None:
    now = talk(at)
    said = now.type(typed)
    assert now.given(at) == chosen
    assert f"：{chosen}" in said


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("不掌握", ["无法提供（本机关不掌握）"]),
        ("掌握", []),
        ("予以公开和不掌握", ["予以公开", "无法提供（本机关不掌握）"]),
        ("重复申请、行政执法案卷", ["不予处理（重复申请）", "不予公开（属于行政执法案卷）"]),
        ("予以公开和喇叭", []),
    ],
)
def test_only_the_phrase_that_holds_the_words_can_say_the_opposite(
    typed: str, chosen: list[str]
) -> None:
    results = open_library().edition("national-2021").questions["results"]
    found = read_parts(typed, results, is_whole=True)
    assert (found.entries[0][1].split("、") if found else []) == chosen


@pytest.mark.parametrize("typed", ["成立", "单独成立", "单独", "是", "否", "没有", "不", "立立"])
def test_what_may_mean_the_opposite_or_several_is_not_taken(typed: str) -> None:
    now = talk("leading_group")
    before = now.given("leading_group")
    assert "不在可选范围内" in now.type(typed)
    assert now.given("leading_group") == before


@pytest.mark.parametrize("typed", ["一", "ow", "9"])
def test_numerals_and_letters_are_no_part_of_a_label(typed: str) -> None:
    now = talk("body_kind")
    before = now.given("body_kind")
    now.type(typed)
    assert now.given("body_kind") == before


def test_of_several_the_ones_that_hold_the_words_are_named() -> None:
    said = talk("channels_used").type("政务")
    assert "不在可选范围内，相近的有：政务微博、政务微信。" in said


@pytest.mark.parametrize("typed", ["网站、喇叭、微信", "喇叭、2"])
def test_the_part_that_is_no_choice_is_named(typed: str) -> None:
    now = talk("channels_used")
    assert "其中的“喇叭”不在可选范围内" in now.type(typed)
    assert now.given("channels_used") is None


def test_a_number_of_another_question_is_still_heard_at_a_choice() -> None:
    now = talk("channels_used")
    now.type("网站改成28")
    assert now.given("channel_website") == "28"


def test_figures_at_a_choice_are_no_row_of_the_form() -> None:
    now = talk("leading_group")
    said = now.type("1　0")
    assert "不在可选范围内" in said
    assert "后面没有可填的题" not in said


def test_a_cell_that_did_not_occur_names_the_choice_it_hangs_on() -> None:
    edition = open_library().edition("national-2021")
    given = {"applicants": "自然人", "results": "予以公开"}
    answers = read_given(edition, 2025, given, open_library().sentences).answers
    now = Talk(answers, None, "new_received.natural")
    said = now.type("/跳到 部分公开·商业企业")
    assert "取决于「出现的办理结果」「涉及的申请人」怎么选" in said


@pytest.mark.parametrize(
    ("at", "shown", "typed"),
    [
        ("oversight", "2. 日常检查　定期对照目录检查公开内容", "2"),
        ("body_kind", "5. 政府信息公开工作主管部门　本级政府", "5"),
        ("also_told", "13. 新媒体账号　再问新媒体账号数、新开设账号数、注销账号数", "13"),
        ("applicants", "1. 自然人\n", "自然人"),
    ],
)
def test_an_option_shows_what_it_writes_or_asks(at: str, shown: str, typed: str) -> None:
    edition = open_library().edition("national-2021")
    answers = read_given(edition, 2025, {}, open_library().sentences).answers
    now = Talk(answers, None, at)
    assert shown in now.type("下一题", "上一题")
    now.type(typed)
    label = shown.partition(" ")[2].partition("　")[0].strip()
    assert now.given(at) == label


def test_a_measure_shows_its_sentence_where_it_is_paired_with_a_problem() -> None:
    edition = open_library().edition("national-2021")
    answers = read_given(edition, 2025, {}, open_library().sentences).answers
    assert "　落实发布前的校对和复核，统一信息格式" in Talk(answers, None, "problems").type(
        "信息质量不高"
    )


def test_the_next_row_of_a_list_is_asked_for_without_its_options_again() -> None:
    now = talk("problems")
    now.type("栏目长期没有更新：逐月核对栏目，责任到人")
    asked = now.turn.events[-1]
    assert asked.choices == ()
    assert [line[:4] for line in asked.lines] == ["已记1行"]
