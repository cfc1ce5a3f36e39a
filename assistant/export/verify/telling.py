"""A text in sentences and clauses, with what it says of the figures."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from assistant.claims.accounts import Account
from assistant.export.align import Marked, align, mark
from assistant.export.verify.differences import around
from assistant.report.figures import SHARE_PLACES
from assistant.values import NUMERAL_CHARACTERS, Number
from assistant.values.grouping import grouped
from assistant.values.print_format import show

_CLAUSE_END = re.compile(r"[，。；：！？、]+|[,;:!?]+(?![0-9A-Za-z/])")
_SENTENCE_ENDS = "。；！？;!?"
_SENTENCE_END = re.compile(f"[{_SENTENCE_ENDS}]")
_SHORT = 6
"""Clauses of fewer characters, 占7.5%, are the same only beside the same or with that number."""


class Clause(NamedTuple):
    """A clause of a text, without the mark that ends it."""

    line: int
    start: int
    """Where it begins in its line."""
    marked: Marked
    sentence: int
    """Which sentence of all it belongs to."""

    @property
    def end(self) -> int:
        """Where it ends in its line."""
        return self.start + len(self.marked.text)


class Sentence(NamedTuple):
    """A sentence as it is written, with the mark that ends it."""

    text: str
    start: int
    """Where it begins in its line."""


def _cut(lines: Sequence[str]) -> tuple[list[Clause], list[Sentence]]:
    """The clauses of some lines, and their sentences."""
    clauses: list[Clause] = []
    sentences: list[Sentence] = []
    for line, text in enumerate(lines):
        begin = 0
        for start, end, after in _cuts(text):
            if text[start:end].strip():
                clauses.append(Clause(line, start, mark(text[start:end]), len(sentences)))
            if after == len(text) or _SENTENCE_END.search(text, end, after):
                if text[begin:after].strip():
                    sentences.append(Sentence(text[begin:after], begin))
                begin = after
    return clauses, sentences


def _cuts(text: str) -> Iterator[tuple[int, int, int]]:
    """Where clauses begin and end, and where their mark ends; none is cut within a number."""
    within = {at for number in mark(text).numbers for at in range(number.start, number.end)}
    begin = 0
    for match in _CLAUSE_END.finditer(text):
        if match.start() not in within:
            yield begin, match.start(), match.end()
            begin = match.end()
    if begin < len(text):
        yield begin, len(text), len(text)


def pair_clauses(ours: Sequence[Clause], theirs: Sequence[Clause]) -> dict[int, int]:
    """Which clause is which: the same words, or nearly, or with numbers that nobody reads."""
    pairs, _, _ = align([each.marked for each in ours], [each.marked for each in theirs])
    alike = dict(pairs)
    found = {
        at: to
        for at, to in pairs
        if len(ours[at].marked.skeleton) >= _SHORT
        or alike.get(at - 1) == to - 1
        or alike.get(at + 1) == to + 1
        or _numbers(ours[at]) == _numbers(theirs[to])
    }
    return {**found, **dict(_in_other_numbers(ours, theirs, found))}


def _in_other_numbers(
    ours: Sequence[Clause], theirs: Sequence[Clause], found: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Clauses beside a pair that differ by how their numbers are written: 九年 for 2025年."""
    taken = {*found.values()}
    for at, clause in enumerate(ours):
        if at in found or not clause.marked.numbers:
            continue
        beside = {found[near] + at - near for near in (at - 1, at + 1) if near in found}
        words = number_in_words(clause.marked.skeleton)
        for to in beside & {*range(len(theirs))} - taken:
            if words.fullmatch(theirs[to].marked.skeleton):
                yield at, to


_IN_WORDS = f"[\0{NUMERAL_CHARACTERS}%％.]{{0,12}}"
"""What may stand for a number that is written in a way nobody reads."""


def number_in_words(skeleton: str) -> re.Pattern[str]:
    """A clause whose numbers may be written in a way that nobody reads."""
    return re.compile(re.escape(skeleton).replace(re.escape("\0"), _IN_WORDS))


def _numbers(clause: Clause) -> list[tuple[object, ...]]:
    return [clause.marked.meaning(number) for number in clause.marked.numbers]


class Reading(NamedTuple):
    """How sentences are read."""

    accounts: Callable[[str], Sequence[Account]]
    """What becomes of the numbers of a text, and of its words for none and all."""
    bases: Callable[[str], Sequence[str]]
    """The figures that a figure is worked out from."""


