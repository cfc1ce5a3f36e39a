"""A row of a table answered in one line, and what its balance still leaves."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answers import Answers, read_given
from assistant.form.loader import open_library
from assistant.form.model import Heading
from assistant.intents.row_answers import read_printed
from tests.machines import CHANNELS, Talk, talk

FIRST, OTHER = "open.natural", "open.other_org"


def at(place: str, **typed: str) -> Talk:
    shelf = open_library()
    given = {
        "body_name": "示例镇人民政府",
        "applicants": "自然人、其他组织",
        "results": "予以公开、部分公开",
        "new_received.natural": "2",
        "new_received.other_org": "1",
        "carried_in.natural": "0",
        "carried_in.other_org": "0",
        **typed,
    }
    edition = shelf.edition("national-2021")
    return Talk(read_given(edition, 2025, given, shelf.sentences).answers, None, place)


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("2 1", ["2", "1"]),
        ("２　１", ["2", "1"]),
        ("2\t1", ["2", "1"]),
        ("2、1", ["2", "1"]),
        ("2，1", ["2", "1"]),
        ("2/1", ["2", "1"]),
        ("2／1／3", ["2", "1"]),
        ("2/0/0/0/0/1/3", ["2", "1"]),
        ("2 / 1", [None, None]),
        ("2/1/0/0", [None, None]),
        ("2件 1件", ["2", "1"]),
        ("自然人2，其他组织1", ["2", "1"]),
        ("其他1 自然人2", ["2", "1"]),
        ("自然人：2件", ["2", "0"]),
        ("其他组织1", ["0", "1"]),
        ("自然人四件，其他组织一件", ["4", "1"]),
        ("自然2、其他组1", ["2", "1"]),
        ("组织1", [None, None]),
    ],
)
def test_a_row_is_filled_by_one_line(line: str, figures: list[str | None]) -> None:
    now = at(FIRST)
    now.type(line)
    assert now.all(FIRST, OTHER) == figures


def test_a_named_column_leaves_the_rest_of_a_row_that_is_not_empty_alone() -> None:
    now = at(FIRST)
    now.type("2", "暂缺", "/跳到 予以公开·自然人", "自然人3")
    assert now.all(FIRST, OTHER) == ["3", "暂缺"]


def test_changes_of_rows_by_their_names_are_shown_and_taken_together() -> None:
    given = {"applicants": "自然人", "new_received.other_org": "0", "carried_in.other_org": "0"}
    now = at("", **given, **{FIRST: "1", "partial.natural": "1"})
    said = now.type("新收改成6，予以公开改成4、部分公开改为2")
    assert "将要改动下面3项" in said
    now.type("是")
    assert now.all("new_received.natural", FIRST, "partial.natural") == ["6", "4", "2"]
    assert "予以公开·自然人：5件" in now.type("予以公开改成5"), "the one column that is asked"


def test_fewer_figures_than_columns_are_told_what_the_row_wants(
    sample: Callable[[str], Answers],
) -> None:
    now = Talk(sample("city-2025-busy"), at=FIRST)
    before = now.interview.answers
    said = now.type("3 0")
    assert "这一行要填6个数，您写了2个。请依次写自然人、" in said
    assert (now.at, now.interview.answers) == (FIRST, before)


@pytest.mark.parametrize("line", ["2 0 0 0 0 1 3", "2 0 0 0 0 1", "2件 0 0 0 0 1件 3件"])
def test_a_row_as_the_form_prints_it_fills_what_is_asked(line: str) -> None:
    now = at(FIRST)
    now.type(line)
    assert now.all(FIRST, OTHER) == ["2", "1"]


@pytest.mark.parametrize("line", ["2 1 0 0 0 0 3", "2 0 0 0 0 1 3 9", "2 0 0 0"])
def test_figures_that_are_no_row_of_the_table_go_nowhere(line: str) -> None:
    now = at(FIRST)
    assert "与表里这一行的列数对不上" in now.type(line)
    assert now.interview.pending is None
    assert now.all(FIRST, OTHER) == [None, None]


@pytest.mark.parametrize("line", ["2 1 0", "自然人2，商业企业1", "自然人2，自然人1", "自然人很多"])
def test_what_does_not_fit_the_row_takes_nothing_unasked(line: str) -> None:
    now = at(FIRST)
    now.type(line)
    assert now.all(FIRST, OTHER) == [None, None]


def test_columns_that_did_not_occur_are_passed_over() -> None:
    said = at(FIRST).type("/跳到 部分公开·自然人")
    assert "一行一起填：自然人、其他组织，例如“1 0”" in said


def test_how_to_fill_a_row_is_told_at_length_once() -> None:
    shelf = open_library()
    given = {"body_name": "示例镇人民政府", "applicants": "自然人、其他组织"}
    answers = read_given(shelf.edition("national-2021"), 2025, given, shelf.sentences).answers
    now = Talk(answers, None, "applicants")
    assert "依次写自然人、其他组织的数" in now.type("/跳到 新收·自然人")
    now.type("2 1")
    assert "依次写" not in now.type("/跳到 上年结转·自然人")


def test_the_only_column_is_filled_downwards_once_agreed_to() -> None:
    now = at(FIRST, applicants="自然人", **{"new_received.natural": "3"})
    assert "出现的办理结果" not in now.type("2 1")
    now.type("是")
    assert now.all(FIRST, "partial.natural") == ["2", "1"]


@pytest.mark.parametrize("line", ["2 1 0", "2 很多"])
def test_figures_that_do_not_fill_the_only_column_go_nowhere(line: str) -> None:
    now = at(FIRST, applicants="自然人", **{"new_received.natural": "3"})
    now.type(line)
    assert now.all(FIRST, "partial.natural") == [None, None]


def test_the_balance_of_the_column_stands_beside_the_question() -> None:
    now = at("new_received.natural", **{"carried_in.other_org": "2"})
    assert "合计3件，要全部分到各项：已填0件，还剩3件" in now.type("/跳到 予以公开·其他")
    now.type("/跳到 予以公开·自然人", "2 1")
    assert "已填1件，还剩2件" in now.type("/跳到 部分公开·其他")
    now.type("5")
    assert "多出3件" in now.type("/跳到 结转下年度的申请·其他")


def test_a_row_is_one_change() -> None:
    now = at(FIRST)
    now.type("2 1", "/撤销")
    assert now.all(FIRST, OTHER) == [None, None]


def block_of(answers: Answers, grid_id: str, *, with_totals: bool) -> str:
    """A table as a spreadsheet holds it: number, label and figures between tabs."""
    grid = answers.edition.grids_by_id[grid_id]
    lines = []
    for row in grid.rows:
        cells = [] if isinstance(row, Heading) else list(grid.of_row(row.id))
        figures = [
            str(answers.numbers[cell.id]) for cell in cells if with_totals or not cell.computed
        ]
        lines.append("\t".join([row.number, row.label, *figures]))
    return "\n".join(lines)


@pytest.mark.parametrize("with_totals", [True, False])
def test_a_whole_table_is_pasted(sample, with_totals: bool) -> None:
    wanted = sample("city-2025-busy")
    now = Talk(replace(wanted, given={}), None, "new_received.natural")
    block = block_of(wanted, "requests", with_totals=with_totals)
    said = now.type(block)
    assert "将要改动下面146项" in said  # what occurred is chosen with it
    assert "部分公开：自然人" in said
    assert len(said.splitlines()) < 36
    now.type("是")
    assert wanted.given["applicants"].value == now.interview.answers.value("applicants")
    cells = [cell.id for cell in wanted.edition.indicators if cell.grid == "requests"]
    assert [now.interview.answers.numbers[each] for each in cells] == [
        wanted.numbers[each] for each in cells
    ]


def test_a_pasted_row_that_does_not_add_up_is_said_before_it_is_taken() -> None:
    now = at(FIRST)
    said = now.type("（一）\t予以公开\t2\t0\t0\t0\t0\t1\t4\n（二）\t部分公开\t1\t0\t0\t0\t0\t1\t2")
    assert "「予以公开·总计」您给的总计是4件，各格相加是3件。" in said
    assert "将要改动下面4项" in said
    now.type("否")
    assert now.all(FIRST, OTHER, "partial.natural") == [None, None, None]


@pytest.mark.parametrize("filler", ["", "-", "–", "／"])
def test_blank_cells_of_a_pasted_row_are_named(filler: str) -> None:
    now = at(FIRST)
    said = now.type(
        f"（一）\t予以公开\t2\t0\t0\t0\t0\t{filler}\n（二）\t部分公开\t0\t0\t0\t0\t0\t0"
    )
    assert "有1项是空白或“—”，没有填：「予以公开·其他」" in said
    now.type("是")
    assert now.all(FIRST, OTHER) == ["2", None]


def test_a_row_pasted_twice_is_not_chosen_from() -> None:
    now = at(FIRST)
    row = "（一）\t予以公开\t{}\t0\t0\t0\t0\t1"
    said = now.type("\n".join([row.format(2), row.format(1)]))
    assert "有1处没有采用" in said
    assert "予以公开\t1" in said


def test_the_total_of_a_pasted_row_is_kept_apart() -> None:
    cells = at(FIRST).interview.edition.grids_by_id["requests"].of_row("open")
    amounts = [replace(cell, kind="amount", unit="万元") for cell in cells]
    figures = ["0.5", "0", "0", "0", "0", "0.25"]
    row = read_printed([*figures, "0.75"], amounts, frozenset())
    assert row is not None
    assert row.entries == tuple(
        (cell.id, figure) for cell, figure in zip(amounts, figures, strict=False)
    )
    assert row.totals == (("open.total", "0.75"),)


def test_what_cannot_be_taken_of_a_paste_is_told_before_it_is_agreed_to() -> None:
    now = talk("received_total")
    said = now.type("收到申请数\t3\n当面申请数\t3件\n传真申请数\t2条\n网络申请数\t0")
    assert "有1处不能用，没有列入" in said
    assert "单位“条”不对" in said
    assert "将要改动下面3项" in said
    now.type("是")
    assert "received_fax" not in now.interview.answers.given
    assert not now.interview.drafts


@pytest.mark.parametrize("line", ["3，0，1", "3, 0, 1", "3、0、1", "3 0 1"])
def test_figures_with_commas_between_are_a_row_of_figures(line: str) -> None:
    now = talk("received_total")
    assert "将要改动下面3项" in now.type(line)
    now.type("是")
    assert [
        now.given(each) for each in ("received_total", "received_in_person", "received_fax")
    ] == [*("3", "0", "1")]


def test_a_number_with_a_comma_is_one_number() -> None:
    now = talk("received_total")
    now.type("1,234")
    assert now.given("received_total") == "1234"
    assert "千位分隔的位置不对" in now.type("12,34")


def fresh() -> Talk:
    """Before the first choice of a form with tables."""
    edition = open_library().edition("national-2021")
    given = {"body_name": "示例镇人民政府"}
    answers = read_given(edition, 2025, given, open_library().sentences).answers
    return Talk(answers, None, "applicants")


@pytest.mark.parametrize(
    ("line", "count"),
    [("1-4", 4), ("１－４", 4), ("1至3、6", 4), ("全部", 6), ("都有", 6), ("2~3", 2)],
)
def test_choices_are_made_by_a_stretch_of_numbers(line: str, count: int) -> None:
    now = fresh()
    now.type(line)
    chosen = now.interview.answers.value("applicants")
    assert isinstance(chosen, tuple)
    assert len(chosen) == count


@pytest.mark.parametrize("line", ["1-7", "4-1", "1-4、3", "0-2"])
def test_a_stretch_that_does_not_fit_takes_nothing(line: str) -> None:
    now = fresh()
    now.type(line)
    assert "applicants" not in now.interview.answers.given


def test_the_cells_that_a_choice_leaves_at_zero_are_said_once_with_the_way_back() -> None:
    now = fresh()
    asked = len(now.interview.edition.grids_by_id["requests"].lines) - 1  # less the totals
    told = now.type("1")
    assert f"表里有{asked * 5}格都填0" in told
    assert "“跳到 涉及的申请人”重新选" in told
    told = now.type("1、2")
    assert "表里有19格都填0" in told
    assert "“跳到 出现的办理结果”重新选" in told
    assert "都填0" not in now.type("2")
    assert len(now.interview.answers.absent) == asked * 5 + 19


def test_a_choice_made_wider_says_what_is_to_be_filled_now() -> None:
    now = fresh()
    now.type("1")
    now.type("/跳到 涉及的申请人")
    assert "表里有24格不再是0" in now.type("1、2")
    assert "表里有24格都填0" in now.type("/撤销")
    assert "表里有24格不再是0" in now.type("/重做")


def test_the_overview_tells_zeros_of_a_choice_from_those_that_were_typed() -> None:
    now = fresh()
    now.type("1")
    now.type("无")
    assert "另有141格都是0，因为「涉及的申请人」「出现的办理结果」没有选到" in now.type("/总览")
    assert "另有141格都是0" in now.type("/总览 三")
    assert "格都是0" not in now.type("/总览 没答")


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("没有复议", ("review",)),
        ("没有诉讼", ("suit_direct", "suit_after_review")),
        ("没有行政复议和行政诉讼", ("review", "suit_direct", "suit_after_review")),
        ("没有规章", ("reg",)),
    ],
)
def test_rows_that_are_denied_are_shown_and_filled_with_zeros(line, rows) -> None:
    now = at("review.upheld")
    cells = [cell.id for cell in now.interview.edition.indicators if cell.row in rows]
    assert f"改动下面{len(cells)}项" in now.type(line)
    now.type("是")
    assert now.all(*cells) == ["0"] * len(cells)


def test_enter_alone_is_no_zero() -> None:
    now = at("interpretations")
    assert "没有统计的按回车" in now.type("/跳到 政策解读材料数")
    now.type("")
    assert now.interview.answers.given["interpretations"].state == "none"
    assert "interpretations" not in now.interview.answers.numbers
    now.type("/跳到 责任追究")
    assert "没有发生的填0" in now.type("")
    assert "trainings" not in now.interview.answers.given


def test_at_a_row_the_rest_of_every_column_is_said() -> None:
    now = at("partial.natural", **{"open.natural": "1", "open.other_org": "3"})
    told = now.type("/跳到 partial.natural")
    assert "每一列要全部分到各行：自然人还剩1件、其他组织多出2件" in told


def test_cells_that_a_choice_may_leave_at_zero_are_counted_apart_until_it_is_made() -> None:
    now = fresh()
    told = now.type("/跳到 单位类型")
    assert "题，表格至多144格" in told
    now.type("/跳到 涉及的申请人", "1")
    assert "表格至多" in now.turn.events[-1].left
    now.type("1")
    assert "表格" not in now.turn.events[-1].left


def test_many_options_are_followed_by_what_is_asked() -> None:
    now = fresh()
    assert "\n输入编号，可选几个" in now.type("/跳到 涉及的申请人")
    assert "\n出现的办理结果：输入编号，可选几个" in now.type("/跳到 出现的办理结果")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("规章 0 0 3", ("reg_made", "reg_repealed", "reg_valid")),
        ("行政规范性文件 1 0 5", ("norm_made", "norm_repealed", "norm_valid")),
    ],
)
def test_a_row_can_be_given_by_its_label_from_anywhere(line: str, cells: tuple[str, ...]) -> None:
    now = at("review.upheld")
    now.type(line)
    assert now.all(*cells) == line.split()[1:]


def test_a_figure_behind_an_unknown_name_is_no_reason_unasked() -> None:
    now = talk("channel_other", **CHANNELS)
    now.type("0")
    assert "B. 作为理由：规章制发0" in now.type("规章制发0")
    assert "这里请输入字母" in now.type("1"), "a figure chooses nothing"
    assert not now.interview.answers.acknowledged
    now.type("B")
    assert now.interview.answers.acknowledged["L02"].reason == "规章制发0"


@pytest.mark.parametrize(
    ("line", "cell", "figure"),
    [
        ("许可120", "licence_decisions", "120"),
        ("行政处罚20", "penalty_decisions", "20"),
        ("处罚 7", "penalty_decisions", "7"),
    ],
)
def test_a_row_with_one_cell_is_called_by_its_label(line: str, cell: str, figure: str) -> None:
    now = at(FIRST)
    now.type(line)
    assert now.given(cell) == figure


def test_an_option_is_told_by_what_stands_in_its_brackets() -> None:
    now = at("results")
    now.type("予以公开、本机关不掌握")
    assert now.given("results") == "予以公开、无法提供（本机关不掌握）"


@pytest.mark.parametrize("line", ["其余为0", "没有新收的申请"])
def test_zeros_of_columns_that_did_not_occur_are_not_answered(line: str) -> None:
    now = at(FIRST)
    now.type(line, "是")
    assert not now.interview.answers.given.keys() & now.interview.answers.absent


def test_a_zero_that_stands_by_a_choice_needs_no_answer() -> None:
    now = at(FIRST)
    assert "都相同，不用改" in now.type("商业企业予以公开改成0")
    assert not now.interview.answers.given.keys() & now.interview.answers.absent


def test_rows_of_zeros_are_others_only_below_something_else() -> None:
    now = at("review.upheld")
    said = now.type("行政复议、行政诉讼都没有")
    assert "3行各格都是0。" in said
    assert "另有" not in said
