"""The menu of every command, to be chosen with the arrows."""

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.chat.layout import Paragraph, Piece, wrap
from assistant.wording import Sentences

_WIDTH, _FRAME = 68, 12
"""Most columns of the text, and those that frame and scroll bar take of the screen."""
MENU_ROOM = 30
"""Columns of the screen below which the menu has no room."""
_NEED_WORDS = frozenset({"jump", "ask", "change", "drop_row"})
"""Commands that mean something only with words behind them."""
_KEY_WIDTH = 4
_WORD_WIDTH = 10


class Menu(ModalScreen[str]):
    """Lists commands with what they do.

    Gives the name of the one chosen, the beginning of a line such as `/跳到 `, or nothing.
    """

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", show=False),
        Binding("ctrl+p", "dismiss('')", show=False, priority=True),
        Binding("ctrl+q", "dismiss('quit')", show=False, priority=True),
    ]

    def __init__(self, sentences: Sentences, keys: Mapping[str, str]) -> None:
        """Take the sentences and the key of each command that has one."""
        super().__init__()
        self._sentences = sentences
        self._keys = keys

    def on_resize(self) -> None:
        """Break the lines anew; where there is no room left, close."""
        if self.app.size.width < MENU_ROOM:
            if self.is_current:
                self.dismiss("")
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
        rows = wrap(Paragraph((Piece(left), Piece(does)), 0, cell_len(left)), width)
        return Content("\n".join("".join(piece.text for piece in row.pieces) for row in rows))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        name = event.option_id or ""
        word = self._sentences.say(f"command_words.{name}").split()[0]
        self.dismiss(f"/{word} " if name in _NEED_WORDS else name)