def _numbers_of(accounts: Sequence[Account]) -> list[Account]:
    """What becomes of the numbers of a text, in the order of their places."""
    found = [each for each in accounts if each.claim.number is not None]
    return sorted(found, key=_place)


def _place(account: Account) -> int:
    return account.claim.at


def _between(numbers: list[Account], start: int, end: int) -> list[Account]:
    """Those of the numbers that begin between two places."""
    return numbers[bisect_left(numbers, start, key=_place) : bisect_left(numbers, end, key=_place)]


class Telling:
    """Lines in sentences and clauses, with what becomes of their numbers."""

    def __init__(self, lines: Sequence[str], reading: Reading) -> None:
        """Read them."""
        self.lines = lines
        self.clauses, self.sentences = _cut(lines)
        self._reading = reading
        self.accounts = [reading.accounts(line) for line in lines]
        """What becomes of everything that each line says."""
        self._numbers = [_numbers_of(accounts) for accounts in self.accounts]
        self._sentences: dict[int, list[Account]] = {}
        """The numbers of sentences read by themselves."""
        self._places = [(each.line, each.start) for each in self.clauses]

    def of_number(self, clause: int, number: Number) -> list[Account]:
        """What becomes of a number of a clause; empty when it counts nothing, as in a date."""
        found = self.clauses[clause]
        start, end = found.start + number.start, found.start + number.end
        return _between(self._numbers[found.line], start, end)

    def is_own(self, clause: int, number: Number) -> bool:
        """Whether a number counts what the form does not, even when its sentence stands alone."""
        found = self.clauses[clause]
        sentence, begin = self.sentences[found.sentence]
        if found.sentence not in self._sentences:
            self._sentences[found.sentence] = _numbers_of(self._reading.accounts(sentence))
        start, end = (found.start - begin + place for place in (number.start, number.end))
        accounts = _between(self._sentences[found.sentence], start, end)
        return all(each.claim.kind == "number" and not each.cells for each in accounts)

    def clause_at(self, line: int, place: int) -> int:
        """Which clause stands at a place of a line."""
        return max(bisect_right(self._places, (line, place)) - 1, 0)

    def by_sentence(self) -> Mapping[int, Sequence[int]]:
        """The clauses of each sentence, in order."""
        return grouped((clause.sentence, at) for at, clause in enumerate(self.clauses))

    def words(self) -> Iterator[tuple[int, Account]]:
        """What it says of none and of all, with the clause where it does."""
        for line, accounts in enumerate(self.accounts):
            for each in accounts:
                if each.claim.number is None:
                    yield self.clause_at(line, each.claim.at), each

    def skeletons(self) -> list[str]:
        """The words of its sentences, whatever mark ends them; one of the same is the same."""
        return [mark(each.text).skeleton.rstrip(_SENTENCE_ENDS) for each in self.sentences]

    def sentence_of(self, clause: int, number: Number | None = None) -> str:
        """The sentence of a clause; of a long one what stands around a number."""
        found = self.clauses[clause]
        text, begin = self.sentences[found.sentence]
        start = found.start - begin + (number.start if number else 0)
        return around(text, start, start + (number.end - number.start if number else 0))


def is_number_alone_gone(before: Marked, after: Marked) -> bool:
    """Whether of a clause nothing but its number is gone, perhaps with its measure word."""
    bare = before.skeleton.replace("\0", "")
    rest = after.skeleton.replace("\0", "")
    if number_in_words(before.skeleton).fullmatch(after.skeleton):
        return True  # 98.5% is 五% now
    return rest == bare or any(
        number.unit and rest == bare.replace(number.unit, "", 1) for number in before.numbers
    )


def figure_of(account: Account) -> str:
    """Id of the figure that an account is about: of a share the part, of a sum all of it."""
    is_share = account.claim.kind in ("share", "all")
    return "+".join(account.claim.readings[0] if is_share else account.cells)


def wanted_of(account: Account) -> str:
    """What an account that contradicts says it ought to be; shares in percent."""
    value, number = account.value or 0, account.claim.number
    if account.claim.kind in ("share", "all"):
        places = Decimal(1).scaleb(-SHARE_PLACES)
        return show(Decimal(value).quantize(places, ROUND_HALF_UP)) + "%"
    unit = number.unit if number is not None and "元" not in number.unit else ""
    return show(value) + unit
