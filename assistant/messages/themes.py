"""The looks that a screen can have, by the words people call them."""

from assistant.messages import Sentences
from assistant.messages.events import Event, Look, Wish

_WISHES: dict[Look, Wish] = {
    "dark": "look_dark",
    "light": "look_light",
    "contrast": "look_contrast",
    "ansi": "look_ansi",
}
LOOKS = tuple(_WISHES)
"""In the order in which one follows the other."""
LOOK_OF_WISH: dict[Wish, Look] = {wish: look for look, wish in _WISHES.items()}


def look_named(words: str, sentences: Sentences) -> Look | None:
    """The look that somebody means, 浅色 or light; nothing for any other words."""
    said = words.strip().lower()
    return next((look for look in LOOKS if said in _words(look, sentences)), None)


def look_title(look: Look, sentences: Sentences) -> str:
    """The word for a look that is shown."""
    return _words(look, sentences)[0]


def look_titles(sentences: Sentences) -> str:
    """All of them in one line."""
    return "、".join(look_title(look, sentences) for look in LOOKS)


def change_look(words: str, sentences: Sentences) -> tuple[tuple[Event, ...], Wish]:
    """What the command 外观 says, and what it wants of the screen.

    Args:
        words: What stands behind the command; nothing means the next look.
        sentences: Where the words of the looks stand.
    """
    if not words.strip():
        return (), "look"
    look = look_named(words, sentences)
    if look is None:
        known = look_titles(sentences)
        text = sentences.say("errors.look_unknown", look=words.strip(), known=known)
        return (Event("refusal", text),), ""
    return (), _WISHES[look]


def _words(look: Look, sentences: Sentences) -> list[str]:
    return sentences.say(f"look_words.{look}").split()
