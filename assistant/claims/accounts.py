"""What becomes of every number of own text: a figure, contradicting one, the body's own, open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.answers import Answers, FigureValues, How, Place, Reference, listed_counts, share
from assistant.claims.claim import Cells, Claim, Way
from assistant.claims.line import sentences_of
from assistant.claims.reading import Reader
from assistant.claims.vocabulary import vocabulary
from assistant.values import Value
from assistant.values.language import words_for

BY_LAST_YEAR = ("last_year", "change")
"""Doubts that last year's figures can settle."""
Verdict = Literal["bound", "agrees", "own", "contradicts", "open"]


class Account(NamedTuple):
    """What becomes of one number, or of words for none and all."""

    slot: str
    """The question whose text it stands in."""
    claim: Claim
    verdict: Verdict
    cells: tuple[str, ...]
    """The cells it is about; of a share part and whole."""
    value: Value | None = None
    """What the figures say, in the unit of the cells; of a share in percent, of a change signed."""
    reference: Reference | None = None
    """The figure that it is, or may be one of last year."""

    def as_json(self) -> dict[str, object]:
        """As `accounts` of `check --json` lists it."""
        return {
            "slot": self.slot,
            "at": self.claim.at,
            "written": self.claim.written,
            "account": self.verdict,
            "cells": list(self.cells),
        }


def accounts_of(
    answers: Answers,
    passages: Mapping[str, str],
    bound: Mapping[str, Sequence[Place]] | None = None,
    previous: Answers | None = None,
) -> list[Account]:
    """The accounts of all own text of a set of answers, text by text in order.

    `passages` are the own texts by question as printed, `bound` the places in them that a figure
    prints; by the answers of last year changes are judged.
    """
    return judged(claims_of(answers, passages), FigureValues(answers, previous), bound or {})


def claims_of(answers: Answers, passages: Mapping[str, str]) -> list[tuple[str, Claim]]:
    """The claims of own texts, given by question as printed, text by text in order."""
    if not passages:
        return []
    reader = reader_of(answers)
    return [
        (slot, claim) for slot, text in passages.items() for claim in _claims(reader, slot, text)
    ]


def reader_of(answers: Answers) -> Reader:
    """The reader of own text that knows the rows of the lists, and what the body is called."""
    listed = tuple((fact, tuple(rows)) for fact, rows in listed_counts(answers).items())
    return _reader(vocabulary(answers.edition), _own_names(answers), listed, answers.year)


_reader = lru_cache(maxsize=4)(Reader)


@lru_cache(maxsize=256)
def _claims(reader: Reader, slot: str, text: str) -> tuple[Claim, ...]:
    """The claims of one text, which one answer after the other leaves as it is."""
    return tuple(reader.claims_of(slot, sentences_of(text)))


def judged(
    claims: Iterable[tuple[str, Claim]], figures: FigureValues, bound: Mapping[str, Sequence[Place]]
) -> list[Account]:
    """What becomes of claims beside some figures."""
    settled = _settle_repeated(
        [
            (_judge_by_last_year if claim.doubt in BY_LAST_YEAR else _judge)(slot, claim, figures)
            for slot, claim in claims
        ]
    )
    told = [
        _bound(each, bound[each.slot], figures) if each.slot in bound else each for each in settled
    ]
    _read_like_wholes(told, figures)
    return told


def _read_like_wholes(told: list[Account], figures: FigureValues) -> None:
    """Read parts as the whole before them in their sentence: 受理14件, of which 自然人11件."""
    wholes: dict[tuple[str, int], Account] = {}
    for n, each in enumerate(told):
        claim = each.claim
        if not claim.doubt and each.cells in claim.perhaps:
            wholes[each.slot, claim.sentence.at] = each
        elif wholes and claim.like_whole and each.verdict in ("agrees", "contradicts"):
            whole = wholes.get((each.slot, claim.sentence.at))
            told[n] = _like_whole(each, whole, figures) if whole else each


