"""The line above everything, with body and year; the line above the box, with what it means."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from assistant.messages import Sentences
from assistant.ui.tui.line_layout import shortened
from assistant.values.characters import visible

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview

_SHOWN = 2
"""Findings that find room above the box."""


class HintLine(Static):
    """The rest of a command that is being typed, or what the checks say of own text.

    While nothing is typed, what was said of a cell and found no room on the frame of the box.
    """

    def __init__(self, sentences: Sentences) -> None:
        """Begin with nothing to say."""
        super().__init__(id="hint")
        self._sentences = sentences
        self._offered: tuple[str, ...] = ()
        self._said: list[str] = []
        self._is_bad = False

    def say(self, text: str, *, is_bad: bool = False) -> None:
        """Say something of the cell the box stands for; an empty text takes it away."""
        self._said = text.split("\n") if text else []
        self._is_bad = is_bad
        self._tell(self._said, is_bad=is_bad)

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
                self._tell(self._said, is_bad=self._is_bad)

    def read(self, text: str, interview: "Interview | None") -> None:
        """Say what the checks say of own text, once the typing rests."""
        if interview is None or not text.strip() or text[0] in "/／":
            return
        from assistant.checks.finding_format import heading  # noqa: PLC0415  the same
        from assistant.dialog.interview import foresee  # noqa: PLC0415  the first question needs none

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

    def _tell(self, lines: list[str], *, is_bad: bool = False) -> None:
        text = Content("\n".join(map(visible, lines)))
        self.update(text.stylize("bold $text-error") if is_bad else text)
        self.set_class(bool(lines), "-speaks")


_ROOM = 20
"""Columns that the body's name keeps; for less the part's count is left out."""
_GAPS = 3
"""Columns that stay blank at both ends and between."""


class StatusLine(Static):
    """One line that follows the answers and its own width."""

    def __init__(self, sentences: Sentences) -> None:
        """Start with the name of the program."""
        super().__init__(id="top")
        self._sentences = sentences
        self._interview: Interview | None = None

    def follow(self, interview: "Interview | None") -> None:
        """Show where a conversation stands."""
        self._interview = interview
        self.on_resize()

    def on_resize(self) -> None:
        """Divide the line anew."""
        text = top_line(self._interview, self._sentences, self.size.width)
        self.update(Content(text), layout=False)


def top_line(interview: "Interview | None", sentences: Sentences, width: int) -> str:
    """Body and year at the left, what is left at the right; a long name is cut, never a count."""
    if interview is None:
        return f" {sentences.say('chat.title')}"
    from assistant.dialog.interview import left_of, parts  # noqa: PLC0415  the same

    all_parts = parts(interview.answers, sentences)
    here = next((part for part in all_parts if interview.at in part.names), None)
    left = left_of(interview.answers)
    still = left.said(sentences)
    is_whole = bool(left.questions or left.tables)
    title, part_left = (here.title, here.left.questions) if here else ("", 0)
    right = sentences.say(
        "chat.left", part=title, part_left=part_left, still=still, is_whole=is_whole
    )
    year = sentences.say("chat.year", year=interview.answers.year)
    if width - cell_len(right) - cell_len(year) - _GAPS < _ROOM:
        right = sentences.say("chat.left", part="", part_left=0, still=still, is_whole=is_whole)
    room = max(2, width - cell_len(right) - cell_len(year) - _GAPS)
    text = f" {shortened(interview.answers.body, room)}{year}"
    gap = max(1, width - cell_len(text) - cell_len(right) - 1)
    return f"{text}{' ' * gap}{right}"
