"""What is worth knowing of the text in the box before it is sent."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from assistant.wording import Sentences

if TYPE_CHECKING:
    from assistant.interview import Interview

_SHOWN = 2
"""Findings that find room above the box."""


class Hint(Static):
    """The rest of a command that is being typed, or what the checks say of own text."""

    def __init__(self, sentences: Sentences) -> None:
        """Begin with nothing to say."""
        super().__init__(id="hint")
        self._sentences = sentences
        self._offered: tuple[str, ...] = ()

    def follow(self, text: str, interview: "Interview | None") -> None:
        """Speak of a command that is being typed; of other text nothing yet.

        Args:
            text: What stands in the box and was not sent.
            interview: The conversation; None before the first questions are answered.
        """
        if interview is not None and text[:1] in ("/", "／"):
            self._complete(text, interview)
        else:
            self._offered = ()
            if interview is None or not text.strip():
                self._tell([])

    def read(self, text: str, interview: "Interview | None") -> None:
        """Say what the checks say of own text, once the typing rests."""
        if interview is None or not text.strip() or text[0] in "/／":
            return
        from assistant.interview import foresee  # noqa: PLC0415  the first question needs none
        from assistant.telling import heading  # noqa: PLC0415  the same

        findings = foresee(interview, text)
        self._tell([heading(finding, self._sentences) for finding in findings[:_SHOWN]])

    def completed(self, text: str) -> str:
        """The next of the lines that a command being typed may become; empty for none."""
        if not self._offered:
            return ""
        place = self._offered.index(text) + 1 if text in self._offered else 0
        return self._offered[place % len(self._offered)]

    def _complete(self, text: str, interview: "Interview") -> None:
        from assistant.intents import complete, names_of, vocabulary  # noqa: PLC0415  rarely needed

        if text not in self._offered:
            words = vocabulary(interview.sentences)
            self._offered = complete(text, names_of(interview.edition), words)
        lines = "　".join(self._offered)
        self._tell([self._sentences.say("chat.completions", lines=lines)] if lines else [])

    def _tell(self, lines: list[str]) -> None:
        self.update(Content("\n".join(lines)))
        self.set_class(bool(lines), "-speaks")
