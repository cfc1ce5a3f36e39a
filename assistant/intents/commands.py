"""The words that command the conversation, from `wording.yaml`."""

import re
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import normalize

from assistant.intents.meaning import Command, UnknownCommand
from assistant.messages import Sentences

SECTION = "command_words"
_SLASHES = "/／"
_TYPED_FOR_SLASH = "、"
"""What a Chinese input method makes of the slash key; it counts only before a known word."""
_TO = r"(?:改成|改为|更正为|换成|应该[是为]|应[是为]|[是为：:])?"
_ANOTHER = rf"{_TO}\s*(?P<year>[0-9０-９]{{4}})\s*(?:年度?)?"
_WRONG = r"(?:我|把|报告|的)*年[度份]?(?:填|选|写|输|弄)*(?:错了?|不对)[，,\s]*"
_MAY = "(?:我|怎么|如何|能不能|可以|想|要|需要)*"
_YEAR = (
    re.compile(rf"(?:改|修改|更正)?\s*(?:报告)?的?年[度份]\s*{_ANOTHER}。?"),
    re.compile(rf"{_WRONG}(?:怎么办|怎么改|{_ANOTHER})?[?？。]?"),
    re.compile(
        rf"(?P<year>){_MAY}(?:修?改|更正|换)(?:一下|个)?(?:报告的?)?年[度份][吗呢]?[?？。]?"
    ),
)
"""Words about the report year, perhaps with another one: 年度改成2024; 年度填错了，应该是2024;
怎么改年度？"""
_HELP_MARKS = ("?", "？")
_TAKE_REST = frozenset({"jump", "ask", "change", "reason", "take", "drop_row", "overview", "look"})
"""Commands that mean something with words behind them."""


class Vocabulary:
    """Every word of every command."""

    def __init__(self, sentences: Sentences) -> None:
        """Take the words of the section `command_words`, several to a command."""
        words = {name: text.split() for name, text in sentences.sections[SECTION].items()}
        self.all = {word.lower(): name for name, own in words.items() for word in own}
        """The command of every word."""
        self.names = tuple(words)
        """The commands in the order of the menu."""
        self.main_words = {name: own[0] for name, own in words.items()}
        """The word that the menu shows for each command."""
        self._longest = max(map(len, self.all))

    def read_slashed(self, line: str) -> Command | UnknownCommand | None:
        """Read `/上一题`, `／跳到 微信`; `None` when the line does not begin with a slash."""
        if line[0] not in _SLASHES:
            return None
        return self._read(line[1:].strip()) or self._unknown(line[1:].strip())

    def read_plain(self, line: str) -> Command | None:
        """Read `上一题`, `、上一题`, `跳到 微信`, `？`; `None` when no command is said."""
        return self._read(line) or self._read(_without_slip(line))

    def begun(self, beginning: str) -> tuple[str, ...]:
        """The words of the menu that begin so; of other words those that do, where none does."""
        wanted = beginning.lower()
        main = [word for word in self.main_words.values() if word.startswith(wanted)]
        return tuple(main or (word for word in self.all if word.startswith(wanted)))

    def is_word(self, line: str) -> bool:
        """Whether a whole line is a command's word."""
        return _without_slip(line).lower() in self.all

    def _read(self, text: str) -> Command | None:
        if text in _HELP_MARKS:
            return Command("help")
        year = next(filter(None, (each.fullmatch(text) for each in _YEAR)), None)
        if year is not None:
            return Command("year", normalize("NFKC", year["year"] or ""))
        name = self.all.get(text.lower())
        if name is not None:
            return Command(name)
        word, _, rest = text.replace("\u3000", " ").partition(" ")
        name = self.all.get(word.lower())
        if name in _TAKE_REST and rest.strip():
            return Command(name, rest.strip())
        return self._read_joined(text)

    def _read_joined(self, text: str) -> Command | None:
        """Read a command with its object right behind it: 跳到微信, 采纳2."""
        for length in range(min(len(text) - 1, self._longest), 1, -1):
            name = self.all.get(text[:length].lower())
            if name in _TAKE_REST and not text[:length].isascii():
                return Command(name, text[length:].strip(" \u3000：:"))
        return None

    def _unknown(self, text: str) -> UnknownCommand:
        word = text.lower().replace("\u3000", " ").partition(" ")[0][: 2 * self._longest]
        near = get_close_matches(word, self.all, n=3, cutoff=0.3)
        names = dict.fromkeys(self.all[word] for word in near)
        return UnknownCommand(text, tuple(names))


def _without_slip(line: str) -> str:
    return line.removeprefix(_TYPED_FOR_SLASH).strip()


@lru_cache(maxsize=4)
def vocabulary(sentences: Sentences) -> Vocabulary:
    """The vocabulary of a set of sentences, made once."""
    return Vocabulary(sentences)
