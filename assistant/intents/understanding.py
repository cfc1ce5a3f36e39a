"""From a typed line to what it means, by closed patterns over the edition's own names."""

import re
from functools import lru_cache

from assistant.answers import read_entry
from assistant.files import Node
from assistant.intents.blocks import is_block, read_block
from assistant.intents.commands import Vocabulary
from assistant.intents.meaning import (
    Answered,
    AskAbout,
    Blank,
    Command,
    Going,
    Intent,
    Reply,
    Unclear,
)
from assistant.intents.names import Names, bare, names_of
from assistant.schema import Edition, Fact, Question
from assistant.schema.edition import bare_quotes
from assistant.values import MEASURES, Refusal

_NUMBER = (
    r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
)
_NUMERAL = r"[〇零一二两三四五六七八九十百千]+"
_UNITS = "|".join(MEASURES)
_VALUE = rf"(?:(?:{_NUMBER}|{_NUMERAL})\s*[百千]?[万亿]?\s*(?:{_UNITS})?|暂缺|没有|无)"
_VERB = r"(?:改成|改为|更正为|换成|应为|应是|[=＝：:]|是|为|有|共|填)"
_CLEAR_VERB = r"(?:改成|改为|更正为|换成|应为|应是|[=＝：:])"
_BETWEEN = r"[，,；;、。\s]*"
_DENIED = re.compile(
    r"(?:今年|本年度|本年|全年)?(?:没有|没|无|未)(?:发生|收到|接到|任何|过)*(?P<words>.+?)。?"
)
_ASKED = (
    re.compile(r"什么(?:才)?(?:是|叫|叫做|算)(?P<words>.+)"),
    re.compile(
        r"(?P<words>.+?)(?:是什么意思|是指什么|指的是什么|指什么|是什么|怎么填写|怎么填|怎么算"
        r"|怎么统计|如何填写|如何填|如何统计|包括哪些|包括什么|的?口径)"
    ),
)
_ASKED_HERE = re.compile(
    r"(?:这是什么(?:意思)?|什么意思|为什么要?问(?:这个|这一项|这题|这些)?|为什么|怎么填写?|怎么算"
    r"|如何填写?|口径|这(?:个|题|项)?怎么填)"
)


def is_free_text(question: Question | None) -> bool:
    """Whether any line could be an answer, so that only a slash commands."""
    return isinstance(question, Fact) and (
        question.kind in ("line", "text")
        or any(column.kind == "line" for column in question.columns)
    )


def understand(
    line: str, asked: Question | None, edition: Edition, words: Vocabulary, *, is_reason: bool
) -> Intent:
    """Read one line.

    Args:
        line: What was typed or pasted.
        asked: The question on the screen; `None` at the end of the form.
        edition: Where names come from.
        words: The words of the commands.
        is_reason: Whether a written reason is wanted; then any line but a command is one.
    """
    text = line.strip().strip("\u3000").strip()
    if not text:
        return Blank()
    slashed = words.read_slashed(text)
    if isinstance(slashed, Command) and slashed.name == "change":
        return _read_answers(slashed.argument, asked, names_of(edition)) or slashed
    if slashed is not None:
        return slashed
    if text in ("?", "？"):
        return words.read_plain(text) or Reply(line)
    if is_reason:
        return words.read_plain(text) or Reply(line)
    if is_free_text(asked):
        said = words.read_plain(text) if words.is_word(text) else None
        return Unclear((Reply(line), said)) if said else Reply(line)
    return _understand_short(line, text, asked, edition, words)


def _understand_short(
    line: str, text: str, asked: Question | None, edition: Edition, words: Vocabulary
) -> Intent:
    names = names_of(edition)
    said = words.read_plain(text) or _read_code(text, edition)
    is_answer = asked is not None and _is_answer(asked, text)
    if said is not None:
        return Unclear((Reply(line), said)) if is_answer else said
    if is_answer:
        return Reply(line)
    if is_block(line) and not (isinstance(asked, Fact) and asked.kind == "list"):
        return read_block(line, asked, names)
    return (
        _read_question(text, asked, names)
        or _read_answers(text, asked, names)
        or _read_denial(text, names)
        or _read_name(text, asked, names)
        or Reply(line)
    )


