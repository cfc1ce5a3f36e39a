"""The key of each command that has one, and the line that shows them."""

from textual.binding import Binding, BindingType
from textual.content import Content

from assistant.wording import Sentences

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
"""As they are shown; `^` is the control key. In the chat `narrative` turns through the faces."""
_SHOWN = ("back", "next", "help", "undo", "narrative", "grid", "review", "finish", "menu", "quit")


def binding_of(name: str) -> str:
    """The key of a command as Textual names it, `ctrl+p`."""
    return KEYS[name].lower().replace("^", "ctrl+")


BINDINGS: list[BindingType] = [
    *(Binding(binding_of(name), f"command('{name}')", priority=True, show=False) for name in KEYS),
    Binding("pageup", "page(-1)", priority=True, show=False),
    Binding("pagedown", "page(1)", priority=True, show=False),
    Binding("escape", "chat", show=False),
]
"""What the keys do in `Chat`; none that a multiplexer or an input method takes for itself."""


def key_line(sentences: Sentences) -> Content:
    """The keys at the foot of the screen; they fit into 80 columns."""
    pieces: list[tuple[str, str]] = []
    for name in _SHOWN:
        pieces += [(f" {KEYS[name]}", "bold $accent"), (sentences.say(f"chat.key_{name}"), "")]
    return Content.assemble(*pieces)
