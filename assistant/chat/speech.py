"""What was said, as paragraphs of the transcript."""

from collections.abc import Iterator

from assistant.chat.layout import Paragraph, Piece, plain
from assistant.events import Event
from assistant.wording import Sentences

_STYLES = {"echo": "echo", "refusal": "error", "note": "notice", "help": "notice", "list": "strong"}
_PREFIXES = {"echo": "echo", "refusal": "error", "note": "note"}
"""The words before what is said; the rest tells its kind itself."""


def paragraphs_of(event: Event, sentences: Sentences) -> Iterator[Paragraph]:
    """One event with its title and its lines; words tell its kind without colour.

    An echo stands right below the line it answers.
    """
    if event.kind != "echo":
        yield plain("")
    if event.kind == "ask":
        if event.title:
            yield plain(event.title, "dim", hang=2, anchor=event.cell)
        yield plain(event.text, "ask", hang=2, anchor=event.cell)
        for line in event.lines:
            yield plain(line, "", indent=2, hang=4, anchor=event.cell)
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


def paragraphs_of_typed(text: str) -> Iterator[Paragraph]:
    """What the person typed."""
    yield plain("")
    yield Paragraph((Piece("> ", "dim"), Piece(text.rstrip(), "strong")), 0, 2)
