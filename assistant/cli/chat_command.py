"""`nianbao chat`: the conversation, in the terminal or line by line; `replay --show` shows one."""

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
from assistant.cli.console import GOOD, USAGE
from assistant.dialog.welcome import greet
from assistant.form.loader import Library
from assistant.messages.themes import theme_named, theme_titles
from assistant.storage.errors import FileError

if TYPE_CHECKING:
    from assistant.dialog.session import Autoplay, Session
    from assistant.messages import Sentences
    from assistant.messages.events import Event, Theme

_LOOK_VARIABLE = "NIANBAO_THEME"
_DRIVER_VARIABLE = "TEXTUAL_DRIVER"
"""Is set where standard input and output lead to a browser, see `ui/browser`."""
_SPEEDS = {"慢": 8.0, "中": 25.0, "快": 100.0}
"""Letters a second."""
_SLOWEST, _FASTEST = 1.0, 500.0


def run(options: argparse.Namespace, library: Library) -> int:
    """Hold a conversation about one answer file.

    Raises:
        AssistantError: The file or folder cannot be used.
    """
    theme = asked_theme(options, library.sentences)
    late = _LateSession(options, library)
    try:
        is_plain = options.plain or _is_plain_terminal()
        return _talk_plainly(late) if is_plain else _talk_on_screen(late, theme)
    finally:
        if late.session is not None:
            late.session.close()


class _LateSession:
    """The session of one run, opened when it is needed: its modules load slower than a screen.

    Attributes:
        session: None until it is opened.
        events: Its greeting.
    """

    def __init__(self, options: argparse.Namespace, library: Library) -> None:
        path: Path | None = options.path
        self._file = path if path is not None and not path.is_dir() else None
        self._folder = path if path is not None and path.is_dir() else Path()
        self._previous: Path | None = options.previous
        self.library = library
        self.session: Session | None = None
        self.events: list[Event] = []

    def greeting(self) -> "list[Event]":
        """What will be said first, if that is known already."""
        has_path = self._file is not None or self._previous is not None
        return [] if has_path else greet(self.library.sentences, self._folder, _today().year)

    def open(self) -> "tuple[Session, list[Event]]":
        """Open the session, once, and give its greeting.

        Raises:
            AssistantError: The file or folder cannot be used.
        """
        if self.session is None:
            from assistant.dialog.session import Session  # noqa: PLC0415  the greeting needs none of it

            self.session = Session(self.library, self._folder, _today(), self._previous)
            self.events = self.session.start(self._file)
        return self.session, self.events

    def code(self) -> int:
        """The exit code: whether the disk has every answer."""
        return GOOD if self.session is None or self.session.is_saved else USAGE


def _today() -> date:
    return date.today()  # noqa: DTZ011  the calendar year of the person at the screen


def _is_plain_terminal() -> bool:
    """Whether the conversation goes line by line here."""
    if os.environ.get(_DRIVER_VARIABLE):
        return False
    has_screen = sys.stdin.isatty() and sys.stdout.isatty()
    return not has_screen or os.environ.get("TERM", "") in ("dumb", "unknown")


def _talk_plainly(late: _LateSession) -> int:
    from assistant.ui import line_mode  # noqa: PLC0415  a screen needs none of it

    session, greeting = late.open()
    with suppress(KeyboardInterrupt):
        line_mode.converse(session, greeting, sys.stdin, sys.stdout)
    line_mode.tell(session, session.farewell(), sys.stdout)
    return late.code()


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


def _prepare_screen() -> None:
    """Set what Textual reads from the environment, before it is imported.

    From then on the loss of the terminal ends the program, also where who started it ignores that.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.environ.setdefault("TEXTUAL_FPS", "120")  # halves the slowest key strokes
    os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # set and empty means colours; Textual takes it for a no


def _talk_on_screen(late: _LateSession, theme: "Theme | None") -> int:
    _prepare_screen()
    gc.disable()  # reading Textual makes many objects and no garbage
    from assistant.ui.tui import Chat  # noqa: PLC0415  only a screen needs Textual

    gc.freeze()
    gc.enable()
    greeting = late.greeting() or late.open()[1]
    chat = Chat(late.library.sentences, greeting, late.open, theme)
    chat.run()
    if late.session is not None and not os.environ.get(_DRIVER_VARIABLE):
        for event in late.session.farewell():
            console.give("\n".join((event.text, *event.lines)))
    if chat.fault is not None:
        raise chat.fault
    return USAGE if chat.return_code else late.code()


def show(options: argparse.Namespace, library: Library) -> int:
    """Do `nianbao replay --show`: give the answers of a file once more, in a copy of their own.

    Raises:
        AssistantError: The file cannot be read, or more is asked than this can do.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415  a conversation needs none of these

    from assistant.answers import load  # noqa: PLC0415
    from assistant.dialog.session import Autoplay, Session  # noqa: PLC0415
    from assistant.messages.events import Event  # noqa: PLC0415

    speed = _speed(options.speed)
    theme = asked_theme(options, library.sentences)
    if len(options.paths) != 1 or options.output or options.final or options.json:
        raise FileError("show_alone")
    source: Path = options.paths[0]
    reading = load(source, library)
    player = Autoplay(reading.answers)
    today = max(_today(), date(reading.answers.year + 1, 1, 1))
    with TemporaryDirectory(prefix="nianbao-") as folder:
        session = Session(library, Path(folder), today, options.previous)
        say = library.sentences.say
        events = [Event("note", say("chat.show_begun", name=source.name))]
        events += [Event("note", each.sentence) for each in reading.findings]
        if left_out := player.left_out():
            names = tuple(map(reading.answers.edition.name, left_out))
            events.append(Event("note", say("chat.show_left_out", count=len(names)), lines=names))
        try:
            events += session.start()
            if _is_plain_terminal():
                from assistant.ui import line_mode  # noqa: PLC0415  a screen needs none of it

                line_mode.play(session, events, player, sys.stdout)
            else:
                events.insert(0, Event("note", say("chat.show_keys")))
                _show_on_screen(session, events, player, speed, theme)
        finally:
            session.close()
    console.give(library.sentences.say("session.shown", path=str(source)))
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


def _show_on_screen(
    session: "Session",
    events: "list[Event]",
    player: "Autoplay",
    speed: float,
    theme: "Theme | None",
) -> None:
    _prepare_screen()
    from assistant.ui.tui.autoplay_app import AutoplayChat  # noqa: PLC0415  as in _talk_on_screen

    chat = AutoplayChat(session.library.sentences, lambda: (session, events), player, speed, theme)
    chat.run()
    if chat.fault is not None:
        raise chat.fault
