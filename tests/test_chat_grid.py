"""The whole table at once: cells seen with their state, moved through and filled in place."""

from pathlib import Path
from shutil import copy

import pytest

from assistant.answers import Answers, LoadedAnswers, load
from assistant.intents import names_of
from assistant.report.draft import make_draft
from assistant.ui.tui.line_layout import wrap
from assistant.ui.tui.main_area import MainArea
from assistant.ui.tui.preview_tabs import table
from tests.conftest import SAMPLES
from tests.published.corpus import load as load_report
from tests.published.corpus import mapped_grids
from tests.published.layouts import lines_of
from tests.screen import BEFORE_TABLE, BEGUN, on_screen
from tests.writing import save


@pytest.fixture
def in_table(shelf, tmp_path):
    def run(act, *lines, **how):
        async def begun(screen):
            await screen.say(*BEGUN, *BEFORE_TABLE, *lines)
            await screen.press("ctrl+t")
            await screen.settle()
            await act(screen)

        on_screen(shelf, tmp_path, begun, **how)

    return run


def marks(screen):
    """The last column of the rows of the table that say something there."""
    lines = [line.rstrip() for line in screen.preview.page.lines_of_text]
    return [line[-1] for line in lines if line[-1:] in ("误", "核", "缺", "待")]


def test_the_arrows_move_from_cell_to_cell_and_keep_the_place(in_table):
    async def act(screen):
        assert screen.interview.at == "active_total"
        await screen.press("down", "down", "up")
        assert screen.interview.at == "active_normative_published"
        await screen.press("escape")
        assert screen.interview.at == "active_normative_published"
        assert "第12题" in "".join(screen.said[-5:])
        assert not screen.interview.answers.numbers

    in_table(act)


def test_a_cell_is_filled_by_the_same_reader_and_undone_like_any_answer(in_table):
    async def act(screen):
        await screen.press("1", "4", "5", "enter")
        assert screen.interview.answers.numbers["active_total"] == 145
        assert "主动公开政府信息数：145条" in str(screen.box.border_subtitle)
        assert screen.chat.screen.has_class("-preview"), "the table stays"
        await screen.say("约3")
        assert "active_normative_published" not in screen.interview.answers.given
        assert "要一个准确的数" in str(screen.box.border_subtitle)
        await screen.press("f5")
        assert not screen.interview.answers.numbers
        assert "现在是；主动公开政府信息数：没有答案" in str(screen.box.border_subtitle)

    in_table(act)


@pytest.mark.parametrize(("key", "there"), [("down", 1), ("up", 0)])
def test_an_arrow_takes_what_was_typed_as_a_spreadsheet_does(in_table, key, there):
    async def act(screen):
        first, second, third = [each.id for each in screen.interview.edition.indicators[:3]]
        await screen.press("down", "7", key)
        assert screen.interview.answers.numbers == {second: 7}
        assert screen.interview.at == (third if key == "down" else first)
        assert screen.box.text == ""

    in_table(act)


def test_what_wants_room_is_said_in_the_conversation_and_a_refusal_stands_out(in_table):
    async def act(screen):
        await screen.say("1234567890123")
        assert "数字太大" in str(screen.box.border_subtitle)
        assert screen.box._border_subtitle.spans, "in bold and in the colour of errors"
        await screen.say("x")
        assert screen.hint.endswith("现在没有数的写“暂缺”。"), (
            "all of what has no room on the frame"
        )
        assert str(screen.box.border_subtitle) == ""
        await screen.press("1")
        await screen.settle()
        await screen.press("backspace", "down")
        assert screen.hint == ""
        await screen.say("145\n怪 3")
        assert not screen.box.moves_cells
        assert any("对不上" in line or "没有采用" in line for line in screen.said)

    in_table(act)


def test_zeros_that_follow_are_told_on_the_frame(in_table):
    async def act(screen):
        await screen.say("/跳到 14", "0")
        assert "是0，下面12项也随之填0" in str(screen.box.border_subtitle)

    in_table(act)


