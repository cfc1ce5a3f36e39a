"""`nianbao` and `nianbao chat`: the conversation, in the terminal or line by line."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from assistant.cli import console
from assistant.cli.exits import GOOD
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
        if options.plain or _is_plain_terminal():
            _talk_plainly(session, events, shelf)
        else:
            from assistant.chat import Chat  # noqa: PLC0415  only a screen needs Textual

            Chat(session, events).run()
    finally:
        session.close()
    return GOOD


def _today() -> date:
    return date.today()  # noqa: DTZ011  the calendar year of the person at the screen


def _is_plain_terminal() -> bool:
    has_screen = sys.stdin.isatty() and sys.stdout.isatty()
    return not has_screen or os.environ.get("TERM", "") in ("dumb", "unknown")


def _talk_plainly(session: Session, events: list[Event], shelf: Library) -> None:
    from assistant.plain import converse  # noqa: PLC0415  a screen needs none of it

    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    try:
        converse(session, events, sys.stdin, sys.stdout)
    except KeyboardInterrupt:
        session.wish = "quit"
    code = "plain.left" if session.wish == "quit" else "plain.ended"
    if session.path is not None:
        prefix = shelf.sentences.say("marks.note")
        console.give(f"{prefix}　{shelf.sentences.say(code)}")
