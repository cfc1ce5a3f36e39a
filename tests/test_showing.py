"""`nianbao replay --show`: a file is played into the conversation and is not touched by it."""

import asyncio
import os
import subprocess
import sys
import tempfile
from contextlib import asynccontextmanager, closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.session import Autoplay, Session
from assistant.ui.tui.answer_box import AnswerBox
from assistant.ui.tui.autoplay_app import AutoplayChat
from tests.conftest import SAMPLES
from tests.screen import Screen, running
from tests.talking import Terminal, contents
from tests.waiting import PATIENCE

CORRECTED = "township-2017-corrected"


@pytest.fixture
def source(tmp_path):
    """A sample in a place of its own."""

    def copied(name: str, old: str = "", new: str = "") -> Path:
        path = tmp_path / "答案.yaml"
        text = (SAMPLES / name / "answers.yaml").read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return copied


def in_a_pipe(path: Path, *options: str, **variables: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "assistant", "replay", "--show", str(path), *options]
    home = os.environ | {"PYTHONUTF8": "1"} | variables
    return subprocess.run(command, input="", capture_output=True, encoding="utf-8", env=home)


@asynccontextmanager
async def shown(shelf, path: Path, folder: Path, speed: float = 500, size=(120, 36)):
    folder.mkdir()
    session = Session(shelf, folder, date(2026, 1, 1))
    greeting = session.start()
    player = Autoplay(load(path, shelf).answers)
    show = AutoplayChat(shelf.sentences, lambda: (session, greeting), player, speed)
    try:
        async with running(show, size) as screen:
            yield screen
    finally:
        session.close()


async def until(screen: Screen, words: str) -> None:
    await screen.until(lambda: any(words in line for line in screen.said))


def test_a_pipe_gets_the_conversation_line_by_line(shelf, source, tmp_path):
    path = source(CORRECTED)
    before, room = path.read_bytes(), tmp_path / "room"
    room.mkdir()
    run = in_a_pipe(path, TMPDIR=str(room))
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert (
        lines[0]
        == "提示　演示答案.yaml：文件里的答案会一题一题打进来。用的是临时副本，原文件不会改动。"
    )
    assert "> 145" in lines
    assert "答　主动公开政府信息数：145条" in lines
    assert lines[-2] == "提示　演示完了，文件里的答案都打进来了。原文件没有改动。"
    assert lines[-1] == f"演示结束，{path}没有改动。"
    assert path.read_bytes() == before
    assert not list(room.iterdir())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["room", "答案.yaml"]


def test_what_cannot_be_read_is_said_and_skipped(source):
    run = in_a_pipe(source(CORRECTED, "active_total: 145", "active_total: 约一百四十条"))
    assert run.returncode == 0
    assert "提示　文件里有1项打不进来，跳过：\n　　主动公开政府信息数\n" in run.stdout
    assert "「主动公开政府信息数」的“约一百四十条”没有采用" in run.stdout
    assert "> 约一百四十条" not in run.stdout
    assert "> 22\n" in run.stdout


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (
            ["--speed", "很快"],
            "错误：演示的快慢“很快”看不懂。请写慢、中、快，或每秒几个字（1到500）。\n",
        ),
        (
            ["--speed", "nan"],
            "错误：演示的快慢“nan”看不懂。请写慢、中、快，或每秒几个字（1到500）。\n",
        ),
        (["--speed", "0"], "错误：演示的快慢“0”看不懂。请写慢、中、快，或每秒几个字（1到500）。\n"),
        (["--final"], "错误：“--show”一次只演示一个答案文件，不能同时用-o、--final或--json。\n"),
        (["--theme", "红"], "错误：没有“红”这种外观，可以是：深色、浅色、高对比、终端。\n"),
    ],
)
def test_what_does_not_go_together_is_refused(options, complaint, source):
    run = in_a_pipe(source(CORRECTED), *options)
    assert (run.returncode, run.stderr, run.stdout) == (2, complaint, "")