def test_a_reason_that_is_wanted_waits_outside_the_table(in_table):
    async def act(screen):
        await screen.press("escape")
        await screen.say("/跳到 27", "0", "0", "0", "0", "0")
        assert screen.interview.wanted_reason is not None
        await screen.press("ctrl+t")
        assert screen.interview.wanted_reason is None
        await screen.say("暂缺")
        assert not screen.interview.answers.acknowledged
        assert any(each.state == "absent" for each in screen.interview.answers.given.values())

    in_table(act, "145")


@pytest.mark.parametrize("key", ["ctrl+t", "escape"])
def test_what_stands_in_the_box_outlives_the_way_out_of_the_table(in_table, key):
    async def act(screen):
        await screen.press("down", "1", "7", key)
        assert not screen.box.moves_cells
        assert screen.box.text == "17"
        await screen.press("enter")
        assert 17 in screen.interview.answers.numbers.values()

    in_table(act)


def test_half_a_reason_stays_with_its_reason_when_the_table_is_opened(in_table):
    async def act(screen):
        await screen.press("escape")
        await screen.say("/跳到 27", "0", "0", "0", "0", "0")
        key = screen.interview.wanted_reason.keys[0]
        await screen.press("半", "句", "ctrl+t")
        assert screen.box.text == ""
        assert screen.interview.drafts[key] == "半句"

    in_table(act, "145")


def test_an_arrow_stays_where_what_was_typed_is_refused(in_table):
    async def act(screen):
        first = screen.interview.at
        await screen.press("x", "down")
        assert screen.interview.at == first
        assert "看不出是数字" in screen.hint
        await screen.press("down")
        assert screen.interview.at != first, "nobody is held at a cell"

    in_table(act)


def test_a_way_through_the_table_keeps_the_place_of_the_last_jump(in_table):
    async def act(screen):
        await screen.say("/跳到 30", "4", "5")
        await screen.press("down", "escape")
        await screen.say("回来")
        assert screen.interview.at == "active_total"

    in_table(act)


def test_the_figure_of_a_long_label_stays_on_the_frame(in_table):
    async def act(screen):
        await screen.say("/跳到 21", "88")
        assert screen.interview.answers.numbers == {"key_land": 88}
        assert "等信息数：88条" in str(screen.box.border_subtitle)
        assert len(str(screen.box.border_subtitle)) < 30

    in_table(act, size=(60, 20))


def test_every_state_has_a_word_of_its_own(in_table):
    async def act(screen):
        await screen.say("145", "暂缺", "22，待核实", "/跳到 40", "3", "1", "0", "0", "0")
        await screen.settle()
        seen = marks(screen)
        assert seen[:2] == ["缺", "待"]
        assert seen.count("误") == 5, "the total and its four parts"

    in_table(act, size=(120, 36))


def test_no_reason_is_asked_for_between_two_cells(in_table):
    async def act(screen):
        await screen.say("/跳到 27", "0", "0", "0", "0", "0")
        assert screen.interview.pending is None
        assert screen.chat.screen.has_class("-preview"), "the table stays"
        assert "L02" in screen.hint
        assert "算式：" in screen.hint
        assert screen.interview.at == "response_hot_topics"
        await screen.press("escape")
        await screen.say("说明")
        assert any("L02要写一句理由" in line for line in screen.said)
        await screen.say("2")
        assert not screen.interview.answers.acknowledged, "a figure is no reason"
        await screen.say("a")
        assert "逐条登记" in screen.interview.answers.acknowledged["L02"].reason

    in_table(act, "145")


def test_from_outside_the_table_it_begins_with_the_first_cell(shelf, tmp_path):
    async def act(screen):
        await screen.say(*BEGUN)
        await screen.say("填表")
        await screen.settle()
        first = next(iter(screen.interview.edition.indicators)).id
        assert screen.interview.at == first
        assert names_of(screen.interview.edition).number_of(first) == 11

    on_screen(shelf, tmp_path, act)


