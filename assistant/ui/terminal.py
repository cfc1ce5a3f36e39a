"""Questions that only the terminal itself can answer, asked with a time limit."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple

if sys.platform != "win32":
    import select
    import termios

_PATIENCE = 2.0
"""Seconds that a terminal at the far end of a slow line may take."""
_QUIET = 0.1
"""Seconds without a byte after which a late answer is taken to be over."""
_PLACE = re.compile(rb"\x1b\[(\d{1,5});(\d{1,5})R")
_MODE = re.compile(rb"\x1b\[\?2004;(\d)\$y")
_IS_LAST = re.compile(rb"\x1b\[\?[\d;]*c")
_ASK_PLACE, _ASK_PASTE, _ASK_LAST, _WIPE = "\x1b[6n", "\x1b[?2004$p", "\x1b[c", "\r\x1b[K"
_KNOWN_MODES = (b"1", b"2", b"3", b"4")
_INTERRUPT = b"\x03"


class TerminalReplies(NamedTuple):
    """What a terminal said of itself."""

    has_answered: bool
    """Whether it said anything at all."""
    widths: Mapping[str, int]
    """Columns by character, `{"“": 1}`; empty when it gave another number of answers."""
    takes_paste: bool | None
    """Whether it marks pasted text; None when it did not say."""


def ask_terminal(characters: Sequence[str]) -> TerminalReplies:
    """Let the terminal draw some characters and ask how far that moved its cursor.

    Everything it answers is read here and nothing of it is left in the input. What is typed
    meanwhile is lost.

    Args:
        characters: Each of them one character.

    Raises:
        KeyboardInterrupt: Ctrl+C was pressed meanwhile.
    """
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return TerminalReplies(has_answered=False, widths={}, takes_paste=None)
    source, screen = sys.stdin.fileno(), sys.stdout.fileno()
    asked = "".join(f"\r{each}{_ASK_PLACE}" for each in characters)
    asked += f"{_WIPE}{_ASK_PASTE}{_ASK_LAST}{_WIPE}"
    sys.stdout.flush()
    with _raw(source):
        os.write(screen, asked.encode())
        said = _listen(source)
    if _INTERRUPT in said:
        raise KeyboardInterrupt
    columns = [int(column) - 1 for _, column in _PLACE.findall(said)]
    mode = _MODE.search(said)
    return TerminalReplies(
        has_answered=bool(columns or mode or _IS_LAST.search(said)),
        widths=dict(zip(characters, columns, strict=True))
        if len(columns) == len(characters)
        else {},
        takes_paste=mode[1] in _KNOWN_MODES if mode else None,
    )


if sys.platform != "win32":

    def _listen(source: int) -> bytes:
        """Everything up to the last answer; after the time limit, up to the next silence."""
        said = b""
        limit = time.monotonic() + _PATIENCE
        while not _IS_LAST.search(said) and _INTERRUPT not in said:
            left = limit - time.monotonic()
            if not select.select([source], [], [], max(left, _QUIET))[0]:
                break
            piece = os.read(source, 4_096)
            said += piece
            if not piece or left < -_PATIENCE:  # a terminal that is gone is always at its end
                break
        return said

    @contextmanager
    def _raw(source: int) -> Iterator[None]:
        """Let keys and answers through unseen and unchanged; afterwards all is as before."""
        before = termios.tcgetattr(source)
        silent = termios.tcgetattr(source)
        silent[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
        was = {each: signal.signal(each, _stop) for each in (signal.SIGTERM, signal.SIGHUP)}
        try:
            termios.tcsetattr(source, termios.TCSADRAIN, silent)
            yield
        finally:
            termios.tcsetattr(source, termios.TCSAFLUSH, before)
            for number, handler in was.items():
                signal.signal(number, handler)

    def _stop(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt
