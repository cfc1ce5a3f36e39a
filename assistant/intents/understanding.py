"""From a typed line to what it means, by closed patterns over the edition's own names."""

import re

from assistant.answers import read_entry
from assistant.files import Node
from assistant.intents.blocks import is_block, read_block
from assistant.intents.choosing import read_parts
from assistant.intents.commands import Vocabulary
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
from assistant.intents.named import is_free_text, read_changes, read_named, says_change
from assistant.intents.names import Names, bare, names_of
from assistant.intents.rows import read_row
from assistant.schema import Edition, Fact, Indicator, Question
from assistant.values import Refusal

_HERE = re.compile(
    r"(?:改成|改为|更正为|修改为|换成|应为|应是|是|为|有|一共|总共|共|填|改|成)\s*+(?P<value>.+)"
)
"""An answer to the question on the screen with a verb before it: 改成28, 共28条."""
_NOT = r"(?:没有|没|无|未)"
_HAPPENED = r"(?:发生|收到|接到|任何|过)"
_DENIED = re.compile(rf"(?:今年|本年度|本年|全年)?{_NOT}(?P<words>.+?)。?")
_DENIED_HERE = re.compile(rf"(?:今年|本年度|本年|全年)?{_NOT}{_HAPPENED}+。?")
_ALSO = re.compile(rf"(?:、|，|,|和|以及|及|也)+{_NOT}?")
_BETWEEN_PIECES = re.compile(r"[，,；;、。\s]+")
_ASKED = (
    re.compile(r"什么(?:才)?(?:是|叫|叫做|算)(?P<words>.+)"),
    re.compile(
        r"(?P<words>.+?)(?:是什么意思|是指什么|指的是什么|指什么|是什么|怎么填写|怎么填|怎么算"
        r"|怎么统计|如何填写|如何填|如何统计|包括哪些|包括什么|的?口径)"
    ),
)
_CHANGED = re.compile(
    r"(?:请?[把将])?(?P<name>.+?)(?:改成|改为|更正为|换成)\s*(?P<value>[0-9０-９].*)"
)
_CLAUSE = re.compile("[，。；！]")
_ASKED_HERE = re.compile(
    r"(?:这是什么(?:意思)?|什么意思|为什么要?问(?:这个|这一项|这题|这些)?|为什么|怎么填写?|怎么算"
    r"|如何填写?|口径|这(?:个|题|项)?怎么填)"
)


