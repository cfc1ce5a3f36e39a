"""Own text and the figures it prints: numbers become references, by certainty or by choice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from assistant.answers import Answer, Answers, FigureValues, Place, Reference, printed_places
from assistant.claims.accounts import BY_LAST_YEAR, Account, accounts_of, says
from assistant.claims.claim import Cells, Claim
from assistant.claims.line import Sentence
from assistant.claims.vocabulary import vocabulary
from assistant.form.model import Edition, Fact

_OFFERED = 5
"""Figures that a number may be, told to a person; more would be no help."""
_TELLING = 10
"""Numbers from which on a figure of the same value is hardly one by chance."""


def bind(answers: Answers, previous: Answers | None, slot: str, text: str) -> str:
    """A text with a reference for every number that is certain to be a figure and prints alike."""
    figures = FigureValues(answers, previous)
    printed, places = printed_places(text, figures)
    for each in accounts_of(answers, {slot: printed}, {slot: places}, previous):
        number, figure, at = each.claim.number, each.reference, each.claim.at
        if each.verdict == "agrees" and number and figure and not number.is_vague:
            digits = figures.printed(figure)
            end = at + len(digits)
            if digits and printed.startswith(digits, at) and not printed[end : end + 1].isdigit():
                places.append(Place(at, end, figure))
    return _written(printed, places)


def bound_answer(answers: Answers, previous: Answers | None, name: str) -> Answer:
    """The answer of a question; own text with its certain numbers bound."""
    fact, answer = answers.edition.questions[name], answers.given[name]
    is_own = isinstance(fact, Fact) and fact.kind == "text" and fact.span == "own"
    if not is_own or not isinstance(answer.value, str):
        return answer
    return replace(answer, value=bind(answers, previous, name, answer.value))


def with_figures(answers: Answers, names: Iterable[str]) -> Answers:
    """The same answers with the certain numbers of some own texts bound."""
    given = {name: bound_answer(answers, None, name) for name in names if name in answers.given}
    return replace(answers, given={**answers.given, **given})


def rebound(figures: FigureValues, text: str, claim: Claim, figure: Reference | None) -> str:
    """A text in which one number is another figure, or none but as it is printed.

    The text has its references; the claim is placed in it as it is printed.
    """
    printed, places = printed_places(text, figures)
    start, end = claim.at, claim.at + digits_of(claim)
    kept = [place for place in places if place.end <= start or place.start >= end]
    if figure is not None:
        kept.append(Place(start, end, figure))
    return _written(printed, kept)


def as_written(sentence: Sentence, places: Sequence[Place]) -> str:
    """A sentence of a printed text with its references, to which an acknowledgement is tied."""
    start, end = sentence.at, sentence.at + len(sentence.text)
    inside = [
        Place(place.start - start, place.end - start, place.reference)
        for place in places
        if start <= place.start and place.end <= end
    ]
    return _written(sentence.text, inside)


def digits_of(claim: Claim) -> int:
    """Characters of a number without its unit; of a share with its sign."""
    unit = claim.number.unit if claim.number else ""
    return len(claim.written if claim.kind == "share" else claim.written.removesuffix(unit))


def is_of_unit(claim: Claim, figures: FigureValues, cells: Cells) -> bool:
    """Whether a number may be printed from cells; 元 stands for no 万元, no share for a count."""
    if claim.kind == "share" and not claim.wholes:
        return False
    unit = claim.number.unit if claim.number else ""
    return {unit, figures.unit(cells[0])} != {"元", "万元"}


def figures_like(
    account: Account, answers: Answers, figures: FigureValues, near: Iterable[str] = ()
) -> list[Reference]:
    """The figures that a number may be, those it names first, then all of the same value.

    One of last year, or a change against it, is that of what it names. Of equal ones those come
    first that stand in a table with cells that the text speaks of elsewhere.
    """
    if account.claim.doubt in BY_LAST_YEAR:
        return [account.reference] if account.reference else []
    return list(islice(_of_its_value(account.claim, answers, figures, near), _OFFERED))


def _of_its_value(
    claim: Claim, answers: Answers, figures: FigureValues, near: Iterable[str]
) -> Iterator[Reference]:
    """All figures that have the value of a number, those it names first."""
    if claim.kind != "number" or claim.number is None:
        return
    named = (*claim.readings, *claim.perhaps, *claim.like_whole)
    for cells in dict.fromkeys((*named, *_alike(claim, answers, near))):
        value = figures.sum(cells) if is_of_unit(claim, figures, cells) else None
        if value is not None and says(claim, value, figures.unit(cells[0])):
            yield figures.refer(cells)


def figures_beside(account: Account, answers: Answers, figures: FigureValues) -> tuple[str, ...]:
    """The cells that a number speaks of or has the value of: where they change, it may be wrong."""
    claim = account.claim
    named = [cell for cells in (account.cells, *claim.readings, *claim.wholes) for cell in cells]
    is_of_now = claim.doubt not in BY_LAST_YEAR
    like = _hardly_by_chance(claim, answers, figures, ()) if is_of_now else ()
    return tuple(dict.fromkeys([*named, *(cell for each in like for cell in each.part)]))


def figures_once_like(account: Account, previous: Answers, near: Iterable[str]) -> list[Reference]:
    """The figures that had the value of a number last year, those it names first.

    There are none of a number whose words say what it is, and of none at all.
    """
    claim, number = account.claim, account.claim.number
    is_told = claim.doubt not in ("unknown", "several") or account.verdict != "open"
    if number is None or is_told or number.is_vague:
        return []
    found = _hardly_by_chance(claim, previous, FigureValues(previous), near)
    return list(islice(found, _OFFERED))


def _hardly_by_chance(
    claim: Claim, answers: Answers, figures: FigureValues, near: Iterable[str]
) -> Iterator[Reference]:
    """The figures of the value of a number that has a unit.

    A number below ten is like many cells by chance: then cells that a total counts are left out.
    """
    number, parts = claim.number, vocabulary(answers.edition).parts
    if number is not None and number.unit and number.value:
        for each in _of_its_value(claim, answers, figures, near):
            if number.value >= _TELLING or parts.isdisjoint(each.part):
                yield each


def _alike(claim: Claim, answers: Answers, near: Iterable[str]) -> Iterator[Cells]:
    """The cells of the form whose unit is that of the number: nearby first, totals before parts."""
    cells = answers.edition.cells
    tables = {cells[cell].grid for cell in near if cell in cells}
    fitting = _of_unit(answers.edition, claim.number.unit if claim.number else "")
    is_far = {cell for cell in fitting if cell not in cells or cells[cell].grid not in tables}
    return ((cell,) for cell in sorted(fitting, key=is_far.__contains__))


@lru_cache(maxsize=64)
def _of_unit(edition: Edition, unit: str) -> tuple[str, ...]:
    """The cells with a unit, of none all, those first that no total counts."""
    fitting = [cell for cell, its in edition.numeric.items() if not unit or its == unit]
    return tuple(sorted(fitting, key=vocabulary(edition).parts.__contains__))


def _written(printed: str, places: Sequence[Place]) -> str:
    for start, end, figure in sorted(places, reverse=True, key=lambda place: place.start):
        if figure.is_legible:
            printed = printed[:start] + str(figure) + printed[end:]
    return printed
