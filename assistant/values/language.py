"""The vocabulary of the language that is understood: meanings to words, from `language.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {meaning: tuple(words) for meaning, words in tomllib.loads(text).items()}


def words_for(*meanings: str) -> tuple[str, ...]:
    """All words for the meanings, the longest first: `("更正为", "改成", ...)`.

    Raises:
        KeyError: `language.toml` has no such meaning.
    """
    words = {word for meaning in meanings for word in _vocabulary()[meaning]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def any_of(*meanings: str) -> str:
    """A pattern for any word of the meanings, a group that captures nothing: `(?:更正为|改成)`."""
    return f"(?:{'|'.join(map(re.escape, words_for(*meanings)))})"
