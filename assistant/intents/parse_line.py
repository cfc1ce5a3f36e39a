"""From a typed line to what it means, by closed patterns over the edition's own names."""

import re

from assistant.form.model import Edition, Fact, Indicator, Question
from assistant.intents.commands import Vocabulary
from assistant.intents.deferral import defers
from assistant.intents.line_readers import (
    is_answer,
    is_brief,
    is_meant,
    read_across,
    read_changed_piece,
    read_code,
    read_denial,
    read_here,
    read_question,
    read_uncounted,
)
from assistant.intents.meaning import (
    Answered,
    AskAbout,
    Blank,
    Command,
    Going,
    Intent,
    LeftOver,
    Pasted,
    Reply,
    Unclear,
)
from assistant.intents.named_answers import is_free_text, read_named, says_change
from assistant.intents.options import read_parts
from assistant.intents.pasted_table import is_block, read_block
from assistant.intents.question_index import QuestionIndex, as_said, bare, names_of
from assistant.intents.reason_line import understand_reason
from assistant.intents.table_row import read_row

_BETWEEN_PIECES = re.compile(r"[，,；;、。\s]+")


def parse_line(
    line: str,
    asked: Question | None,
    edition: Edition,
    words: Vocabulary,
    *,
    is_reason: bool,
    absent: frozenset[str] = frozenset(),
) -> Intent:
    """Read one line.

    Args:
        line: What was typed or pasted.
        asked: The question on the screen; `None` at the end of the form.
        edition: Where names come from.
        words: The words of the commands.
        is_reason: Whether a written reason is wanted; then any line is one but a command and a
            change of a number.
        absent: Cells of a table that are not asked, because their row or column did not occur.
    """
    text = line.strip()
    if not text:
        return Blank()
    slashed = words.read_slashed(text)
    if isinstance(slashed, Command):
        return _read_change(slashed, asked, names_of(edition))
    if slashed is not None:
        return slashed
    if text in ("?", "？"):
        return words.read_plain(text) or Reply(line)
    if is_reason:
        return understand_reason(line, text, asked, edition, words, absent)
    if is_free_text(asked):
        other = _read_beside(text, asked, edition, words) or _read_pasted(line, asked, edition)
        if other is None:
            return Reply(line)
        is_text = asked is not None and is_answer(asked, text)
        if not is_text and isinstance(other, Command | Pasted):
            return other
        if isinstance(other, Command) and other.name == "drop_row":
            return other
        others = other.readings if isinstance(other, Unclear) else (other,)
        return Unclear((Reply(line), *others))
    row = read_row(text, asked, names_of(edition), absent)
    return row or _understand_short(line, text, asked, edition, words, absent)


def _read_beside(
    text: str, asked: Question | None, edition: Edition, words: Vocabulary
) -> Intent | None:
    """What else a line of free text may mean: a command, a change of a number, a question.

    Only what no official would write into a report: 上一题, 跳到 微信, 网站改成28, 问一下领导.
    """
    if defers(text):
        return Command("next")
    names = names_of(edition)
    said = words.read_plain(text) or read_code(text, edition)
    if said is not None:
        if words.is_word(text) or (not said.argument.isdecimal() and is_meant(said, text, names)):
            return said
        if said.name == "drop_row" and isinstance(asked, Fact) and asked.kind == "list":
            return said if said.argument.strip("第行条 ").isdecimal() else None
        if said.name == "change" and said.argument:
            called = said.argument.replace("\u3000", " ").rpartition(" ")[0]
            named = read_named(said.argument, asked, names)
            return named or (said if bare(called) in names.exact else None)
        if said.name == "year":
            return said
        if is_brief(said, text):
            return said
    is_list = isinstance(asked, Fact) and asked.kind == "list"  # 收到3，网络2 is no row of one
    named = read_named(text, asked, names) if is_list or says_change(text) else None
    return named or read_question(text, asked, names)


