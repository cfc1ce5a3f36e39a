"""Text that was typed and not sent outlives the window it was typed in."""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialog.session import Session
from assistant.dialog.session.answer_file import Drafts
from assistant.form.loader import Library
from tests.screen import BEGUN, Screen, on_screen

NAME = "示例镇人民政府-2017.yaml"
HIDDEN = f".{NAME}.unsent"


def sitting(shelf: Library, folder: Path) -> Session:
    return Session(shelf, folder, date(2018, 1, 15))


@pytest.fixture
def begun(shelf: Library, tmp_path: Path) -> Path:
    """A folder with an answer file in which own text is being written."""
    with closing(sitting(shelf, tmp_path)) as session:
        session.start()
        for line in (*BEGUN, "/跳到 own_1"):
            session.say(line)
        session.keep_unsent("本年度更换了公开")
    return tmp_path


def test_the_next_sitting_goes_on_with_the_words_in_the_box(shelf: Library, begun: Path) -> None:
    with closing(sitting(shelf, begun)) as session:
        events = session.start(begun / NAME)
        assert session.interview is not None
        assert session.interview.at == "own_1"
        assert events[-1].draft == "本年度更换了公开"
        assert any("没有送出的文字还在框里" in each.text for each in events)
        session.say("本年度更换了公开栏。")
        assert not (begun / HIDDEN).exists()


def test_what_no_question_asks_any_more_is_let_go(shelf: Library, begun: Path) -> None:
    (begun / HIDDEN).write_text('{"gone": "甲", "leading_group_head": "乙"}', encoding="utf-8")
    with closing(sitting(shelf, begun)) as session:
        events = session.start(begun / NAME)
        assert not events[-1].draft
        assert not (begun / HIDDEN).exists()


@given(
    st.one_of(st.binary(max_size=40), st.sampled_from([b"[1]", b'{"a": 1}', b"null", b"[" * 900]))
)
def test_a_damaged_file_is_passed_over(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    answers = tmp_path_factory.getbasetemp() / NAME
    answers.with_name(HIDDEN).write_bytes(data)
    assert all(isinstance(each, str) for each in Drafts(answers).read().values())


def test_a_draft_beside_the_final_report_is_named(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / NAME
    shutil.copy("samples/township-2017-corrected/answers.yaml", path)
    (tmp_path / "示例镇人民政府-2017-草稿.docx").write_bytes(b"")
    with closing(sitting(shelf, tmp_path)) as session:
        session.start(path)
        told = "".join(line for each in session.say("/完成") for line in each.lines)
    assert "以前写出的草稿还在，不用了可以删去：示例镇人民政府-2017-草稿.docx" in told


def test_where_nothing_can_be_written_typing_goes_on(tmp_path: Path) -> None:
    Drafts(tmp_path / "没有" / NAME).keep({"own_1": "甲"})


def test_the_box_is_kept_whenever_the_typing_rests(shelf: Library, tmp_path: Path) -> None:
    async def act(screen: Screen) -> None:
        await screen.say(*BEGUN, "/跳到 own_1")
        await screen.press("半", "句")
        await screen.until((tmp_path / HIDDEN).exists)
        assert "半句" in (tmp_path / HIDDEN).read_text(encoding="utf-8")
        await screen.press("话", "enter")
        assert not (tmp_path / HIDDEN).exists()
        assert screen.interview.answers.value("own_1") == "半句话。"

    on_screen(shelf, tmp_path, act)


def test_a_file_that_is_named_opens_with_the_words_in_the_box(shelf: Library, begun: Path) -> None:
    async def act(screen: Screen) -> None:
        assert screen.box.text == "本年度更换了公开"
        await screen.press("escape")
        assert screen.box.text == ""

    on_screen(shelf, begun, act, path=begun / NAME)


def test_half_a_reason_is_asked_for_again_with_its_words(shelf: Library, begun: Path) -> None:
    (begun / HIDDEN).unlink()
    channels = ("website", "weibo", "wechat", "gazette", "other")
    with closing(sitting(shelf, begun)) as session:
        session.start(begun / NAME)
        session.say("/改 主动公开政府信息数 9")
        for name in channels:
            session.say(f"/跳到 channel_{name}")
            session.say("0")
        assert session.interview is not None
        assert session.interview.wanted_reason is not None
        session.keep_unsent("公开栏里的")
    with closing(sitting(shelf, begun)) as session:
        events = session.start(begun / NAME)
        assert session.interview is not None
        assert session.interview.wanted_reason is not None
        assert events[-1].draft == "公开栏里的"


def test_the_text_typed_last_comes_first_also_a_reason(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / NAME
    shutil.copy("samples/township-2017-as-published/answers.yaml", path)
    with closing(sitting(shelf, tmp_path)) as session:
        session.start(path)
        session.say("/跳到 own_1")
        session.command("next", typed="半句话")
        session.say("/说明 L02")
        session.keep_unsent("公开栏没有逐条")
    with closing(sitting(shelf, tmp_path)) as session:
        events = session.start(path)
        assert events[-1].draft == "公开栏没有逐条"
        assert "L02要写一句理由" in events[-1].text
        session.drop_unsent()
        assert session.interview is not None
        assert session.interview.waiting == {"own_1": "半句话"}


def test_finishing_tells_once_of_text_that_was_not_sent(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / NAME
    shutil.copy("samples/township-2017-corrected/answers.yaml", path)
    with closing(sitting(shelf, tmp_path)) as session:
        session.start(path)
        session.say("/跳到 own_1")
        told = session.command("finish", typed="新增电子屏一块。")
        assert "不会写进文稿" in told[-2].text
        assert any("基本情况的补充：新增电子屏一块。" in line for line in told[-2].lines)
        assert told[-1].draft == "新增电子屏一块。", "it is still in the box"
        assert not list(tmp_path.glob("*.docx"))
        written = session.command("finish", typed="新增电子屏一块。")
        assert list(tmp_path.glob("*.docx"))
        lines = [line for each in written for line in each.lines]
        assert any("没有写进文稿" in line and "新增电子屏一块。" in line for line in lines)


def test_a_command_from_the_menu_puts_the_text_aside(shelf: Library, tmp_path: Path) -> None:
    async def act(screen):
        await screen.say(*BEGUN, "/跳到 own_1")
        screen.box.insert("新增电子屏一块。")
        await screen.settle()
        await screen.press("ctrl+p", "down", "down", "down", "down", "enter")
        assert screen.box.text.startswith("/")
        await screen.until((tmp_path / HIDDEN).exists)
        assert "新增电子屏" in (tmp_path / HIDDEN).read_text("utf-8"), "a window may die now"
        await screen.press("escape")
        assert screen.box.text == "新增电子屏一块。"
        await screen.press("escape")
        assert screen.box.text == ""
        assert not (tmp_path / HIDDEN).exists(), "it was thrown away, and Up brings it back"
        await screen.press("up")
        assert screen.box.text == "新增电子屏一块。"

    on_screen(shelf, tmp_path, act)
