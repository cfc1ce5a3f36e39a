"""The themes that a screen can have, by the words people call them."""

from assistant.messages import Sentences
from assistant.messages.events import Event, Theme, UiRequest

_REQUESTS: dict[Theme, UiRequest] = {
    "dark": "look_dark",
    "light": "look_light",
    "contrast": "look_contrast",
    "ansi": "look_ansi",
}
THEMES = tuple(_REQUESTS)
"""In the order in which one follows the other."""
THEME_OF_REQUEST: dict[UiRequest, Theme] = {request: theme for theme, request in _REQUESTS.items()}


def theme_named(words: str, sentences: Sentences) -> Theme | None:
    """The theme that somebody means, 浅色 or light; nothing for any other words."""
    said = words.strip().lower()
    return next((theme for theme in THEMES if said in _words(theme, sentences)), None)


def theme_title(theme: Theme, sentences: Sentences) -> str:
    """The word for a theme that is shown."""
    return _words(theme, sentences)[0]


def theme_titles(sentences: Sentences) -> str:
    """All of them in one line."""
    return "、".join(theme_title(theme, sentences) for theme in THEMES)


def change_theme(words: str, sentences: Sentences) -> tuple[tuple[Event, ...], UiRequest]:
    """What the command 外观 says, and what it wants of the screen.

    Args:
        words: What stands behind the command; nothing means the next theme.
        sentences: Where the words of the themes stand.
    """
    if not words.strip():
        return (), "look"
    theme = theme_named(words, sentences)
    if theme is None:
        known = theme_titles(sentences)
        text = sentences.say("errors.look_unknown", look=words.strip(), known=known)
        return (Event("refusal", text),), ""
    return (), _REQUESTS[theme]


def _words(theme: Theme, sentences: Sentences) -> list[str]:
    return sentences.say(f"look_words.{theme}").split()
