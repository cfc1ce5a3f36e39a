"""A conversation to be watched: the answers of a file are typed into the box letter by letter."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from assistant.messages import Sentences
from assistant.messages.events import Event, Theme
from assistant.ui.tui.answer_box import AnswerBox
from assistant.ui.tui.app import Chat
from assistant.ui.tui.command_menu import CommandMenu
from assistant.ui.tui.transcript import paragraphs_of_typed

if TYPE_CHECKING:
    from assistant.dialog.session import Autoplay, Session

_BREATH = 12
"""Letters that would fit into the silence before and behind each line."""
_SHORTEST = 0.02
"""Seconds between two paints; what is faster types several letters at once."""
_ALLOWED = ("narrative", "menu", "quit")
"""Commands of one who watches."""


class AutoplayChat(Chat):
    """The screen of a conversation that types by itself.

    It stops at what a check finds and the file does not acknowledge; Enter goes on, and stops
    it anywhere else.
    """

    def __init__(
        self,
        sentences: Sentences,
        open_session: "Callable[[], tuple[Session, list[Event]]]",
        player: "Autoplay",
        speed: float,
        theme: Theme | None = None,
    ) -> None:
        """Take what is played, and how many letters a second."""
        super().__init__(sentences, [], open_session, theme)
        self._player = player
        self._step = max(1 / speed, _SHORTEST)
        self._letters = max(1, round(speed * self._step))
        self._said: list[Event] = []
        self._line: str | None = None
        self._typed = 0
        self._silence = _BREATH
        self._is_paused = False
        self._met: set[str] = set()

    def on_mount(self) -> None:
        """Begin to type."""
        self.box.read_only = True
        self.set_interval(self._step, self._tick)

    def _tick(self) -> None:
        """Wait a little, type a letter, or send the line."""
        is_waiting = self._is_paused or self.session is None or isinstance(self.screen, CommandMenu)
        if is_waiting or not self.query(AnswerBox):  # without a box, somebody is leaving
            return
        if self._silence > 0:
            self._silence -= self._letters
        elif self._line is None:
            assert self.session is not None  # noqa: S101  waited for above
            self._begin_line(self._player.next_line(self.session, self._said))
        elif self._typed < len(self._line):
            self._typed = min(len(self._line), self._typed + self._letters)
            self._put(self._line[: self._typed])
            self._silence = _BREATH if self._typed == len(self._line) else 0
        else:
            self._say_line(self._line)

    def _begin_line(self, line: str | None) -> None:
        self._line, self._typed = line, 0
        if line is None:
            self._pause("show_over")
        elif not line:
            self._silence = _BREATH

    def _say_line(self, line: str) -> None:
        self._line, self._silence = None, _BREATH
        self._put("")
        self.body.transcript.add(list(paragraphs_of_typed(line, self._sentences)))
        self._hear(lambda session: session.say(line), typed="")

    def _show(self, events: list[Event], *, typed: str = "") -> None:
        super()._show(events, typed=typed)
        self._said = events if any(each.kind == "ask" for each in events) else self._said
        for finding in (each.finding for each in events if each.finding is not None):
            acknowledged: Collection[str] = self._player.wanted.acknowledged
            is_told = finding.level == "notice" or finding.key in acknowledged
            if self.session is not None and not is_told and finding.key not in self._met:
                self._met.add(finding.key)
                self._pause("show_paused")

    def _put(self, text: str, _: str = "") -> None:
        super()._put(text, "show_box")

    def _pause(self, code: str) -> None:
        self._is_paused = True
        super()._show([Event("note", self._say(code))])

    def send(self, *_: object, **__: object) -> None:
        """Stop, or go on."""
        if self._is_paused:
            self._is_paused = False
        else:
            self._pause("show_paused")

    async def command(self, name: str) -> None:
        """Do what one who watches may do."""
        if name == "quit":
            self.exit()
        elif name in _ALLOWED:
            await super().command(name)
        else:
            super()._show([Event("note", self._say("show_only"))])

    def escape(self) -> None:
        """Show the transcript again."""
        self._show_chat()
