"""What the conversation says back: values that every front end shows in its own way."""

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


class Event(NamedTuple):
    """One thing said: `Event("echo", "收到申请数：3件", cell="received_total")`."""

    kind: EventKind
    text: str
    title: str = ""
    """A small line above the text: where in the form this is."""
    lines: tuple[str, ...] = ()
    """What stands below the text, line by line."""
    cell: str = ""
    """The question it speaks of; empty for none."""
    finding: "Finding | None" = None
    draft: str = ""
    """For a question: what was typed there and not sent; it waits in the box."""
    refused: str = ""
    """For a question: what was sent there and not taken; it can be called back."""
