"""A person at a terminal: what is typed to give the answers of a file, and the program there."""

import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from pyte import ByteStream

from assistant.answers import Answer, Answers, load
from assistant.dialog.session import Autoplay, Session, typed_command
from assistant.form.loader import Library
from tests.emulator import Screen
from tests.waiting import PATIENCE

_MOST = 1_000
"""Lines of an interview; more means that it goes round in a circle."""
_ROOT = Path(__file__).parent.parent
HEIGHT, WIDTH = 24, 80
_RUN = "os.execv(sys.executable, [sys.executable, '-m', 'assistant', *sys.argv[1:]])"
_LEADS = "os.close(os.open(os.ttyname(0), os.O_RDWR)); "
"""Opens the terminal as the leader of a session does, so that its keys send signals."""
_IGNORES = "signal.signal(signal.SIGHUP, signal.SIG_IGN); "
STARTS = {
    "by a shell": f"import os, sys; {_LEADS}{_RUN}",
    "by nohup": f"import os, signal, sys; {_IGNORES}{_LEADS}{_RUN}",
    "apart": f"import os, sys; {_RUN}",
}
"""How the program comes to its terminal; the loss of it is told in the first way only."""


def said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, wherever it stands in its file."""
    return answer.value, answer.state, answer.remark


def contents(answers: Answers) -> dict[str, object]:
    """Everything a file says that can enter the report, to compare two files by."""
    given = {
        name: said(answer) for name, answer in answers.active.items() if answer.state != "unread"
    }
    return {"year": answers.year, "edition": answers.edition.id, **given}


def conversation(
    source: Path, folder: Path, shelf: Library, today: date, previous: Path | None = None
) -> list[str]:
    """All lines that lead from the first screen to the documents and out again.

    Args:
        source: The answer file whose answers are given.
        folder: An empty folder, where a session in this process follows what is typed.
        shelf: Editions and sentences.
        today: The day on which it is typed.
        previous: Last year's answer file.
    """
    player = Autoplay(load(source, shelf).answers)
    with closing(Session(shelf, folder, today, previous)) as session:
        lines: list[str] = []
        events = session.start()
        while (line := player.next_line(session, events)) is not None:
            lines.append(line)
            assert len(lines) < _MOST, f"going round: {lines[-5:]}"
            events = session.say(line)
        for name in ("finish", "quit"):
            lines.append(typed_command(name, session.interview))
            session.say(lines[-1])
        assert session.ui_request == "quit"
    return lines


def as_input(lines: Iterable[str]) -> str:
    """Lines for standard input; one that goes on behind a line break has a backslash there."""
    return "".join(line.replace("\n", "\\\n") + "\n" for line in lines)


class Terminal:
    """The program in a process of its own at a terminal of 80x24.

    Attributes:
        process: That process.
        output: Every byte that it wrote.
    """

    def __init__(
        self,
        *arguments: object,
        folder: Path,
        term: str = "xterm-256color",
        started: str = "by a shell",
    ) -> None:
        """Start `python -m assistant` with these arguments in a folder."""
        import fcntl
        import pty
        import termios

        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", HEIGHT, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-ISc", STARTS[started], *map(str, arguments)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            cwd=folder,
            env={**os.environ, "TERM": term, "PYTHONUTF8": "1", "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )
        os.close(inner)
        self.output = b""
        self._screen, self._shown = Screen(WIDTH, HEIGHT), 0
        self._stream, self._text = ByteStream(self._screen), ""

    @property
    def text(self) -> str:
        """What stands on the screen, a blank for each part of a scroll bar."""
        if self._shown < len(self.output):
            self._stream.feed(self.output[self._shown :])
            self._shown = len(self.output)
            self._text = re.sub("[\u2580-\u259f]", " ", "\n".join(self._screen.rows()))
        return self._text

    @property
    def states(self) -> set[str]:
        """What the threads of the process do, a letter each: `S` sleeps, `T` is stopped."""
        states = set()
        with suppress(OSError):  # a thread, or the process, may end meanwhile
            for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
                text = (thread / "stat").read_text(encoding="utf-8")
                states.add(text.rpartition(")")[2].split()[0])
        return states

    def type(self, text: str) -> None:
        """Press these keys; `\\r` is Enter."""
        self.type_bytes(text.encode())

    def type_bytes(self, data: bytes) -> None:
        """Send what a terminal of any encoding may send."""
        os.write(self._end, data)

    def rest(self, seconds: float = 0.4) -> None:
        """Take in all, until the process has slept for a while and written nothing.

        A process that waits for the processor does not sleep.
        """
        limit = rests_since = time.monotonic()
        while time.monotonic() - rests_since < seconds:
            if self.look(0.02) or not self.states <= {"S", "Z"}:
                rests_since = time.monotonic()
            assert rests_since - limit < PATIENCE, "the program never rests"

    def look(self, seconds: float) -> bool:
        """Take in what comes within a time; whether anything came."""
        if not select.select([self._end], [], [], max(0.0, seconds))[0]:
            return False
        data = b""
        with suppress(OSError):  # Linux says so when the last writer is gone
            data = os.read(self._end, 1 << 16)
        self.output += data
        return bool(data)

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        """Look until something is so; the test fails with the screen when it never is."""
        until = time.monotonic() + PATIENCE
        while not is_there() and time.monotonic() < until:
            if not self.look(0.02) and self.process.poll() is not None:
                break
        assert is_there(), f"it did not come: {self.text}"

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        os.close(self._end)
        self._end = -1

    def close(self) -> None:
        """End the process if it still runs, and take in its last output."""
        self.process.kill()
        self.process.wait()
        if self._end >= 0:
            while self.look(0):
                pass
            self.hang_up()
