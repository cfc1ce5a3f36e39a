"""A pasted block: why a line of it is not taken, and what is shown before it is."""

import re
from collections.abc import Callable
from random import Random

import pytest

from assistant.answers import Answer, Answers
from tests.conftest import SAMPLES
from tests.machines import CHANNELS, Talk, talk
from tests.published.corpus import load, mapped_grids, truth_of
from tests.published.layouts import LAYOUTS, lines_of
from tests.published.mutants import mutate, truth_after
from tests.published.scoring import wrong_cells


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("怪项目\t9", "没有这个名称"),
        ("（二）被依法纠错数\t1", "看不出是哪一题"),
        ("收到申请数\t诉讼\t3", "看不出是哪一题"),
        ("网络申请数\t约4", "不是一个数"),
        ("网络申请数\t1 1", "不是一个数"),
        ("当面申请数\t4", "重复，上面已经有了"),
        ("网络申请数\t2\n网络申请数\t2", "重复，上面已经有了"),
    ],
)
def test_each_line_that_is_left_over_says_why(row: str, why: str) -> None:
    said = talk("received_total").type(f"当面申请数\t3\n{row}")
    assert "有1处没有采用：" in said
    assert f"{row.splitlines()[-1]}　（{why}）" in said
    assert "当面申请数：3" in said


def test_figures_without_a_question_say_so() -> None:
    said = talk("trainings_held").type("1\n2\n3")
    assert "3　（后面没有可填的题）" in said


def test_a_part_of_a_line_comes_twice_or_names_nothing() -> None:
    said = talk("channel_website").type("网站28，网站29，大屏5")
    assert "网站29　（重复，上面已经有了）" in said
    assert "大屏5　（没有这个名称）" in said


def test_a_long_paste_is_told_on_one_screen_and_whole_when_asked_for() -> None:
    now = talk("channel_website")
    odd = [f"怪项目{each}\t9" for each in range(30)]
    said = now.type("\n".join([*(f"{name}\t0" for name in (*LONG, *MORE)), *odd]))
    assert len(said.splitlines()) <= SCREEN
    assert "有30处没有采用" in said
    assert "另有27行没有列出，输入“看明细”看全部" in said
    assert "将要改动下面11项" in said
    whole = now.type("看明细")
    assert all(f"{each}　（没有这个名称）" in whole for each in odd)
    assert whole.count("申请数：0") == 4
    assert "将要改动11项，采用吗" in whole
    said = now.type("是")
    assert "记下11项，在“填表”和“总览”里看得到" in said
    assert "申请数：0" not in said
    assert now.given("channel_website") == "0"


@pytest.mark.parametrize("name", sorted(each.parent.name for each in SAMPLES.glob("*/table.tsv")))
def test_the_table_of_a_report_is_told_on_one_screen(
    name: str, sample: Callable[[str], Answers]
) -> None:
    filled = sample(name)
    now = Talk(Answers(filled.edition, filled.year, {}))
    for line in ((SAMPLES / name / "table.tsv").read_text("utf-8"), "是"):
        now.type(line)
        told = [each for each in now.turn.events if each.kind != "ask" or each.lines]
        assert sum(len(each.below) + 1 for each in told) <= SCREEN


def test_there_are_details_only_of_what_was_summarised() -> None:
    assert "都已经列出来了" in talk("channel_website").type("看明细")


def test_many_findings_of_one_change_are_told_together() -> None:
    now = talk("active_total")
    table = (SAMPLES / "township-2017-many-faults" / "table.tsv").read_text("utf-8")
    assert re.search("核对出[0-9]+处（另有[0-9]+处请核实", now.type(table, "是"))
    whole = now.type("看明细")
    assert now.interview.details
    assert all(line in whole for line in now.interview.details)


@pytest.mark.parametrize("at", ["categories", "own_1"])
def test_many_lines_of_one_answer_are_not_all_said_back(at: str) -> None:
    now = talk(at)
    said = now.type("\n".join(f"第{each}类政府信息 {each}" for each in range(1, 31)))
    assert "第1类政府信息" in said
    assert "第20类政府信息" not in said
    assert "另有22行，在“总览”里看得到" in said
    assert "第30类政府信息" in now.type("/总览")


MORE = ("其他方式公开政府信息数", "重点领域公开政府信息数")
SCREEN = 20
"""Lines of what is said that find room in a window of 24."""


LONG = (
    *("政府公报公开政府信息数", "政府网站公开政府信息数", "政务微博公开政府信息数"),
    *("政务微信公开政府信息数", "当面申请数", "传真申请数", "网络申请数", "信函申请数"),
    "按时办结数",
)


