"""The first question is painted while the rest of the program is still being read."""

import asyncio
import threading
from contextlib import closing

import pytest

from assistant.answers import Answers
from assistant.dialog.session import Session
from assistant.dialog.welcome import greet
from assistant.storage.errors import FileError
from assistant.ui.tui import Chat
from assistant.ui.tui.scrolling_page import ScrollingPage
from tests.screen import TODAY
from tests.talking import STARTS, Terminal
from tests.waiting import PATIENCE
from tests.writing import save

FIRST_LINES = ("2017", "1", "示例镇人民政府")
NAMED_BY_THEM = "示例镇人民政府-2017.yaml"


def test_what_is_typed_while_the_program_is_still_read_is_not_lost(shelf, tmp_path):
    greeting = greet(shelf.sentences, tmp_path, TODAY.year)
    session = Session(shelf, tmp_path, TODAY)
    may_open = threading.Event()

    def open_session():
        may_open.wait(PATIENCE)
        return session, session.start()

    chat = Chat(shelf.sentences, greeting, open_session)

    async def act():
        async with chat.run_test() as pilot:
            await pilot.press("2", "0", "1", "7", "enter", "1", "enter")
            assert chat.session is None
            may_open.set()
            while chat.session is None:
                await pilot.pause(0.02)
            await pilot.pause()
            said = chat.query_one("#transcript", ScrollingPage).lines_of_text
            assert "贵单位的全称是什么？" in said[-3:]

    asyncio.run(act())
    session.close()


def test_an_opening_that_fails_ends_the_screen_and_keeps_the_fault(shelf, tmp_path):
    def open_session():
        raise FileError("folder_missing", path=str(tmp_path))

    chat = Chat(shelf.sentences, greet(shelf.sentences, tmp_path, TODAY.year), open_session)

    async def act():
        async with chat.run_test() as pilot:
            while chat.fault is None:
                await pilot.pause(0.02)

    asyncio.run(act())
    assert isinstance(chat.fault, FileError)
    assert chat.fault.code == "folder_missing"


def test_the_first_words_are_those_of_the_session(shelf, tmp_path):
    early = greet(shelf.sentences, tmp_path, TODAY.year)
    assert early == Session(shelf, tmp_path, TODAY).start()
    (tmp_path / "a.yaml").write_text("x", encoding="utf-8")
    assert greet(shelf.sentences, tmp_path, TODAY.year) == []


def test_no_line_is_painted_that_was_broken_for_another_width(shelf, tmp_path, monkeypatch):
    painted, paint = [], ScrollingPage.render_line

    def render_line(page, y):
        strip = paint(page, y)
        painted.append(strip.text.strip())
        return strip

    monkeypatch.setattr(ScrollingPage, "render_line", render_line)
    session = Session(shelf, tmp_path, TODAY)
    greeting = session.start()
    chat = Chat(shelf.sentences, greeting, lambda: (session, greeting))

    async def act():
        async with chat.run_test(size=(80, 24)):
            pass

    asyncio.run(act())
    session.close()
    first = next(line for line in painted if line)
    assert first.startswith("提示　年报助手：一题一题地问"), painted[:20]


def test_lines_typed_before_the_program_runs_meet_their_own_questions(tmp_path):
    with closing(Terminal(folder=tmp_path)) as terminal:
        terminal.type("".join(f"{line}\r" for line in FIRST_LINES))
        terminal.wait_for((tmp_path / NAMED_BY_THEM).exists)


def test_lines_typed_as_soon_as_the_screen_is_there_meet_their_own_questions(tmp_path):
    with closing(Terminal(folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.output)
        for line in FIRST_LINES:
            for keys in (line, "\r"):
                terminal.type(keys)
                terminal.look(0.03)
        terminal.wait_for((tmp_path / NAMED_BY_THEM).exists)


COLUMN = (
    "行政许可",
    "5",
    "行政处罚",
    "7",
    "行政强制",
    "3",
    "行政事业性收费",
    "1.5",
    "规章",
    "1",
    "2",
    "3",
)
MOMENTS = {
    "before the program runs": b"",
    "as it takes the screen": b"\x1b[?1049h",
    "as it asks for marks of pastes": b"\x1b[?2004h",
}


@pytest.mark.parametrize("mark", MOMENTS.values(), ids=MOMENTS)
def test_what_is_pasted_while_the_program_starts_answers_nothing(shelf, tmp_path, mark):
    path = tmp_path / "年报.yaml"
    save(Answers(shelf.edition("national-2021"), 2024), path)
    before = path.read_text(encoding="utf-8")
    with closing(Terminal(path.name, folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: mark in terminal.output)
        terminal.type("".join(f"{line}\r" for line in COLUMN * 40))
        terminal.wait_for(lambda: "│ 规章" in terminal.text)
        terminal.rest()
        assert path.read_text(encoding="utf-8") == before
        assert "没有采用" not in terminal.text


@pytest.mark.parametrize("started", STARTS)
def test_the_program_ends_with_its_terminal(started, tmp_path):
    with closing(Terminal(folder=tmp_path, started=started)) as terminal:
        terminal.type("".join(f"{line}\r" for line in FIRST_LINES))
        terminal.wait_for((tmp_path / NAMED_BY_THEM).exists)
        terminal.hang_up()
        terminal.process.wait(timeout=PATIENCE)
