"""The full screen: every ability by word and by key, at every size."""

import re
import shutil

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Paste

from assistant.dialog.interview import COMMANDS
from assistant.ui.tui.answer_box import AnswerBox
from assistant.ui.tui.command_menu import CommandMenu
from assistant.ui.tui.keyboard import KEYS, binding_of
from assistant.ui.tui.line_layout import plain
from assistant.ui.tui.status_and_hint import HintLine
from tests.screen import BEFORE_TABLE, BEGUN, on_screen

CORRECTED = "samples/township-2017-corrected/answers.yaml"


@pytest.fixture
def drive(shelf, tmp_path):
    def run(act, **how):
        on_screen(shelf, tmp_path, act, **how)

    return run


@pytest.fixture
def filled(tmp_path):
    """A folder with one complete answer file."""
    path = tmp_path / "示例镇人民政府-2017.yaml"
    shutil.copy(CORRECTED, path)
    return path


def test_answers_typed_key_by_key_are_taken_and_saved(drive, tmp_path):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.press("1", "4", "5", "enter")
        assert screen.interview.answers.numbers["active_total"] == 145
        assert "答　主动公开政府信息数：145条" in screen.said

    drive(act)
    assert "active_total: 145 " in (tmp_path / "示例镇人民政府-2017.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(set(KEYS) - {"narrative", "menu", "quit"}))
def test_a_key_does_what_its_word_does(name, shelf, tmp_path):
    states: list[object] = []
    said: list[str] = []
    words = shelf.sentences.say(f"command_words.{name}").split()

    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE, "145", "20", "网站28")
        before = len(screen.said)
        if states:
            await screen.press(binding_of(name))
        else:
            await screen.say(words[0])
        states.append((screen.interview.at, screen.interview.answers, screen.interview.help_step))
        heard = [line for line in screen.said[before:] if line and line != f"> {words[0]}"]
        # a long path may be broken anywhere
        said.append("".join(line.strip() for line in heard).replace(f"/{folder}/", "/…/"))

    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        on_screen(shelf, tmp_path / folder, act)
    assert states[0] == states[1]
    assert said[0] == said[1]


def test_the_menu_lists_every_command_and_does_the_one_chosen(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE, "145")
        await screen.press("ctrl+p")
        options = screen.chat.screen.query_one("OptionList")
        names = [option.id for option in options.options]
        assert set(names) == set(COMMANDS)
        options.highlighted = names.index("undo")
        await screen.press("enter")
        assert "active_total" not in screen.interview.answers.given
        assert screen.chat.focused is screen.box

    drive(act)


def test_a_command_that_needs_words_is_written_into_the_box(drive):
    async def act(screen):
        await screen.say(*BEGUN)
        await screen.press("ctrl+p")
        options = screen.chat.screen.query_one("OptionList")
        options.highlighted = [option.id for option in options.options].index("jump")
        await screen.press("enter")
        assert screen.box.text == "/跳到 "
        await screen.press("3", "8", "enter")
        assert list(screen.interview.edition.questions).index(screen.interview.at) == 37

    drive(act)


def test_escape_closes_the_menu_and_leaves_everything(drive):
    async def act(screen):
        await screen.say(*BEGUN)
        before = screen.interview
        await screen.press("ctrl+p")
        await screen.press("f2")
        assert isinstance(screen.chat.screen, CommandMenu)
        await screen.press("escape")
        assert not isinstance(screen.chat.screen, CommandMenu)
        assert screen.interview == before

    drive(act)


