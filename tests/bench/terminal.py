"""A program at a pseudo-terminal, timed by what it writes and read as a person reads it."""

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

SAME = {"TERM": "xterm-256color", "TEXTUAL_FPS": "120", "TEXTUAL_ANIMATIONS": "none"}
"""The program sets the last two for itself; its floor gets them too."""
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "NO_COLOR", "COLORTERM")
_PATIENCE = 20.0
_BAR = "[\u2580-\u259f]"
"""What scroll bars are drawn with."""
_CODE = re.compile(r"\x1b(?:\[([0-?]*)[ -/]*([@-~])|[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]P_])")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P_][^\x07\x1b]*\x1b?)?$")


@cache
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Screen:
    """What stands on a terminal that knows how to go to a place and to write there."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.width, self.height = size
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._row = self._column = 0
        self._cells = [[" "] * self.width for _ in range(self.height)]

    def write(self, data: bytes) -> None:
        """Take a stretch of output; a code that is cut off at its end waits for the next one."""
        text = self._held + self._decoder.decode(data)
        rest = _UNFINISHED.search(text)
        self._held = rest.group() if rest else ""
        text = text.removesuffix(self._held) if self._held else text
        done = 0
        for code in _CODE.finditer(text):
            self._put(text[done : code.start()])
            if code[2] in ("H", "f"):
                row, _, column = (code[1] or "").partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            done = code.end()
        self._put(text[done:])

    def _put(self, text: str) -> None:
        for character in text:
            if character == "\r":
                self._column = 0
            elif character == "\n":
                self._row = min(self._row + 1, self.height - 1)
            elif character >= " ":
                size = _width(character)
                if self._row < self.height and self._column + size <= self.width:
                    cells = [character, *[""] * (size - 1)]
                    self._cells[self._row][self._column : self._column + size] = cells
                self._column += size

    def text(self, begin: int = 0, end: int | None = None) -> str:
        """The text between two columns, without blanks, line breaks and scroll bars."""
        rows = "".join("".join(row[begin:end]) for row in self._cells)
        return re.sub(rf"\s|{_BAR}", "", rows)

    def __str__(self) -> str:
        """The lines as they stand there, a blank for each part of a scroll bar."""
        return re.sub(_BAR, " ", "\n".join("".join(row) for row in self._cells))


class Terminal:
    """One process and its screen.

    Attributes:
        began: When it was started.
        screen: What it has drawn.
        sent: Bytes that it has written.
    """

    def __init__(self, command: Sequence[str], folder: Path, size: tuple[int, int]) -> None:
        width, height = size
        self.screen = Screen(size)
        self.sent = 0
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", height, width, 0, 0))
        kept = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
        self.began = self._came = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            cwd=folder,
            env=kept | SAME,
            start_new_session=True,
        )
        os.close(inner)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._end)

    def type(self, text: str) -> float:
        """Press keys; when that was."""
        now = time.perf_counter()
        os.write(self._end, text.encode())
        return now

    def until(self, *texts: str, begin: int = 0, end: int | None = None) -> float:
        """When the output came that put these texts, in this order, between two columns."""
        limit = time.perf_counter() + _PATIENCE
        while not follows(self.screen.text(begin, end), texts):
            if time.perf_counter() > limit:
                raise SystemExit(f"{texts} never came; on the screen: {self.screen.text()}")
            self._look(0.1)
        return self._came

    def settle(self, seconds: float) -> None:
        """Wait until nothing has been drawn for a time."""
        while self._look(seconds):
            pass

    def _look(self, seconds: float) -> bool:
        """Take in all that comes within a time; whether anything came."""
        data = b""
        while select.select([self._end], [], [], 0 if data else seconds)[0]:
            try:
                piece = os.read(self._end, 1 << 16)
            except OSError:  # the program has ended
                self.screen.write(data)
                raise SystemExit(f"ended; on the screen: {self.screen.text()}") from None
            self._came = time.perf_counter()
            data += piece
        self.sent += len(data)
        self.screen.write(data)
        return bool(data)


def follows(text: str, parts: Sequence[str]) -> bool:
    """Whether a text has these parts one behind the other."""
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
