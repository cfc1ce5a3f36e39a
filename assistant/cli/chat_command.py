"""`nianbao` and `nianbao chat`: the conversation, in the terminal or line by line."""

import argparse
import gc
import os
import signal
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import console
from assistant.cli.exit_codes import GOOD, USAGE
from assistant.dialog.welcome import greet
from assistant.form.loader import Library
from assistant.messages.themes import theme_named, theme_titles
from assistant.storage.errors import FileError

if TYPE_CHECKING:
    from assistant.dialog.session import Session
    from assistant.messages import Sentences
    from assistant.messages.events import Event, Theme

_LOOK_VARIABLE = "NIANBAO_THEME"


def talk(options: argparse.Namespace, shelf: Library) -> int:
    """Hold a conversation about one answer file.

    Raises:
        AssistantError: The file or folder cannot be used.
    """
    theme = asked_theme(options, shelf.sentences)
    sitting = _Sitting(options, shelf)
    try:
        is_plain = options.plain or is_plain_terminal()
        return _talk_plainly(sitting) if is_plain else _talk_on_screen(sitting, theme)
    finally:
        if sitting.session is not None:
            sitting.session.close()


class _Sitting:
    """The session of one run, opened when it is needed: its rooms take longer than a screen.

    Attributes:
        session: None until it is opened.
        events: Its greeting.
    """

    def __init__(self, options: argparse.Namespace, shelf: Library) -> None:
        path: Path | None = options.path
        self._file = path if path is not None and not path.is_dir() else None
        self._folder = path if path is not None and path.is_dir() else Path()
        self._previous: Path | None = options.previous
        self.shelf = shelf
        self.session: Session | None = None
        self.events: list[Event] = []

    def greeting(self) -> "list[Event]":
        """What will be said first, if that is known already."""
        has_path = self._file is not None or self._previous is not None
        return [] if has_path else greet(self.shelf.sentences, self._folder, _today().year)

    def open(self) -> "tuple[Session, list[Event]]":
        """Open the session, once, and give its greeting.

        Raises:
            AssistantError: The file or folder cannot be used.
        """
        if self.session is None:
            from assistant.dialog.session import Session  # noqa: PLC0415  the greeting needs none of it

            self.session = Session(self.shelf, self._folder, _today(), self._previous)
            self.events = self.session.start(self._file)
        return self.session, self.events

    def code(self) -> int:
        """The exit code: whether the disk has every answer."""
        return GOOD if self.session is None or self.session.is_saved else USAGE


def _today() -> date:
    return date.today()  # noqa: DTZ011  the calendar year of the person at the screen


def is_plain_terminal() -> bool:
    """Whether the conversation goes line by line here."""
    has_screen = sys.stdin.isatty() and sys.stdout.isatty()
    return not has_screen or os.environ.get("TERM", "") in ("dumb", "unknown")


def _talk_plainly(sitting: _Sitting) -> int:
    from assistant.ui import line_mode  # noqa: PLC0415  a screen needs none of it

    session, greeting = sitting.open()
    with suppress(KeyboardInterrupt):
        line_mode.converse(session, greeting, sys.stdin, sys.stdout)
    line_mode.tell(session, session.farewell(), sys.stdout)
    return sitting.code()


def asked_theme(options: argparse.Namespace, sentences: "Sentences") -> "Theme | None":
    """The theme that is asked for by the option or the environment.

    Raises:
        FileError: There is none of this name.
    """
    words = options.theme or os.environ.get(_LOOK_VARIABLE, "")
    theme = theme_named(words, sentences)
    if words and theme is None:
        raise FileError("look_unknown", look=words, known=theme_titles(sentences))
    return theme


def prepare_screen() -> None:
    """Set what Textual reads from the environment, before it is imported.

    From then on the loss of the terminal ends the program, also where who started it ignores that.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.environ.setdefault("TEXTUAL_FPS", "120")  # halves the slowest key strokes
    os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # set and empty means colours; Textual takes it for a no


def _talk_on_screen(sitting: _Sitting, theme: "Theme | None") -> int:
    prepare_screen()
    gc.disable()  # reading Textual makes many objects and no garbage
    from assistant.ui.tui import Chat  # noqa: PLC0415  only a screen needs Textual

    gc.freeze()
    gc.enable()
    greeting = sitting.greeting() or sitting.open()[1]
    chat = Chat(sitting.shelf.sentences, greeting, sitting.open, theme)
    chat.run()
    if sitting.session is not None:
        for event in sitting.session.farewell():
            console.give("\n".join((event.text, *event.lines)))
    if chat.fault is not None:
        raise chat.fault
    return USAGE if chat.return_code else sitting.code()
