"""Keys in the order in which they were typed: each is done to its end before the next is looked at.

The reader of the terminal puts everything typed into the one queue of the application, and the
application does it there, without handing it on to the queue of a widget. So neither a timer nor
a repaint, nor work that another key began, can come between two keys.
"""

from collections.abc import Mapping

from rich.cells import cell_len
from textual import events, on
from textual.app import App
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.messages import Sentences
from assistant.ui.tui.answer_box import AnswerBox, Arrow, Completed, Moved, Sent
from assistant.ui.tui.command_menu import CommandMenu
from assistant.ui.tui.key_events import KeysTyped, Piece, are_pasted, letters_of, lines_at_once
from assistant.ui.tui.main_area import MainArea
from assistant.ui.tui.scrolling_page import SelectablePage

KEYS = {
    "back": "F2",
    "next": "F3",
    "help": "F4",
    "undo": "F5",
    "narrative": "F6",
    "review": "F7",
    "overview": "F8",
    "finish": "F9",
    "grid": "^T",
    "take": "^Y",
    "menu": "^P",
    "quit": "^Q",
}
"""As they are shown; `^` is the control key. In the chat `narrative` turns through the tabs."""
KEYS_IN_BROWSER = {name: key for name, key in KEYS.items() if key != "^T"}
"""Those that come through: a browser opens a tab at Ctrl+T, whatever its page wants."""
_SHOWN = ("back", "next", "help", "undo", "narrative", "grid", "review", "finish", "menu", "quit")
"""In the order of the line at the foot of the screen."""
_FIRST = ("quit", "menu", "help", "back", "grid", "review", "narrative", "undo", "finish", "next")
"""Those that stay longest when the screen is narrow."""


def binding_of(name: str) -> str:
    """The key of a command as Textual names it, `ctrl+p`."""
    return KEYS[name].lower().replace("^", "ctrl+")


COMMAND_OF_KEY = {binding_of(name): name for name in KEYS}
"""The command of each key that has one; none that a multiplexer or an input method takes."""
PAGE_STEPS = {"pageup": -1, "pagedown": 1}


class KeyLine(Static):
    """The keys at the foot of the screen, as many as there is room for."""

    def __init__(self, sentences: Sentences) -> None:
        """Take the words of the keys."""
        super().__init__(id="keys")
        self._sentences = sentences

    def on_resize(self) -> None:
        """Choose anew."""
        keys = KEYS_IN_BROWSER if self.app.is_web else KEYS
        self.update(key_line(self._sentences, self.size.width, keys), layout=False)


def key_line(sentences: Sentences, width: int, keys: Mapping[str, str]) -> Content:
    """Of some keys those that fit into a width, the most needed ones first chosen."""
    words = {name: sentences.say(f"chat.key_{name}") for name in _SHOWN}
    kept: list[str] = []
    room = width
    for name in filter(keys.__contains__, _FIRST):
        room -= cell_len(f" {keys[name]}{words[name]}")
        if room >= 0:
            kept.append(name)
    pieces: list[tuple[str, str]] = []
    for name in sorted(kept, key=_SHOWN.index):
        pieces += [(f" {keys[name]}", "bold $footer-key-foreground"), (words[name], "")]
    return Content.assemble(*pieces)


