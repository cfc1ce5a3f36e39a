"""A program at a pseudo-terminal, timed by what it writes."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

SAME = {"TERM": "xterm-256color", "TEXTUAL_FPS": "120", "TEXTUAL_ANIMATIONS": "none"}
"""The program sets the last two for itself; its floor gets them too."""
_PATIENCE = 20.0
_QUIET = 0.05
"""Seconds without output after which a screen is taken to be drawn."""


class Terminal:
    """One process and its screen."""

    def __init__(self, command: list[str], folder: Path, size: tuple[int, int]) -> None:
        width, height = size
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", height, width, 0, 0))
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            cwd=folder,
            env={**os.environ, **SAME},
            start_new_session=True,
        )
        os.close(inner)
        self._output = b""

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

    def until(self, text: str, times: int = 1) -> float:
        """Seconds of `perf_counter` at which a text has been written so often."""
        wanted = text.encode()
        limit = time.perf_counter() + _PATIENCE
        while self._output.count(wanted) < times:
            if time.perf_counter() > limit:
                raise SystemExit(f"{text!r} was not written; last: {self._output[-300:]!r}")
            if select.select([self._end], [], [], 0.1)[0]:
                self._output += os.read(self._end, 1 << 16)
        return time.perf_counter()

    def settle(self) -> None:
        """Wait until nothing more is drawn, and forget what was."""
        while select.select([self._end], [], [], _QUIET)[0]:
            os.read(self._end, 1 << 16)
        self._output = b""

    def type(self, text: str) -> float:
        """Press keys; when that was."""
        now = time.perf_counter()
        os.write(self._end, text.encode())
        return now
