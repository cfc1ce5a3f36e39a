"""The closed set of things a line can mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from assistant.answers import Answer, Reference
from assistant.values import Refusal

Read = Answer | Refusal
"""What the text of an answer was read as, by the reader of the answer file."""
Entries = tuple[tuple[str, str], ...]
"""Question ids with the text of their answers."""


class Blank(NamedTuple):
    """An empty line."""


class Command(NamedTuple):
    """A command with what stands behind it, `Command("jump", "微信")`."""

    name: str
    """Key of the section `command_words` in `wording.yaml`."""
    argument: str = ""


class UnknownCommand(NamedTuple):
    """A line with a command's slash and no command's word."""

    word: str
    near: tuple[str, ...]
    """Names of the commands that look most like it, nearest first."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the question on the screen, or the reason that is wanted."""

    text: str
    read: Read | None = field(default=None, compare=False, repr=False)
    """The answer; `None` of a reason, and where nothing is asked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to questions named in the line, `Answered((("channel_website", "28"),))`."""

    entries: Entries
    """In the order of the form."""
    wants_consent: bool = False
    """Whether to ask before changing anything."""
    read: Mapping[str, Read] = field(default_factory=dict, compare=False, repr=False)
    """What each entry was read as, by question id."""
    totals: Entries = ()
    """Totals with their figures, `(("open.total", "3"),)`: compared, never answers."""
    names_columns: bool = False
    """Whether columns of the row at hand were named, 自然人1: nothing occurred in the others."""


Why = (
    Literal["no_name", "no_label", "unclear", "no_figure", "twice", "unfit", "no_place"]
    | Literal["glued", "columns"]
)
"""Why a line is left over: it names nothing known, nothing at all or several questions, has no
figure or several, comes a second time, is a row of a table and does not fit it, has no question
left for it, has its digits run together, or stands under a header that is not that of the form."""


class LeftOver(NamedTuple):
    """A line that is not taken, word for word, `LeftOver("当面申请数 约3", "no_figure")`."""

    line: str
    why: Why


@dataclass(frozen=True, slots=True)
class Pasted:
    """A column or block of figures, to be shown before it is taken."""

    entries: Entries
    """Blank cells are not among them."""
    blank: tuple[str, ...]
    """Questions whose cell was blank."""
    left_over: tuple[LeftOver, ...]
    crossed: str = ""
    """The heading of the form that a column crosses, which is why none of it is taken."""
    read: Mapping[str, Read] = field(default_factory=dict, compare=False, repr=False)
    """What each entry was read as, by question id."""
    totals: Entries = ()
    """Totals with their figures: compared, never answers."""
    beside: tuple[str, ...] = ()
    """What stands in rows of a table beside the columns of the form, remarks for example."""


class AskAbout(NamedTuple):
    """A question about a term or a cell: 什么是规范性文件."""

    topics: tuple[str, ...]
    """Questions whose help may answer it, best first; empty when none fits."""
    words: str


class Going(NamedTuple):
    """A ui_request to go to a question."""

    topics: tuple[str, ...]
    """Where it may lead; one, several to choose from, or none."""
    words: str


class NoSuchValue(NamedTuple):
    """A wish to change what has a value, where nothing has it."""

    words: str


class InTurn(NamedTuple):
    """Lines to be said one after the other, each to the question that is asked by then."""

    lines: tuple[str, ...]


class NumbersOf(NamedTuple):
    """The numbers of an own text, to be looked at one by one."""

    slot: str
    """The question it answers."""
    first: int = 0
    """How many of them are passed over."""
    is_open: bool = False
    """Whether only those are meant that somebody has to look at."""


class OneNumber(NamedTuple):
    """A number of an own text, to be told what it may be."""

    slot: str
    at: int
    """Where it stands in the text as printed, in characters."""


class NumberIs(NamedTuple):
    """What a number of an own text is from now on."""

    slot: str
    at: int
    figure: Reference | None
    """The figure that is printed there; `None` for the number as it stands."""


class Explained(NamedTuple):
    """A wish to give a reason for findings, `Explained(("T01.own_requests.open.total",), 4)`."""

    keys: tuple[str, ...]
    at: int
    """The place of the number that the reason is for."""


class Unclear(NamedTuple):
    """A line with more than one meaning; it is asked back, never guessed."""

    readings: "tuple[Intent | InTurn, ...]"


AboutNumber = NumbersOf | OneNumber | NumberIs | Explained
"""What is done with the numbers of own text."""
Intent = (
    Blank
    | Command
    | UnknownCommand
    | Reply
    | Answered
    | Pasted
    | AskAbout
    | Going
    | NoSuchValue
    | Unclear
)

Meant = Intent | AboutNumber
"""What a line or a chosen letter means."""
Reading = Meant | InTurn
"""One of several meanings that are asked back."""


def shown_first(meant: Intent, line: str) -> Intent:
    """The meaning of lines that may be one thing, or typed one after the other.

    Args:
        meant: What they mean as one.
        line: All of them; a single line means what it means.
    """
    lines = tuple(filter(str.strip, line.split("\n")))
    if len(lines) <= 1 or isinstance(meant, Pasted):
        return meant
    if isinstance(meant, Answered):
        return replace(meant, wants_consent=True)
    return Unclear((*readings_of(meant), InTurn(lines)))


def readings_of(meant: Intent) -> "tuple[Intent | InTurn, ...]":
    """What a line may mean: one thing, or each of those that are asked back."""
    return meant.readings if isinstance(meant, Unclear) else (meant,)
