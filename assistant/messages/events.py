"""What the conversation says back: values that every front end shows in its own way."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from assistant.messages.findings import Finding

EventKind = Literal[
    "ask",  # the question now on the screen
    "echo",  # what was understood and taken
    "refusal",  # what was not taken, and why
    "finding",  # what a check says
    "note",  # anything else worth knowing
    "help",  # help that was asked for
    "list",  # a list that was asked for
]
Theme = Literal["dark", "light", "contrast", "ansi"]
"""A set of colours; `ansi` means the sixteen of the terminal itself."""
UiRequest = Literal[
    "",
    "quit",
    "write",
    "outdated",
    "read_back",
    "copy",
    "delegate",
    "narrative",
    "table",
    "findings",
    "grid",
    "look",  # the next one
    "look_dark",
    "look_light",
    "look_contrast",
    "look_ansi",
]
"""What only a front end or the session can do."""


class Choice(NamedTuple):
    """One of several things that a question offers: `Choice("2", "未单独成立")`."""

    key: str
    """The number or letter that chooses it."""
    label: str
    value: object = None
    """What it stands for: an option, a file, the id of an edition."""
    leads_to: str = ""
    """The words that the report says for it, or what is asked because of it; empty for no more."""

    def __str__(self) -> str:
        """Its line on the screen, `2. 日常检查　定期对照目录检查公开内容`."""
        return f"{self.key}. {self.label}" + (f"　{self.leads_to}" if self.leads_to else "")


def numbered(offered: Iterable[tuple[str, object]]) -> tuple[Choice, ...]:
    """Labels with what they stand for, as choices numbered from 1."""
    return tuple(Choice(str(number), *each) for number, each in enumerate(offered, start=1))


class Event(NamedTuple):
    """One thing said: `Event("echo", "收到申请数：3件", cell="received_total")`."""

    kind: EventKind
    text: str
    title: str = ""
    """A small line above the text: where in the form this is."""
    lines: tuple[str, ...] = ()
    """What stands below the text and the choices, line by line."""
    cell: str = ""
    """The question it speaks of; empty for none."""
    finding: "Finding | None" = None
    draft: str = ""
    """For a question: what was typed there and not sent; it waits in the box."""
    refused: str = ""
    """For a question: what was sent there and not taken; it can be called back."""
    standing: str = ""
    """For a question: the words that answer it now; they can be called back to be changed."""
    intro: str = ""
    """For a question: the line between it and its choices."""
    choices: tuple[Choice, ...] = ()
    """For a question: what it offers, in the order of the screen."""
    left: str = ""
    """For a question: what is left after it, for where no line above everything tells that."""
    short: str = ""
    """The text in a few words, for where there is no room for all of it."""

    @property
    def below(self) -> tuple[str, ...]:
        """Everything below the text, line by line: intro, choices, lines."""
        intro = (self.intro,) if self.intro else ()
        return (*intro, *map(str, self.choices), *self.lines)
