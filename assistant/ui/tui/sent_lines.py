"""Several lines sent together: which of them are one thing, and which each meet a question."""

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview
    from assistant.messages.events import Event

_WRITTEN = ("list", "text")
_OF_LINES = ("count", "amount", *_WRITTEN)
_SLASHES = ("/", "／")
_AHEAD = 3
"""Most figures that may have been typed ahead while the program could not look."""


def writes_lines(interview: "Interview | None") -> bool:
    """Whether one writes several lines here: rows of a list, a text."""
    if interview is None or interview.question is None or interview.wanted_reason is not None:
        return False
    return interview.question.kind in _WRITTEN


def whole(text: str, _: "Interview | None") -> str:
    """All of it, as of lines that a terminal marked as pasted."""
    return text


def first_line(text: str, _: "Interview | None") -> str:
    """A line, as of lines that somebody wants taken one after the other."""
    return text.partition("\n")[0]


def first_part(text: str, interview: "Interview | None") -> str:
    """What is said first of several lines that were sent: all where they are one thing, or a line.

    One thing are the cells of a sheet, a column of figures, rows of a list, a text. A command is a
    line of its own, and so is what answers something asked back.
    """
    is_asked_back = interview is not None and interview.is_asked_back
    is_one = "\t" in text or _takes_lines(interview) or _names_rows(text, interview)
    is_whole = is_one and not is_asked_back and not text.startswith(_SLASHES)
    return text if is_whole else first_line(text, interview)


def first_at_once(text: str, interview: "Interview | None") -> str:
    """The same of lines that came at once and without the mark of a paste.

    They may have been typed ahead, so a command among them is a line of its own, and so are a few
    figures. More lines than one are shown or asked about before anything of them is taken.
    """
    lines = text.split("\n")
    if interview is None or interview.is_asked_back:
        return lines[0]
    plain = list(takewhile(lambda line: not _commands(line, interview), lines))
    together = "\n".join(plain)
    is_few = len(plain) <= _AHEAD and _asks_figure(interview) and "\t" not in together
    return together if not is_few and _may_be_one(together, interview) else lines[0]


def wants_a_look(events: "Iterable[Event]", interview: "Interview | None") -> bool:
    """Whether something was said that a person should see before more lines are taken."""
    if interview is not None and (interview.is_asked_back or interview.wanted_reason is not None):
        return True
    return any(
        event.kind == "refusal" or (event.finding is not None and event.finding.level != "notice")
        for event in events
    )


def _takes_lines(interview: "Interview | None") -> bool:
    question = interview.question if interview is not None else None
    return question is not None and question.kind in _OF_LINES


def _asks_figure(interview: "Interview") -> bool:
    is_answer = interview.wanted_reason is None
    return is_answer and _takes_lines(interview) and not writes_lines(interview)


def _may_be_one(text: str, interview: "Interview") -> bool:
    is_reason = interview.wanted_reason is not None
    is_one = "\t" in text or is_reason or _takes_lines(interview) or _names_rows(text, interview)
    return "\n" in text and is_one


def _names_rows(text: str, interview: "Interview | None") -> bool:
    if interview is None:
        return False
    from assistant.intents import names_of, names_rows  # noqa: PLC0415  rarely needed

    return names_rows(text, names_of(interview.edition))


def _commands(line: str, interview: "Interview") -> bool:
    from assistant.intents import vocabulary  # noqa: PLC0415  rarely needed

    words, said = vocabulary(interview.sentences), line.strip()
    return bool(said) and (words.read_slashed(said) or words.read_plain(said)) is not None
