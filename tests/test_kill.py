"""The full screen in real processes that are killed: what was shown as taken is on the disk."""

import os
import random
import shutil
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.session import Autoplay, Session, typed_command
from tests.talking import Terminal, said
from tests.waiting import PATIENCE

pytest.importorskip("termios")

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "samples/township-2017-corrected/answers.yaml"
KILLS = int(os.environ.get("NIANBAO_KILLS", "10"))
SEED = int(os.environ.get("NIANBAO_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
TODAY = date(2026, 6, 1)


class History:
    """What was typed as the answer of every question, and how much of it was seen as taken."""

    def __init__(self):
        self.given = {}
        self.seen = {}

    def adds(self, name, answer):
        """Another answer of a question; the number to tell when it is seen."""
        self.given.setdefault(name, []).append(answer)
        return len(self.given[name]) - 1

    def check(self, answers):
        """Whether a file holds what was seen, or what was typed there later."""
        for name, number in self.seen.items():
            assert name in answers.given, f"{name} was shown as taken and is lost"
            assert said(answers.given[name]) in self.given[name][number:], name


class Sitting:
    """A person at the full screen; a session in this process follows what is typed."""

    def __init__(self, folder, copy, player, shelf, history):
        self.folder, self.player, self.history = folder, player, history
        self.found = list(folder.glob("*.yaml"))
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for path in self.found:
            shutil.copy(path, copy)
        self.session = Session(shelf, copy, TODAY)
        self.events = self.session.start()
        self._waiting = []
        self.terminal = Terminal("chat", folder, folder=folder)

    def begin(self):
        """Go on with the file of the folder, or through the first questions of a new one."""
        if self.found:
            self.send("")
            self.wait_for_question()
        while self.session.interview is None:
            self.send(self.next_line())

    def next_line(self):
        return self.player.next_line(self.session, self.events)

    def send(self, line):
        """Type a line when the question is there, press Enter, and do the same here."""
        self.wait_for_question()
        self.events = self.session.say(line)
        for event in self.events:
            if event.kind == "echo" and event.cell and self.session.interview is not None:
                answer = said(self.session.interview.answers.given[event.cell])
                number = self.history.adds(event.cell, answer)
                self._waiting.append((squeezed(event.text), event.cell, number))
        self.terminal.type(line + "\r")

    def wait_for_question(self):
        """Wait until what is asked now stands on the screen, down to its last line."""
        asked = [event for event in self.events if event.kind == "ask"][-1]
        for words in (asked.text, *asked.below[-1:]):
            self.wait_for(words)

    def wait_for(self, words):
        wanted = squeezed(words)
        self.terminal.wait_for(lambda: wanted in self.look())

    def look(self):
        """What is on the screen; the answers that it shows as taken are noted."""
        text = squeezed(self.terminal.text)
        for echo, name, number in self._waiting:
            if echo in text:
                self.history.seen[name] = max(number, self.history.seen.get(name, 0))
        return text

    def look_for(self, seconds):
        """Look at the screen for a time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.terminal.look(until - time.monotonic())
        self.look()

    def close(self):
        """Kill the program if it still runs, and take in what it wrote until then."""
        self.terminal.close()
        self.look()
        self.session.close()


def squeezed(text):
    """A text without blanks and line breaks, so that what was broken is whole."""
    return "".join(text.split())


def check_disk(folder, history, shelf, nianbao):
    """Whether the answer file holds what was seen; whether the command can read it."""
    paths = list(folder.glob("*.yaml"))
    assert paths or not history.seen
    for path in paths:
        history.check(load(path, shelf).answers)
        assert nianbao("check", path).returncode in (0, 3, 4)


@pytest.fixture
def sit(tmp_path, shelf):
    """Start the program in a folder, as often as it takes."""
    wanted = load(SOURCE, shelf).answers
    open_ones = []

    def start(folder, history):
        folder.mkdir(exist_ok=True)
        sitting = Sitting(folder, tmp_path / "copy", Autoplay(wanted), shelf, history)
        open_ones.append(sitting)
        return sitting

    yield start
    for sitting in open_ones:
        sitting.terminal.process.kill()


def test_an_answer_that_was_shown_as_taken_survives_any_kill(sit, shelf, nianbao, tmp_path):
    print(f"NIANBAO_SEED={SEED}")
    chance = random.Random(SEED)
    folder, history = tmp_path / "0", History()
    for number in range(1, KILLS + 1):
        sitting = sit(folder, history)
        is_over = False
        if chance.random() < 0.1:
            sitting.look_for(chance.uniform(0, 0.8))
        else:
            sitting.begin()
            is_over = answer_some(sitting, chance.randrange(1, 10))
            sitting.look_for(chance.uniform(0, 0.06))
        sitting.close()
        check_disk(folder, history, shelf, nianbao)
        if not is_over:
            check_way_back(folder, tmp_path / "back", shelf)
        else:
            check_documents(folder)
            folder, history = tmp_path / str(number), History()


def check_way_back(folder, copy, shelf):
    """Whether undo goes back to where the file began, however often the program was killed."""
    for path in folder.glob("*.yaml"):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        with closing(Session(shelf, copy, TODAY)) as session:
            session.start(copy / path.name)
            changes = len(session.interview.past)
            while session.interview.past:
                session.command("undo")
            is_at_the_first = session.interview.answers.given.keys() == {"body_name"}
            assert is_at_the_first or changes == 100


def answer_some(sitting, count):
    """Answer some questions; at the end of the form have it written; whether that was reached."""
    for _ in range(count):
        line = sitting.next_line()
        sitting.send(
            line if line is not None else typed_command("finish", sitting.session.interview)
        )
        if line is None:
            return True
    return False


def check_documents(folder):
    """Whether every document that is there is whole."""
    for suffix in (".txt", ".md"):
        for path in folder.glob(f"*{suffix}"):
            assert path.read_bytes() == SOURCE.with_name(f"report{suffix}").read_bytes()


@pytest.mark.parametrize("how", ["terminated", "window closed"])
def test_a_program_that_is_ended_leaves_every_answer_and_goes_on_later(
    how, sit, shelf, nianbao, tmp_path
):
    folder, history = tmp_path / "甲", History()
    sitting = sit(folder, history)
    sitting.begin()
    answer_some(sitting, 6)
    sitting.wait_for_question()
    sitting.terminal.type("还没有送出的")
    sitting.wait_for("还没有送出的")
    assert len(history.seen) == 6
    if how == "window closed":
        sitting.terminal.hang_up()
    else:
        sitting.terminal.process.terminate()
    sitting.terminal.process.wait(timeout=PATIENCE)
    sitting.close()
    check_disk(folder, history, shelf, nianbao)
    again = sit(folder, history)
    again.begin()
    assert again.session.interview.at == sitting.session.interview.at
    answer_some(again, 2)
    again.wait_for_question()
    again.close()
    check_disk(folder, history, shelf, nianbao)
    assert len(history.seen) == 7


def test_lines_typed_ahead_are_taken_one_by_one(sit, shelf, tmp_path):
    sitting = sit(tmp_path / "甲", History())
    sitting.begin()
    sitting.wait_for_question()
    sitting.terminal.type("1\r2\r办公室\r1、2\r")
    sitting.wait_for("指南和目录是什么情况")
    sitting.close()
    (path,) = sitting.folder.glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    for line in ("body_kind: 镇人民政府", "leading_group: 未单独成立", "lead_office: 办公室"):
        assert line in text


def test_editing_keys_in_one_burst_act_in_the_order_they_were_pressed(sit, tmp_path):
    sitting = sit(tmp_path / "甲", History())
    sitting.begin()
    sitting.wait_for_question()
    sitting.terminal.type("1\r2\r甲科\x7f乙科\x1b[D\x7f丙\r")
    sitting.wait_for("在人员上作了哪些安排")
    sitting.close()
    (path,) = sitting.folder.glob("*.yaml")
    assert "lead_office: 甲丙科" in path.read_text(encoding="utf-8")


def test_a_column_pasted_without_marks_is_shown_before_it_is_taken(sit, tmp_path):
    sitting = sit(tmp_path / "甲", History())
    sitting.begin()
    sitting.wait_for_question()
    for line in ("1", "2", "办公室", "无", "1", "", "2"):
        sitting.send(line)
    sitting.wait_for_question()
    sitting.terminal.type("145\r22\r22\r11\r")
    sitting.wait_for("将要改动下面4项")
    sitting.send("是")
    sitting.wait_for("记下4项")
    sitting.close()
    (path,) = sitting.folder.glob("*.yaml")
    assert "key_total: 11" in path.read_text(encoding="utf-8")
