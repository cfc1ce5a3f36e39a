"""Every command that writes is killed at random moments: no echo is a lie, no file is half."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.form.loader import Library
from tests.waiting import PATIENCE

pytest.importorskip("termios")

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "samples/township-2017-corrected/answers.yaml"
KILLS = int(os.environ.get("NIANBAO_KILLS", "5"))
SEED = int(os.environ.get("NIANBAO_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
FIGURES = {"微信": "channel_wechat", "微博": "channel_weibo", "网站": "channel_website"}


class Command:
    """A command in a process of its own, fed by lines.

    Attributes:
        output: What it has printed.
    """

    def __init__(self, *arguments: object, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        )
        self._bytes = b""

    @property
    def output(self) -> str:
        return self._bytes.decode(errors="ignore")

    def say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def look(self, seconds: float, until: str = "\0") -> bool:
        """Take in what comes within a time, or up to some words; whether they came."""
        assert self._process.stdout is not None
        end = time.monotonic() + seconds
        while until not in self.output and (left := end - time.monotonic()) > 0:
            if select.select([self._process.stdout], [], [], left)[0]:
                data = os.read(self._process.stdout.fileno(), 1 << 16)
                if not data:
                    break
                self._bytes += data
        return until in self.output

    def kill(self) -> None:
        """Kill it, and take in what it had printed."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        if not self._process.stdout.closed:
            self.look(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


class Case:
    """One kill in a folder of its own."""

    def __init__(self, folder: Path, chance: random.Random, shelf: Library) -> None:
        self.folder, self.chance, self.library = folder, chance, shelf
        self._begun: list[Command] = []
        self.path = folder / "示例镇人民政府-2017.yaml"
        shutil.copy(SOURCE, self.path)

    def figure(self, name: str, path: Path | None = None) -> object:
        return load(path or self.path, self.library).answers.numbers.get(name)

    def run(self, *arguments: object) -> Command:
        self._begun.append(Command(*arguments, folder=self.folder))
        return self._begun[-1]

    def close(self) -> None:
        for each in self._begun:
            each.kill()

    def talk(self) -> Command:
        command = self.run("--plain", self.path.name)
        assert command.look(PATIENCE, "问　"), command.output
        return command

    def kill_within(self, command: Command, seconds: float) -> None:
        command.look(self.chance.uniform(0, seconds))
        command.kill()


def answering(case: Case) -> None:
    command = case.talk()
    said = []
    for _ in range(case.chance.randint(1, 4)):
        word, figure = case.chance.choice(list(FIGURES)), case.chance.randint(100, 9_999)
        said.append((FIGURES[word], figure))
        command.say(f"/改 {word} {figure}")
        command.look(case.chance.choice((0, 0, 2)), f"{figure}条")
    case.kill_within(command, 0.03)
    for number, (name, figure) in enumerate(said):
        if f"{figure}条" in command.output:
            later = [each for other, each in said[number:] if other == name]
            assert case.figure(name) in later, (name, figure, command.output)


def finishing(case: Case) -> None:
    first = case.talk()
    first.say("/完成")
    assert first.look(PATIENCE, ".docx"), first.output
    first.kill()
    before = {each.name: each.read_bytes() for each in case.folder.glob("*") if each.is_file()}
    command = case.talk()
    command.say("/改 微信 4321")
    assert command.look(PATIENCE, "4321条")
    command.say("/完成")
    case.kill_within(command, 0.7)
    assert case.figure("channel_wechat") == 4_321
    for each in case.folder.glob("示例镇*.txt"):
        text = each.read_text(encoding="utf-8")
        assert each.read_bytes() == before.get(each.name) or "4321" in text.replace(",", "")
        assert text.endswith("\n")


def renaming(case: Case) -> None:
    command = case.talk()
    command.say("/改 微博 77")
    assert command.look(PATIENCE, "77条")
    command.say("/年度 2016")
    case.kill_within(command, 0.1)
    found = list(case.folder.glob("示例镇人民政府-201?.yaml"))
    assert len(found) == 1, found
    assert case.figure("channel_weibo", found[0]) == 77


def accepting(case: Case) -> None:
    replay = case.run("replay", case.path, "-o", "out", "--format", "txt")
    assert replay.look(PATIENCE, "out/")
    replay.look(PATIENCE)
    replay.kill()
    (document,) = (case.folder / "out").glob("*.txt")
    text = document.read_text(encoding="utf-8")
    old = str(case.figure("channel_website"))
    document.write_text(text.replace(old, "9876"), encoding="utf-8")
    command = case.run("verify", document, case.path, "--accept")
    assert command.look(PATIENCE, "9876"), command.output
    for _ in range(6):
        command.say("是")
    case.kill_within(command, 0.3)
    now = case.figure("channel_website")
    assert str(now) in (old, "9876")
    if "已经存入" in command.output:
        assert str(now) == "9876", command.output


def collecting(case: Case) -> None:
    from openpyxl import load_workbook

    sheet = case.folder / "填报.xlsx"
    blank = case.run("form", "beijing-2014", "--year", "2017", "-o", sheet)
    assert blank.look(PATIENCE, sheet.name)
    blank.look(PATIENCE)
    blank.kill()
    book = load_workbook(sheet)
    rows = book.active.iter_rows(min_col=1, max_col=1)
    row = next(cell.row for (cell,) in rows if cell.value == "channel_wechat")
    column = next(each.column for each in book.active[1] if each.value == "value")
    book.active.cell(row, column).value = 39
    book.save(sheet)
    kept = case.path.read_text(encoding="utf-8").splitlines()
    case.path.write_text(
        "\n".join(line for line in kept if "channel_wechat:" not in line) + "\n", encoding="utf-8"
    )
    command = case.run("form", "--read", sheet, "-o", case.path)
    command.look(case.chance.uniform(0.3, 1.2), "取得")
    case.kill_within(command, 0.05)
    now = case.figure("channel_wechat")
    assert now == 39 if "已写入答案文件" in command.output else now in (None, 39)
    assert case.figure("channel_website") is not None


KINDS: dict[str, tuple[Callable[[Case], None], float]] = {
    "answering": (answering, 0.4),
    "finishing": (finishing, 0.2),
    "renaming": (renaming, 0.2),
    "accepting": (accepting, 0.1),
    "collecting": (collecting, 0.1),
}
"""What is killed, with its share of the kills."""


@pytest.mark.parametrize("kind", KINDS)
def test_no_kill_makes_an_echo_a_lie_or_leaves_half_a_file(
    kind: str, shelf: Library, tmp_path: Path
) -> None:
    print(f"NIANBAO_SEED={SEED}")
    chance = random.Random(f"{SEED} {kind}")
    act, share = KINDS[kind]
    for number in range(max(1, round(KILLS * share))):
        folder = tmp_path / str(number)
        folder.mkdir()
        with closing(Case(folder, chance, shelf)) as case:
            act(case)
        found = list(folder.glob("*.yaml")) + list(folder.glob("*.yaml.bak"))
        assert all(load(each, shelf) for each in found)
        shutil.rmtree(folder)
