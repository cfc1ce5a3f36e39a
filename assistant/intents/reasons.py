"""What a line means where a list is chosen from by letter, or a written reason is wanted."""

from collections.abc import Callable, Sequence
from unicodedata import normalize

from assistant.intents.line import Line, Reader
from assistant.intents.meaning import Answered, Blank, Command, Intent, Pasted, Reply, Unclear
from assistant.intents.named_answers import read_named, read_numbers, says_change
from assistant.intents.pasted_table import is_block, read_block
from assistant.intents.question_index import bare
from assistant.intents.readers import (
    asks_here,
    defers,
    figure_behind,
    first_meaning,
    is_brief,
    is_meant,
    read_changed_piece,
    read_figures,
    read_here,
    read_question,
    read_reply,
)
from assistant.values.language import phrase, words_for

LETTERS = "ABCDEFGHI"
"""Before items that are chosen where a figure could be the next answer."""
_NARROW = {code: code - 0xFEE0 for code in range(ord("Ａ"), ord("ｚ") + 1)}
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_LONGEST = 4
"""Digits of a number that could stand before an item."""
_LETTERED = phrase(
    r"""(?P<letters> [A-Ia-i] (?: (?:[\s，,；;：:、.．]|{and})*+ [A-Ia-i] )*+ )
    (?P<gap> [\s，,；;：:、.．]*+ ) (?P<more> (?s:.*) )"""
)
"""Reasons chosen by their letters, perhaps with more words behind them."""
_QUESTION_ENDS = ("?", "？", *words_for("asking"))


def is_number(text: str) -> bool:
    """Whether a line is nothing but digits: 2, ２."""
    return text.strip().isdecimal()


def pick(text: str, count: int) -> int | None:
    """The place of the item a line names by number, from 0; `None` when it names none."""
    digits = text.strip().translate(_DIGITS)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST):
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


def read_reason(text: str, reasons: Sequence[str]) -> Reply | Unclear:
    """Read what is said to be a reason: letters, words, or what may put it off or ask about it."""
    return read_lettered(text, reasons) or _unready(text) or Reply(text)


def _unready(text: str) -> Unclear | None:
    """Words of somebody who has no reason yet: 问一下领导; 为什么要写理由."""
    if defers(text):
        return Unclear((Blank(), Reply(text)))
    is_question = asks_here(text) or text.rstrip().endswith(_QUESTION_ENDS)
    return Unclear((Command("help"), Reply(text))) if is_question else None


def _read_unready(line: Line) -> Unclear | None:
    return _unready(line.typed)


def _read_change(line: Line) -> Intent | None:
    said = line.command
    if said is None or said.name != "change" or not said.argument:
        return None
    named = read_named(line.saying(said.argument))
    is_apart = " " in said.argument and bool(line.index.find(said.argument.rpartition(" ")[0]))
    return named or (Unclear((Reply(line.typed), said)) if is_apart else Reply(line.typed))


def _read_command(line: Line) -> Intent | None:
    said = line.command
    if said is None or is_meant(said, line) or is_brief(said, line):
        return said
    is_name = said.name == "jump" and bool(line.index.exact.get(bare(said.argument)))
    return Unclear((Reply(line.typed), said)) if is_name else None


def _read_changes(line: Line) -> Answered | Unclear | None:
    return read_numbers(line) if says_change(line) else None


def _read_pasted(line: Line) -> Pasted | None:
    block = read_block(line) if is_block(line.typed) else None
    return block if block is not None and block.entries else None


def _read_figure_here(line: Line) -> Answered | None:
    asked = line.asked
    if asked is None or asked.kind not in ("count", "amount") or is_number(line.text):
        return None
    here = read_here(line) or (Reply(line.text) if line.is_answer else None)
    return Answered(((asked.id, here.text),)) if here else None


def _or_reason(*readers: Reader) -> Callable[[Line], Unclear | None]:
    """What one of some readers reads, or the reason all the same: it is asked back."""

    def read(line: Line) -> Unclear | None:
        meant = first_meaning(readers, line)
        if meant is None:
            return None
        others = meant.readings if isinstance(meant, Unclear) else (meant,)
        return Unclear((*others, Reply(line.typed)))

    return read


def _read_odd_figure(line: Line) -> Unclear | None:
    others = figure_behind(line)
    return Unclear((*others, Reply(line.typed))) if others else None


def _read_question(line: Line) -> Unclear | None:
    question = read_question(line)
    return Unclear((Reply(line.typed), question)) if question else None


READERS: tuple[Reader, ...] = (
    _read_change,  # 改 网站 28
    _read_command,  # 上一题, 跳到 微信; a reason may begin so too: 说明口径不同, 转到下年办理
    _read_unready,  # 问一下领导; 为什么要写理由
    _read_changes,  # 网站改成28, which no reason says
    _read_pasted,  # rows with figures
    _or_reason(read_changed_piece, read_figures, _read_figure_here),  # 制发改成12, 网站22, 应该是22
    _read_odd_figure,  # 规章制发0: a reason is a sentence; this looks like an answer to something
    _read_question,  # 什么是规范性文件
    read_reply,  # 公开栏改版
)
"""The readers of a line where a written reason is wanted."""