def test_the_printed_column_typed_from_top_to_bottom_lands_row_by_row(in_table, edition, shelf):
    wanted = load(Path("samples/township-2017-corrected/answers.yaml"), shelf).answers.numbers

    async def act(screen):
        for cell in edition.indicators:
            assert screen.interview.at == cell.id
            await screen.say(str(wanted[cell.id]))
        found = screen.interview.answers.numbers
        assert {each.id: found[each.id] for each in edition.indicators} == {
            each.id: wanted[each.id] for each in edition.indicators
        }
        assert screen.interview.at == edition.indicators[-1].id, (
            "the end of the table is no question"
        )

    in_table(act)


def test_looking_at_the_table_keeps_the_place_of_a_fact(shelf, tmp_path):
    async def act(screen):
        await screen.say(*BEGUN, "1")
        at = screen.interview.at
        await screen.press("ctrl+t", "down", "down", "escape")
        assert screen.interview.at == at

    on_screen(shelf, tmp_path, act)


@pytest.mark.parametrize("answer", ["是", "否"])
def test_a_paste_in_the_table_is_shown_and_the_table_goes_on(shelf, tmp_path, answer):
    async def act(screen):
        await screen.say(*BEGUN, "1")
        await screen.press("ctrl+t")
        await screen.say("政府网站公开政府信息数\t3\n政务微信公开政府信息数\t4")
        assert screen.interview.is_asked_back
        await screen.say(answer)
        assert screen.box.moves_cells
        found = screen.interview.answers.numbers
        assert (found.get("channel_website") == 3) == (answer == "是")

    on_screen(shelf, tmp_path, act)


def test_a_long_paste_in_the_table_is_told_with_its_wrong_totals_on_one_screen(shelf, tmp_path):
    path = tmp_path / "答案.yaml"
    save(Answers(shelf.edition("national-2021"), 2024), path)
    pasted = "\n".join(lines_of(mapped_grids(load_report("district-2024"))[1].grid, "tabs"))

    async def act(screen):
        await screen.say("/跳到 规章·本年制发件数")
        await screen.press("ctrl+t")
        await screen.say(pasted)
        assert screen.interview.is_asked_back
        shown = "".join(screen.shown)
        assert "与各格相加不同" in shown or "您给的总计是" in shown
        assert "将要改动" in shown
        assert "输入“看明细”看全部" in shown

    on_screen(shelf, tmp_path, act, path=path)


@pytest.fixture
def in_columns(shelf, tmp_path):
    """The table of a bureau whose applicants are of three kinds, at a cell."""

    def run(act, at, **how):
        path = tmp_path / "答案.yaml"
        copy(SAMPLES / "bureau-2025-typical" / "answers.yaml", path)

        async def begun(screen):
            await screen.say(f"/跳到 {at}")
            await screen.press("ctrl+t")
            await screen.settle()
            await act(screen)

        on_screen(shelf, tmp_path, begun, path=path, **how)

    return run


def test_the_arrows_go_along_a_row_and_along_a_column(in_columns):
    async def act(screen):
        for key, place in (
            ("left", "open.natural"),
            ("right", "open.biz"),
            ("right", "open.legal_service"),
            ("right", "open.legal_service"),
            ("down", "partial.legal_service"),
            ("left", "partial.biz"),
            ("up", "open.biz"),
            ("up", "carried_in.biz"),
            ("up", "new_received.biz"),
            ("up", "fee_amount"),
            ("down", "new_received.natural"),
        ):
            await screen.press(key)
            assert screen.interview.at == place, key

    in_columns(act, "open.natural")


def test_within_a_text_left_and_right_move_the_cursor_first(in_columns):
    async def act(screen):
        await screen.press("1", "2", "left")
        assert (screen.interview.at, screen.box.text) == ("open.biz", "12")
        await screen.press("right", "left", "left", "left")
        assert screen.interview.at == "open.natural", "the cursor was at the edge"
        assert screen.interview.answers.numbers["open.biz"] == 12
        await screen.press("right", "3", "right")
        assert screen.interview.at == "open.legal_service"
        assert screen.interview.answers.numbers["open.biz"] == 3

    in_columns(act, "open.biz")


