"""Answers that name their questions: 网站28，微信5; 把单位全称改成某镇人民政府; 检查4次."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from assistant.answers import Answer
from assistant.form.model import Fact
from assistant.form.model.questions import bare_quotes
from assistant.intents.line import Line, is_free_text, read_typed
from assistant.intents.meaning import Answered, Unclear, readings_of
from assistant.intents.question_index import QuestionIndex, as_said, bare
from assistant.values import MEASURES, NUMBERS, Refusal, read
from assistant.values.language import phrase

_BETWEEN = re.compile(r"[，,；;、。\s]*+")
"""What may stand between two named numbers."""
_BEFORE = phrase(r"{please|of_which}?")
_NUMBER = phrase(
    r"""{number_word}? \s*+ {change|ought|equals|colon|be|have|fill}? \s*+
    (?P<value>
        (?: [0-9０-９]{1,3} (?:[,，][0-9０-９]{3})+ (?![0-9０-９]) (?:[.．][0-9０-９]+)?  # 1,234
          | [0-9０-９]+ (?:[.．][0-9０-９]+)?                                           # 28, 0.5
          | {numeral}+ )                                                               # 二十八
        (?: \s*+ {scale} )? (?: \s*+ {unit} )?                                         # 百万 件
      | {no_number} )""",
    unit="|".join(MEASURES),
)
"""A number behind a name: 28, 改成28件, 数量：1,234."""
_ORDER = phrase(r"{number_word}? \s*+ {change|ought|equals|colon} \s*+")
"""What stands between a name and an answer of any kind."""
_SEPARATOR = re.compile(r"[，,；;。\s]++")
_CHANGE = phrase(r"{change}")
_QUOTES = "“”"
_LIMIT = 9
"""Readings that can still be told apart on one screen."""
_LONGEST_NUMBER = 60
"""Characters of a number with its unit; no longer run of digits is tried."""
_MOST = 500
"""Named answers of one line; more than twice the questions of a form."""
BETWEEN_PIECES = re.compile(r"[，,、；;。\s]+")
"""What stands between pieces of a line that are read one by one."""
_PIECE = phrase(
    r"(?P<name>[\u4e00-\u9fff]{0,20}?) {done}? {have|be}? \s*+ (?P<value>[0-9０-９].{0,20})"
)
_FAR = 6
"""Questions before and behind the one on the screen that a line may answer with it."""
_SHORTEST = 2
"""Characters of a name that tell one question from another."""

Named = Answered | Unclear


class _Pair(NamedTuple):
    """A name and where its answer stands in the line."""

    name: str
    start: int
    end: int


def read_named(line: Line) -> Named | None:
    """Read a line that is nothing but named answers; `None` when it is anything else."""
    return read_numbers(line) or _read_orders(line)


def read_named_as_printed(line: Line) -> Named | None:
    """The same, of a line with the numbering and the unit of the form: （一）收到申请数（件） 3."""
    return read_named(line.saying(as_said(line.text)))


def read_numbers(line: Line) -> Named | None:
    """Read a line that is nothing but named numbers."""
    text = bare_quotes(line.text)
    pairs: list[tuple[str, str]] = []
    at = 0
    while len(pairs) < _MOST and (pair := _number_at(text, _past(_BETWEEN, text, at), line.index)):
        pairs.append((pair.name, text[pair.start : pair.end]))
        at = pair.end
    is_whole = _past(_BETWEEN, text, at) == len(text)
    return _with_totals(pairs, line) if pairs and is_whole else None


def _with_totals(pairs: list[tuple[str, str]], line: Line) -> Named | None:
    """Give every name its question, and keep what is a total apart, to be compared."""
    index = line.index
    answers = [each for each in pairs if bare(each[0]) in index.exact]
    totals = [each for each in pairs if bare(each[0]) not in index.exact]
    named = _resolve(answers, line)
    if named is None or not totals:
        return named
    readings: list[Answered] = []
    for reading in _readings(named):
        over = index.total_over([name for name, _ in reading.entries])
        cells = [index.totals.get(bare(name), over) for name, _ in totals]
        found = tuple((cell, text) for cell, (_, text) in zip(cells, totals, strict=True) if cell)
        if len(found) == len(totals) and all(_is_number(index, *each) for each in found):
            readings.append(replace(reading, totals=found))
    return readings[0] if len(readings) == 1 else Unclear(tuple(readings)) if readings else None


def _is_number(index: QuestionIndex, name: str, text: str) -> bool:
    cell = index.edition.cells[name]
    return not isinstance(read(text, cell.kind, cell.unit), Refusal)


def says_change(line: Line) -> bool:
    """Whether a line says 改成, as no answer does."""
    return bool(_CHANGE.search(line.text))


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """The place behind what a pattern that may match nothing finds at a place."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _names_at(text: str, at: int, index: QuestionIndex) -> Iterator[tuple[int, int]]:
    """The names at a place, behind 把 or 其中 or right there, the longest first."""
    begins = dict.fromkeys((_past(_BEFORE, text, at), at))
    return ((start, end) for start in begins for end in index.ends(text, start))


def _number_at(text: str, at: int, index: QuestionIndex) -> _Pair | None:
    """A named number; the next name or the end follows it: 网站二十三公经费3 begins with 20."""
    for start, end in _names_at(text, at, index):
        found = _NUMBER.match(text, end)
        if found and len(found["value"]) > _LONGEST_NUMBER:
            continue
        while found and not _ends_or_names(text, found.end(), index):
            found = _NUMBER.match(text, end, found.end() - 1)
        if found:
            return _Pair(text[start:end], found.start("value"), found.end())
    return None


