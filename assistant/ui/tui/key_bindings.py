"""The key of each command that has one, and the line that shows them."""

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from assistant.messages import Sentences

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
        self.update(key_line(self._sentences, self.size.width), layout=False)


def key_line(sentences: Sentences, width: int) -> Content:
    """The keys that fit into a width, the most needed ones first chosen."""
    words = {name: sentences.say(f"chat.key_{name}") for name in _SHOWN}
    kept: list[str] = []
    room = width
    for name in _FIRST:
        room -= cell_len(f" {KEYS[name]}{words[name]}")
        if room >= 0:
            kept.append(name)
    pieces: list[tuple[str, str]] = []
    for name in sorted(kept, key=_SHOWN.index):
        pieces += [(f" {KEYS[name]}", "bold $footer-key-foreground"), (words[name], "")]
    return Content.assemble(*pieces)
