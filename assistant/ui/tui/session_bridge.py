"""The session behind the screen, opened while the first question is there already.

Of several lines sent together it tells which are one thing, and which each meet a question.
"""

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.messages.events import Event
from assistant.storage.errors import AssistantError

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview
    from assistant.dialog.session import Session

Action = Callable[["Session"], list[Event]]
"""What is done with the session; what it says comes back."""
_WRITTEN = ("list", "text")
_OF_LINES = ("count", "amount", *_WRITTEN)
_SLASHES = ("/", "／")
_AHEAD = 3
"""Most figures that may have been typed ahead while the program could not look."""


class SessionBridge:
    """Takes deeds; those that come before the session is open wait until it is."""

    def __init__(self, open_session: "Callable[[], tuple[Session, list[Event]]]") -> None:
        """Take how to open the session with its greeting."""
        self.session: Session | None = None
        self._open_session = open_session
        self._waiting: list[Callable[[], object]] = []

    @property
    def interview(self) -> "Interview | None":
        """The conversation; None before the first questions are answered."""
        return self.session.interview if self.session is not None else None

    def question_of(self, cell: str) -> str:
        """The question that asks for a figure; empty where none does."""
        edition = self.interview.edition if self.interview is not None else None
        place = edition.question_of(cell) if edition is not None else ""
        return place if edition is not None and place in edition.questions else ""

    def keep(self, typed: str) -> None:
        """Keep what stands in the box, should the window die; a command is no text to keep."""
        if self.session is not None and not typed.startswith(_SLASHES):
            self.session.keep_unsent(typed)

    def drop(self) -> None:
        """Forget what waited to be sent here."""
        if self.session is not None:
            self.session.drop_unsent()

    def open(self) -> "tuple[Session, list[Event]]":
        """Open the session; slow, for a thread of its own.

        Raises:
            AssistantError: It cannot be opened.
        """
        return self._open_session()

    def catch_up(self) -> None:
        """Do what waited for the session."""
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def wait(self, act: Callable[[], object]) -> None:
        """Do something when the session is open."""
        self._waiting.append(act)

    @staticmethod
    def do(action: Action, session: "Session") -> list[Event]:
        """Do an action; what goes wrong is said like anything else."""
        try:
            return action(session)
        except AssistantError as fault:
            return [Event("refusal", session.say_error(fault))]

    @property
    def _kind(self) -> str:
        """Of the question on the screen; empty for none."""
        question = self.interview.question if self.interview is not None else None
        return question.kind if question is not None else ""

    @property
    def _wants_reason(self) -> bool:
        return self.interview is not None and self.interview.wanted_reason is not None

    @property
    def _is_asked_back(self) -> bool:
        return self.interview is not None and self.interview.is_asked_back

    @property
    def writes_lines(self) -> bool:
        """Whether one writes several lines here: rows of a list, a text."""
        return self._kind in _WRITTEN and not self._wants_reason

    def first_part(self, text: str) -> str:
        """What is said first of several lines that were sent: all if they are one thing, or a line.

        One thing are the cells of a sheet, a column of figures, rows of a list, a text. A command
        is a line of its own, and so is what answers something asked back.
        """
        is_one = "\t" in text or self._kind in _OF_LINES or self._names_rows(text)
        is_whole = is_one and not self._is_asked_back and not text.startswith(_SLASHES)
        return text if is_whole else first_line(text)

    def first_at_once(self, text: str) -> str:
        """The same of lines that came at once and without the mark of a paste.

        They may have been typed ahead, so a command among them is a line of its own, and so are a
        few figures. More lines than one are shown or asked about before anything is taken.
        """
        if self.interview is None or self._is_asked_back:
            return first_line(text)
        plain = list(takewhile(lambda line: not self._commands(line), text.split("\n")))
        together = "\n".join(plain)
        asks_figure = self._kind in _OF_LINES and not self.writes_lines and not self._wants_reason
        is_few = len(plain) <= _AHEAD and asks_figure and "\t" not in together
        may_be_one = "\n" in together and (
            "\t" in together
            or self._wants_reason
            or self._kind in _OF_LINES
            or self._names_rows(together)
        )
        return together if not is_few and may_be_one else first_line(text)

    def wants_a_look(self, events: Iterable[Event]) -> bool:
        """Whether something was said that a person should see before more lines are taken."""
        return (
            self._is_asked_back
            or self._wants_reason
            or any(
                event.kind == "refusal"
                or (event.finding is not None and event.finding.level != "notice")
                for event in events
            )
        )

    def _names_rows(self, text: str) -> bool:
        if self.interview is None:
            return False
        from assistant.intents import names_of, names_rows  # noqa: PLC0415  rarely needed

        return names_rows(text, names_of(self.interview.edition))

    def _commands(self, line: str) -> bool:
        from assistant.intents import vocabulary  # noqa: PLC0415  rarely needed

        assert self.interview is not None  # noqa: S101  asked by the caller
        words, said = vocabulary(self.interview.sentences), line.strip()
        return bool(said) and (words.read_slashed(said) or words.read_plain(said)) is not None


def first_line(text: str) -> str:
    """A line, as of lines that somebody wants taken one after the other."""
    return text.partition("\n")[0]
