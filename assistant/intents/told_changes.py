"""Changes of what is answered, each of them shown before it is made.

A row of a list is changed by its name, 动态类改成38; an answer by a piece of its name, 制发改成12,
or by the value that it has, 把63条改成65条. Whole names of questions alone are read elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from assistant.answers import Answer, called, has_names
from assistant.intents.line import Line, read_typed
from assistant.intents.meaning import Answered, Command, NoSuchValue, Reply, Unclear
from assistant.intents.question_index import bare
from assistant.values import NUMBERS
from assistant.values.grouping import grouped
from assistant.values.language import phrase, words_for

_FIGURE = r"""[0-9０-９]{1,12}+ (?:[，,][0-9０-９]{3}(?![0-9０-９])){0,4}+
    (?:[.．][0-9０-９]{1,4}+)?+ \s?+ [^\s0-9０-９，,、；;。：:]{0,6}"""
_CHANGED = phrase(
    rf"""{{please}}? (?P<left>.{{0,60}}?) \s*+
    (?: (?P<order>{{change|ought}}) | {{equals|colon|be|have}} )? \s*+ (?P<value>{_FIGURE}) 。?"""
)
"""A name with its figure, or what is changed to one: 动态类38条, 把63条改成65条."""
_OLD = phrase(
    rf"(?P<name>[^，,、；;。]{{0,40}}?) {{number_word|of_it}}? {{out_of}}? \s*+ (?P<old>{_FIGURE})"
)
"""What has a value, perhaps with its name before it: 主动公开的63条."""
_PIECE = re.compile(r"[\u4e00-\u9fff]{2,12}\s*+[0-9０-９]++。?")
"""A piece of a name with a bare figure: 制发22; a reason tells what it counts, 含上年结转30件."""
_LISTED = phrase(r"[^0-9０-９，,、；;。]{2,40} [0-9０-９]{1,12}+ \s*+ {measure}? 。?")
"""One of the figures of a list: 党建类38条."""
_APART = re.compile(r"[、；;。\n]|[，,](?![0-9]{3}(?![0-9]))|[ \u3000\t]++(?=[^\s0-9０-９])")
_BEHIND = words_for("number_word", "of_it")
_TOTALS = frozenset(words_for("printed_total", "whole"))
_KINDS = words_for("row_kind")
_ORDER = phrase(r"{change}")
_LONGEST, _MOST = 2_000, 60
"""Characters and pieces of a line that is tried."""
_LIMIT = 9
"""Readings of several changes in one line that can still be told apart."""


class _Change(NamedTuple):
    """An answer, or a row of one, with its text."""

    question: str
    row: str
    value: str

    @property
    def text(self) -> str:
        """The text as it is typed: `38条`, `动态类 38条`."""
        return f"{self.row} {self.value}" if self.row else self.value


class _Piece(NamedTuple):
    """What one change may be."""

    told: Sequence[_Change]
    """What is meant by the name of a row, or by a value."""
    names: Sequence[str]
    named: Sequence[str]
    """The questions that have one of the names."""
    value: str
    is_order: bool
    """Whether it says 改成."""
    lacks: str = ""
    """A value that nothing has."""


def read_told(line: Line) -> Answered | Unclear | NoSuchValue | None:
    """Read a line of nothing but changes, rows of lists or values that are there among them."""
    whole = _read_piece(line.text, line)
    if whole and whole.lacks:
        return NoSuchValue(whole.lacks)
    if whole and whole.told:
        changes = _changes(whole, line)
        readings = tuple(_answered([each]) for each in changes)
        is_so = len(changes) == 1 and _stands(changes[0], line)
        return readings[0] if is_so else Unclear(readings)
    texts = _pieces(line.text)
    found = [each for text in texts[:_MOST] if (each := _read_piece(text, line))]
    if len(texts) < 2 or len(found) < len(texts) or not any(each.told for each in found):
        return None
    several = [_changes(each, line) for each in found]
    news = [each for each in several if not all(_stands(change, line) for change in each)]
    ways = tuple(map(_answered, islice(product(*(news or several)), _LIMIT + 1)))
    return Unclear(ways) if all(several) and len(ways) <= _LIMIT else None


def read_loose(line: Line) -> Unclear | None:
    """Read a change by a piece of a name: 制发改成12; 不掌握31."""
    piece = _read_piece(line.text, line)
    if piece is None or not (piece.is_order or _PIECE.fullmatch(line.text)):
        return None
    readings = tuple(_answered([each]) for each in _changes(piece, line))
    return Unclear(readings) if readings else None


def read_told_beside(line: Line) -> Unclear | None:
    """The changes of a line that may be something else as well."""
    told = read_told(line)
    return told if isinstance(told, Unclear) else None


def read_no_reason(line: Line) -> Unclear | None:
    """Words of a change, or a list of figures, that no sentence gives as a reason unasked.

    The list may be rows of one that the finding speaks of.
    """
    pieces, questions = _pieces(line.text), line.index.edition.questions
    is_list = 1 < len(pieces) <= _MOST and all(map(_LISTED.fullmatch, pieces))
    if not is_list and not _ORDER.search(line.text):
        return None
    lists = [each for each in line.standing.spoken_of if is_list and has_names(questions[each])]
    rows: list[Answered | Command] = [
        Answered(((each, line.text),))
        for each in lists
        if isinstance(read_typed(questions[each], line.text), Answer)
    ]
    return Unclear((*(rows or [Command("change")]), Reply(line.typed)))


def _pieces(text: str) -> list[str]:
    parts = (each.strip() for each in _APART.split(text[:_LONGEST]))
    return [*islice(filter(None, parts), _MOST + 1)]


def _answered(changes: Iterable[_Change]) -> Answered:
    """Changes as answers; rows of one list are one answer, a line each."""
    taken = grouped((each.question, each.text) for each in changes)
    return Answered(tuple((name, "\n".join(texts)) for name, texts in taken.items()))


def _read_piece(text: str, line: Line) -> _Piece | None:
    match = _CHANGED.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    left, value, is_order = match["left"], match["value"], bool(match["order"])
    names = [*dict.fromkeys(filter(None, (left, *map(left.removesuffix, _BEHIND))))]
    told = [each for name in names for each in _rows(name, value, line)]
    if line.standing.total and not _TOTALS.isdisjoint(names):
        told.append(_Change(line.standing.total, "", value))
    named = [each for name in names for each in line.index.named(name)]
    had = _OLD.fullmatch(left) if is_order and not told and not named else None
    if had:
        told = [*_having(had["name"], had["old"], value, line)]
    return _Piece(told, names, named, value, is_order, left if had and not told else "")


def _changes(piece: _Piece, line: Line) -> list[_Change]:
    """All that a piece may be, what the finding speaks of first, then what is asked."""
    asked, spoken_of = line.asked.id if line.asked else "", line.standing.spoken_of
    questions = piece.named
    if not questions and not piece.told:
        questions = [each for name in piece.names for each in line.index.find(name)]
    changes = dict.fromkeys((*piece.told, *_fitting(questions, piece.value, line)))
    number = line.index.number_of
    return sorted(
        changes,
        key=lambda e: (e.question not in spoken_of, e.question != asked, number(e.question)),
    )


def _rows(name: str, value: str, line: Line) -> Iterator[_Change]:
    """The rows of lists that have a name, with another figure; of no name all of them."""
    for slot, answer in line.standing.given.items():
        question = line.index.edition.questions[slot]
        if not answer.rows or not has_names(question):
            continue
        for row in answer.rows:
            change = _Change(slot, called(row), value)
            if not name or _said(name) == _said(change.row):
                read = read_typed(question, change.text)
                if isinstance(read, Answer) and [*map(called, read.rows)] == [change.row]:
                    yield change


def _said(row: str) -> str:
    """The name of a row as it is compared: 其他类 is 其他."""
    name = bare(row)
    return next((name.removesuffix(each) for each in _KINDS if name[1:].endswith(each)), name)


def _fitting(names: Iterable[str], value: str, line: Line) -> Iterator[_Change]:
    """The numbers among some questions that a value may answer."""
    questions = line.index.edition.questions
    for name in names:
        is_asked = questions[name].kind in NUMBERS and name not in line.standing.absent
        if is_asked and isinstance(read_typed(questions[name], value), Answer):
            yield _Change(name, "", value)


def _having(name: str, old: str, value: str, line: Line) -> Iterator[_Change]:
    """The answers and rows that have a value, those of a name or, without one, any."""
    given = line.standing.given
    numbers = _fitting(line.index.find(name) if name else given, value, line)
    for each in (*numbers, *_rows(name, value, line)):
        if each.question in given and _stands(each._replace(value=old), line):
            yield each


def _stands(change: _Change, line: Line) -> bool:
    """Whether an answer or a row says so already."""
    answer = line.standing.given.get(change.question)
    read = read_typed(line.index.edition.questions[change.question], change.text)
    if answer is None or not isinstance(read, Answer):
        return False
    return read.rows[0] in answer.rows if read.rows else read.value == answer.value
