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


def phrase(template: str, **parts: str) -> re.Pattern[str]:
    """A pattern written in meanings, where blanks count for nothing.

    `phrase("{not} {happened}+ 。?")` matches 没有收到 and 未发生过。; `{soon|mine}` is any word of
    either meaning. A part that is given, `unit="件|条"`, is a pattern and stands in a group.
    """
    template = re.sub(
        r"\{([a-z_|]+)\}",
        lambda name: f"(?:{parts[name[1]]})" if name[1] in parts else any_of(*name[1].split("|")),
        template,
    )
    return re.compile(template, re.VERBOSE)


def characters_of(*meanings: str) -> str:
    """The words of meanings that are a single character each, as one text: `第统唯`."""
    return "".join(words_for(*meanings))


@cache
def measures_like(unit: str) -> frozenset[str]:
    """The measure words that count what a unit of the form does, 宗 and 起 with `"件"`."""
    groups = _vocabulary()["measures_like"]
    return frozenset(next((group for group in groups if group[0] == unit), (unit,)))
