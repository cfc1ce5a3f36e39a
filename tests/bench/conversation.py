"""The conversation on the screen: first question, keys, accepted answers, preview."""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from table import Row
from terminal import Terminal

HERE = Path(__file__).parent
SAMPLE = HERE.parent.parent / "samples" / "township-2017-corrected" / "answers.yaml"
NARROW, WIDE = (80, 24), (120, 36)
STARTS, STROKES, STEPS, PREVIEWS = 9, 120, 40, 15
LONG = 150
"""Lines sent before the last question, each adding some to the transcript."""
CLEAR = "\x15"
"""Ctrl+U empties the line in both programs."""
BEGINNING = ("2017", "1", "示例镇人民政府")
FLOOR_TEXT = "EADY"
"""Without its first letter, which stands under the cursor in a colour of its own."""
FIRST_TEXT = "报告是哪个年度"


def rows(nianbao: Callable[..., list[str]]) -> list[Row]:
    """All measurements of the screen."""
    with tempfile.TemporaryDirectory(prefix="nianbao-screen-") as folder:
        measured = Screens(nianbao, Path(folder))
        return [
            measured.first_question(),
            *measured.strokes(),
            measured.answers(),
            measured.preview(),
        ]


class Screens:
    """The program and its floor, side by side."""

    def __init__(self, nianbao: Callable[..., list[str]], folder: Path) -> None:
        self._nianbao = nianbao
        self._folder = folder
        self._floor = [sys.executable, str(HERE / "minimal.py")]

    def _new(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._folder))

    def _filled(self) -> Path:
        folder = self._new()
        shutil.copy(SAMPLE, folder)
        return folder

    def _start(self, folder: Path, size: tuple[int, int] = NARROW) -> Terminal:
        return Terminal(self._nianbao("chat", folder), folder, size)

    def first_question(self) -> Row:
        """From the start of the process until the first question is on the screen."""
        taken: dict[str, list[float]] = {FLOOR_TEXT: [], FIRST_TEXT: []}
        for number in range(STARTS + 1):
            for text, command in (
                (FLOOR_TEXT, self._floor),
                (FIRST_TEXT, self._nianbao("chat", self._new())),
            ):
                with Terminal(command, self._folder, NARROW) as terminal:
                    seconds = terminal.until(text) - terminal.began
                if number:
                    taken[text].append(seconds)
        floor, figure = map(statistics.median, taken.values())
        return Row("first question painted / minimal app", floor, figure, "≤ 1.4")

    def strokes(self) -> list[Row]:
        """From a key to its letter on the screen: floor, first question, last of a long talk."""
        with ExitStack() as running:
            floor = running.enter_context(Terminal(self._floor, self._folder, NARROW))
            floor.until(FLOOR_TEXT)
            first = running.enter_context(self._start(self._new()))
            first.until(FIRST_TEXT)
            last = running.enter_context(self._start(self._filled()))
            last.until("接着填")
            send(last, "")
            for _ in range(LONG):
                send(last, "/下一题")
            beside = running.enter_context(self._start(self._filled(), WIDE))
            beside.until("接着填")
            send(beside, "")
            taken = strokes_of([floor, first, last, beside])
        names = ("first question", "after a long talk", "with the preview beside")
        found = []
        for name, seconds in zip(names, taken[1:], strict=True):
            middle, late = spread(seconds)
            found.append(Row(f"key to paint, {name} / floor", spread(taken[0])[0], middle, "≤ 2.5"))
            found.append(Row(f"key to paint, {name}, p95 / 25 ms", 0.025, late, "≤ 1"))
        return found

    def answers(self) -> Row:
        """From Enter until the next question is there, checked and saved; 暂缺 at every number."""
        with self._start(self._new()) as terminal:
            begin(terminal)
            send(terminal, "/跳到 11")
            taken = []
            for number in range(12, 12 + STEPS):
                terminal.type("暂缺")
                terminal.settle()
                pressed = terminal.type("\r")
                taken.append(terminal.until(f"第{number}题") - pressed)
                terminal.settle()
        return Row("accepted answer to next question, p95 / 60 ms", 0.06, spread(taken)[1], "≤ 1")

    def preview(self) -> Row:
        """From Enter until the new figure stands in the preview beside the transcript."""
        with self._start(self._new(), WIDE) as terminal:
            begin(terminal)
            taken = []
            for number in range(PREVIEWS):
                send(terminal, "/跳到 11")
                figure = str(4_210 + number)
                terminal.type(figure)
                terminal.settle()
                pressed = terminal.type("\r")
                taken.append(terminal.until(figure, times=3) - pressed)
                terminal.settle()
        return Row("new figure in the preview, p95 / 150 ms", 0.15, spread(taken)[1], "≤ 1")


def begin(terminal: Terminal) -> None:
    """Answer the first questions."""
    terminal.until(FIRST_TEXT)
    for line in BEGINNING:
        send(terminal, line)


def send(terminal: Terminal, line: str) -> None:
    """Send one line and wait until all is drawn."""
    terminal.type(f"{line}\r")
    terminal.settle()


def strokes_of(terminals: Sequence[Terminal]) -> list[list[float]]:
    """Strokes in turns, so that a slow moment of the machine meets all alike."""
    taken: list[list[float]] = [[] for _ in terminals]
    for terminal in terminals:
        terminal.settle()
    for number in range(STROKES):
        letter = "甲乙丙丁戊己庚辛壬癸"[number % 10]
        for terminal, seconds in zip(terminals, taken, strict=True):
            if letter == "甲":
                terminal.type(CLEAR)
            terminal.settle()
            pressed = terminal.type(letter)
            seconds.append(terminal.until(letter) - pressed)
    return taken


def spread(seconds: Sequence[float]) -> tuple[float, float]:
    """The median, and what 19 of 20 stay below."""
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