def test_a_column_that_crosses_a_heading_is_told_why_it_is_not_taken() -> None:
    now = talk("channel_other")
    said = now.type("\n".join(["7"] * 20))
    assert "这一列数跨过了表里的标题「" in said
    assert "每个标题的位置留一个空行" in said
    assert "没有能用的数" not in said
    assert "没有这个名称" not in said
    assert now.at == "channel_other"


def test_a_blank_line_where_the_heading_stands_lets_the_column_be_taken() -> None:
    now = talk("channel_other")
    rows = now.interview.edition.rows
    start = [row.id for row in rows].index("channel_other")
    column = ["" if row.kind == "heading" else "7" for row in rows[start : start + 20]]
    assert "" in column
    assert f"将要改动下面{column.count('7')}项" in now.type("\n".join(column))


def test_a_proposal_shows_figures_as_they_are_understood() -> None:
    now = talk("received_total")
    said = now.type("网站\t１，１４５\n微信\t12条\n网络申请数\t二十")
    assert "政府网站公开政府信息数：1145（您输入的是“１，１４５”）" in said
    assert "政务微信公开政府信息数：12\n" in said
    assert "网络申请数：20（您输入的是“二十”）" in said
    now.type("是")
    assert now.given("channel_website") == "1145"


@pytest.mark.parametrize("odd", ["2x", "约2", "2人次左右", "2、3"])
def test_a_miswritten_figure_keeps_its_place_in_a_column(odd: str) -> None:
    now = talk("received_total")
    said = now.type(f"3\n{odd}\n0\n1\n—")
    assert f"「当面申请数」的“{odd}”没有采用" in said
    assert "没有填：「信函申请数」" in said
    now.type("是")
    cells = ("received_total", "received_in_person", "received_fax", "received_online")
    assert now.all(*cells) == ["3", None, "0", "1"]


def test_of_a_column_with_words_in_it_nothing_is_taken_and_each_line_says_why() -> None:
    now = talk("received_total")
    said = now.type("3\n无数据\n0")
    assert "无数据 0　（没有这个名称）" in said
    assert "3　（只有数，没有名称）" in said
    assert "一处也没有采用" in said
    assert not now.interview.answers.numbers


def test_a_column_at_a_reason_is_told_the_way() -> None:
    now = talk("channel_other", **CHANNELS)
    said = now.type("0", "12\n3\n0")
    assert "“12……”不像理由" in said
    assert "要接着填别的数，先按回车" in said
    assert not now.interview.answers.acknowledged


def test_a_table_whose_cells_came_on_lines_of_their_own_is_read_by_rows() -> None:
    now = talk("received_total")
    lines = [
        *(
            "三、依申请公开情况",
            "　",
            "",
            "（一）收到申请数",
            "件",
            "　3",
            "",
            "1.当面申请数",
            "件",
            "0",
        ),
        *(
            "（不同渠道和方式公开相同信息计1条）",
            "2.传真申请数",
            "件",
            "",
            "3.网络申请数（件）",
            "2",
            "9",
        ),
    ]
    said = now.type("\n".join(lines))
    assert "有1处没有采用" in said
    assert "3.网络申请数（件） 2 9　（与表里这一行的列数对不上）" in said
    assert "没有填：「传真申请数」" in said
    now.type("是")
    cells = ("received_total", "received_in_person", "received_fax", "received_online")
    assert now.all(*cells) == ["3", "0", None, None]


def test_a_heading_with_a_zero_beside_it_is_no_fault_of_a_paste() -> None:
    now = talk("channel_gazette")
    label = "（三）通过不同渠道和方式公开政府信息的情况"
    said = now.type(f"{label}\t条\t0\n1.政府公报公开政府信息数\t条\t4")
    assert "没有采用：" not in said
    assert "1处没有采用" in now.type("否", f"{label}\t条\t7\n1.政府公报公开政府信息数\t条\t4")


@pytest.mark.parametrize(
    ("line", "figure"),
    [("（一）收到申请数 3", "3"), ("收到申请数（件） 4", "4"), ("一、收到申请数（件）：5件", "5")],
)
def test_a_name_as_it_is_printed_is_a_name(line: str, figure: str) -> None:
    now = talk("channel_website")
    now.type(line)
    assert now.given("received_total") == figure


def test_a_copied_line_with_two_figures_is_shown_first() -> None:
    now = talk("channel_website", received_total="3")
    assert "收到申请数：3改为9" in now.type("收到申请数\t9\t申请办结数\t8")
    assert now.given("received_total") == "3"


def test_rows_pasted_at_a_text_may_be_figures() -> None:
    now = talk("own_1")
    assert "B. 当作表里的数，共2项" in now.type("收到申请数\t3\n当面申请数\t3")
    assert now.given("own_1") is None
    now.type("B", "是")
    assert now.given("received_total") == "3"


