"""`复制`: the report as clean text on the clipboard, of a terminal, of tmux and of a browser."""

import base64
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.interview import Interview
from assistant.form.loader import open_library
from assistant.report import Report, make_report
from assistant.ui.tui.clipboard import put_on_clipboard
from tests.conftest import ROOT, SAMPLES
from tests.machines import Talk, answers_of, spoken
from tests.screen import Screen, on_screen
from tests.talking import Terminal
from tests.waiting import until

LIBRARY = open_library()
FILES = sorted(SAMPLES.glob("*/answers.yaml"))
BUREAU = SAMPLES / "bureau-2025-typical" / "answers.yaml"
SEQUENCE = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
TODAY = date(2026, 1, 15)


def at_end(path: Path) -> Talk:
    return Talk(load(path, LIBRARY).answers, None, "")


def report_of(interview: Interview) -> Report:
    return make_report(interview.answers, None, interview.sentences, is_draft=False)


def copied(talk: Talk, line: str) -> str:
    talk.type(line)
    assert talk.turn.ui_request == "copy", spoken(talk.turn.events)
    return talk.turn.argument


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_whole_narrative_is_copied_as_it_stands_without_marks(path):
    talk = at_end(path)
    text = copied(talk, "/复制")
    assert text.split("\n") == [each.text for each in report_of(talk.interview).blocks]
    assert not set("※▁＿\u3000\t") & set(text)
    assert "草稿" not in text
    assert copied(talk, "/复制正文") == copied(talk, "/拷贝") == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_sections_are_the_report_between_head_and_signature(path):
    talk = at_end(path)
    report = report_of(talk.interview)
    headings = [each.text for each in report.blocks if each.kind == "heading"]
    assert len(headings) == 6
    parts = []
    for number, heading in zip("一二三四五六", headings, strict=True):
        parts.append(copied(talk, f"/复制 {number}"))
        assert parts[-1].startswith(heading)
        assert (
            copied(talk, f"/复制 {heading}") == copied(talk, f"/复制 第{number}部分") == parts[-1]
        )
    inside = "\n".join(parts).split("\n")
    before = takewhile(lambda each: each.text != headings[0], report.blocks)
    rest = [each for each in report.blocks if each.text not in inside]
    assert [each for each in rest if each.kind != "signature"] == [*before]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_passage_with_words_is_copied_by_its_name(path):
    talk = at_end(path)
    report = report_of(talk.interview)
    for passage in talk.interview.edition.passages:
        talk.type(f"/复制 {passage.label}")
        words = [each.text for each in report.blocks if each.passage == passage.id]
        assert (talk.turn.ui_request == "copy") is bool(words), passage.label
        if words:
            assert "\n".join(words) in talk.turn.argument


def test_a_heading_within_a_section_is_copied_alone():
    talk = at_end(BUREAU)
    text = copied(talk, "/复制 依申请公开")
    assert text.startswith("（二）依申请公开\n")
    assert "（三）" not in text


def test_tables_are_rows_with_a_tabulator_for_each_column():
    talk = at_end(BUREAU)
    rows = [line.split("\t") for line in copied(talk, "/复制 表").split("\n")]
    assert ["行政许可", "42"] in rows
    for table in report_of(talk.interview).tables:
        for row in table.rows:
            if row.cells:
                figures = [cell.text for cell in row.cells]
                assert any(line[-len(figures) :] == figures for line in rows)
    section = copied(talk, "/复制 三")
    assert "\n一、本年新收政府信息公开申请数量\t" in section


def test_what_has_no_answer_yet_is_counted():
    talk = Talk(answers_of({"body_name": "示例镇人民政府", "received_total": "3"}), None, "")
    text = copied(talk, "/复制")
    said = spoken(talk.turn.events)
    gaps = int(re.search(r"还有(\d+)处", said)[1])
    assert gaps == text.count("【待补充") > 0
    assert "还有" not in at_end(BUREAU).type("/复制 五")


