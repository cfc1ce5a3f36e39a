"""Answers that name their question: 网站28，微信5; 把单位全称改成某镇人民政府."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.form.model import Fact, Question
from assistant.form.model.edition import bare_quotes
from assistant.intents.meaning import Answered, Unclear
from assistant.intents.question_index import QuestionIndex, bare
from assistant.values import MEASURES
from assistant.values.language import any_of

_NUMBER = (
    r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
)
_NUMERAL = r"[〇零一二两三四五六七八九十百千]+"
_UNITS = "|".join(MEASURES)
_SCALE = r"(?:\s*+(?:[百千]?[万亿]|[百千]))?"
_VALUE = rf"(?:(?:{_NUMBER}|{_NUMERAL}){_SCALE}(?:\s*+(?:{_UNITS}))?|暂缺|没有|无)"
_VERB = r"(?:改成|改为|更正为|换成|应该[是为]|应为|应是|[=＝：:]|是|为|有|共|填|改)"
_CLEAR_VERB = r"(?:改成|改为|更正为|换成|应该[是为]|应为|应是|[=＝：:])"
_CHANGE = re.compile(any_of("change"))
_BETWEEN = r"[，,；;、。\s]*+"
_BEFORE = r"(?:请?[把将]|其中[:：]?)?"
_BEHIND = r"(?:数量|的?数)?\s*+"
_QUOTES = "“”"
_LIMIT = 9
"""Readings that can still be told apart on one screen."""

Named = Answered | Unclear


def is_free_text(question: Question | None) -> bool:
    """Whether any line could be an answer, so that only a slash commands."""
    return isinstance(question, Fact) and (
        question.kind in ("line", "text")
        or any(column.kind == "line" for column in question.columns)
    )


class _NamedPatterns(NamedTuple):
    number: re.Pattern[str]
    """A named number; the next name or the end follows it."""
    order: re.Pattern[str]
    """A named answer of any kind, to the end of the line."""
    border: re.Pattern[str]
    """What stands between two of those."""


@lru_cache(maxsize=8)
def _patterns(names: QuestionIndex) -> _NamedPatterns:
    name = rf"{_BEFORE}(?P<name>{names.pattern}){_BEHIND}"
    follows = rf"(?={_BETWEEN}(?:\Z|{_BEFORE}(?:{names.pattern})))"
    return _NamedPatterns(
        re.compile(rf"{_BETWEEN}{name}{_VERB}?\s*+(?P<value>{_VALUE}){follows}"),
        re.compile(rf"{name}{_CLEAR_VERB}\s*+(?P<value>.+)"),
        re.compile(rf"[，,；;。\s]++(?={_BEFORE}(?:{names.pattern}){_BEHIND}{_CLEAR_VERB})"),
    )


def read_named(text: str, asked: Question | None, names: QuestionIndex) -> Named | None:
    """Read a line that is nothing but named answers; `None` when it is anything else."""
    return read_numbers(text, asked, names) or _read_orders(text, asked, names)


def read_numbers(text: str, asked: Question | None, names: QuestionIndex) -> Named | None:
    """Read a line that is nothing but named numbers."""
    pairs = _numbers(bare_quotes(text), names)
    return _resolve(pairs, asked, names) if pairs else None


def says_change(text: str) -> bool:
    """Whether a line says 改成, as no answer does."""
    return bool(_CHANGE.search(text))


def read_changes(text: str, asked: Question | None, names: QuestionIndex) -> Named | None:
    """Read a line that says 改成 of named numbers, which no reason for a number does."""
    return read_numbers(text, asked, names) if says_change(text) else None


def _numbers(line: str, names: QuestionIndex) -> list[tuple[str, str]]:
    """Names with their numbers, none of the line left over; piece by piece, never back."""
    pattern = _patterns(names).number
    pairs, at = [], 0
    while match := pattern.match(line, at):
        pairs.append((match["name"], match["value"]))
        at = match.end()
    return pairs if re.fullmatch(_BETWEEN, line[at:]) else []


def _read_orders(text: str, asked: Question | None, names: QuestionIndex) -> Named | None:
    """Read 单位全称改成某镇人民政府; an own text may go on where another name begins."""
    _, order, border = _patterns(names)
    line = bare_quotes(text)
    whole = order.fullmatch(line)
    if whole is None:
        return None
    starts = [0, *(match.end() for match in border.finditer(line))]
    ends = [*(match.start() for match in border.finditer(line)), len(line)]
    parts = [order.fullmatch(line, *span) for span in zip(starts, ends, strict=True)]
    split = _resolve([_pair(text, part) for part in parts if part], asked, names)
    if len(parts) == 1 or not any(_takes_all(part["name"], names) for part in parts if part):
        return split if all(parts) else None
    uncut = _resolve([_pair(text, whole)], asked, names)
    readings = [each for reading in (split, uncut) if reading for each in _readings(reading)]
    return Unclear(tuple(readings[:_LIMIT]))


def _pair(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The name and its answer, the answer with the quotation marks it was typed with."""
    kept = [place for place, each in enumerate(text) if each not in _QUOTES]
    end = match.end("value")
    stop = kept[end] if end < len(kept) else len(text)
    return match["name"], text[kept[match.start("value") - 1] + 1 : stop].strip()


def _takes_all(name: str, names: QuestionIndex) -> bool:
    return any(is_free_text(names.edition.questions[each]) for each in names.exact[bare(name)])


def _readings(named: Named) -> tuple[Answered, ...]:
    each = named.readings if isinstance(named, Unclear) else (named,)
    return tuple(reading for reading in each if isinstance(reading, Answered))


def _resolve(
    pairs: list[tuple[str, str]], asked: Question | None, names: QuestionIndex
) -> Answered | Unclear | None:
    """Give every name its question; `None` when that can be done in more ways than a screen holds.

    A name of several questions takes the one of the group at hand. Two answers to one question
    are two readings.
    """
    choices = [names.exact[bare(name)] for name, _ in pairs]
    settled = {ids[0] for ids in choices if len(ids) == 1} | ({asked.id} if asked else set())
    readings: list[Mapping[str, str]] = [{}]
    for ids, (_, value) in zip(choices, pairs, strict=True):
        group = _narrowed(ids, settled, names)
        made: list[Mapping[str, str]] = []
        for each in (more for reading in readings for more in _with(reading, group, value)):
            made += [each] if each not in made else []
        if len(made) > _LIMIT:
            return None
        readings = made
    answered = tuple(
        Answered(tuple(sorted(each.items(), key=lambda entry: names.number_of(entry[0]))))
        for each in readings
    )
    return answered[0] if len(answered) == 1 else Unclear(answered)


def _with(
    reading: Mapping[str, str], group: tuple[str, ...], value: str
) -> Iterator[Mapping[str, str]]:
    for name in [each for each in group if each not in reading] or group:
        if reading.get(name, value) != value:
            yield reading
        yield {**reading, name: value}


def _narrowed(ids: tuple[str, ...], settled: set[str], names: QuestionIndex) -> tuple[str, ...]:
    """Of several questions with one name, those under the same part as what is settled."""
    if len(ids) < 2:
        return ids
    parts = {names.part_of(name) for name in settled}
    near = tuple(name for name in ids if names.part_of(name) in parts)
    return near if len(near) == 1 else ids
