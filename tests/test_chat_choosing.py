"""From a number in the preview to its question, and what is said of a line before it is sent."""

import shutil
from pathlib import Path

import pytest

from assistant.ui.tui.scrolling_page import SelectablePage
from tests.screen import BEFORE_TABLE, BEGUN, on_screen

SAMPLE = Path("samples/township-2017-corrected/answers.yaml")
NARROW, WIDE = (80, 24), (120, 36)


@pytest.fixture
def filled(shelf, tmp_path):
    """Run a conversation about a finished answer file."""
    shutil.copy(SAMPLE, tmp_path / "示例镇人民政府-2017.yaml")
    return lambda act, **how: on_screen(shelf, tmp_path, act, **how)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_number_of_the_narrative_leads_to_its_question_and_back(filled, size):
    async def act(screen):
        await screen.say("", "/跳到 微信", "/文稿")
        await screen.settle()
        at = screen.interview.at
        await screen.press("tab", "home")
        assert isinstance(screen.chat.focused, SelectablePage)
        picked = []
        for _ in range(60):
            row, place = screen.preview.page._place
            piece = screen.preview.page._rows[row].pieces[place]
            picked.append(piece.cell)
            if piece.cell == "trainees":
                break
            await screen.press("down")
        assert picked[-1] == "trainees", picked
        assert len(picked) == len([*dict.fromkeys(picked)]) or "year" in picked
        await screen.press("enter")
        assert screen.interview.at == "trainees"
        assert screen.chat.focused is screen.box
        assert any("接受培训" in line for line in screen.said[-8:])
        await screen.say("回来")
        assert screen.interview.at == at

    filled(act, size=size)


def test_what_is_typed_while_choosing_goes_into_the_box(filled):
    async def act(screen):
        await screen.say("", "/跳到 微信")
        await screen.press("tab", "2", "8")
        assert screen.chat.focused is screen.box
        assert screen.box.text == "28"

    filled(act, size=WIDE)


def test_a_row_of_the_table_and_a_finding_lead_to_their_questions(filled):
    async def act(screen):
        await screen.say("", "/改 当面 2", "/统计表")
        await screen.settle()
        await screen.press("tab", "home", "down", "enter")
        assert screen.interview.at == "active_normative_published"
        await screen.say("/核对")
        await screen.settle()
        await screen.press("tab", "enter")
        assert screen.interview.at == "received_total"

    filled(act, size=WIDE)


def test_a_click_on_a_number_leads_to_its_question(filled):
    async def act(screen):
        await screen.say("", "/统计表")
        await screen.settle()
        rows = screen.preview.page.lines_of_text
        row = next(at for at, line in enumerate(rows) if "制发规范性文件总数" in line)
        top = screen.preview.page.scroll_offset.y
        await screen.pilot.click("#tab", offset=(20, row - top))
        await screen.pilot.pause()
        assert screen.interview.at == "active_normative_issued"

    filled(act, size=WIDE)


def test_choosing_can_be_left_and_changes_nothing(filled):
    async def act(screen):
        await screen.say("", "/跳到 微信")
        before = screen.interview
        await screen.press("tab", "down", "down", "escape")
        assert screen.interview == before
        assert screen.chat.focused is screen.box
        assert not screen.chat.screen.has_class("-preview")

    filled(act, size=NARROW)


def test_the_beginning_of_a_command_shows_what_it_may_become(shelf, tmp_path):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.press("/", "跳")
        assert "/跳到" in screen.hint
        await screen.press("tab")
        assert screen.box.text == "/跳到"
        await screen.press("space", "w", "x")
        assert "/跳到 微信" in screen.hint
        await screen.press("tab")
        assert screen.box.text == "/跳到 微信"
        await screen.press("tab")
        assert screen.box.text == "/跳到 两微回应"
        await screen.press("tab", "enter")
        assert screen.interview.at == "channel_wechat"
        assert screen.hint == ""

    on_screen(shelf, tmp_path, act)


def test_a_number_of_own_text_is_checked_while_it_is_typed(filled):
    async def act(screen):
        await screen.say("", "/跳到 依申请公开情况的补充")
        before = screen.interview.answers
        screen.box.insert("收到申请5件。")
        await screen.until(lambda: "T01" in screen.hint)
        assert "「收到申请数」是3件" in screen.hint
        assert screen.interview.answers == before
        screen.box.load_text("收到申请3件。")
        await screen.until(lambda: screen.hint == "")

    filled(act)


def test_keys_that_nothing_takes_are_for_the_box(shelf, tmp_path):
    async def act(screen):
        await screen.say(*BEGUN)
        screen.chat.screen.set_focus(None)
        await screen.press("镇")
        assert screen.box.text == "镇"
        screen.chat.screen.set_focus(None)
        await screen.press("enter")
        assert screen.interview.at != "body_kind"

    on_screen(shelf, tmp_path, act)


def test_the_box_has_the_keys_again_when_the_preview_has_no_room(shelf, tmp_path):
    async def act(screen):
        await screen.say(*BEGUN)
        await screen.press("tab")
        await screen.resize(80, 24)
        await screen.settle()
        assert screen.chat.focused is screen.box

    on_screen(shelf, tmp_path, act, size=(120, 36))
