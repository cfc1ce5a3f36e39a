"""The session behind the screen, opened while the first question is there already."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.messages.events import Event
from assistant.storage.errors import AssistantError

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview
    from assistant.dialog.session import Session

Action = Callable[["Session"], list[Event]]
"""What is done with the session; what it says comes back."""


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
        if self.session is not None and not typed.startswith(("/", "／")):
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
        """Do a action; what goes wrong is said like anything else."""
        try:
            return action(session)
        except AssistantError as fault:
            return [Event("refusal", session.say_error(fault))]
