"""The conversation on the screen beside a minimal application: start, keys, answers, preview."""

import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.table import Row
from tests.bench.terminal import Terminal, follows

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NARROW, WIDE = (80, 24), (120, 36)
"""Without the preview and with the preview beside the transcript."""
BESIDE = 65
"""Columns of the transcript where the preview stands beside it, behind one for the line."""
STARTS, STROKES, BEGINNING = 17, 120, 3
"""Rounds; strokes at each place; lines before the first question of the form."""
FIRST_TEXT, FLOOR_TEXT = "报告是哪个年度", "READY"
CLEAR = "\x15"
"""Ctrl+U empties the line in both programs."""
LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁"
"""Few enough to stay on one line; the first two are not measured."""
MARKED = 2
_DRAWN, _FOLLOWED = 0.02, 0.1
"""Seconds without output after which an answer is drawn, or the preview has followed it."""


class Talk(NamedTuple):
    """What a long conversation took, in seconds."""

    answers: list[float]
    previews: list[float]
    floor: list[float]
    sent: list[float]
    """Bytes written for an answer, the preview with it."""
    floor_sent: list[float]


def rows(folder: Path) -> list[Row]:
    """All measurements of the screen; answer files are written to a folder."""
    screens = Screens(folder)
    return [screens.first_question(), *screens.at_size(NARROW), *screens.at_size(WIDE)]


