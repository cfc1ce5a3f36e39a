"""`nianbao` and `nianbao chat`: the conversation, in the terminal or line by line."""

import argparse
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from assistant.cli import console
from assistant.cli.exits import GOOD, USAGE
from assistant.interview import Event
from assistant.library import Library
from assistant.session import Session


def talk(options: argparse.Namespace, shelf: Library) -> int:
    """Hold a conversation about one answer file.

    Raises:
        AssistantError: The file or folder cannot be used.
    """
    path: Path | None = options.path
    folder = path if path is not None and path.is_dir() else Path()
    session = Session(shelf, folder, _today(), options.previous)
    try:
        events = session.start(path if path is not None and not path.is_dir() else None)
        is_plain = options.plain or _is_plain_terminal()
        code = _talk_plainly(session, events) if is_plain else _talk_on_screen(session, events)
    finally:
        session.close()
    return code if session.is_saved else USAGE


def _today() -> date:
    return date.today()  # noqa: DTZ011  the calendar year of the person at the screen


def _is_plain_terminal() -> bool:
    has_screen = sys.stdin.isatty() and sys.stdout.isatty()
    return not has_screen or os.environ.get("TERM", "") in ("dumb", "unknown")


def _talk_plainly(session: Session, events: list[Event]) -> int:
    from assistant import plain  # noqa: PLC0415  a screen needs none of it

    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    with suppress(KeyboardInterrupt):
        plain.converse(session, events, sys.stdin, sys.stdout)
    plain.tell(session, session.farewell(), sys.stdout)
    return GOOD


def _talk_on_screen(session: Session, events: list[Event]) -> int:
    os.environ.setdefault("TEXTUAL_FPS", "120")  # halves the slowest key strokes
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from assistant.chat import Chat  # noqa: PLC0415  only a screen needs Textual

    chat = Chat(session, events)
    chat.run()
    for event in session.farewell():
        console.give("\n".join((event.text, *event.lines)))
    return USAGE if chat.return_code else GOOD
