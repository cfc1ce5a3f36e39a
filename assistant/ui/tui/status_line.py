"""The line above everything: whose report of which year, and what is still to be answered."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from assistant.messages import Sentences
from assistant.ui.tui.line_layout import shortened

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview

_ROOM = 12
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
    from assistant.dialog.interview import parts  # noqa: PLC0415  the first question needs none

    all_parts = parts(interview.answers, sentences)
    here = next((part for part in all_parts if interview.at in part.names), None)
    tables = sum(part.undecided for part in all_parts)
    left = sum(part.open for part in all_parts) - tables
    title, part_left = (here.title, here.open - here.undecided) if here else ("", 0)
    right = sentences.say("chat.left", part=title, part_left=part_left, left=left, tables=tables)
    year = sentences.say("chat.year", year=interview.answers.year)
    body = str(interview.answers.value("body_name") or "")
    if width - cell_len(right) - cell_len(year) - _GAPS < _ROOM:
        right = sentences.say("chat.left", part="", part_left=0, left=left, tables=tables)
    room = max(2, width - cell_len(right) - cell_len(year) - _GAPS)
    text = f" {shortened(body, room)}{year}"
    gap = max(1, width - cell_len(text) - cell_len(right) - 1)
    return f"{text}{' ' * gap}{right}"
