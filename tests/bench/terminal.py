"""A program at a pseudo-terminal, timed by what it writes and read as a person reads it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pyte import ByteStream

from tests.emulator import Screen

SAME = {"TERM": "xterm-256color", "TEXTUAL_FPS": "120", "TEXTUAL_ANIMATIONS": "none"}
"""The program sets the last two for itself; its floor gets them too."""
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "NO_COLOR", "COLORTERM")
_PATIENCE = 20.0
_BAR = "[\u2580-\u259f]"
"""What scroll bars are drawn with."""


class Terminal:
    """One process and its screen.

    Attributes:
        began: When it was started.
        width: Its columns.
        sent: Bytes that it has written.
    """

    def __init__(self, command: Sequence[str], folder: Path, size: tuple[int, int]) -> None:
        self.width, height = size
        self._screen = Screen(*size)
        self._stream = ByteStream(self._screen)
        self.sent = 0
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", height, self.width, 0, 0))
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

    def text(self, begin: int = 0, end: int | None = None) -> str:
        """What it has drawn between two columns, without blanks, line breaks and scroll bars."""
        return re.sub(rf"\s|{_BAR}", "", "".join(self._screen.rows(begin, end)))

    def type(self, text: str) -> float:
        """Press keys; when that was."""
        now = time.perf_counter()
        os.write(self._end, text.encode())
        return now

    def until(self, *texts: str, begin: int = 0, end: int | None = None) -> float:
        """When the output came that put these texts, in this order, between two columns."""
        limit = time.perf_counter() + _PATIENCE
        while not follows(self.text(begin, end), texts):
            if time.perf_counter() > limit:
                raise SystemExit(f"{texts} never came; on the screen: {self.text()}")
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
                self._stream.feed(data)
                raise SystemExit(f"ended; on the screen: {self.text()}") from None
            self._came = time.perf_counter()
            data += piece
        self.sent += len(data)
        self._stream.feed(data)
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
