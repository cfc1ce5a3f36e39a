"""The conversation on standard input and output: line by line, no decoration."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from assistant.dialog.session import Autoplay, Session
from assistant.export.formats import text
from assistant.messages.events import Event
from assistant.messages.themes import THEME_OF_REQUEST
from assistant.storage.streams import write_out
from assistant.ui.stdin_reader import LINE_LIMIT, lines_of
from assistant.values.characters import visible

_MORE = "\\"
"""At the end of a line: the answer goes on in the next one."""
_BELOW = "　"
"""In front of a line that belongs to the one above."""
_PREFIXES = {
    "ask": "ask",
    "echo": "echo",
    "refusal": "error",
    "finding": "finding",
    "note": "note",
    "help": "note",
    "list": "note",
}


def converse(session: Session, events: Iterable[Event], source: TextIO, screen: TextIO) -> None:
    """Go on line by line until the end of the input or a ui_request to leave.

    Args:
        session: The session; its greeting has been made.
        events: That greeting.
        source: Lines of answers and commands.
        screen: Where every event is printed.
    """
    tell(session, events, screen)
    for line in _lines(source):
        with _uninterrupted():
            heard = session.begin(line)
        tell(session, heard, screen)
        while session.is_busy:
            with _uninterrupted():
                heard = session.go_on()
            tell(session, heard, screen)
        if session.ui_request in ("narrative", "table", "grid"):
            _print_face(session, screen)
            said = session.library.sentences.say("session.no_cells")
            notes = [Event("note", said)] if session.ui_request == "grid" else []
            tell(session, [*notes, *session.asked()], screen)
        if session.ui_request == "copy":
            write_out(f"{visible(session.argument)}\n", screen, is_all=True)
            tell(session, session.asked(), screen)
        if session.ui_request == "look" or session.ui_request in THEME_OF_REQUEST:
            said = session.library.sentences.say("session.no_looks")
            tell(session, [Event("note", said)], screen)
        if session.ui_request == "quit":
            return


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let an interrupt wait until an answer that was taken is on the disk."""
    waiting: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt


def _lines(source: TextIO) -> Iterator[str]:
    held = ""
    for line in lines_of(source):
        text = (held + line)[:LINE_LIMIT]
        if text.endswith(_MORE):
            held = text.removesuffix(_MORE) + "\n"
            continue
        held = ""
        yield text
    if held:
        yield held.rstrip("\n")


def tell(session: Session, events: Iterable[Event], screen: TextIO) -> None:
    """Print events, the word for their kind in front; what stands below is set in."""
    for event in events:
        level = event.finding.level if event.finding else ""
        name = "error" if level == "error" else _PREFIXES[event.kind]
        prefix = session.library.sentences.say(f"marks.{name}")
        between = "：" if event.kind == "refusal" else "　"
        said = between.join(piece for piece in (event.title, event.left, event.text) if piece)
        for mark, line in [(prefix, said), *((_BELOW, each) for each in event.below)]:
            shown = visible(line.replace("\n", " "))
            write_out(f"{mark}　{shown}\n", screen)
    write_out("", screen, is_all=True)


def play(session: Session, events: Iterable[Event], player: Autoplay, screen: TextIO) -> None:
    """Give the answers of a file, each line printed before what it leads to."""
    said = list(events)
    tell(session, said, screen)
    while (line := player.next_line(session, said)) is not None:
        shown = f"> {visible(line)}\n".replace("\n", f"{_MORE}\n", line.count("\n"))
        write_out(shown, screen)
        said = session.say(line)
        tell(session, said, screen)
    tell(session, [Event("note", session.library.sentences.say("chat.show_over"))], screen)


def _print_face(session: Session, screen: TextIO) -> None:
    draft = session.draft()
    if draft is not None:
        write_out(text(draft), screen, is_all=True)