def test_enter_goes_along_the_row_and_on_to_the_next(in_columns):
    async def act(screen):
        await screen.say("14", "5", "0")
        assert screen.interview.at == "partial.natural"
        assert screen.interview.answers.numbers["open.biz"] == 5
        await screen.say("3 0 0")
        assert screen.interview.at == "deny_third_party.natural", "a whole row was filled"
        await screen.say("/跳到 review.upheld")
        await screen.say("1 0 0 1")
        assert screen.interview.at == "suit_direct.upheld"
        await screen.press("right")
        await screen.say("2 0 0")
        assert screen.interview.at == "suit_after_review.upheld", "the rest of a row was filled"
        assert screen.interview.answers.numbers["suit_direct.total"] == 2

    in_columns(act, "open.natural")


@pytest.mark.parametrize("name", ["township-2017-corrected", "bureau-2025-typical"])
@pytest.mark.parametrize("width", [41, 51, 57, 66, 77, 110])
def test_no_row_of_the_table_is_broken_behind_its_numbers(name, width, sample, sentences):
    draft = make_draft(LoadedAnswers(sample(name), ()), None, sentences)
    for paragraph in table(draft, width, "", frozenset(), sentences):
        numbers = [piece for piece in paragraph.pieces if piece.cell]
        assert len(wrap(paragraph, width)) == 1 or not numbers, paragraph


def test_a_table_can_be_laid_out_before_it_has_room(sample, sentences):
    draft = make_draft(LoadedAnswers(sample("bureau-2025-typical"), ()), None, sentences)
    for width in range(41):
        assert list(table(draft, width, "", frozenset(), sentences))


def test_the_table_comes_back_behind_a_proposal_that_was_left(in_columns):
    async def act(screen):
        await screen.say("没有复议")
        assert screen.interview.pending is not None
        assert not screen.box.moves_cells
        body = screen.chat.query_one(MainArea)
        body.show("table")
        body.follow(screen.session)  # before it has been given room
        await screen.say("否")
        assert screen.box.moves_cells

    in_columns(act, "norm_made", size=(60, 20))


def test_a_column_that_stands_alone_is_named_beside_tables_with_several(sample, sentences):
    for name, is_named in (("bureau-2025-typical", True), ("township-2017-corrected", False)):
        draft = make_draft(LoadedAnswers(sample(name), ()), None, sentences)
        rows = list(table(draft, 77, "", frozenset(), sentences))
        lines = ["".join(piece.text for piece in row.pieces).strip() for row in rows]
        assert ("本年处理决定数量" in lines) is is_named
        assert ("统计数" in lines) is False


def test_groups_of_like_columns_stand_below_one_another(sample, sentences):
    draft = make_draft(LoadedAnswers(sample("bureau-2025-typical"), ()), None, sentences)
    rows = list(table(draft, 77, "", frozenset(), sentences))
    lines = ["".join(piece.text for piece in row.pieces).split() for row in rows]
    assert lines[-5:] == [
        ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
        ["行政复议", "1", "0", "0", "1", "2"],
        ["行政诉讼"],
        ["未经复议直接起诉", "0", "0", "0", "0", "0"],
        ["复议后起诉", "1", "0", "0", "0", "1"],
    ]


def test_columns_without_room_stand_below_their_own_headings(sample, sentences):
    draft = make_draft(LoadedAnswers(sample("bureau-2025-typical"), ()), None, sentences)
    rows = list(table(draft, 41, "", frozenset(), sentences))
    seen = ["".join(piece.text for piece in row.pieces).rstrip() for row in rows]
    at = seen.index("四、结转下年度继续办理")
    assert [line.split() for line in seen[at + 1 : at + 3]] == [
        ["1", "1", "0", "0"],
        ["0", "0", "2"],
    ]


def test_many_choices_leave_their_question_in_sight(in_columns):
    async def act(screen):
        await screen.press("escape")
        await screen.say("/跳到 出现的办理结果")
        shown = "\n".join(screen.shown)
        assert "有哪几种办理结果" in shown
        assert "1. 予以公开" in shown
        assert "21. 其他处理（其他情形）" in shown

    in_columns(act, "applicants")