def understand(
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
        return _understand_reason(line, text, asked, edition, words)
    if is_free_text(asked):
        other = _read_beside(text, asked, edition, words)
        if other is None:
            return Reply(line)
        others = other.readings if isinstance(other, Unclear) else (other,)
        return Unclear((Reply(line), *others))
    row = read_row(text, asked, names_of(edition), absent)
    return row or _understand_short(line, text, asked, edition, words, absent)


def _understand_reason(
    line: str, text: str, asked: Question | None, edition: Edition, words: Vocabulary
) -> Intent:
    """A reason may begin like a command: 说明口径不同, 转到下年办理."""
    names = names_of(edition)
    said = words.read_plain(text) or _read_code(text, edition)
    if said is not None and said.name == "change" and said.argument:
        named = read_named(said.argument, asked, names)
        is_apart = " " in said.argument and bool(names.find(said.argument.rpartition(" ")[0]))
        return named or (Unclear((Reply(line), said)) if is_apart else Reply(line))
    if said is not None and _is_meant(said, text, names):
        return said
    if said is not None and said.name == "jump" and names.exact.get(bare(said.argument)):
        return Unclear((Reply(line), said))
    return read_changes(text, asked, names) or _doubt_reason(line, text, asked, names)


def _doubt_reason(line: str, text: str, asked: Question | None, names: Names) -> Intent:
    """A reason, unless it may be a change by a piece of a name, or a question."""
    match = _CHANGED.fullmatch(text)
    if match and names.find(match["name"]):
        change = Command("change", f"{match['name']} {match['value']}")
        return Unclear((Reply(line), change))
    question = _read_question(text, asked, names)
    return Unclear((Reply(line), question)) if question else Reply(line)


def _read_beside(
    text: str, asked: Question | None, edition: Edition, words: Vocabulary
) -> Intent | None:
    """What else a line of free text may mean: a command, a change of a number, a question.

    Only what no official would write into a report: 上一题, 跳到 微信, 网站改成28, 这题怎么填.
    """
    names = names_of(edition)
    said = words.read_plain(text) or _read_code(text, edition)
    if said is not None:
        if words.is_word(text) or (not said.argument.isdecimal() and _is_meant(said, text, names)):
            return said
        if said.name == "change" and said.argument:
            called = said.argument.replace("\u3000", " ").rpartition(" ")[0]
            named = read_named(said.argument, asked, names)
            return named or (said if bare(called) in names.exact else None)
        is_apart = " " in text.replace("\u3000", " ")
        if said.name == "jump" and is_apart and said.argument.isdecimal():
            return said
    is_list = isinstance(asked, Fact) and asked.kind == "list"  # 收到3，网络2 is no row of one
    named = read_named(text, asked, names) if is_list or says_change(text) else None
    return named or _read_question(text, asked, names)


def _is_meant(said: Command, text: str, names: Names) -> bool:
    argument = said.argument.upper()
    if not argument or argument.isdecimal():
        return True
    if any(argument.startswith(check.code) for check in names.edition.checks):
        return True
    is_apart = " " in text.replace("\u3000", " ")
    return said.name == "jump" and is_apart and bool(names.find(argument))


def _understand_short(
    line: str,
    text: str,
    asked: Question | None,
    edition: Edition,
    words: Vocabulary,
    absent: frozenset[str],
) -> Intent:
    names = names_of(edition)
    said = words.read_plain(text) or _read_code(text, edition)
    is_answer = asked is not None and _is_answer(asked, text)
    if said is not None:
        return Unclear((Reply(line), said)) if is_answer else _read_change(said, asked, names)
    if is_answer:
        return Reply(line)
    chosen = read_parts(text, asked, is_whole=True)
    if chosen is not None:
        return chosen
    if is_block(line) and not (isinstance(asked, Fact) and asked.kind == "list"):
        block = read_block(line, asked, names, absent)
        return block if block.entries else read_named(text, asked, names) or block
    return (
        _read_question(text, asked, names)
        or read_named(text, asked, names)
        or _read_name(text, asked, names)
        or _read_denial(text, asked, names)
        or _read_here(text, asked)
        or _read_pieces(text, asked, names)
        or read_parts(text, asked, is_whole=False)
        or Reply(line)
    )


def _read_change(said: Command, asked: Question | None, names: Names) -> Intent:
    """The command 改 with what to change, 改 网站 28; every other command as it is."""
    if said.name != "change" or not said.argument:
        return said
    here = None if is_free_text(asked) else _read_here(f"改{said.argument}", asked)
    return read_named(said.argument, asked, names) or here or said


def _read_code(text: str, edition: Edition) -> Command | None:
    """The code of a check alone means to go where it points."""
    code = text.upper()
    return Command("jump", code) if any(each.code == code for each in edition.checks) else None


def _is_answer(asked: Question, text: str) -> bool:
    return not isinstance(read_entry(asked, Node(text, 0)), Refusal)


def _read_pieces(text: str, asked: Question | None, names: Names) -> Pasted | None:
    """Read 收到3，网络2，电传5 piece by piece, where only some of the pieces are understood."""
    pieces = [piece for piece in _BETWEEN_PIECES.split(text) if piece]
    taken: dict[str, str] = {}
    left_over: list[LeftOver] = []
    is_named = False
    for number, piece in enumerate(pieces):
        reading = read_named(piece, asked, names) or _read_denial(piece, asked, names)
        here = _read_here(piece, asked) or Reply(piece)
        if isinstance(reading, Answered) and not taken.keys() & dict(reading.entries).keys():
            taken |= dict(reading.entries)
            is_named = True
        elif number == 0 and isinstance(asked, Indicator) and _is_answer(asked, here.text):
            taken[asked.id] = here.text
        else:
            is_again = isinstance(reading, Answered)
            left_over.append(LeftOver(piece, "twice" if is_again else "no_name"))
    if len(pieces) < 2 or not is_named:
        return None
    entries = sorted(taken.items(), key=lambda entry: names.number_of(entry[0]))
    return Pasted(tuple(entries), (), tuple(left_over))


def _read_here(text: str, asked: Question | None) -> Reply | None:
    match = _HERE.fullmatch(text)
    if match is None or asked is None or not _is_answer(asked, match["value"]):
        return None
    return Reply(match["value"])


def _read_question(text: str, asked: Question | None, names: Names) -> Intent | None:
    plain = text.rstrip("?？。")
    if asked is not None and _ASKED_HERE.fullmatch(plain):
        return AskAbout((asked.id,), asked.name)
    for pattern in _ASKED:
        match = pattern.fullmatch(plain)
        if match and not _CLAUSE.search(match["words"]):  # a sentence may end in 口径 too
            words = match["words"].strip()
            return AskAbout(names.mentioned(words), words)
    return None


def _read_denial(text: str, asked: Question | None, names: Names) -> Intent | None:
    """Read 没有复议 for all it denies, and 没有收到 for the question on the screen alone."""
    if _DENIED_HERE.fullmatch(text):
        return Reply("没有") if isinstance(asked, Indicator) else None
    match = _DENIED.fullmatch(text)
    if match is None or bare(text) in names.exact:
        return None
    whole = _denied(match["words"], names)
    groups = [whole] if whole else [_denied(each, names) for each in _ALSO.split(match["words"])]
    if not all(groups):
        return None
    denied = {name for group in groups for name in group}
    cells = tuple(row.id for row in names.edition.indicators if row.id in denied)
    wants_consent = not all(_has_total(group, names.edition) for group in groups)
    return Answered(tuple((name, "0") for name in cells), wants_consent=wants_consent)


def _denied(words: str, names: Names) -> tuple[str, ...]:
    return names.below(words) or names.below(re.sub(rf"^{_HAPPENED}+", "", words))


def _has_total(cells: tuple[str, ...], edition: Edition) -> bool:
    """Whether the first cell is the total of all the others."""
    rows = [row for row in edition.indicators if row.id in cells[1:]]
    return all(any(above.id == cells[0] for above in edition.ancestors(row)) for row in rows)


def _read_name(text: str, asked: Question | None, names: Names) -> Intent | None:
    """A question's name alone: go there, or have it explained."""
    found = names.exact.get(bare(text), ())
    if not found or (asked is not None and found == (asked.id,)):
        return None
    return Unclear((Going(found, text), AskAbout(found, text)))
