"""`nianbao replay --show`: watch how the answers of a file are given, in a copy of their own."""

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answers import load
from assistant.cli import console
from assistant.cli.chat_command import asked_theme, is_plain_terminal, prepare_screen
from assistant.cli.exit_codes import GOOD
from assistant.dialog.session import Autoplay, Session
from assistant.form.loader import Library
from assistant.messages.events import Event, Theme
from assistant.storage.errors import FileError

_SPEEDS = {"慢": 8.0, "中": 25.0, "快": 100.0}
"""Letters a second."""
_SLOWEST, _FASTEST = 1.0, 500.0


def show(options: argparse.Namespace, shelf: Library) -> int:
    """Play one file into a conversation.

    Raises:
        AssistantError: The file cannot be read, or more is asked than this can do.
    """
    speed = _speed(options.speed)
    theme = asked_theme(options, shelf.sentences)
    if len(options.paths) != 1 or options.output or options.final or options.json:
        raise FileError("show_alone")
    source: Path = options.paths[0]
    reading = load(source, shelf)
    player = Autoplay(reading.answers)
    today = max(date.today(), date(reading.answers.year + 1, 1, 1))  # noqa: DTZ011  as in talk
    with TemporaryDirectory(prefix="nianbao-") as folder:
        session = Session(shelf, Path(folder), today, options.previous)
        say = shelf.sentences.say
        events = [Event("note", say("chat.show_begun", name=source.name))]
        events += [Event("note", each.sentence) for each in reading.findings]
        if left_out := player.left_out():
            names = tuple(left_out)
            events.append(Event("note", say("chat.show_left_out", count=len(names)), lines=names))
        try:
            events += session.start()
            if is_plain_terminal():
                _print(session, events, player)
            else:
                _paint(session, events, player, speed, theme)
        finally:
            session.close()
    console.give(shelf.sentences.say("session.shown", path=str(source)))
    return GOOD


def _speed(words: str) -> float:
    """Letters a second, from a word or a number.

    Raises:
        FileError: It is neither.
    """
    if words in _SPEEDS:
        return _SPEEDS[words]
    try:
        number = float(words)
    except ValueError:
        number = 0.0
    if not _SLOWEST <= number <= _FASTEST:
        raise FileError("show_speed", speed=words, slowest=int(_SLOWEST), fastest=int(_FASTEST))
    return number


def _print(session: Session, events: list[Event], player: Autoplay) -> None:
    from assistant.ui import line_mode  # noqa: PLC0415  a screen needs none of it

    line_mode.play(session, events, player, sys.stdout)


def _paint(
    session: Session, events: list[Event], player: Autoplay, speed: float, theme: Theme | None
) -> None:
    prepare_screen()
    from assistant.ui.tui.autoplay_app import AutoplayChat  # noqa: PLC0415  only a screen needs Textual

    sentences = session.shelf.sentences
    first = [Event("note", sentences.say("chat.show_keys")), *events]
    show = AutoplayChat(sentences, lambda: (session, first), player, speed, theme)
    show.run()
    if show.fault is not None:
        raise show.fault
