"""The menu of every command, to be chosen with the arrows."""

from collections.abc import Callable, Mapping

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.messages import Sentences
from assistant.ui.tui.line_layout import StyledParagraph, StyledText, wrap

_WIDTH, _FRAME = 68, 12
"""Most columns of the text, and those that frame and scroll bar take of the screen."""
MENU_ROOM = 30
"""Columns of the screen below which the menu has no room."""
_NEED_WORDS = frozenset({"jump", "ask", "change", "drop_row"})
"""Commands that mean something only with words behind them."""
_KEY_WIDTH = 4
_WORD_WIDTH = 10


_CLOSING = {"escape": "", "ctrl+p": "", "ctrl+q": "quit"}
"""Keys that close the menu, with what they choose."""


class CommandMenu(ModalScreen[None]):
    """Lists commands with what they do."""

    AUTO_FOCUS = "OptionList"

    class Chosen(Message):
        """The menu is done with."""

        def __init__(self, choice: str) -> None:
            """Carry the name of a command, the beginning of a line, `/跳到 `, or nothing."""
            super().__init__()
            self.choice = choice

    def __init__(self, sentences: Sentences, keys: Mapping[str, str]) -> None:
        """Take the sentences and the key of each command that has one."""
        super().__init__()
        self._sentences = sentences
        self._keys = keys

    def on_resize(self) -> None:
        """Break the lines anew; where there is no room left, close."""
        if self.app.size.width < MENU_ROOM:
            self.post_message(self.Chosen(""))
            return
        lines = self.query_one(OptionList)
        for name, word in self._words().items():
            lines.replace_option_prompt(name, self._line(name, word))

    def compose(self) -> ComposeResult:
        """A title and the list."""
        with Vertical(id="menu"):
            yield Static(Content(self._sentences.say("chat.menu_title")), id="menu-title")
            yield OptionList(
                *(Option(self._line(name, word), id=name) for name, word in self._words().items())
            )

    def _words(self) -> Mapping[str, str]:
        """The word of each command, in the order of the menu."""
        from assistant.intents import vocabulary  # noqa: PLC0415  the first question needs none

        return vocabulary(self._sentences).main_words

    def _line(self, name: str, word: str) -> Content:
        """Key, word and what it does, in columns."""
        key = self._keys.get(name, "")
        left = f"{key:<{_KEY_WIDTH}}{word}{' ' * max(1, _WORD_WIDTH - cell_len(word))}"
        does = self._sentences.say(f"command_help.{name}")
        width = min(_WIDTH, self.app.size.width - _FRAME)
        rows = wrap(StyledParagraph((StyledText(left), StyledText(does)), 0, cell_len(left)), width)
        return Content("\n".join("".join(piece.text for piece in row.pieces) for row in rows))

    def press(self, key: events.Key) -> str | None:
        """Do what a key does here.

        Returns:
            What `Chosen` carries; None while the menu stays.
        """
        if key.key in _CLOSING:
            return _CLOSING[key.key]
        lines = self.query_one(OptionList)
        if key.key == "enter" and lines.highlighted is not None:
            return self._choice(lines.get_option_at_index(lines.highlighted).id or "")
        moves: dict[str, Callable[[], None]] = {
            "up": lines.action_cursor_up,
            "down": lines.action_cursor_down,
            "home": lines.action_first,
            "end": lines.action_last,
            "pageup": lines.action_page_up,
            "pagedown": lines.action_page_down,
        }
        moves.get(key.key, lambda: None)()
        return None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with what was clicked on."""
        self.post_message(self.Chosen(self._choice(event.option_id or "")))

    def _choice(self, name: str) -> str:
        word = self._sentences.say(f"command_words.{name}").split()[0]
        return f"/{word} " if name in _NEED_WORDS else name