@pytest.mark.parametrize("line", ["/复制 没有这一段", "/复制 开头", "/复制 申请的"])
def test_what_is_not_there_or_not_certain_is_not_copied(line):
    talk = at_end(BUREAU)
    talk.type(line)
    assert talk.turn.ui_request == ""
    assert not talk.turn.argument


# --- To where the person is


def test_a_terminal_gets_the_text_by_its_sequence(tmp_path, monkeypatch):
    monkeypatch.delenv("TMUX", raising=False)
    (tmp_path / "答案.yaml").write_bytes(BUREAU.read_bytes())
    terminal = Terminal("chat", "答案.yaml", folder=tmp_path)
    try:
        terminal.wait_for(lambda: "F9完成" in terminal.text)
        terminal.rest()
        terminal.type("/复制 五\r")
        terminal.wait_for(lambda: "已交给终端的剪贴板" in terminal.text)
        terminal.rest()
        (sent,) = SEQUENCE.findall(terminal.output)
        text = base64.b64decode(sent).decode()
        assert text == copied(at_end(BUREAU), "/复制 五")
        assert "\x1b" not in terminal.text
    finally:
        terminal.close()


@pytest.mark.skipif(not shutil.which("tmux"), reason="needs tmux")
def test_tmux_as_it_is_set_by_default_has_the_text_in_its_buffer(tmp_path):
    """It takes no sequence from within; the sentence tells how to paste."""
    (tmp_path / "答案.yaml").write_bytes(BUREAU.read_bytes())
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    program = shlex.join(
        ["env", "PYTHONUTF8=1", f"PYTHONPATH={ROOT}", sys.executable, "-m", "assistant"]
    )

    def ask(*words: str) -> str:
        run = subprocess.run([*tmux, *words], capture_output=True, encoding="utf-8", check=False)
        return run.stdout

    try:
        ask(
            "new-session",
            "-d",
            "-x",
            "80",
            "-y",
            "24",
            "-c",
            str(tmp_path),
            f"{program} chat 答案.yaml",
        )
        assert until(lambda: "F9完成" in ask("capture-pane", "-p"))
        ask("send-keys", "/复制 五", "Enter")
        assert until(lambda: "tmux的缓冲区" in ask("capture-pane", "-p"))
        assert ask("show-buffer") == copied(at_end(BUREAU), "/复制 五")
    finally:
        ask("kill-server")


def test_without_its_program_tmux_counts_as_a_terminal(monkeypatch, tmp_path):
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    monkeypatch.setenv("PATH", str(tmp_path))
    ways = []

    async def act(screen: Screen) -> None:
        ways.append(put_on_clipboard(screen.chat, "一"))
        ways.append(put_on_clipboard(screen.chat, "字" * 25_000))
        assert screen.chat.clipboard == "一"

    on_screen(LIBRARY, tmp_path, act)
    assert ways == ["terminal", "too_long"]


def test_what_is_longer_than_terminals_take_is_refused_with_a_way_out(tmp_path):
    (tmp_path / "答案.yaml").write_bytes(BUREAU.read_bytes())

    async def act(screen: Screen) -> None:
        for name in ("主动公开", "依申请公开", "政府信息管理"):
            await screen.say(f"/跳到 {name}的补充", "/清除", f"{'字' * 9_000}。")
        await screen.say("/复制")
        assert "太长了" in "".join(screen.said[-8:])
        await screen.say("/复制 五")
        assert "已交给终端的剪贴板" in "".join(screen.said[-8:])

    on_screen(LIBRARY, tmp_path, act, path=tmp_path / "答案.yaml", today=TODAY)


def test_line_by_line_the_text_is_printed(nianbao, tmp_path):
    (tmp_path / "答案.yaml").write_bytes(BUREAU.read_bytes())
    run = nianbao("chat", "答案.yaml", "--plain", input="/复制 五\n/退出\n", cwd=tmp_path)
    text = copied(at_end(BUREAU), "/复制 五")
    assert f"\n{text}\n" in run.stdout
    assert "\x1b" not in run.stdout
