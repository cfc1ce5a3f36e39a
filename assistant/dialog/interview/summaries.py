"""What is too long for a screen, told by its first lines; 看明细 lists all of it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.interview.state import Interview
from assistant.messages.events import Event

_WHOLE = 9
"""Lines that are shown whole."""
_LONG = 76
"""Characters of a line beside what is asked that fills two of a narrow screen; longer ones wait."""
_ASKED, _BESIDE = 8, 3
"""Lines shown below what is asked, and below anything beside it, where all would be more."""


def summarised(
    interview: Interview, events: Sequence[Event]
) -> tuple[Interview, tuple[Event, ...]]:
    """Some events so that they fit on a screen, and the conversation that knows them whole."""
    beside = [line for each in events if each.kind != "ask" for line in each.lines]
    count = sum(len(each.lines) for each in events)
    if count <= _WHOLE and all(len(line) <= _LONG for line in beside):
        return interview, tuple(events)
    heads = [() if each.kind == "ask" else (each.text,) for each in events]
    lines = [
        line for head, each in zip(heads, events, strict=True) for line in (*head, *each.lines)
    ]
    made = replace(interview, details=tuple(lines))
    return made, tuple(_shortened(interview, each) for each in events)


def _shortened(interview: Interview, event: Event) -> Event:
    if event.kind == "ask":
        most, short = _ASKED, list(event.lines)
    else:
        most, short = _BESIDE, [line for line in event.lines if len(line) <= _LONG]
    if len(short) == len(event.lines) <= most + 1:
        return event
    shown = short[:most]
    more = interview.say("more_lines", count=len(event.lines) - len(shown))
    return event._replace(lines=(*shown, more))


def details_told(interview: Interview) -> Event:
    """All that was summarised last."""
    if not interview.details:
        return Event("note", interview.say("no_details"))
    return Event("list", interview.say("details"), lines=interview.details)
