"""What was said, as paragraphs of the transcript."""

from collections.abc import Iterator

from assistant.chat.layout import Paragraph, plain
from assistant.interview import Event
from assistant.wording import Sentences

_STYLES = {"echo": "echo", "refusal": "error", "note": "notice", "help": "notice", "list": "strong"}


def paragraphs_of(event: Event, sentences: Sentences) -> Iterator[Paragraph]:
    """One event with its title and its lines; a mark in words tells its kind without colour."""
    yield plain("")
    if event.title:
        yield plain(event.title, "dim", hang=2, anchor=event.cell)
    if event.kind == "ask":
        yield plain(event.text, "ask", hang=2, anchor=event.cell)
        for line in event.lines:
            yield plain(line, "", indent=2, hang=4, anchor=event.cell)
        return
    style = event.finding.level if event.finding else _STYLES[event.kind]
    mark = sentences.say(f"chat.mark_{event.kind}")
    yield Paragraph(((mark, style), (event.text, style)), 0, 2, event.cell)
    for line in event.lines:
        yield plain(line, "dim" if event.kind != "list" else "", indent=2, hang=4)


def paragraphs_of_typed(text: str, sentences: Sentences) -> Iterator[Paragraph]:
    """What the person typed."""
    mark = sentences.say("chat.mark_typed")
    yield Paragraph(((mark, "strong"), (text.rstrip(), "strong")), 0, 2)
