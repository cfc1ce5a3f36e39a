"""A person at a terminal: what is typed to give the answers of a file, and the program there."""

import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from assistant.answers import Answer, Answers, line_of, load
from assistant.events import Event
from assistant.intents import Reply, is_free_text, vocabulary
from assistant.interview import Interview
from assistant.interview.state import WantChoice, WantPartner, WantReason
from assistant.library import Library
from assistant.schema import Fact
from assistant.session import Session

_KEEP = ""
"""Enter alone: keeps what stands, ends a list, puts off a reason."""
_MOST = 1_000
"""Lines of an interview; more means that it goes round in a circle."""
_ROOT = Path(__file__).parent.parent
HEIGHT, WIDTH = 24, 80
_AT_TERMINAL = (
    "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); "
    "os.execv(sys.executable, [sys.executable, '-m', 'assistant', *sys.argv[1:]])"
)
"""Opens the terminal as the leader of a session does, so that its keys send signals."""


class Typist:
    """Types what a set of answers says, one line for whatever stands on the screen.

    Attributes:
        wanted: The answers that are to be given.
    """

    def __init__(self, wanted: Answers) -> None:
        """Take the answers; what could not be read of them is typed once and then left."""
        self.wanted = wanted
        self._refused: set[str] = set()

    def next_line(self, session: Session, events: Iterable[Event]) -> str | None:
        """The line to type now; `None` when everything is said that these answers can say.

        Args:
            session: The sitting as it stands.
            events: What it said last.
        """
        screen = [event for event in events if event.kind == "ask"][-1]
        if session.interview is None:
            return self._first_line(screen, session.shelf)
        pending = session.interview.pending
        if isinstance(pending, WantReason):
            return self._reason(pending.keys[0])
        if isinstance(pending, WantChoice):
            return str([type(each) for each in pending.readings].index(Reply) + 1)
        return self._line(session.interview, screen)

    def _first_line(self, screen: Event, shelf: Library) -> str:
        """Year, number of the place, name of the body."""
        if screen.text == shelf.sentences.say("opening.ask_body"):
            return str(self.wanted.value("body_name"))
        return _number_of(self.wanted.edition.place, screen) or str(self.wanted.year)

    def _line(self, interview: Interview, screen: Event) -> str | None:
        here = interview.at
        waiting = self._waiting(interview.answers)
        if here in waiting:
            return self._answer(interview, screen, self.wanted.active[here])
        if self._is_unread(here) and here not in self._refused:
            self._refused.add(here)
            return _as_typed(self.wanted.given[here].raw)
        if not waiting:
            return None
        if here in interview.answers.given or not _is_behind(interview, waiting):
            return command("jump", interview, waiting[0])
        return command("next", interview)

    def _waiting(self, now: Answers) -> list[str]:
        """The questions whose answer is not yet what is wanted, in the order of asking."""
        return [
            name
            for name, answer in self.wanted.active.items()
            if answer.state != "unread"
            and (name not in now.given or said(now.given[name]) != said(answer))
        ]

    def _is_unread(self, name: str) -> bool:
        return name in self.wanted.active and self.wanted.active[name].state == "unread"

    def _answer(self, interview: Interview, screen: Event, answer: Answer) -> str:
        question = interview.question
        whole = line_of(answer, question)
        if not isinstance(question, Fact) or answer.state != "given" or not answer.value:
            return whole
        if question.kind == "choice":
            return _number_of(answer.value.label, screen)
        if question.kind == "choices":
            return "、".join(_number_of(option.label, screen) for option in answer.value)
        return self._cell(interview, question, screen, answer) if question.kind == "list" else whole

    def _cell(self, interview: Interview, question: Fact, screen: Event, answer: Answer) -> str:
        """The next row of a list; where options are chosen, one of them after the other."""
        present = interview.answers.given.get(question.id)
        row = answer.value[len(present.value) if present and present.value else 0]
        if not question.columns[0].options:
            return line_of(Answer((row,)), question)
        half = question.columns[isinstance(interview.pending, WantPartner)]
        return _number_of(row[half.id].label, screen)

    def _reason(self, key: str) -> str:
        given = self.wanted.acknowledged.get(key)
        return given.reason if given else _KEEP


def command(name: str, interview: Interview, place: str = "") -> str:
    """A command as it can be typed here, `下一题`, `跳到 38`; with a slash among free text."""
    word = vocabulary(interview.sentences).main_words[name]
    number = str(list(interview.edition.questions).index(place) + 1) if place else ""
    slash = "/" if is_free_text(interview.question) else ""
    return f"{slash}{word} {number}".strip()


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
    typist = Typist(load(source, shelf).answers)
    with closing(Session(shelf, folder, today, previous)) as session:
        lines: list[str] = []
        events = session.start()
        while (line := typist.next_line(session, events)) is not None:
            lines.append(line)
            assert len(lines) < _MOST, f"going round: {lines[-5:]}"
            events = session.say(line)
        for name in ("finish", "quit"):
            lines.append(command(name, session.interview))
            session.say(lines[-1])
        assert session.wish == "quit"
    return lines


def as_input(lines: Iterable[str]) -> str:
    """Lines for standard input; one that goes on behind a line break has a backslash there."""
    return "".join(line.replace("\n", "\\\n") + "\n" for line in lines)


def _is_behind(interview: Interview, waiting: Sequence[str]) -> bool:
    """Whether a question that waits comes further down the form."""
    order = list(interview.edition.questions)
    here = interview.at
    return bool(here) and any(order.index(name) > order.index(here) for name in waiting)


def _number_of(label: str, screen: Event) -> str:
    """The number before an option, `2` of `2. 未单独成立`; empty where it is not offered."""
    rows = [line.partition(". ") for line in screen.lines]
    return next((number for number, _, option in rows if option == label), "")


def _as_typed(raw: object) -> str:
    """What could not be read, as somebody would type it."""
    if isinstance(raw, list):
        return "、".join(_as_typed(each) for each in raw)
    if isinstance(raw, dict):
        return "：".join(_as_typed(each) for each in raw.values())
    return str(raw)


class Terminal:
    """The program in a process of its own at a terminal of 80x24.

    Attributes:
        process: That process.
        output: Every byte that it wrote.
    """

    def __init__(self, *arguments: object, folder: Path, term: str = "xterm-256color") -> None:
        """Start `python -m assistant` with these arguments in a folder."""
        import fcntl
        import pty
        import termios

        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", HEIGHT, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-ISc", _AT_TERMINAL, *map(str, arguments)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            cwd=folder,
            env={**os.environ, "TERM": term, "PYTHONUTF8": "1", "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )
        os.close(inner)
        self.output = b""

    def type(self, text: str) -> None:
        """Press these keys; `\\r` is Enter."""
        os.write(self._end, text.encode())

    def look(self, seconds: float) -> bool:
        """Take in what comes within a time; whether anything came."""
        if not select.select([self._end], [], [], max(0.0, seconds))[0]:
            return False
        data = b""
        with suppress(OSError):  # Linux says so when the last writer is gone
            data = os.read(self._end, 1 << 16)
        self.output += data
        return bool(data)

    def wait_for(self, is_there: Callable[[], bool], seconds: float = 20) -> bool:
        """Look until something is so; whether it is."""
        until = time.monotonic() + seconds
        while not is_there() and time.monotonic() < until:
            if not self.look(0.1) and self.process.poll() is not None:
                break
        return is_there()

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
