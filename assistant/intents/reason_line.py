"""What a line means where a written reason is wanted: a reason, unless it may be figures."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from assistant.form.model import Edition, Question
from assistant.intents.commands import Vocabulary
from assistant.intents.deferral import defers
from assistant.intents.line_readers import (
    asks_here,
    figure_behind,
    is_answer,
    is_brief,
    is_meant,
    read_changed_piece,
    read_code,
    read_figures,
    read_here,
    read_question,
)
from assistant.intents.meaning import (
    Answered,
    Blank,
    Command,
    Going,
    Intent,
    Pasted,
    Reply,
    Unclear,
)
from assistant.intents.named_answers import read_changes, read_named
from assistant.intents.pasted_table import is_block, read_block
from assistant.intents.question_index import QuestionIndex, bare, names_of
from assistant.intents.selection import LETTERS, is_number
from assistant.intents.suggestions import nearest

_LETTERED = re.compile(
    r"(?P<letters>[A-Ia-i](?:[\s，,；;：:、.．和]*[A-Ia-i])*)(?P<gap>[\s，,；;：:、.．]*)(?P<more>.*)",
    re.DOTALL,
)
"""Reasons chosen by their letters, perhaps with more words behind them."""


def read_lettered(text: str, reasons: Sequence[str]) -> Reply | Unclear | None:
    """Read reasons chosen by letter: B; A、C; A，公开栏改版. `None` for anything else.

    Words right behind a letter may go on from it, A公开栏改版, or begin with it, A类信息.

    Args:
        text: What was typed.
        reasons: The list on the screen.
    """
    match = _LETTERED.fullmatch(_narrow_letters(text.strip()))
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
    return read_lettered(text, reasons) or _read_unready(text) or Reply(text)


def _read_unready(text: str) -> Unclear | None:
    """Words of somebody who has no reason yet: 问一下领导; 为什么要写理由."""
    if defers(text):
        return Unclear((Blank(), Reply(text)))
    is_question = asks_here(text) or text.rstrip().endswith(("?", "？", "吗", "呢"))
    return Unclear((Command("help"), Reply(text))) if is_question else None


def _narrow_letters(text: str) -> str:
    """The same text with half-width letters."""
    return "".join(normalize("NFKC", each) if "Ａ" <= each <= "ｚ" else each for each in text)


def understand_reason(
    line: str,
    text: str,
    asked: Question | None,
    edition: Edition,
    words: Vocabulary,
    absent: frozenset[str],
) -> Intent:
    """A reason may begin like a command: 说明口径不同, 转到下年办理."""
    names = names_of(edition)
    said = words.read_plain(text) or read_code(text, edition)
    if said is not None and said.name == "change" and said.argument:
        named = read_named(said.argument, asked, names)
        is_apart = " " in said.argument and bool(names.find(said.argument.rpartition(" ")[0]))
        return named or (Unclear((Reply(line), said)) if is_apart else Reply(line))
    if said is not None and (is_meant(said, text, names) or is_brief(said, text)):
        return said
    if said is not None and said.name == "jump" and names.exact.get(bare(said.argument)):
        return Unclear((Reply(line), said))
    unready = _read_unready(line)
    if unready is not None:
        return unready
    changes = read_changes(text, asked, names) or _read_pasted(line, asked, names, absent)
    return changes or _doubt_reason(line, text, asked, names, words)


def _doubt_reason(
    line: str, text: str, asked: Question | None, names: QuestionIndex, words: Vocabulary
) -> Intent:
    """A reason, unless it may be figures, a change by a piece of a name, or a question."""
    changed = (
        read_changed_piece(text, names)
        or read_figures(text, asked, names)
        or _read_figure_here(text, asked)
    )
    if changed is not None:
        others = changed.readings if isinstance(changed, Unclear) else (changed,)
        return Unclear((*others, Reply(line)))
    name = figure_behind(text)
    if name:  # a reason is a sentence; this looks like an answer to something
        near = tuple(each for each in nearest(name, names, words) if isinstance(each, Going))
        return Unclear((*(near or (Command("change"),)), Reply(line)))
    question = read_question(text, asked, names)
    return Unclear((Reply(line), question)) if question else Reply(line)


def _read_figure_here(text: str, asked: Question | None) -> Answered | None:
    """An answer to the question whose reason is wanted: 应该是22; 22件; 暂缺."""
    if asked is None or asked.kind not in ("count", "amount") or is_number(text):
        return None
    here = read_here(text, asked) or (Reply(text) if is_answer(asked, text) else None)
    return Answered(((asked.id, here.text),)) if here else None


def _read_pasted(
    line: str, asked: Question | None, names: QuestionIndex, absent: frozenset[str]
) -> Pasted | None:
    """A block of figures, in which something was understood."""
    block = read_block(line, asked, names, absent) if is_block(line) else None
    return block if block is not None and block.entries else None
