"""The toolkit's way to the terminal: thrifty for slow lines, and open to what is typed ahead."""

import os
import select
import signal
from collections.abc import Iterator
from threading import Thread

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

from assistant.chat.frame import Frame

_MOST = 1 << 16
"""Bytes; more than a terminal holds back for a program."""


def thrifty(driver: type[Driver], frame: Frame) -> type[Driver]:
    """A driver that leaves out what stands on the terminal already."""

    class Thrifty(driver):  # type: ignore[misc, valid-type]  # which one is known only when it runs
        """Writes through the frame."""

        def write(self, data: str) -> None:
            """Send what differs."""
            super().write(frame.thinned(data))

        def run_input_thread(self) -> None:
            """Take what was typed before the terminal was ready, and then what comes."""
            Thread(target=_die_with, args=(self.fileno,), daemon=True).start()
            for message in _typed_ahead(self.fileno):
                self.process_message(message)
            super().run_input_thread()

    return Thrifty


def _die_with(terminal: int) -> None:
    """End the program when its terminal is gone and nobody told it; it would read on for ever."""
    waiting = select.poll()
    waiting.register(terminal, 0)
    if any(what & (select.POLLHUP | select.POLLERR) for _, what in waiting.poll()):
        os.kill(os.getpid(), signal.SIGHUP)


def _typed_ahead(descriptor: int) -> Iterator[Message]:
    """The keys that wait already; to a terminal that was not ready Enter was a line feed."""
    if select.select([descriptor], [], [], 0)[0]:
        waiting = os.read(descriptor, _MOST).decode(errors="replace")
        yield from XTermParser().feed(waiting.replace("\n", "\r"))
