"""What a person would type at the screen to give the answers of an answer file."""

from collections.abc import Iterator
from pathlib import Path

from assistant.answers import Answer, Answers, line_of, load
from assistant.intents import Reply, is_free_text, vocabulary
from assistant.interview import Interview, open_questions
from assistant.interview.asking import partner_options
from assistant.interview.state import WantChoice, WantPartner, WantReason
from assistant.library import Library
from assistant.schema import Fact, Option
from assistant.session import Session
from assistant.session.opening import Opening

_KEEP = ""
"""Enter alone: keeps what stands, ends a list, puts off a reason."""


class Typist:
    """Types what a set of answers says, one line for whatever stands on the screen.

    Attributes:
        wanted: The answers that are to be given.
    """

    def __init__(self, wanted: Answers) -> None:
        """Take the answers; what could not be read of them is typed once and then left."""
        self.wanted = wanted
        self._refused: set[str] = set()

    def first_lines(self, session: Session) -> Iterator[str]:
        """The lines of the first questions: year, number of the place, name of the body."""
        events = yield str(self.wanted.year)
        yield _number_of(self.wanted.edition.place, asked(events))
        yield str(self.wanted.value("body_name"))

    def next_line(self, interview: Interview, events: Iterable[Event]) -> str | None:
        """The line to type now; `None` when everything is said that these answers can say.

        Args:
            interview: The conversation as it stands.
            events: What it said last.
        """
        pending = interview.pending
        screen = asked(events)
        if isinstance(pending, WantReason):
            return self._reason(pending.keys[0])
        if isinstance(pending, WantChoice):
            return str([type(each) for each in pending.readings].index(Reply) + 1)
        here = interview.at
        waiting = self._waiting(interview.answers)
        if here in waiting:
            return self._answer(interview, screen, self.wanted.active[here])
        if self._is_unread(here) and here not in self._refused:
            self._refused.add(here)
            return _as_typed(self.wanted.given[here].raw)
        if not waiting:
            return None
        if not here or here in interview.answers.given and not waiting_behind(interview, waiting):
            return command("jump", interview, waiting[0])
        return _KEEP if here in interview.answers.given else command("next", interview)

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
        """The next row of a list; where it is chosen from a list, one half and then the other."""
        present = interview.answers.given.get(question.id)
        row = answer.value[len(present.value) if present and present.value else 0]
        if not question.columns[0].options:
            return line_of(Answer((row,)), question)
        half = question.columns[isinstance(interview.pending, WantPartner)]
        return _number_of(row[half.id].label, screen)

    def _reason(self, key: str) -> str:
        given = self.wanted.acknowledged.get(key)
        return given.reason if given else _KEEP


def asked(events: Iterable[Event]) -> Event:
    """The question that stands on the screen."""
    return [event for event in events if event.kind == "ask"][-1]


def waiting_behind(interview: Interview, waiting: Sequence[str]) -> bool:
    """Whether a question that waits comes further down the form."""
    order = list(interview.edition.questions)
    return any(order.index(name) > order.index(interview.at) for name in waiting)


def _number_of(label: str, screen: Event) -> str:
    """The number before an option, `2` of `2. 未单独成立`."""
    rows = [line.partition(". ") for line in screen.lines]
    return next(number for number, _, option in rows if option == label)


def command(name: str, interview: Interview, place: str = "") -> str:
    """A command as it can be typed here, `/下一题`, `跳到 38`; with a slash among free text."""
    word = vocabulary(interview.sentences).main_words[name]
    number = str(list(interview.edition.questions).index(place) + 1) if place else ""
    slash = "/" if is_free_text(interview.question) else ""
    return f"{slash}{word} {number}".strip()


def said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, wherever it stands in its file."""
    return answer.value, answer.state, answer.remark


def contents(answers: Answers) -> dict[str, object]:
    """Everything a file says that enters the report, to compare two files by."""
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
            assert len(lines) < _MOST, f"going round at {session.interview.at}: {lines[-5:]}"
            events = session.say(line)
        for name in ("finish", "quit"):
            lines.append(command(name, session.interview))
            session.say(lines[-1])
        assert session.wish == "quit"
    return lines


def as_input(lines: list[str]) -> str:
    """Lines for standard input; where one goes on behind a line break, it ends in a backslash."""
    return "".join(line.replace("\n", "\\\n") + "\n" for line in lines)


def _as_typed(raw: object) -> str:
    """What could not be read, as somebody would type it."""
    if isinstance(raw, list):
        return "、".join(_as_typed(each) for each in raw)
    if isinstance(raw, dict):
        return "：".join(_as_typed(each) for each in raw.values())
    return str(raw)