@pytest.mark.parametrize(
    ("size", "head"), [((80, 24), "自然人 商业企业"), ((60, 20), "自然人   商业")]
)
def test_the_heads_of_columns_stay_in_sight(in_columns, size, head):
    async def act(screen):
        top = 1  # below the names of the tabs
        for _ in range(14):
            await screen.press("down")
            asked = screen.interview.edition.name(screen.interview.at)
            assert asked in str(screen.box.border_title)
        assert head in screen.shown[top + 1]
        page = screen.preview.page
        hidden = page.scroll_offset.y + len(page._heads())
        rows = [at for at, row in enumerate(page._rows) if row.anchor == screen.interview.at]
        assert hidden <= rows[0], "the cell that is asked for is not below them"
        await screen.press(*["pageup"] * 9)
        assert head not in screen.shown[top + 1], "above the table they would be wrong"

    in_columns(act, "open.natural", size=size)


@pytest.mark.parametrize(("answer", "figure"), [("是", 7), ("否", None)])
def test_behind_a_proposal_the_table_goes_on(in_table, answer, figure):
    async def act(screen):
        await screen.say("/跳到 30")
        await screen.say("7\n8")
        assert not screen.box.moves_cells, "what would change needs room"
        await screen.say(answer)
        assert screen.box.moves_cells
        assert (
            screen.interview.answers.numbers.get(screen.interview.edition.indicators[19].id)
            is figure
        )

    in_table(act)


def test_who_goes_elsewhere_from_a_proposal_is_not_called_back(in_table):
    async def act(screen):
        await screen.say("/跳到 30")
        await screen.say("7\n8")
        await screen.say("跳到 联系科室")
        assert not screen.box.moves_cells
        assert screen.interview.at == "contact_office"

    in_table(act)


def test_what_is_asked_back_in_the_table_is_seen_behind_a_reason_too(in_table):
    async def act(screen):
        await screen.say("重点领域改成12")
        assert screen.interview.pending is None, "a reason is not asked for in the table"
        assert screen.box.moves_cells
        await screen.say("网站改成28", "收到3，网络2，喇叭5")
        assert not screen.box.moves_cells
        assert any("将要改动" in line for line in screen.said[-12:])
        before = screen.interview.answers
        await screen.press("f5")
        assert screen.interview.answers == before, "only the proposal is taken back"
        assert screen.box.moves_cells

    in_table(act, "145", "22")


def test_the_cell_asked_for_is_seen_also_when_it_is_empty(in_table):
    async def act(screen):
        page = screen.preview.page
        for steps in (0, 1):
            await screen.press(*["down"] * steps)
            await screen.settle()
            pieces = [piece for row in page._rows for piece in row.pieces]
            (here,) = [piece for piece in pieces if piece.style == "cell"]
            assert here.cell == screen.interview.at
            assert here.text.strip() in ("", "待补充")
        assert page._style("cell").reverse
        await screen.press("5", "enter", "up")
        await screen.settle()
        assert "5" in next(p.text for row in page._rows for p in row.pieces if p.style == "cell")

    in_table(act, size=(120, 36))


def test_what_is_typed_after_leaving_the_table_goes_where_the_screen_says(in_table):
    async def act(screen):
        await screen.press("1", "4", "5", "enter")
        at = screen.interview.at
        await screen.press("escape")
        await screen.settle()
        asked = [line for line in screen.said if line.strip().startswith("第")][-1]
        assert screen.interview.edition.name(at) in asked
        await screen.say("7")
        assert screen.interview.answers.numbers[at] == 7

    in_table(act)


def test_the_narrative_has_short_blanks_while_it_is_filled_in(in_table):
    async def act(screen):
        await screen.press("f6")
        await screen.settle()
        await screen.say("/文稿")
        await screen.settle()
        text = "\n".join(screen.preview.page.lines_of_text)
        assert "＿＿" in text
        assert "待补充" not in text
        assert "【待补充：" in "".join(
            span.text for block in screen.session.draft().report.blocks for span in block.spans
        )

    in_table(act, size=(120, 36))
