"""The answers of a file, typed into a session from its first question on."""

from collections.abc import Iterable

from assistant.answers import Answers
from assistant.dialog.interview import AnswerScript
from assistant.dialog.session.session import Session
from assistant.messages.events import Event


class Autoplay:
    """Says what to type next.

    Attributes:
        wanted: The answers that are to be given.
    """

    def __init__(self, wanted: Answers) -> None:
        """Take the answers."""
        self.wanted = wanted
        self._playing = AnswerScript(wanted)

    def next_line(self, session: Session, events: Iterable[Event]) -> str | None:
        """The line to type now; `None` when everything is said that these answers can say.

        Args:
            session: The sitting as it stands.
            events: What it said last.
        """
        if session.interview is None:
            return self._first_line(session, [each for each in events if each.kind == "ask"][-1])
        self._playing, line = self._playing.next_line(session.interview)
        return line

    def left_out(self) -> list[str]:
        """Names of the answers that cannot be typed."""
        return [self.wanted.edition.name(each) for each in self._playing.left_out()]

    def _first_line(self, session: Session, screen: Event) -> str:
        """Year, number of the place, name of the body."""
        if screen.text == session.shelf.sentences.say("opening.ask_body"):
            return str(self.wanted.value("body_name"))
        rows = [line.partition(". ") for line in screen.lines]
        place = self.wanted.edition.place
        return next((number for number, _, label in rows if label == place), str(self.wanted.year))
