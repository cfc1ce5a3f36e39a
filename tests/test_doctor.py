"""`nianbao doctor` at terminals that answer, answer wrongly or never, and in a pipe."""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "assistant", "doctor"]
PATIENT = """
import sys
from assistant.__main__ import main
from assistant.ui import terminal
assert terminal._PATIENCE
terminal._PATIENCE = 3600
sys.argv[1:] = ["doctor"]
sys.exit(main())
"""
"""Waits an hour for the answers of a terminal, so that it must not wait for one that is no more."""
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in ("COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG", "PYTHONUTF8")
} | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
ASK_PLACE, ASK_LAST = b"\x1b[6n", b"\x1b[c"
SIGNS = 8


def in_a_pipe(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*COMMAND, *options],
        cwd=folder,
        input="",
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=ENVIRONMENT | variables,
    )


def at_terminal(
    folder: Path,
    answer: bytes,
    size: tuple[int, int] = (80, 24),
    command: Sequence[str | Path] = (sys.executable, "-c", PATIENT),
    **variables: str,
) -> tuple[int, str]:
    """Exit code and what was printed.

    The terminal must be as before and hold nothing unread when the program has ended.
    """
    end, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", size[1], size[0], 0, 0))
    before = termios.tcgetattr(inner)
    end_of_patience = time.monotonic() + PATIENCE
    process = subprocess.Popen(
        command, cwd=folder, stdin=inner, stdout=inner, stderr=inner, env=ENVIRONMENT | variables
    )
    output, is_answered = b"", False
    while process.poll() is None or select.select([end], [], [], 0)[0]:
        if select.select([end], [], [], 0.05)[0]:
            with suppress(OSError):
                output += os.read(end, 1 << 16)
        if ASK_LAST in output and not is_answered:
            is_answered = True
            assert output.count(ASK_PLACE) == SIGNS
            os.write(end, answer)
        assert time.monotonic() < end_of_patience
    assert termios.tcgetattr(inner) == before
    raw = termios.tcgetattr(inner)
    raw[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(inner, termios.TCSANOW, raw)
    assert not select.select([inner], [], [], 0)[0]
    os.close(end)
    os.close(inner)
    printed = output.decode().partition("\r\x1b[K\x1b[?2004$p\x1b[c\r\x1b[K")
    return process.returncode, printed[0] + printed[2]


def places(*widths: int) -> bytes:
    return b"".join(b"\x1b[7;%dR" % (width + 1) for width in widths)


def test_a_terminal_that_answers(tmp_path):
    code, said = at_terminal(tmp_path, places(*[1] * SIGNS) + b"\x1b[?2004;2$y\x1b[?62;22c")
    assert code == 0
    assert "正常　窗口80列24行。" in said
    assert "正常　终端有256种颜色，外观默认用“深色”。" in said
    assert "正常　引号等符号（“”…—·≠×─）各占一列，排版不会错位。" in said
    assert "正常　粘贴的内容能与打字区分开" in said
    assert "正常　当前文件夹可以写，文件可以加锁" in said
    assert said.rstrip().endswith("可以使用。")
    assert "不行" not in said
    assert not list(tmp_path.iterdir())


def test_a_terminal_with_broad_signs(tmp_path):
    answer = places(2, 2, 1, 2, 1, 2, 1, 2) + b"\x1b[?2004;0$y\x1b[?1;2c"
    code, said = at_terminal(tmp_path, answer, TERM="linux")
    assert code == 0
    assert "注意　这些符号在这里占两列：“”—≠─。" in said
    assert "注意　终端不区分粘贴和打字" in said
    assert "终端只有16种颜色，外观默认用“终端”。" in said


@pytest.mark.parametrize(
    "answer",
    [
        places(*[77] * SIGNS) + b"\x1b[?1;2c",
        b"\xff\x1b[99999999999;1R\x1b[;R\x1b[?2004$y\x1b]\x1b[?c",
    ],
)
def test_a_terminal_that_answers_wrongly(answer, tmp_path):
    code, said = at_terminal(tmp_path, answer)
    assert code == 0
    assert "未测　终端对符号宽度的答复不合情理，没有采用。" in said
    assert "各占一列" not in said


def test_a_terminal_that_never_answers_in_a_small_window(tmp_path):
    code, said = at_terminal(tmp_path, b"ls\r", size=(50, 18), command=COMMAND)
    assert code == 0
    assert "注意　窗口只有50列18行，太小。" in said
    assert "未测　符号的宽度没有测到。" in said
    assert "未测　能不能区分粘贴和打字没有测到。" in said


def test_ctrl_c_while_it_asks(tmp_path):
    code, said = at_terminal(tmp_path, b"\x03")
    assert code == 2
    assert said.rstrip().endswith("已停止。写好的文件都完整，没写完的没有留下。")


def test_a_terminal_without_a_screen(tmp_path):
    code, said = at_terminal(tmp_path, b"\x1b[?1;2c", TERM="dumb", NO_COLOR="1")
    assert code == 0
    assert "注意　终端类型是dumb，只能逐行问答" in said
    assert "设置了NO_COLOR，不用颜色" in said


def test_a_pipe(tmp_path):
    run = in_a_pipe(tmp_path)
    assert run.returncode == 0
    assert run.stderr == ""
    assert "\x1b" not in run.stdout
    assert "未测　输入或输出不是终端（接了管道或文件），对话会逐行进行。" in run.stdout
    assert "未测　窗口大小没有测到。" in run.stdout
    assert all("　" in line for line in run.stdout.splitlines()[:-1])


def test_another_encoding_is_said(tmp_path):
    run = in_a_pipe(tmp_path, "--json", PYTHONIOENCODING="gbk")
    assert run.returncode == 2
    result = json.loads(run.stdout)
    assert (result["format"], result["command"], result["exit"]) == (1, "doctor", 2)
    said = {each["name"]: each for each in result["checks"]}
    assert list(said) == [
        *("program", "terminal", "size", "colours", "encoding", "signs", "paste"),
        *("folder", "disk", "edition"),
    ]
    assert said["encoding"]["status"] == "bad"
    assert "文字编码是gbk" in said["encoding"]["sentence"]
    assert "export LANG=zh_CN.UTF-8" in said["encoding"]["sentence"]


def test_no_locale_is_said(tmp_path):
    run = in_a_pipe(tmp_path, LANG="C", PYTHONUTF8="1")
    assert run.returncode == 0
    assert "注意　文字按UTF-8收发，但语言环境是LANG=C。" in run.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    run = in_a_pipe(tmp_path)
    tmp_path.chmod(0o700)
    assert run.returncode == 2
    assert "不行　没有读写" in run.stdout
    assert "标着“不行”的解决以后才能使用。" in run.stdout


def test_a_folder_that_is_gone(tmp_path):
    folder = tmp_path / "没了"
    folder.mkdir()
    script = f"import os; os.rmdir({str(folder)!r}); os.execv({sys.executable!r}, {COMMAND!r})"
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    )
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert "不行　" in run.stdout
    assert "标着“不行”的解决以后才能使用。" in run.stdout


def test_broken_data_are_said(tmp_path):
    templates = tmp_path / "templates"
    shelf = ROOT / "prompts_templates"
    (templates / "beijing-2014").mkdir(parents=True)
    (templates / "wording.yaml").write_text((shelf / "wording.yaml").read_text(encoding="utf-8"))
    (templates / "beijing-2014" / "edition.yaml").write_text("title: [")
    run = in_a_pipe(tmp_path, "--templates", str(templates))
    assert run.returncode == 2
    assert "不行　" in run.stdout
    assert "edition.yaml" in run.stdout
