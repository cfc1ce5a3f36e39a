"""The menu of every command, to be chosen with the arrows."""

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.intents import vocabulary
from assistant.wording import Sentences

_WORD_WIDTH = 10


class Menu(ModalScreen[str]):
    """Lists commands with what they do; gives the name of the one chosen, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", show=False),
        Binding("ctrl+p", "dismiss('')", show=False, priority=True),
    ]

    def __init__(self, sentences: Sentences, keys: dict[str, str]) -> None:
        """Take the sentences and the key of each command that has one."""
        super().__init__()
        self._sentences = sentences
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A title and the list."""
        words = vocabulary(self._sentences)
        yield Static(Content(self._sentences.say("chat.menu_title")), id="menu-title")
        yield OptionList(
            *(
                Option(Content(self._line(name, words.main_words[name])), id=name)
                for name in words.names
            ),
            id="menu",
        )

    def _line(self, name: str, word: str) -> str:
        gap = " " * max(1, _WORD_WIDTH - cell_len(word))
        does = self._sentences.say(f"command_help.{name}")
        key = self._keys.get(name, "")
        return f"{key:<5}{word}{gap}{does}"

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        self.dismiss(event.option_id or "")
