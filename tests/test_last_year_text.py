"""Last year's words with this year's figures: nothing of last year's is taken unseen."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.dialog.interview.last_year_words import left_out
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


UNNAMED = "2025年示例窗口共登记来件12件，均当场说明。"
"""The words name no figure of the form; the town had 12 new applications, and has 20 now."""


def test_a_number_that_was_a_figure_last_year_is_asked_with_that_figure_first() -> None:
    now = talk(UNNAMED)
    said = now.type("/同上年")
    assert "A. 印「新收政府信息公开申请·总计」20件" in said
    assert "2026年示例窗口共登记来件20件，均当场说明。" in now.type("A")
    now.type("是")
    assert "{new_received.total}" in str(now.interview.answers.given["own_requests"].value)


@pytest.mark.parametrize("text", [UNNAMED, UNNAMED.replace("登记来件", "登记")])
def test_enter_never_makes_last_years_figure_the_bodys_own(text: str) -> None:
    now = talk(text)
    now.type("/同上年", "12")
    said = now.type("是")
    assert "像是上年的数：「新收政府信息公开申请·总计」上年正是这个数，今年是20件" in said
    assert "是本单位自己的数吗" not in said
    now.type("")
    assert not now.interview.answers.acknowledged
    assert [each for each in now.interview.findings if each.code == "T12" and each.is_open]


def test_a_small_number_is_compared_with_totals_of_last_year_alone() -> None:
    text = "走访园区5家，接待来访2件，宣传3次。"  # 5 were granted, 2 documents made, 3 trainings
    now = talk(text)
    assert "A. " not in now.type("/同上年")
    said = now.type("5")
    assert "「结转下年度的申请·总计」2件" in said
    assert "「行政规范性文件·本年制发件数」2件" in said
    assert "商业企业" not in said
    assert "A. 印「培训次数」3次" in now.type("4")


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2025 年，示例镇改版网站。", "2026 年，示例镇改版网站。"),
        ("与2024年相比有改进，2026年我们将继续。", "与2025年相比有改进，2027年我们将继续。"),
        ("二〇二五年，示例镇改版网站。", "二〇二六年，示例镇改版网站。"),
        ("2024—2025年，示例镇改版网站。", "2025—2026年，示例镇改版网站。"),
        ("按《2025年示例要点》改版网站。", "按《2026年示例要点》改版网站。"),
        ("按示政发〔2025〕8号文件改版网站。", "按示政发〔2025〕8号文件改版网站。"),
        ("《条例》（2019年修订）施行，示例镇改版网站。",) * 2,
    ],
)
def test_years_around_the_report_year_move_with_it(text: str, moved: str) -> None:
    now = talk(text, "own_problems")
    said = now.type("/同上年")
    assert "将要改动下面1项" in said
    assert moved in said


def test_another_year_is_asked_about_and_stays_by_enter() -> None:
    now = talk("自2021年起设立查阅点，2019年成立专班。", "own_problems")
    assert "写的是“自2021”，今年写哪一年" in now.type("/同上年")
    now.type("")
    assert "自2021年起设立查阅点，2020年成立专班。" in now.type("2020年")


@pytest.mark.parametrize("text", ["自然人申请8件。", "受理申请13件。", "自然人申请约10件。"])
def test_a_number_that_names_a_figure_is_asked_with_it(text: str) -> None:
    now = talk(text)
    assert "A. 印「" in now.type("/同上年")
    now.type("A", "是")
    assert "{new_received." in str(now.interview.answers.given["own_requests"].value)


def test_last_year_is_quoted_as_it_was_written() -> None:
    now = talk("2025年度我镇在{new_received.total}个点位接待来访35批次。")
    assert "上年（2025年）写的是“2025年度我镇在12个点位接待来访35批次”" in now.type("/同上年")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("收到申请{new_received.total}件。督促发布动态35条，确保准确。", "收到申请20件。"),
        ("制作短片{new_received.total}部，其中3部获奖、4部展播，深受欢迎。",) * 2,
        (
            "收到申请{new_received.total}件，接待来访35批次，其中当面15批次，占43%。",
            "收到申请20件。",
        ),
        ("收到申请{new_received.total}件（另有来访35批次）。", "收到申请20件。"),
        ("收到申请{new_received.total}件，按照要求，接待来访35批次，确保满意。", "收到申请20件，"),
    ],
)
def test_what_stays_when_a_number_is_left_out_is_a_sentence(text: str, left: str) -> None:
    now = talk(text)
    said = now.type("/同上年", "去掉")
    left = left.replace("{new_received.total}", "20").replace("，其中3部获奖、4部展播", "")
    assert left in said
    for orphan in ("其中", "占43%", "确保准确", "接待"):
        assert orphan not in said


WORDS = st.text(st.sampled_from("开会次其中占按照要求3，；：。、（）“”{}\n"), max_size=40)


@given(WORDS, WORDS)
def test_what_is_left_out_holds_the_number_and_leaves_no_lone_mark(head: str, tail: str) -> None:
    text, at = f"{head}3{tail}", len(head)
    start, stop = left_out(text, at)
    assert 0 <= start <= at < stop <= len(text)
    clean = not re.search("[，；：。][，；：。]|(?:^|\\n)[，；：。]", text)
    assert not clean or not re.search("[，；：][。\\n]", text[:start][-1:] + text[stop:][:1])


def test_no_number_of_a_name_is_asked_for() -> None:
    now = talk("畅通12345热线、110报警等渠道，落实三审三校。")
    assert "将要改动下面1项" in now.type("/同上年")


def test_a_figure_that_is_not_there_yet_is_told_by_its_name() -> None:
    now = talk("主动公开政府信息{active_total}条，均已登记", "own_requests", active_total=Answer(0))
    said = now.type("/同上年")
    said += now.type("是")
    assert "{" not in said
    assert all("{" not in each.excerpt for each in now.interview.findings)
