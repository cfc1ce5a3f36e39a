"""The toolkit's way to the terminal: one reader, thrifty for slow lines, whole through signals.

With `crash_handling` the only place that rests on what the toolkit keeps to itself: its parser, and
the methods of its driver for Linux and macOS.
"""

import os
import re
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import groupby
from threading import Thread
from typing import Any, ClassVar

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste
from textual.message import Message

from assistant.ui.stdin_reader import Decoder
from assistant.ui.tui.key_events import KeysTyped, Piece, are_pasted
from assistant.ui.tui.screen_diff import ScreenDiff

_MOST = 1 << 16
"""Bytes of one reading; more than a terminal holds back for a program."""
_WHOLE = 1 << 22
"""Bytes that are taken for what came at once, before anything of it is done."""
_SILENCE = 0.1
"""Seconds after which Escape is a key and not the beginning of one."""
_FLOW = 0.05
"""Seconds in which more lines follow of a paste that the terminal does not mark."""
_ASK_MARKS, _ANSWER_MARKS = "\x1b[?2004$p", re.compile(r"\x1b\[\?2004;[1-4]\$y")
"""Whether the terminal marks what is pasted."""
_AGAIN = "\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""What the toolkit switches on at the start, and a shell may have switched off meanwhile."""


class ThriftyDriver(LinuxDriver):
    """Writes through the frame; reads everything in the one order in which it came.

    Attributes:
        frame: What stands on the terminal already; it is not sent again.
    """

    frame: ClassVar[ScreenDiff]
    _is_asleep = False
    _raw: Any = None

    @staticmethod
    def repaint() -> None:
        """Let the application paint everything anew, when it can."""

    def write(self, data: str) -> None:
        """Send what differs."""
        super().write(self.frame.diff(data))

    def start_application_mode(self) -> None:
        """Take the terminal, and ask it whether it marks what is pasted."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._key_thread is None:
            return  # another program has the terminal; this one is put to sleep again
        with suppress(termios.error):
            self._raw = termios.tcgetattr(self.fileno)
        if os.environ.get("TERM_PROGRAM") != "Apple_Terminal":  # it would print a letter
            self.write(_ASK_MARKS)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._raw = None
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read the terminal until the application lets go of it; a fault ends the application."""
        Thread(target=_die_with, args=(self.fileno,), daemon=True).start()
        try:
            self._read(_TerminalReader(self.fileno))
        except OSError:
            return  # the terminal is gone, and the program ends with it
        except Exception as fault:
            self._loop.call_soon_threadsafe(self._app._handle_exception, fault)

    def _read(self, reader: "_TerminalReader") -> None:
        while not self.exit_event.is_set():
            for message in reader.read(_SILENCE):
                self.process_message(message)
        for message in reader.read(0):
            self.process_message(message)

    def _sigtstp_application(self, *_: object) -> None:
        """Sleep when the loop is between two things; a handler of signals may stand anywhere.

        What is written and painted is then whole, and nothing runs twice.
        """
        self._loop.call_soon_threadsafe(self._sleep)

    def _sigcont_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._wake)

    def _sleep(self) -> None:
        if not self._is_asleep:
            self._is_asleep = True
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _wake(self) -> None:
        """Go on: with the terminal taken anew after a sleep, else with its modes set again."""
        if self._raw is None and not self._is_asleep:
            return  # not begun yet, or over
        if _is_behind(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self.frame.forget()
        if self._is_asleep:
            self._is_asleep = False
            self.resume_application_mode()
        else:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
            self.write(_AGAIN)
        self.repaint()


def thrifty(frame: ScreenDiff, repaint: Callable[[], object]) -> type[LinuxDriver]:
    """The driver of one application.

    Args:
        frame: What stands on the terminal.
        repaint: Lets the application paint everything anew, when it can.
    """
    return type("Thrifty", (ThriftyDriver,), {"frame": frame, "repaint": staticmethod(repaint)})


def _is_behind(terminal: int) -> bool:
    """Whether another program has the terminal in front, so that it must be left alone."""
    with suppress(OSError):
        return os.tcgetpgrp(terminal) != os.getpgrp()
    return False


def _die_with(terminal: int) -> None:
    """End the program when its terminal is gone and nobody told it; it would read on for ever."""
    waiting = select.poll()
    waiting.register(terminal, 0)
    if any(what & (select.POLLHUP | select.POLLERR) for _, what in waiting.poll()):
        os.kill(os.getpid(), signal.SIGHUP)


def _is_flowing(data: bytes) -> bool:
    """Whether lines come that nobody types, and the terminal does not say where they end."""
    return b"\x1b[200~" not in data and are_pasted(data.replace(b"\r", b"\n").decode("latin-1"))


class _TerminalReader:
    """Bytes of the terminal to messages; what waits together is one stretch."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._parser = XTermParser()
        self._decoder = Decoder(sys.stdin.encoding if sys.stdin is not None else "")
        self._marks_pastes = False
        self._is_ready = False

    def read(self, patience: float) -> Iterable[Message]:
        """What waits now, or comes within a time in seconds."""
        if not self._waits(patience):
            self._is_ready = True
            return self._in_order(self._parser.tick())  # nothing behind could change its meaning
        data = b""
        while len(data) < _WHOLE and self._waits(_FLOW if _is_flowing(data) else 0):
            more = os.read(self._terminal, _MOST)
            if not more:
                break
            data += more
        text = self._decoder.decode(data)
        if not self._is_ready:  # to a terminal that was not ready Enter was a line feed
            self._is_ready, text = True, text.replace("\n", "\r")
        self._marks_pastes |= _ANSWER_MARKS.search(text) is not None
        return self._in_order(self._parser.feed(text) if text else ())

    def _waits(self, patience: float) -> bool:
        return bool(select.select([self._terminal], [], [], patience)[0])

    def _in_order(self, messages: Iterable[Message]) -> Iterable[Message]:
        for is_typed, stretch in groupby(messages, lambda each: isinstance(each, Piece)):
            if not is_typed:
                yield from stretch
                continue
            pieces = [each for each in stretch if isinstance(each, Piece)]
            self._marks_pastes |= any(isinstance(each, Paste) for each in pieces)
            yield KeysTyped(pieces, marks_pastes=self._marks_pastes)
