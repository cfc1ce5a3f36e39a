"""The key of each command that has one, and the line that shows them."""

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
    "menu": "^P",
    "quit": "^Q",
}
"""As they are shown; `^` is the control key. In the chat `narrative` turns through the faces."""
_SHOWN = ("back", "next", "help", "undo", "narrative", "review", "finish", "menu", "quit")


def binding_of(name: str) -> str:
    """The key of a command as Textual names it, `ctrl+p`."""
    return KEYS[name].lower().replace("^", "ctrl+")


def key_line(sentences: Sentences) -> Content:
    """The keys at the foot of the screen; they fit into 80 columns."""
    pieces: list[tuple[str, str]] = []
    for name in _SHOWN:
        pieces += [(f" {KEYS[name]}", "bold $accent"), (sentences.say(f"chat.key_{name}"), "")]
    return Content.assemble(*pieces)