class Keyboard(App[None]):
    """An application that does one key after the other.

    A key is for the menu while that is open, for the preview while something is chosen there,
    and else for the box.

    Attributes:
        has_left: Whether what is typed from now on is left to the shell.
    """

    has_left = False

    async def on_event(self, event: events.Event) -> None:
        """Do what was typed here and now; anything else goes the way of the toolkit."""
        if isinstance(event, KeysTyped):
            await self._take_all(event)
        elif isinstance(event, Piece) and not event.is_forwarded:
            await self._take_all(KeysTyped((event,), marks_pastes=False))
        else:
            await super().on_event(event)

    async def command(self, name: str) -> None:
        """Do the command of a key."""

    async def close_menu(self, choice: str) -> None:
        """Close the menu and do what was chosen; an empty choice is nothing."""

    def choose(self, cell: str) -> None:
        """Go to what was chosen in the preview; an empty choice is nothing."""

    def send(self, text: str, *, is_pasted: bool = False, at_once: bool = False) -> None:
        """Say what was sent."""

    def move(self, text: str, arrow: Arrow) -> None:
        """Go to another cell."""

    def complete(self, text: str) -> None:
        """Complete what stands in the box."""

    def escape(self) -> None:
        """Go back."""

    def say_how_to_leave(self) -> None:
        """Say which key leaves."""

    def repaint(self) -> None:
        """Paint everything anew."""

    def focus_on(self, widget: Widget) -> None:
        """Give the keys to a part of the screen, before the next key is looked at."""
        if self.focused is not widget:
            self.screen.set_focus(widget)

    @property
    def box(self) -> AnswerBox:
        """Where answers are typed."""
        return self.query_one(AnswerBox)

    @property
    def body(self) -> MainArea:
        """The transcript and the preview."""
        return self.query_one(MainArea)

    @on(SelectablePage.Chosen)
    def take_number(self, message: SelectablePage.Chosen) -> None:
        """Go to what was clicked on."""
        self.choose(message.cell)

    @on(CommandMenu.Chosen)
    async def take_command(self, message: CommandMenu.Chosen) -> None:
        """Do what was clicked on in the menu, or close it."""
        if isinstance(self.screen, CommandMenu):
            await self.close_menu(message.choice)

    async def _take_all(self, typed: KeysTyped) -> None:
        pieces = list(typed.pieces)
        while pieces and not self.has_left:
            text = "" if typed.marks_pastes else lines_at_once(pieces)
            if isinstance(self.screen, CommandMenu):
                await self._take_in_menu(self.screen, pieces.pop(0))
            elif text:
                del pieces[: len(text)]
                self._take_lines(text)
            else:
                await self._do(pieces.pop(0))

    async def _take_in_menu(self, menu: CommandMenu, piece: Piece) -> None:
        choice = menu.press(piece) if isinstance(piece, events.Key) else None
        if choice is not None:
            await self.close_menu(choice)

    async def _do(self, piece: Piece) -> None:
        if isinstance(piece, events.Paste):
            self.focus_on(self.box)
            self.box.take_paste(piece.text)
        elif piece.key in COMMAND_OF_KEY:
            await self.command(COMMAND_OF_KEY[piece.key])
        elif piece.key in PAGE_STEPS:
            self.body.page_on(PAGE_STEPS[piece.key])
        elif piece.key == "ctrl+l":
            self.repaint()
        elif self.focused is self.body.preview.page and not letters_of(piece):
            choice = self.body.preview.page.press(piece)
            if choice is not None:
                self.choose(choice)
        else:
            self.focus_on(self.box)
            await self._press(piece)

    async def _press(self, key: events.Key) -> None:
        match await self.box.press(key):
            case Sent(text, is_pasted):
                self.send(text, is_pasted=is_pasted)
            case Moved(text, arrow):
                self.move(text, arrow)
            case Completed(text):
                self.complete(text)
            case False if key.key == "escape":
                self.escape()
            case False if key.key == "ctrl+c":
                self.say_how_to_leave()

    def _take_lines(self, text: str) -> None:
        """Send lines that came at once and without the mark of a paste.

        They were pasted into a terminal that marks nothing, or typed while the program could not
        look. So many that nobody typed them wait in the box, with those that come behind them:
        a paste while the program starts meets questions that nobody has seen.
        """
        self.focus_on(self.box)
        if are_pasted(text) or self.box.holds_paste:
            self.box.take_paste(text)
            return
        sent = self.box.take_lines(text)
        if sent is not None:
            self.send(sent.text, is_pasted=sent.is_pasted, at_once=not sent.is_pasted)