def _like_whole(part: Account, whole: Account, figures: FigureValues) -> Account:
    """A part by the reading of its whole; as it is where it has none.

    What the part is stays as open as what the whole is.
    """
    is_certain = whole.verdict == "bound"
    for cells in part.claim.like_whole:
        value = figures.sum(cells)
        if value is None or figures.rows(cells) != figures.rows(whole.cells):
            continue
        if says(part.claim, value, figures.unit(cells[0])):
            verdict: Verdict = "agrees" if is_certain or part.verdict == "agrees" else "open"
            figure = Reference("", cells) if is_certain or verdict == "open" else None
            return part._replace(verdict=verdict, cells=cells, value=value, reference=figure)
        return part if part.verdict == "agrees" else part._replace(cells=cells, value=value)
    return part


def _bound(account: Account, places: Sequence[Place], figures: FigureValues) -> Account:
    """A number that a figure prints is that figure, unless its words name another one."""
    if account.verdict == "contradicts" or account.claim.number is None:
        return account
    for start, end, figure in places:
        if start <= account.claim.at < end:
            change = figures.change(figure.part) if figure.how in ("change", "rate") else None
            return Account(account.slot, account.claim, "bound", figure.cells, change, figure)
    return account


def _judge(slot: str, claim: Claim, numbers: FigureValues) -> Account:
    cells = claim.readings[0] if claim.readings else ()
    if claim.doubt and claim.doubt != "several":
        like = (each for each in claim.perhaps if _is_of_value(claim, each, numbers))
        cells = cells or next(like, ())
        return Account(slot, claim, "open", cells)
    if claim.kind in ("share", "all"):
        return _judge_share(slot, claim, numbers)
    if claim.kind == "none":  # one figure that is there is enough
        there = [cell for cell in cells if numbers.sum((cell,))]
        if there:
            return Account(slot, claim, "contradicts", cells, numbers.sum(cells))
    if claim.kind == "some":
        told = numbers.sum(cells)
        some: Verdict = "open" if told is None else "agrees" if told else "contradicts"
        return Account(slot, claim, some, cells, told)
    values = [(reading, numbers.sum(reading)) for reading in claim.readings]
    known = [(reading, value) for reading, value in values if value is not None]
    if not known:
        return Account(slot, claim, "open", cells)
    for reading, value in known:
        if says(claim, value, numbers.unit(reading[0])):
            return Account(slot, claim, "agrees", reading, value, numbers.refer(reading))
    first, value = known[0]
    for reading in claim.perhaps:
        other = numbers.sum(reading)
        if other is not None and says(claim, other, numbers.unit(reading[0])):
            return Account(slot, claim, "open", reading, other)
    verdict: Verdict = "open" if claim.doubt or len(known) < len(values) else "contradicts"
    return Account(slot, claim, verdict, first, value)


def _is_of_value(claim: Claim, cells: Cells, numbers: FigureValues) -> bool:
    value = numbers.sum(cells)
    return value is not None and says(claim, value, numbers.unit(cells[0]))


def says(claim: Claim, value: Value, unit: str) -> bool:
    """Whether a number stands for a value, 元 and 万元 brought together; words for none, for 0."""
    number = claim.number
    if number is None or claim.kind == "none":
        return not value
    if unit == "万元" and number.unit == "元":
        return number.may_be(Decimal(value) * 10_000)
    if unit == "元" and number.unit == "万元":
        return number.may_be(Decimal(value) / 10_000)
    return number.may_be(value)


def _judge_share(slot: str, claim: Claim, numbers: FigureValues) -> Account:
    part = claim.readings[0]
    amount = numbers.sum(part)
    shares = [(whole, numbers.sum(whole)) for whole in claim.wholes]
    known = [(whole, value) for whole, value in shares if value]
    cells = tuple(dict.fromkeys((*part, *claim.wholes[0])))
    if claim.kind == "all" and amount is not None and any(v == 0 for _, v in shares):
        return Account(slot, claim, "agrees", cells, amount)
    if amount is None or not known:
        return Account(slot, claim, "open", cells)
    for parts in claim.readings:
        added = numbers.sum(parts)
        for whole, value in known:
            if added is not None and added <= value and _is_share(claim, added, value):
                told = tuple(dict.fromkeys((*parts, *whole)))
                figure = numbers.refer(parts, whole, places=decimals_of(claim))
                return Account(slot, claim, "agrees", told, added, figure)
    share = Decimal(amount) * 100 / Decimal(known[0][1])
    return Account(slot, claim, "contradicts", cells, share)