def _read_pasted(line: str, asked: Question | None, edition: Edition) -> Pasted | None:
    """Rows of the form, pasted where a text is wanted."""
    block = read_block(line, asked, names_of(edition)) if is_block(line) else None
    return block if block is not None and len(block.entries) > 1 else None


def _understand_short(
    line: str,
    text: str,
    asked: Question | None,
    edition: Edition,
    words: Vocabulary,
    absent: frozenset[str],
) -> Intent:
    names = names_of(edition)
    said = words.read_plain(text) or read_code(text, edition)
    answers = asked is not None and is_answer(asked, text)
    if said is not None:
        return Unclear((Reply(line), said)) if answers else _read_change(said, asked, names)
    if answers:
        return Reply(line)
    if asked is not None and defers(text):
        return Command("next")
    chosen = read_parts(text, asked, is_whole=True)
    if chosen is not None:
        return chosen
    if is_block(line) and not _is_for_words(line, asked):
        block = read_block(line, asked, names, absent)
        named = None if block.entries else read_named(text, asked, names)
        if isinstance(named, Answered) and "\t" in line:  # copied: nothing changes unseen
            return named._replace(wants_consent=True)
        return named or block
    uncounted = read_uncounted(text, asked)
    if uncounted is not None:
        return uncounted
    question = read_question(text, asked, names)
    if question is None and asked is not None and text.endswith(("?", "？")):
        question = Command("help")
    return (
        question
        or read_named(text, asked, names)
        or read_named(as_said(text), asked, names)
        or _read_name(text, asked, names)
        or read_denial(text, asked, names)
        or read_here(text, asked)
        or read_changed_piece(text, names)
        or read_across(text, names)
        or _read_pieces(text, asked, names)
        or read_parts(text, asked, is_whole=False)
        or Reply(line)
    )


def _is_for_words(line: str, asked: Question | None) -> bool:
    """Whether a list or choices are asked for, where figures in one line are no row of the form."""
    if not isinstance(asked, Fact):
        return False
    return asked.kind == "list" or (bool(asked.options) and not re.search(r"[\t\n]", line))


def _read_change(said: Command, asked: Question | None, names: QuestionIndex) -> Intent:
    """The command 改 with what to change, 改 网站 28; every other command as it is."""
    if said.name != "change" or not said.argument:
        return said
    here = None if is_free_text(asked) else read_here(f"改{said.argument}", asked)
    return read_named(said.argument, asked, names) or here or said


def _read_pieces(text: str, asked: Question | None, names: QuestionIndex) -> Pasted | None:
    """Read 收到3，网络2，电传5 piece by piece, where only some of the pieces are understood."""
    pieces = [piece for piece in _BETWEEN_PIECES.split(text) if piece]
    taken: dict[str, str] = {}
    left_over: list[LeftOver] = []
    is_named = False
    for number, piece in enumerate(pieces):
        reading = read_named(piece, asked, names) or read_denial(piece, asked, names)
        here = read_here(piece, asked) or Reply(piece)
        if isinstance(reading, Answered) and not taken.keys() & dict(reading.entries).keys():
            taken |= dict(reading.entries)
            is_named = True
        elif number == 0 and isinstance(asked, Indicator) and is_answer(asked, here.text):
            taken[asked.id] = here.text
        else:
            is_again = isinstance(reading, Answered)
            left_over.append(LeftOver(piece, "twice" if is_again else "no_name"))
    if len(pieces) < 2 or not is_named:
        return None
    entries = sorted(taken.items(), key=lambda entry: names.number_of(entry[0]))
    return Pasted(tuple(entries), (), tuple(left_over))


def _read_name(text: str, asked: Question | None, names: QuestionIndex) -> Intent | None:
    """A question's name alone: go there, or have it explained."""
    found = names.exact.get(bare(text), ())
    if not found or (asked is not None and found == (asked.id,)):
        return None
    return Unclear((Going(found, text), AskAbout(found, text)))
