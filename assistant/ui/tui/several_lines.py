"""Of several lines sent together: which are one thing, and which each meet a question.

Where no conversation has begun, before the first questions are answered, it is None.
"""

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.messages.events import Event

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview

SLASHES = ("/", "／")
"""What a command may begin with."""
_WRITTEN = ("list", "text")
_OF_LINES = ("count", "amount", *_WRITTEN)
_AHEAD = 3
"""Most figures that may have been typed ahead while the program could not look."""


def writes_lines(interview: "Interview | None") -> bool:
    """Whether one writes several lines here: rows of a list, a text."""
    return _kind(interview) in _WRITTEN and not _wants_reason(interview)


def first_line(text: str, _: "Interview | None" = None) -> str:
    """A line, as of lines that somebody wants taken one after the other."""
    return text.partition("\n")[0]


def first_part(text: str, interview: "Interview | None") -> str:
    """What is said first of several lines that were sent: all if they are one thing, or a line.

    One thing are the cells of a sheet, a column of figures, rows of a list, a text. A command
    is a line of its own, and so is what answers something asked back.
    """
    is_one = "\t" in text or _kind(interview) in _OF_LINES or _names_rows(text, interview)
    is_whole = is_one and not _is_asked_back(interview) and not text.startswith(SLASHES)
    return text if is_whole else first_line(text)


def first_at_once(text: str, interview: "Interview | None") -> str:
    """The same of lines that came at once and without the mark of a paste.

    They may have been typed ahead, so a command among them is a line of its own, and so are a
    few figures. More lines than one are shown or asked about before anything is taken.
    """
    if interview is None or _is_asked_back(interview):
        return first_line(text)
    plain = list(takewhile(lambda line: not _commands(line, interview), text.split("\n")))
    together, wants_reason = "\n".join(plain), _wants_reason(interview)
    of_lines = _kind(interview) in _OF_LINES
    asks_figure = of_lines and not writes_lines(interview) and not wants_reason
    is_few = len(plain) <= _AHEAD and asks_figure and "\t" not in together
    may_be_one = "\n" in together and (
        "\t" in together or wants_reason or of_lines or _names_rows(together, interview)
    )
    return together if not is_few and may_be_one else first_line(text)


def wants_a_look(events: Iterable[Event], interview: "Interview | None") -> bool:
    """Whether something was said that a person should see before more lines are taken."""
    is_grave = any(
        event.kind == "refusal" or (event.finding is not None and event.finding.level != "notice")
        for event in events
    )
    return is_grave or _is_asked_back(interview) or _wants_reason(interview)


def _kind(interview: "Interview | None") -> str:
    """Of the question on the screen; empty for none."""
    question = interview.question if interview is not None else None
    return question.kind if question is not None else ""


def _wants_reason(interview: "Interview | None") -> bool:
    return interview is not None and interview.wanted_reason is not None


def _is_asked_back(interview: "Interview | None") -> bool:
    return interview is not None and interview.is_asked_back


def _names_rows(text: str, interview: "Interview | None") -> bool:
    if interview is None:
        return False
    from assistant.intents import names_of, names_rows  # noqa: PLC0415  rarely needed

    return names_rows(text, names_of(interview.edition))


def _commands(line: str, interview: "Interview") -> bool:
    from assistant.intents import vocabulary  # noqa: PLC0415  rarely needed

    words, said = vocabulary(interview.sentences), line.strip()
    return bool(said) and (words.read_slashed(said) or words.read_plain(said)) is not None
