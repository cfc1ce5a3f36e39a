"""Words that command and letters that choose; what a beginning or a slip may stand for."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import normalize

from assistant.intents.meaning import (
    AskAbout,
    Command,
    Going,
    Intent,
    Reply,
    Unclear,
    UnknownCommand,
)
from assistant.intents.question_index import QuestionIndex, bare
from assistant.messages import Sentences
from assistant.values import to_half_width
from assistant.values.language import phrase

SECTION = "command_words"
_SLASHES = ("/", "／")
_TYPED_FOR_SLASH = "、"
"""What a Chinese input method makes of the slash key; it counts only before a known word."""
_ANOTHER = r"(?:(?:{change|ought|be|colon})? \s*+ (?P<year>[0-9０-９]{4}) \s*+ {year}?)"
_YEAR = (
    phrase(rf"{{mend}}? \s*+ {{of_report}}? {{year_name}} \s*+ {_ANOTHER} 。?"),  # 年度改成2024
    phrase(  # 年度填错了，应该是2024
        r"{whose}*+ {year|year_name} {entered}*+ {wrong} [，,\s]*+"
        rf"(?:{{how_to_mend}}|{_ANOTHER})? [?？。]?"
    ),
    phrase(  # 怎么改年度？
        r"(?P<year>) {may}*+ {mend|swap} {a_little}? {of_report}? {year_name} {asking}? [?？。]?"
    ),
)
"""Words about the report year, perhaps with another one."""
HELP_MARKS = ("?", "？")
_NAME_WANTED = frozenset({"jump", "ask", "change"})
"""Commands whose object is a question."""
OF_PASSAGE = frozenset({"reword", "omit", "restore", "insert", "insert_before", "note"})
_TAKE_REST = (
    _NAME_WANTED
    | OF_PASSAGE
    | {"reason", "take", "drop_row", "overview", "look", "numbers", "read_back", "copy", "delegate"}
)
"""Commands that mean something with words behind them."""
_LIMIT = 6
"""Completions that find room in one line."""
_NEAREST = 3
_LIKE_COMMAND, _LIKE_NAME = 0.6, 0.5
"""Likeness from which a word may be a slip for another; a command is shorter than a name."""
_SLIP = 3
"""Times as long as the longest name a slip may be; nothing longer can be so like one."""

LETTERS = "ABCDEFGHI"
"""Before items that are chosen where a figure could be the next answer."""
_NARROW = {code: code - 0xFEE0 for code in range(ord("Ａ"), ord("ｚ") + 1)}
_LONGEST_NUMBER = 4
"""Digits of a number that could stand before an item."""
_LETTERED = phrase(
    r"""(?P<letters> [A-Ia-i] (?: (?:[\s，,；;：:、.．]|{and})*+ [A-Ia-i] )*+ )
    (?P<gap> [\s，,；;：:、.．]*+ ) (?P<more> (?s:.*) )"""
)
"""Reasons chosen by their letters, perhaps with more words behind them."""


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
        yes, no = (sentences.say(f"interview.{code}_words").split() for code in ("yes", "no"))
        self.yes, self.no = frozenset(yes), frozenset(no)
        """What agrees, and what does not."""
        self._longest = max(map(len, self.all))

    def read_slashed(self, line: str) -> Command | UnknownCommand | None:
        """Read `/上一题`, `／跳到 微信`; `None` when the line does not begin with a slash."""
        if not line.startswith(_SLASHES):
            return None
        text = line[1:].strip()
        return self._read(text) or self._unknown(text)

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
        if text in HELP_MARKS:
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
        near = _alike(word, self.all, 0.3)
        return UnknownCommand(text, tuple(dict.fromkeys(self.all[word] for word in near)))


def _without_slip(line: str) -> str:
    return line.removeprefix(_TYPED_FOR_SLASH).strip()


@lru_cache(maxsize=4)
def vocabulary(sentences: Sentences) -> Vocabulary:
    """The vocabulary of a set of sentences, made once."""
    return Vocabulary(sentences)


def complete(text: str, index: QuestionIndex, words: Vocabulary) -> tuple[str, ...]:
    """The lines that a beginning such as `/跳` or `/跳到 wx` may become, nearest first."""
    if not text.startswith(_SLASHES) or "\n" in text:
        return ()
    slash, typed = text[0], text[1:].lstrip().replace("\u3000", " ")
    word, gap, begun = typed.partition(" ")
    if not gap:
        return tuple(f"{slash}{each}" for each in words.begun(typed))[:_LIMIT]
    command = words.read_plain(f"{word} {begun}")
    if command is None or command.name not in _NAME_WANTED or not begun.strip():
        return ()
    lines = (f"{slash}{word} {index.shortest(name)}" for name in index.find(begun)[:_LIMIT])
    return tuple(line for line in lines if line != text)


def _alike(said: str, words: Iterable[str], cutoff: float) -> list[str]:
    """The words most like what was said; those without a letter of it take no time."""
    letters = frozenset(said)
    near = [word for word in words if not letters.isdisjoint(word)]
    return get_close_matches(said, near, n=_NEAREST, cutoff=cutoff)


def nearest(text: str, index: QuestionIndex, words: Vocabulary) -> tuple[Intent, ...]:
    """The readings nearest to a line that was not understood, at most three."""
    wanted = bare(text)
    if not 2 <= len(wanted) <= _SLIP * index.longest or wanted.isdecimal():
        return ()
    commands = _alike(wanted, words.all, _LIKE_COMMAND)
    found: list[Intent] = [Command(name) for name in {words.all[word]: word for word in commands}]
    topics = index.mentioned(text) or tuple(
        name for word in _alike(wanted, index.exact, _LIKE_NAME) for name in index.exact[word]
    )
    topics = tuple(dict.fromkeys(topics))
    if topics:
        found += [Going((topics[0],), text), AskAbout((topics[0],), text)]
        found += [Going((name,), text) for name in topics[1:]]
    return tuple(found[:_NEAREST])


def is_number(text: str) -> bool:
    """Whether a line is nothing but digits: 2, ２."""
    return text.strip().isdecimal()


def pick(text: str, count: int) -> int | None:
    """The place of the item a line names by number, from 0; `None` when it names none."""
    digits = to_half_width(text).strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER):
        return None
    number = int(digits)
    return number - 1 if 1 <= number <= count else None


def pick_letter(text: str, count: int) -> int | None:
    """The place of the item a line names by letter, from 0; `None` when it names none."""
    letter = normalize("NFKC", text.strip()).upper()
    place = LETTERS.find(letter) if len(letter) == 1 else -1
    return place if 0 <= place < count else None


def read_lettered(text: str, reasons: Sequence[str]) -> Reply | Unclear | None:
    """Read reasons chosen by letter: B; A、C; A，公开栏改版. `None` for anything else.

    Words right behind a letter may go on from it, A公开栏改版, or begin with it, A类信息.

    Args:
        text: What was typed.
        reasons: The list on the screen.
    """
    match = _LETTERED.fullmatch(text.strip().translate(_NARROW)) if reasons else None
    if match is None:
        return None
    letters, more = match["letters"], match["more"]
    is_word = letters.isascii() and letters.isalpha() and len(letters) > 1 and letters.islower()
    places = [LETTERS.index(each) for each in letters.upper() if each in LETTERS]
    if is_word or max(places) >= len(reasons) or (more and not match["gap"] and more[0].isascii()):
        return None
    chosen = dict.fromkeys(reasons[place] for place in places)
    reply = Reply("；".join([*chosen, more] if more else chosen))
    return Unclear((reply, Reply(text))) if more and not match["gap"] else reply