HEAD = "format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n  body_name: 示例镇人民政府\n"
FEW = {
    "active_total": 3,
    "channel_gazette": 0,
    "channel_website": 1,
    "channel_weibo": 0,
    "channel_wechat": 0,
    "channel_other": 0,
    "received_total": 2,
    "received_in_person": 0,
    "received_fax": 0,
    "received_online": 0,
    "received_letter": 0,
}
REASON = (
    "acknowledged:\n  L02:\n    reason: 两条为当面宣读，未经渠道\n"
    "    values: {active_total: 3, channel_website: 1}\n"
)


@pytest.fixture
def few(tmp_path):
    """A file with few answers, two of its sums wrong."""
    path = tmp_path / "答案.yaml"
    path.write_text(HEAD + "".join(f"  {each}: {FEW[each]}\n" for each in FEW), encoding="utf-8")
    return path


def test_it_stops_at_a_finding_until_enter(shelf, few, tmp_path):
    before = few.read_bytes()

    async def watch() -> None:
        async with shown(shelf, few, tmp_path / "room") as screen:
            await until(screen, "暂停了。可以翻看，按回车继续，Ctrl+Q离开。")
            answers = screen.interview.answers
            assert any("【请核实】L02" in line for line in screen.said)
            await screen.press("pageup", "f6", "a", "ctrl+t", "f9")
            assert screen.preview.tab == "table"
            assert any("现在是演示，只能看" in line for line in screen.said)
            await screen.pilot.pause(0.3)
            assert screen.interview.answers is answers
            assert screen.box.text == ""
            for code in ("R01", "演示完了"):
                await screen.press("enter")
                await until(screen, code)
            assert contents(screen.interview.answers) == contents(load(few, shelf).answers)

    asyncio.run(watch())
    assert few.read_bytes() == before


def test_what_the_file_acknowledges_does_not_stop_it(shelf, few, tmp_path):
    text = few.read_text(encoding="utf-8").replace("received_in_person: 0", "received_in_person: 2")
    few.write_text(text + REASON, encoding="utf-8")

    async def watch() -> None:
        async with shown(shelf, few, tmp_path / "room", size=(80, 24)) as screen:
            await until(screen, "演示完了")
            assert any("的理由：两条为当面宣读，未经渠道" in line for line in screen.said)
            assert not any("暂停了" in line for line in screen.said)

    asyncio.run(watch())


def test_letters_come_one_by_one_and_enter_stops_them(shelf, source, tmp_path, monkeypatch):
    seen: set[str] = set()
    load_text = AnswerBox.load_text

    def load_and_note(box, text):
        seen.add(text)
        load_text(box, text)

    monkeypatch.setattr(AnswerBox, "load_text", load_and_note)

    async def watch() -> None:
        async with shown(shelf, source(CORRECTED), tmp_path / "room", speed=12) as screen:
            await screen.until(lambda: "示例镇人民政府" in seen)
            assert {"2", "20", "201", "2017", "示", "示例"} <= seen
            await screen.press("enter")
            await until(screen, "暂停了")
            text = screen.box.text
            await screen.pilot.pause(0.3)
            assert screen.box.text == text
            await screen.press("enter")
            await until(screen, "已建立示例镇人民政府-2017.yaml")

    asyncio.run(watch())


def test_leaving_at_a_terminal_leaves_nothing_behind(source, tmp_path, monkeypatch):
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setenv("TMPDIR", str(room))
    monkeypatch.setattr(tempfile, "tempdir", None)
    path = source(CORRECTED)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with closing(Terminal("replay", "--show", path, "--speed", "快", folder=folder)) as terminal:
        terminal.wait_for(lambda: b"> " in terminal.output)
        terminal.type("\x11")
        terminal.wait_for(lambda: terminal.process.poll() is not None)
        while terminal.look(0.2):
            pass
        assert terminal.process.returncode == 0
        assert f"演示结束，{path}没有改动。" in terminal.output.decode()
    assert not list(room.iterdir())
    assert not list(folder.iterdir())


def test_what_is_shown_ends_with_its_terminal_too(source, tmp_path):
    file = source(CORRECTED)
    with closing(
        Terminal("replay", "--show", file, folder=tmp_path, started="by nohup")
    ) as terminal:
        terminal.wait_for(lambda: "演示".encode() in terminal.output)
        terminal.hang_up()
        terminal.process.wait(timeout=PATIENCE)