def _ends_or_names(text: str, at: int, index: QuestionIndex) -> bool:
    behind = _past(_BETWEEN, text, at)
    return behind == len(text) or any(True for _ in _names_at(text, behind, index))


def _orders(text: str, start: int, end: int, index: QuestionIndex) -> Iterator[_Pair]:
    """The named answers of any kind that begin at a place and would fill a text to an end."""
    for begun, named in _names_at(text, start, index):
        is_question = bare(text[begun:named]) in index.exact
        if is_question and (order := _ORDER.match(text, named, end)):
            yield _Pair(text[begun:named], order.end(), end)


def _order_at(text: str, start: int, end: int, index: QuestionIndex) -> _Pair | None:
    """A named answer that fills a stretch of one line."""
    orders = _orders(text, start, end, index)
    return next((o for o in orders if o.start < end and "\n" not in text[o.start : end]), None)


def _read_orders(line: Line) -> Named | None:
    """Read 单位全称改成某镇人民政府; an own text may go on where another name begins."""
    index, text = line.index, bare_quotes(line.text)
    whole = _order_at(text, 0, len(text), index)
    if whole is None:
        return None
    marks = (mark.span() for mark in _SEPARATOR.finditer(text))
    found = (each for each in marks if any(_orders(text, each[1], len(text), index)))
    borders = list(islice(found, _MOST + 1))
    if len(borders) > _MOST:
        return None
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(text)]
    parts = [_order_at(text, *span, index) for span in zip(starts, ends, strict=True)]
    named = [part for part in parts if part]
    split = _resolve(_answers(line.text, named), line)
    if len(parts) == 1 or not any(_takes_all(part.name, index) for part in named):
        return split if len(named) == len(parts) else None
    uncut = _resolve(_answers(line.text, [whole]), line)
    readings = [each for reading in (split, uncut) if reading for each in _readings(reading)]
    return Unclear(tuple(readings[:_LIMIT]))


def _answers(text: str, parts: list[_Pair]) -> list[tuple[str, str]]:
    """Names and their answers, each with the quotation marks it was typed with."""
    kept = [place for place, each in enumerate(text) if each not in _QUOTES] + [len(text)]
    return [(each.name, text[kept[each.start - 1] + 1 : kept[each.end]].strip()) for each in parts]


def _takes_all(name: str, index: QuestionIndex) -> bool:
    return any(is_free_text(index.edition.questions[each]) for each in index.exact[bare(name)])


def _readings(named: Named) -> tuple[Answered, ...]:
    return tuple(reading for reading in readings_of(named) if isinstance(reading, Answered))


def _resolve(pairs: list[tuple[str, str]], line: Line) -> Named | None:
    """Give every name its question; `None` when that can be done in more ways than a screen holds.

    A name of several questions takes the one of the group at hand. Two answers to one question
    are two readings.
    """
    index = line.index
    choices = [index.exact[bare(name)] for name, _ in pairs]
    settled = {ids[0] for ids in choices if len(ids) == 1}
    settled |= {line.asked.id} if line.asked else set()
    parts = {index.part_of(name) for name in settled}
    readings: list[Mapping[str, str]] = [{}]
    for ids, (_, value) in zip(choices, pairs, strict=True):
        near = tuple(name for name in ids if len(ids) > 1 and index.part_of(name) in parts)
        group = near if len(near) == 1 else ids
        made: list[Mapping[str, str]] = []
        for each in (more for reading in readings for more in _with(reading, group, value)):
            made += [each] if each not in made else []
        if len(made) > _LIMIT:
            return None
        readings = made
    answered = tuple(
        Answered(tuple(sorted(each.items(), key=lambda entry: index.number_of(entry[0]))))
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


def read_neighbours(line: Line) -> Answered | None:
    """Read figures with their units behind pieces of the names of questions asked together.

    The first may go without a name, 4次，通报2期. Each must fit one question alone, and the one on
    the screen has to be among them.
    """
    asked = line.asked
    pieces = [piece for piece in BETWEEN_PIECES.split(line.text) if piece]
    if not isinstance(asked, Fact) or asked.kind not in NUMBERS or len(pieces) > 2 * _FAR + 1:
        return None
    facts = _together(asked, line.index.edition.facts)
    taken: dict[str, str] = {}
    for place, piece in enumerate(pieces):
        match = _PIECE.fullmatch(piece)
        if match is None:
            return None
        is_here = place == 0 and not match["name"]
        found = [asked] if is_here else _named(match["name"], facts)
        fitting = [each for each in found if isinstance(read_typed(each, match["value"]), Answer)]
        if len(fitting) != 1 or fitting[0].id in taken:
            return None
        taken[fitting[0].id] = match["value"]
    ordered = tuple((each.id, taken[each.id]) for each in facts if each.id in taken)
    return Answered(ordered) if asked.id in taken else None


def _together(asked: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The figures around a question that are asked under the same condition, itself among them."""
    at = facts.index(asked)
    around = facts[max(0, at - _FAR) : at + _FAR + 1]
    return [each for each in around if each.kind in NUMBERS and each.when == asked.when]


def _named(words: str, facts: Sequence[Fact]) -> list[Fact]:
    """The questions whose names hold the longest end of some words: 印发通报 for 通报期数."""
    for begin in range(len(words) - _SHORTEST + 1):
        said = bare(words[begin:])
        found = [f for f in facts if any(said in bare(name) for name in (f.label, *f.aliases))]
        if found:
            return found
    return []