def test_the_preview_beside_the_transcript_follows_each_answer(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.say("145")
        assert any("145条" in line for line in screen.preview.page.lines_of_text)
        assert any("145条" in line[60:] for line in screen.shown), "changed, and out of sight"
        await screen.press("f6")
        await screen.settle()
        rows = [line.split() for line in screen.preview.page.lines_of_text]
        assert ["条", "145"] in [row[-2:] for row in rows]
        await screen.press("f6")
        await screen.settle()
        counts = "".join(screen.preview.page.lines_of_text[:2])
        assert re.match("还没答[1-9][0-9]*题；必须改正0项，", counts), "no answer is no error"
        await screen.press("f6")
        await screen.settle()
        assert screen.preview.tab == "narrative"

    drive(act, size=(120, 36))


def test_findings_open_at_their_beginning_whenever_one_turns_to_them(drive, filled):
    shutil.copy("samples/township-2017-many-faults/answers.yaml", filled)

    async def act(screen):
        for key in ("f7", "pagedown", "escape", "f7"):
            await screen.press(key)
            await screen.settle()
            if key == "pagedown":
                assert screen.preview.page.scroll_offset.y > 0
        assert screen.preview.page.scroll_offset.y == 0

    drive(act, path=filled)


def test_without_room_a_key_turns_through_the_faces_and_back(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE, "145")
        seen = []
        for _ in range(4):
            await screen.press("f6")
            await screen.settle()
            seen.append(screen.preview.tab if screen.chat.screen.has_class("-preview") else "")
        assert seen == ["narrative", "table", "findings", ""]
        await screen.press("f6", "escape")
        assert not screen.chat.screen.has_class("-preview")
        await screen.press("f6")
        await screen.say("20")
        assert not screen.chat.screen.has_class("-preview"), "an answer is heard in the transcript"
        await screen.say("统计表")
        await screen.settle()
        assert any("145" in line for line in screen.shown)
        before = screen.shown
        await screen.press("pagedown")
        assert screen.shown != before

    drive(act)


def test_text_not_sent_stays_with_its_question(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.press("1", "2")
        await screen.press("f2")
        assert screen.box.text == ""
        await screen.press("f3")
        assert screen.box.text == "12"
        assert "active_total" not in screen.interview.answers.given

    drive(act)


def test_what_was_refused_comes_back_with_the_up_arrow(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE, "十几条")
        assert screen.box.text == ""
        await screen.press("up")
        assert screen.box.text == "十几条"
        await screen.press("down")
        assert screen.box.text == ""

    drive(act)


def test_leaving_with_unsent_text_is_asked_once(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.press("9", "ctrl+q")
        assert screen.chat.is_running
        assert any("没送出" in line for line in screen.said)
        await screen.press("ctrl+q")
        assert not screen.chat.is_running

    drive(act)


def test_a_column_pasted_is_shown_before_it_is_taken(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.say("145\n20\n20\n11")
        assert "active_total" not in screen.interview.answers.given
        assert any("将要改动下面4项" in line for line in screen.said)
        await screen.say("是")
        assert screen.interview.answers.numbers["key_total"] == 11

    drive(act)


@pytest.mark.parametrize("gap", ["\t", "　", " "])
def test_a_block_pasted_at_a_choice_is_one_proposal(drive, gap):
    async def act(screen):
        await screen.say(*BEGUN, f"政府网站公开政府信息数{gap}106\n政务微信公开政府信息数{gap}39")
        assert any("将要改动下面2项" in line for line in screen.said)
        await screen.say("是")
        assert sorted(screen.interview.answers.numbers.values()) == [39, 106]

    drive(act)


def test_lines_that_were_pasted_are_one_answer_wherever_one_is(drive):
    async def act(screen):
        await screen.say(*BEGUN, "/跳到 联系科室")
        screen.chat.post_message(Paste("党政办公室\n示例镇大街1号\n100000"))
        await screen.press("enter")
        assert any("不能换行" in line for line in screen.said)
        assert "contact_office" not in screen.interview.answers.given
        await screen.say("党政办公室")
        assert screen.interview.at == "contact_address"
        screen.chat.post_message(Paste("甲\n乙"))
        screen.chat.post_message(Paste("丙"))
        await screen.press("enter")
        assert "contact_address" not in screen.interview.answers.given
        screen.chat.post_message(Paste("甲\n乙"))
        await screen.settle()
        await screen.press("escape")
        assert not screen.box._is_pasted, "what comes next is typed"

    drive(act)


def test_what_rests_in_the_box_is_kept_while_the_screen_is_being_left(drive):
    async def act(screen):
        await screen.say(*BEGUN, "/跳到 own_1")
        await screen.chat.query_one(HintLine).remove()
        screen.box.load_text("还没写完")
        screen.box.post_message(AnswerBox.Rested())
        unsent = screen.session.path.with_name(f".{screen.session.path.name}.unsent")
        await screen.until(lambda: bool(screen.interview.waiting) or unsent.exists())

    drive(act)


def test_spaces_of_a_chinese_keyboard_are_typed_like_any_letter(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        for key in XTermParser().feed("14\u30005\u00a06\u200b\U00031350"):
            screen.chat.post_message(key)
        await screen.settle()
        assert screen.box.text == "14\u30005\u00a06\U00031350"
        await screen.press("enter")
        assert not screen.interview.answers.numbers

    drive(act)


def test_a_long_list_that_was_asked_for_is_shown_from_its_beginning(drive, filled):
    async def act(screen):
        await screen.say("/总览")
        assert any("单位和机构：" in line for line in screen.shown[1:5])
        assert "按PgDn看" in "".join(screen.shown)
        await screen.say("/跳到 12")
        assert any("第12题" in line for line in screen.shown), "a question is shown at the end"
        assert "按PgDn看" not in "".join(screen.shown)

    drive(act, path=filled, size=(60, 20))


def test_a_question_longer_than_the_screen_is_shown_from_its_beginning(drive, tmp_path):
    path = tmp_path / "示例镇人民政府-2025.yaml"
    shutil.copy("samples/town-2025-all-zero/answers.yaml", path)

    async def act(screen):
        await screen.say("/跳到 出现的办理结果")
        shown = "".join(screen.shown)
        assert "有哪几种办理结果" in shown
        assert "1. 予以公开" in shown
        assert "按PgDn看" in shown
        await screen.press("f6")
        assert "按PgDn看" not in "".join(screen.shown), "the preview is in sight"
        await screen.press("escape")
        await screen.press("pagedown", "pagedown")
        assert any("21. 其他处理（其他情形）" in line for line in screen.shown)

    drive(act, path=path, size=(60, 20))


def test_finishing_ends_with_where_the_files_are(drive):
    async def act(screen):
        await screen.say(*BEGUN, "/完成")
        shown = "".join(screen.shown)
        assert ".docx" in shown
        assert "未了事项：84题没有答案" in shown

    drive(act)


def test_control_c_says_how_to_leave(drive):
    async def act(screen):
        await screen.press("ctrl+c")
        assert screen.chat.is_running
        assert any("退出请按Ctrl+Q" in line for line in screen.said)

    drive(act)


def test_a_reason_is_asked_in_the_box_and_unsent_words_survive_a_look_aside(drive, filled):
    async def act(screen):
        await screen.say("/改 重点领域公开政府信息数 12")
        assert screen.interview.pending is not None
        for letter in "公开栏":
            await screen.press(letter)
        await screen.press("f4")
        assert screen.box.text == "公开栏"
        await screen.say("公开栏未计入渠道")
        assert any(
            "公开栏未计入渠道" in each.reason
            for each in screen.interview.answers.acknowledged.values()
        )

    drive(act, path=filled)


def test_nothing_that_a_terminal_would_obey_is_drawn(drive):
    async def act(screen):
        await screen.say(*BEGUN, "\x1b[31m镇\u202e\x07", "3\t4")
        for text in (*screen.said, *screen.shown):
            assert not re.search(r"[\x00-\x1f\x7f\u202e]", text), repr(text)
        assert any("镇" in line for line in screen.said)

    drive(act)


def test_help_comes_in_steps(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        await screen.press("f4")
        assert any(line.startswith("  口径：") for line in screen.said)
        await screen.press("f4")
        assert any(line.startswith("  例子：") for line in screen.said)

    drive(act)


def test_finishing_lists_what_is_open_and_writes_the_files(drive, filled):
    async def act(screen):
        await screen.press("f9")
        assert any("必须改正0项" in line for line in screen.said)
        assert any("可以定稿" in line for line in screen.said)

    drive(act, path=filled)
    assert filled.with_suffix(".txt").read_text("utf-8").strip().startswith("示例镇人民政府")


def test_an_answer_that_cannot_be_saved_is_told_and_leaving_is_asked_twice(drive, filled):
    async def act(screen):
        shutil.rmtree(filled.parent)
        await screen.say("/改 网站 107")
        assert any("还没有存上" in line for line in screen.said)
        await screen.press("ctrl+q")
        assert screen.chat.is_running
        await screen.press("ctrl+q")
        assert not screen.chat.is_running
        assert not screen.session.is_saved

    drive(act, path=filled)


SIZES = [(120, 36), (80, 24), (99, 24), (100, 24), (40, 12), (200, 60), (20, 6), (80, 24)]


def test_at_every_size_the_lines_fit_and_the_question_stays_in_sight(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE, "145")
        for width, height in SIZES:
            await screen.resize(width, height)
            await screen.settle()
            strips = screen.chat.screen._compositor.render_strips(screen.chat.size)
            assert {strip.cell_length for strip in strips} == {width}
            if width >= 40:
                assert screen.shown[0].rstrip().endswith("共还剩77题，选答12题"), width
                assert "^P命令" in screen.shown[-1]
                assert "^Q退出" in screen.shown[-1]
            if height > 10:
                assert any("规范性文件" in line for line in screen.shown), (width, height)
        assert screen.chat.focused is screen.box

    drive(act)


def test_nothing_on_the_screen_is_english_or_half_width(drive, filled):
    allowed = re.compile(r"nianbao|yaml|txt|md|Ctrl|Esc|Tab|PgDn|PgUp|[A-Z]\d\d|答案文件")

    async def act(screen):
        for line in (
            "",
            "?",
            "?",
            "命令",
            "总览",
            "核对",
            "改 网站 999",
            "情况属实",
            "统计表",
            "什么是规范性文件",
        ):
            await screen.say(line)
            await screen.settle()
            for text in (*screen.said, *screen.preview.page.lines_of_text, *screen.shown):
                assert not re.search(r"[A-Za-z]{2,}", allowed.sub("", text)), text
                assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text), text

    drive(act, path=filled, size=(120, 36))


def test_refused_text_never_joins_what_is_typed_later(drive):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE, "约145条", "/上一题", "/下一题")
        assert screen.box.text == ""
        await screen.press("1", "2", "enter")
        assert screen.interview.answers.numbers["active_total"] == 12

    drive(act)


def test_escape_empties_the_box_and_the_up_arrow_brings_it_back(drive):
    async def act(screen):
        await screen.say(*BEGUN)
        await screen.press("9", "8", "escape")
        assert screen.box.text == ""
        await screen.press("up")
        assert screen.box.text == "98"

    drive(act)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_a_refused_answer_does_not_ask_again_what_is_in_sight(drive, size):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        asked = screen.chat._asked[-1].text
        count = "\n".join(screen.said).count(asked)
        await screen.say("x")
        assert "“x”没有采用" in "\n".join(screen.said)
        assert "\n".join(screen.said).count(asked) == count
        assert asked in "\n".join(screen.shown)
        for _ in range(8):
            await screen.say("y")
        assert "\n".join(screen.said).count(asked) > count, "it went out of sight"
        assert asked in "\n".join(screen.shown)

    drive(act, size=size)


def test_a_line_that_wraps_is_deleted_back_to_its_beginning(drive, tmp_path):
    path = tmp_path / "示例镇人民政府-2025.yaml"
    shutil.copy("samples/town-2025-all-zero/answers.yaml", path)

    async def act(screen):
        await screen.say("/跳到 主动公开的补充")
        await screen.press(*"甲乙丙丁戊己庚辛壬癸" * 8, "ctrl+u")
        assert screen.box.text == ""

    drive(act, path=path, size=(60, 20))


def test_what_was_taken_stands_above_a_question_longer_than_the_screen(drive, tmp_path):
    path = tmp_path / "示例镇人民政府-2025.yaml"
    shutil.copy("samples/town-2025-all-zero/answers.yaml", path)

    async def act(screen):
        await screen.say("/跳到 出现的办理结果", "/清除", "/跳到 涉及的申请人", "/清除", "1")
        shown = "".join(screen.shown)
        assert "答　涉及的申请人：自然人" in shown
        assert "1. 予以公开" in shown

    drive(act, path=path, size=(60, 20))


def test_what_comes_right_behind_a_resize_is_read_from_its_beginning(drive, tmp_path):
    path = tmp_path / "示例镇人民政府-2025.yaml"
    shutil.copy("samples/town-2025-all-zero/answers.yaml", path)

    async def act(screen):
        page = screen.chat.body.transcript
        assert page.is_at_end
        page.on_resize()
        page.add([], [plain(f"第{number}行") for number in range(100)])
        await screen.pilot.pause()
        assert "第0行" in "".join(screen.shown)

    drive(act, path=path)


def test_the_up_arrow_brings_back_words_that_stand_to_be_changed(drive, tmp_path):
    path = tmp_path / "示例镇人民政府-2025.yaml"
    shutil.copy("samples/town-2025-all-zero/answers.yaml", path)

    async def act(screen):
        await screen.say("/跳到 监督保障的补充", "每季度检查一次。", "/跳到 监督保障的补充")
        await screen.press("up")
        assert screen.box.text == "每季度检查一次。"

    drive(act, path=path)
