"""What was said, as paragraphs of the transcript."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from assistant.messages import Sentences
from assistant.messages.events import Choice, Event
from assistant.ui.tui.line_layout import StyledParagraph, StyledText, plain

_STYLES = {"echo": "echo", "refusal": "error", "note": "notice", "help": "notice", "list": "strong"}
_PREFIXES = {"echo": "echo", "refusal": "error", "note": "note"}
"""The words before what is said; the rest tells its kind itself."""
_INDENT = 2
_MANY, _GAP = 12, 2
"""Choices that find room below their question, and the columns between two of them."""
_LONG = 8
"""Lines of what was typed or pasted that are repeated in full."""
_TAKEN = 2
"""Short events before a question that stay above it where it is longer than the screen."""
_SHOWN = 3
"""Lines of it that are repeated where there are more."""


def _paragraphs_of(event: Event, sentences: Sentences, width: int) -> Iterator[StyledParagraph]:
    """One event with its title and its lines; words tell its kind without colour.

    An echo stands right below the line it answers.

    Args:
        event: What was said.
        sentences: Where the words before it come from.
        width: Columns of a line; where they are enough, many choices stand two in one.
    """
    if event.kind != "echo":
        yield plain("")
    if event.kind == "ask":
        if event.title:
            yield plain(event.title, "dim", hang=2, anchor=event.cell)
        yield plain(event.text, "ask", hang=2, anchor=event.cell)
        choices = _beside_one_another(event.choices, width - _INDENT)
        for line in filter(None, (event.intro, *choices, *event.lines)):
            yield plain(line, "", indent=_INDENT, hang=4, anchor=event.cell)
        return
    if event.kind == "help" and event.title:
        yield plain(event.title, "strong", anchor=event.cell)
        for line in (event.text, *event.lines):
            yield plain(line, "", indent=2, hang=4, anchor=event.cell)
        return
    style = event.finding.level if event.finding else _STYLES[event.kind]
    prefix = _PREFIXES.get(event.kind, "") if event.finding is None else ""
    mark = f"{sentences.say(f'marks.{prefix}')}　" if prefix else ""
    text = f"{event.title}：{event.text}" if event.title else event.text
    if event.finding:
        text = sentences.say(f"chat.level_{event.finding.level}", heading=text)
    yield plain(f"{mark}{text}", style, hang=4, anchor=event.cell)
    for line in event.lines:
        yield plain(line, "", indent=4, hang=6)


def _beside_one_another(choices: Sequence[Choice], width: int) -> Iterator[str]:
    """Choices two in a line, where they would fill the screen and push the question off."""
    lines = [str(choice) for choice in choices]
    room = max(map(cell_len, lines), default=0) + _GAP
    if len(lines) <= _MANY or 2 * room - _GAP > width:
        yield from lines
        return
    for place in range(0, len(lines), 2):
        yield "".join(set_cell_size(each, room) for each in lines[place : place + 2]).rstrip()


def paragraphs_of_typed(text: str, sentences: Sentences) -> Iterator[StyledParagraph]:
    """What the person typed; of a long paste its beginning and how long it was."""
    lines = text.rstrip().split("\n")
    said = "\n".join(lines[:_SHOWN] if len(lines) > _LONG else lines)
    yield plain("")
    yield StyledParagraph((StyledText("> ", "dim"), StyledText(said, "strong")), 0, 2)
    if len(lines) > _LONG:
        more = sentences.say("chat.typed_more", count=len(lines) - _SHOWN)
        yield StyledParagraph((StyledText(more, "dim"),), 2, 2)


def is_only_refused(events: Sequence[Event]) -> bool:
    """Whether something was refused and nothing else happened, so that the question stands."""
    kinds = [each.kind for each in events]
    return kinds[-1:] == ["ask"] and {*kinds[:-1]} in ({"refusal"}, {"refusal", "note"})


def spoken(
    events: Sequence[Event], sentences: Sentences, width: int
) -> tuple[list[StyledParagraph], list[StyledParagraph]]:
    """What was said, and behind it what is read from its beginning where it is long.

    That is a question with the refusal or what was taken before it, or everything where a list or
    help was asked for and nothing was done.
    """
    kinds = [each.kind for each in events]
    is_told = "echo" not in kinds and ("list" in kinds or "help" in kinds)
    places = (place for place, kind in enumerate(kinds) if kind in ("refusal", "ask"))
    begin = 0 if is_told else next(places, len(events))
    above = events[:begin][-_TAKEN:] if begin < len(events) else ()
    short = [each.kind in ("echo", "note") and not each.lines for each in above]
    begin -= next((place for place, each in enumerate(reversed(short)) if not each), len(short))
    before, read = (
        [paragraph for each in part for paragraph in _paragraphs_of(each, sentences, width)]
        for part in (events[:begin], events[begin:])
    )
    return before, read