def _read_code(text: str, edition: Edition) -> Command | None:
    """The code of a check alone means to go where it points."""
    code = text.upper()
    return Command("jump", code) if any(each.code == code for each in edition.checks) else None


def _is_answer(asked: Question, text: str) -> bool:
    return not isinstance(read_entry(asked, Node(text, 0)), Refusal)


def _read_question(text: str, asked: Question | None, names: Names) -> Intent | None:
    plain = text.rstrip("?？。")
    if asked is not None and _ASKED_HERE.fullmatch(plain):
        return AskAbout((asked.id,), asked.name)
    for pattern in _ASKED:
        match = pattern.fullmatch(plain)
        if match:
            words = match["words"].strip()
            return AskAbout(names.mentioned(words), words)
    return None


@lru_cache(maxsize=8)
def _patterns(names: Names) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A named number, a line of nothing but those, and one named answer of any kind."""
    piece = rf"(?:把|将)?(?P<name>{names.pattern})(?:数量|的?数)?\s*{_VERB}?\s*(?P<value>{_VALUE})"
    plain = re.sub(r"\?P<\w+>", "?:", piece)
    single = rf"(?:把|将)?(?P<name>{names.pattern})(?:数量|的?数)?\s*{_CLEAR_VERB}\s*(?P<value>.+)"
    return (
        re.compile(rf"{_BETWEEN}{piece}"),
        re.compile(rf"(?:{_BETWEEN}{plain})+{_BETWEEN}"),
        re.compile(single),
    )


def _read_answers(text: str, asked: Question | None, names: Names) -> Intent | None:
    piece, whole, single = _patterns(names)
    line = bare_quotes(text)
    if whole.fullmatch(line):
        pairs = [(match["name"], match["value"].strip()) for match in piece.finditer(line)]
        return _resolve(pairs, asked, names)
    match = single.fullmatch(line)
    return _resolve([(match["name"], match["value"].strip())], asked, names) if match else None


def _resolve(pairs: list[tuple[str, str]], asked: Question | None, names: Names) -> Intent:
    """Give every name its question; a name of several takes the one of the group at hand."""
    choices = [names.exact.get(bare(name), ()) for name, _ in pairs]
    settled = {ids[0] for ids in choices if len(ids) == 1} | ({asked.id} if asked else set())
    groups = [_narrowed(ids, settled, names.edition) for ids in choices]
    readings: list[tuple[tuple[str, str], ...]] = [()]
    for group, (_, value) in zip(groups, pairs, strict=True):
        readings = [(*made, (name, value)) for made in readings for name in group]
    answered = tuple(
        Answered(tuple(sorted(entries, key=lambda entry: names.number_of(entry[0]))))
        for entries in readings[:9]
    )
    return answered[0] if len(answered) == 1 else Unclear(answered)


def _narrowed(ids: tuple[str, ...], settled: set[str], edition: Edition) -> tuple[str, ...]:
    """Of several questions with one name, those under the same part as what is settled."""
    if len(ids) < 2:
        return ids
    parts = {_part(name, edition) for name in settled}
    near = tuple(name for name in ids if _part(name, edition) in parts)
    return near if len(near) == 1 else ids


def _part(name: str, edition: Edition) -> str:
    return edition.place_of(name)[:1] or name


def _read_denial(text: str, names: Names) -> Intent | None:
    match = _DENIED.fullmatch(text)
    if match is None:
        return None
    cells = names.below(match["words"])
    if not cells:
        return None
    total = names.edition.questions[cells[0]].id
    has_total = all(
        name == total or any(above.id == total for above in names.edition.ancestors(row))
        for name, row in ((each.id, each) for each in names.edition.indicators if each.id in cells)
    )
    return Answered(tuple((name, "0") for name in cells), wants_consent=not has_total)


def _read_name(text: str, asked: Question | None, names: Names) -> Intent | None:
    """A question's name alone: go there, or have it explained."""
    found = names.exact.get(bare(text), ())
    if not found or (asked is not None and found == (asked.id,)):
        return None
    return Unclear((Going(found, text), AskAbout(found, text)))
