"""What a line could become: the rest of a command, and the readings nearest to what was typed."""

from difflib import get_close_matches

from assistant.intents.commands import Vocabulary
from assistant.intents.meaning import AskAbout, Command, Going, Intent
from assistant.intents.question_index import QuestionIndex, bare

_SLASHES = "/／"
_LIMIT = 6
"""Completions that find room in one line."""
_NEAREST = 3
_LIKE_COMMAND, _LIKE_NAME = 0.6, 0.5
"""Likeness from which a word may be a slip for another; a command is shorter than a name."""
_NAME_WANTED = frozenset({"jump", "ask", "change"})
"""Commands whose object is a question."""


def complete(text: str, names: QuestionIndex, words: Vocabulary) -> tuple[str, ...]:
    """The lines that a beginning such as `/跳` or `/跳到 wx` may become, nearest first."""
    if text[:1] not in tuple(_SLASHES) or "\n" in text:
        return ()
    slash, typed = text[0], text[1:].lstrip().replace("\u3000", " ")
    word, gap, begun = typed.partition(" ")
    if not gap:
        return tuple(f"{slash}{each}" for each in words.begun(typed))[:_LIMIT]
    command = words.read_plain(f"{word} {begun}")
    if command is None or command.name not in _NAME_WANTED or not begun.strip():
        return ()
    found = names.find(begun)[:_LIMIT]
    lines = (f"{slash}{word} {names.shortest(name)}" for name in found)
    return tuple(line for line in lines if line != text)


def nearest(text: str, names: QuestionIndex, words: Vocabulary) -> tuple[Intent, ...]:
    """The readings nearest to a line that was not understood, at most three."""
    wanted = bare(text)
    if len(wanted) < 2 or wanted.isdecimal():
        return ()
    commands = get_close_matches(wanted, words.all, n=_NEAREST, cutoff=_LIKE_COMMAND)
    found: list[Intent] = [Command(name) for name in {words.all[word]: word for word in commands}]
    topics = names.mentioned(text) or tuple(
        name
        for word in get_close_matches(wanted, names.exact, n=_NEAREST, cutoff=_LIKE_NAME)
        for name in names.exact[word]
    )
    topics = tuple(dict.fromkeys(topics))
    if topics:
        found += [Going((topics[0],), text), AskAbout((topics[0],), text)]
        found += [Going((name,), text) for name in topics[1:]]
    return tuple(found[:_NEAREST])