def _judge_by_last_year(slot: str, claim: Claim, numbers: FigureValues) -> Account:
    """A number of last year or a change against it; certain where it is exact, and goes the way."""
    how: How = "rate" if claim.kind == "share" else "change"
    if claim.doubt == "last_year":
        how = "last_year"
    figures = [numbers.refer(cells, how=how) for cells in claim.readings]
    known = [each for each in figures if numbers.printed(each)]
    for figure in known:
        change = numbers.change(figure.part)
        is_so = how == "last_year" or (change is not None and goes(claim.way, change))
        if is_so and _is_exactly(claim, numbers.printed(figure)):
            return Account(slot, claim, "agrees", figure.cells, reference=figure)
    cells = claim.readings[0] if claim.readings else ()
    return Account(slot, claim, "open", cells, reference=known[0] if known else None)


def goes(way: Way, change: Value) -> bool:
    """Whether a change goes the way that words say."""
    return change > 0 if way == "up" else change < 0 if way == "down" else False


def _is_exactly(claim: Claim, printed: str) -> bool:
    exact = claim.number if claim.number and not claim.number.is_vague else None
    return exact is not None and exact.value == Decimal(printed.rstrip("%"))


def _is_share(claim: Claim, part: Value, whole: Value) -> bool:
    if claim.kind == "all" or claim.number is None:
        return part == whole
    return claim.number.may_be(Decimal(share(part, whole, decimals_of(claim))))


def decimals_of(claim: Claim) -> int:
    """The decimals that a share is written with; of one in words two are compared."""
    if claim.written[-1:] not in "%％":
        return 2
    return len(claim.written.rstrip("%％").replace("．", ".").partition(".")[2])


def _settle_repeated(found: list[Account]) -> list[Account]:
    """Where a sentence gives one figure several numbers, only those that agree are of it."""
    numbers = [
        each
        for each in found
        if each.claim.kind == "number" and each.cells and each.claim.doubt not in BY_LAST_YEAR
    ]
    told: dict[tuple[str, int, tuple[str, ...]], int] = {}
    for each in numbers:
        if each.verdict in ("agrees", "contradicts") or each.claim.doubt == "scope":
            key = (each.slot, each.claim.sentence.at, each.cells)
            told[key] = told.get(key, 0) + 1
    return [
        each._replace(verdict="open")
        if each.verdict == "contradicts"
        and each.claim.kind == "number"
        and told.get((each.slot, each.claim.sentence.at, each.cells), 0) > 1
        else each
        for each in found
    ]


_CALLED = frozenset(own + body for own in words_for("own") for body in words_for("body_short"))


def _own_names(answers: Answers) -> tuple[str, ...]:
    """What the body calls itself: its name, the end of it from each level on, 本镇, 全镇."""
    names = set(_CALLED)
    called = (answers.value(fact.id) for fact in answers.edition.facts if fact.or_else)
    names |= {name for name in called if isinstance(name, str)}
    name = answers.value(answers.edition.roles.body_name)
    if isinstance(name, str):
        short = name.replace("人民政府", "政府")
        for full in {name, short}:
            names |= set(_endings(full))
        names |= set(_places(name))
    return tuple(sorted(word for word in names if len(word) > 1))


_LEVELS = "省市州县区旗镇乡"


def _endings(name: str) -> Iterator[str]:
    """示例市示例区教育局: itself, 示例区教育局, 区教育局 and 教育局."""
    yield name
    for at, mark in enumerate(name[:-2]):
        if mark in _LEVELS:
            yield name[at:]
            yield name[at + 1 :]


def _places(name: str) -> Iterator[str]:
    """示例区人民政府: 示例区; a department does not speak for the place it is in."""
    place = name.removesuffix("人民政府").removesuffix("办事处")
    if place != name:
        yield place
        for at, mark in enumerate(place[:-1]):
            if mark in _LEVELS:
                yield place[at + 1 :]
