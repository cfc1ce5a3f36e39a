"""What is too long for a screen, told by its first lines; 看明细 lists all of it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.interview.state import Interview
from assistant.messages.events import Event

_WHOLE = 9
"""Lines that are shown whole."""
_ASKED, _BESIDE = 8, 3
"""Lines shown below what is asked, and below anything beside it, where all would be more."""


def summarised(
    interview: Interview, events: Sequence[Event]
) -> tuple[Interview, tuple[Event, ...]]:
    """Some events so that they fit on a screen, and the conversation that knows them whole."""
    if sum(len(each.lines) for each in events) <= _WHOLE:
        return interview, tuple(events)
    heads = [() if each.kind == "ask" else (each.text,) for each in events]
    lines = [
        line for head, each in zip(heads, events, strict=True) for line in (*head, *each.lines)
    ]
    made = replace(interview, details=tuple(lines))
    return made, tuple(_shortened(interview, each) for each in events)


def _shortened(interview: Interview, event: Event) -> Event:
    most = _ASKED if event.kind == "ask" else _BESIDE
    if len(event.lines) <= most + 1:
        return event
    more = interview.say("more_lines", count=len(event.lines) - most)
    return event._replace(lines=(*event.lines[:most], more))


def details_told(interview: Interview) -> Event:
    """All that was summarised last."""
    if not interview.details:
        return Event("note", interview.say("no_details"))
    return Event("list", interview.say("details"), lines=interview.details)