class Screens:
    """The program and its floor in turns, so that a slow moment of the machine meets both."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        script = [sys.executable, str(HERE / "steps.py")]
        made = subprocess.run(script, check=True, capture_output=True)
        self._steps: list[dict[str, Any]] = json.loads(made.stdout)

    def _program(self, size: tuple[int, int] = NARROW) -> Terminal:
        folder = tempfile.mkdtemp(dir=self._folder)
        return Terminal([sys.executable, "-m", "assistant", "chat", folder], ROOT, size)

    def _minimal(self, size: tuple[int, int] = NARROW) -> Terminal:
        line = self._folder / "line"
        command = [sys.executable, str(HERE / "minimal.py"), str(line)]
        return Terminal(command, self._folder, size)

    def first_question(self) -> Row:
        """From the start of the process until the first question is on the screen."""
        floor: list[float] = []
        taken: list[float] = []
        for number in range(STARTS + 1):
            for start, text, seconds in (
                (self._minimal, FLOOR_TEXT, floor),
                (self._program, FIRST_TEXT, taken),
            ):
                with start() as terminal:
                    took = terminal.until(text) - terminal.began
                if number:
                    seconds.append(took)
        middle = statistics.median
        return Row("first question painted / minimal app", middle(floor), middle(taken), "≤ 1.4")

    def at_size(self, size: tuple[int, int]) -> list[Row]:
        """Keys at the first and at the last question, and the answers between them."""
        with ExitStack() as running:
            floor = running.enter_context(self._minimal(size))
            floor.until(FLOOR_TEXT)
            first, last = (running.enter_context(self._program(size)) for _ in range(2))
            for terminal in (first, last):
                terminal.until(FIRST_TEXT)
                for step in self._steps[:BEGINNING]:
                    _take(terminal, step)
                    terminal.settle(_FOLLOWED)
            talk = _talk(last, floor, self._steps[BEGINNING:])
            strokes = _strokes([floor, first, last])
            keys = [_bytes_of_keys(terminal) for terminal in (floor, last)]
        where = "{}x{}".format(*size)
        return [*_of_strokes(strokes, where), *_of_talk(talk, where), *_of_bytes(keys, talk, where)]


def _of_strokes(strokes: Sequence[list[float]], where: str) -> list[Row]:
    (floor, late_floor), (first, late_first), (last, late_last) = map(spread, strokes)
    return [
        Row(f"key to paint, {where}, first question / minimal app", floor, first, "≤ 2.5"),
        Row(f"key to paint, {where}, last of 150 / minimal app", floor, last, "≤ 2.5"),
        Row(f"key to paint, {where}, last of 150 / first", first, last, "≤ 1.1"),
        Row("  p95, first question / minimal app", late_floor, late_first, "≤ 25 ms"),
        Row("  p95, last of 150 / minimal app", late_floor, late_last, "≤ 25 ms"),
    ]


def _of_talk(talk: Talk, where: str) -> list[Row]:
    floor, late_floor = spread(talk.floor)
    made = []
    for name, seconds, goal in (
        ("Enter to next question", talk.answers, "≤ 60 ms"),
        ("Enter to fresh preview", talk.previews, "≤ 150 ms"),
    ):
        if seconds:
            middle, late = spread(seconds)
            made.append(Row(f"{name}, {where} / line saved by minimal app", floor, middle, goal))
            made.append(Row("  p95", late_floor, late, goal))
    return made


def _of_bytes(keys: Sequence[float], talk: Talk, where: str) -> list[Row]:
    sent = statistics.median(talk.floor_sent), statistics.median(talk.sent)
    return [
        Row(f"written for a key, {where} / minimal app", keys[0], keys[1], "", "bytes"),
        Row(f"written for an answer, {where} / line of minimal app", *sent, "", "bytes"),
    ]


def _bytes_of_keys(terminal: Terminal) -> float:
    """Bytes that a letter causes, the median of a line."""
    terminal.type(CLEAR)
    terminal.settle(_FOLLOWED)
    taken = []
    for letter in LETTERS:
        before = terminal.sent
        terminal.type(letter)
        terminal.settle(_FOLLOWED)
        taken.append(terminal.sent - before)
    return statistics.median(taken)


def _talk(program: Terminal, floor: Terminal, steps: Sequence[dict[str, Any]]) -> Talk:
    """Hold a conversation; the minimal application saves every line as well."""
    talk = Talk([], [], [], [], [])
    is_wide = program.width > NARROW[0]
    for number, step in enumerate(steps, 1):
        asked, shown, before = _take(program, step)
        if step["is_answer"] and asked:
            talk.answers.append(asked)
        if step["fresh"] and shown:
            talk.previews.append(shown)
        program.settle(_FOLLOWED if is_wide and step["is_answer"] else _DRAWN)
        if step["is_answer"]:
            talk.sent.append(program.sent - before)
        floor.type(step["line"])
        floor.settle(_DRAWN)
        before = floor.sent
        pressed = floor.type("\r")
        talk.floor.append(floor.until(f"TAKEN{number}.") - pressed)
        floor.settle(_DRAWN)
        talk.floor_sent.append(floor.sent - before)
    return talk


def _take(program: Terminal, step: dict[str, Any]) -> tuple[float, float, int]:
    """Send a line; seconds until the next question, and until the preview is fresh.

    Zero stands for what cannot be told: a question that is on the screen already is not drawn
    again. The third number is how many bytes the program had written before.
    """
    is_wide = program.width > NARROW[0]
    program.type(step["line"])
    program.settle(_DRAWN)
    before, end = program.sent, BESIDE if is_wide else None
    is_there = follows(program.text(0, end), step["shown"])
    pressed = program.type("\r")
    asked = 0.0 if is_there else program.until(*step["shown"], end=end) - pressed
    if not is_wide or not step["fresh"]:
        return asked, 0.0, before
    return asked, program.until(step["fresh"], begin=BESIDE + 1) - pressed, before


def _strokes(terminals: Sequence[Terminal]) -> list[list[float]]:
    """Seconds from each key to its letter on the screen, the programs in turns."""
    chance = random.Random(1)
    taken: list[list[float]] = [[] for _ in terminals]
    for number in range(STROKES):
        place = MARKED + number % (len(LETTERS) - MARKED)
        for terminal, seconds in zip(terminals, taken, strict=True):
            if place == MARKED:
                terminal.type(CLEAR)
                terminal.settle(_DRAWN)  # Textual does what is typed in one go before the clearing
                terminal.type(LETTERS[:MARKED])
                terminal.until(LETTERS[:MARKED])
                terminal.settle(_DRAWN)
            terminal.settle(chance.uniform(0.005, 0.02))  # no step with the clock of the screen
            pressed = terminal.type(LETTERS[place])
            seconds.append(terminal.until(LETTERS[: place + 1]) - pressed)
    return taken


def spread(seconds: Sequence[float]) -> tuple[float, float]:
    """The median, and what 19 of 20 do not exceed."""
    ordered = sorted(seconds)
    return statistics.median(ordered), ordered[math.ceil(len(ordered) * 0.95) - 1]