def test_many_lines_of_which_none_is_taken_are_not_all_listed() -> None:
    said = talk("received_total").type("\n".join(f"怪项目\t{each}" for each in range(30)))
    assert "有30处没有采用" in said
    assert "另有27行没有列出，输入“看明细”看全部" in said


def test_none_of_what_is_asked_for_is_a_zero() -> None:
    now = talk("fees_waived")
    now.type("没有减免")
    assert now.given("fees_waived") == "0"


def test_cells_that_a_paste_leaves_as_they_are_are_counted_and_not_listed() -> None:
    now = talk("received_total", received_total="3", received_in_person="1", received_fax="0")
    said = now.type("3\n2\n0")
    assert "下面1项" in said
    assert "1改为2" in said
    assert "另有2项与现在的答案相同" in said
    now.type("否")
    assert "都相同，不用改" in now.type("/跳到 收到申请数", "3\n1\n0")
    assert now.interview.pending is None


@pytest.mark.parametrize("manner", LAYOUTS)
@pytest.mark.parametrize("kind", ["", "zeros blanked", "columns swapped", "column deleted"])
def test_no_wrong_figure_of_a_pasted_table_is_offered(shelf, manner: str, kind: str) -> None:
    edition = shelf.edition("national-2021")
    for report in (load("district-2024"), load("county-2022")):
        for mapped in mapped_grids(report):
            mutant = mutate(mapped, kind, Random(3)) if kind else None
            grid = mutant.grid if mutant else mapped.grid
            now = Talk(Answers(edition, 2024, GROUND), at="norm_made")
            now.type("\n".join(lines_of(grid, manner)), "是")
            answers = now.interview.answers
            said = {name: each for name, each in answers.numbers.items() if name in answers.given}
            truth = truth_of(report, mapped.ids.values())
            wrong = wrong_cells(said, truth_after(truth, mutant) if mutant else truth)
            assert wrong == [], (report.name, mapped.ids)


GROUND = {"body_name": Answer("示例镇人民政府")}


def test_a_blank_line_behind_a_label_is_a_blank_cell_where_the_sum_says_so(shelf) -> None:
    edition = shelf.edition("national-2021")
    rows = ["（一）予以公开", "", "4", "", "", "", "2", "6", "（二）部分公开", "1", *["0"] * 5, "1"]
    now = Talk(Answers(edition, 2024, GROUND), at="norm_made")
    said = now.type("\n".join(rows))
    assert "予以公开：商业企业4、其他2，其余4格是0" in said
    assert "部分公开：自然人1" in said
    lost = now.type("否", "\n".join([*rows[:4], *rows[5:8]]))
    assert "与表里这一行的列数对不上" in lost
    assert "商业企业" not in lost


def test_a_blank_line_before_figures_does_not_stand_for_one_that_was_lost(shelf) -> None:
    edition = shelf.edition("national-2021")
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    head = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *results * 3]
    whole = ["6", "1", "2", "1", "10", "0", "0", "1", "0", "1", "2", "0", "1", "1", "4"]
    now = Talk(Answers(edition, 2024, GROUND), at="norm_made")
    assert "行政复议：结果维持6、结果纠正1" in now.type("\n".join([*head, "", *whole]))
    lost = now.type("否", "\n".join([*head, "", *whole[:4], *whole[5:]]))
    assert "将要改动" not in lost


def test_blank_lines_that_only_part_labels_from_figures_are_no_cells(shelf) -> None:
    edition = shelf.edition("national-2021")
    rows = ["（一）予以公开", "", "4", *["0"] * 5, "4", "（二）部分公开", "", "1", *["0"] * 4, "1"]
    now = Talk(Answers(edition, 2024, GROUND), at="norm_made")
    said = now.type("\n".join(rows))
    assert "予以公开·自然人：4" in said
    assert "部分公开·商业企业" not in said


def test_what_stands_beside_the_columns_of_the_form_is_told(shelf) -> None:
    edition = shelf.edition("national-2021")
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    head = "\t".join(("", *names, "备注"))
    rows = [head, "\t".join(("（一）予以公开", "3", *"00000", "3", "其中1件撤回")),
            "\t".join(("（二）部分公开", "2", *"00000", "2", "9"))]  # fmt: skip
    now = Talk(Answers(edition, 2024, GROUND), at="norm_made")
    said = now.type("\n".join(rows))
    assert "有2格不在表式的列里（例如备注），没有采用：其中1件撤回、9" in said
    assert "部分公开：自然人2" in said


def test_an_endless_line_that_is_refused_is_not_said_back_whole(
    sample: Callable[[str], Answers],
) -> None:
    now = Talk(sample("bureau-2025-typical"), None, "new_received.natural")
    said = now.type("看" * 5_000)
    assert "看" * 60 in said
    assert "看" * 61 not in said
