"""The likely correction of a failed sum: the smallest change that satisfies the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from assistant.answers import Answer, called, format_answer, has_names
from assistant.checks.check_kinds import NUMERIC
from assistant.checks.context import CheckContext, Failure
from assistant.checks.own_text import TEXT
from assistant.form.model import (
    AtLeast,
    AtMost,
    Balance,
    Carried,
    Check,
    Edition,
    Indicator,
    StockFlow,
    Sum,
)
from assistant.messages import Sentences
from assistant.messages.findings import Fix
from assistant.values import Value
from assistant.values.print_format import show

_NAMED = 4
"""Cells named in one proposal; of more only the first, with their number."""
_MENDED = (Sum, AtMost, AtLeast, Balance, Carried, StockFlow)
"""Checks of which a correction is looked for."""
_TELLING = ("text_number", "text_denied", "text_all")
_JUDGES = {**NUMERIC, **{kind: TEXT[kind] for kind in _TELLING}}
"""What a change of figures can break: rules over figures, and own text that tells them."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A change to try, with the slip of the hand that would explain it."""

    changes: Mapping[str, Value]
    slip: str
    """Code of the sentence: `swapped`, `tenfold`, `neighbour`, `aside`, `row`, or `plain`."""
    row: int = -1
    """Position of the list row that is changed, or left out."""


def likely_fixes(
    check: Check, failure: Failure, case: CheckContext, sentences: Sentences
) -> tuple[Fix, ...]:
    """Propose the changes that break nothing and leave the fewest rules broken, slips first.

    Several of equal rank are all proposed: the assistant does not guess between two readings.
    A notice is often true as it stands, so for it only a slip of the hand is proposed.
    """
    if not isinstance(check, _MENDED):
        return ()
    if isinstance(check, AtMost):
        is_by_row = check.each and any(map(case.rows, check.left))
        if check.left_times != 1 or is_by_row:
            return ()  # the sides count in different units, or no sum is compared
    cells = [cell for cell in _leaves(failure.cells, case) if cell in case.numbers]
    ranked: list[tuple[tuple[int, int], _Candidate]] = []
    seen: set[tuple[frozenset[tuple[str, Value]], bool, int]] = set()
    failing: dict[tuple[str, str], frozenset[str]] = {}
    for candidate in _candidates(check, cells, case):
        changes = frozenset(candidate.changes.items()), candidate.slip == "row", candidate.row
        if changes in seen or (check.level == "notice" and candidate.slip == "plain"):
            continue
        seen.add(changes)
        changed = case.changed(candidate.changes)
        if _is_mended(check, failure, changed):
            rank = _rank(candidate, case, changed, failing)
            ranked += [] if rank is None else [(rank, candidate)]
    best = min((rank for rank, _ in ranked), default=None)
    chosen = [candidate for rank, candidate in ranked if rank == best]
    chosen.sort(key=lambda each: (each.slip == "plain", _size(each, case)))
    return tuple(_say(chosen, case, sentences))


def _leaves(cells: Iterable[str], case: CheckContext) -> Iterator[str]:
    """Cells that can be changed: of a computed one its parts, of those that occurred."""
    for cell in cells:
        parts = case.answers.edition.sums.get(cell)
        if parts is not None:
            yield from _leaves(parts, case)
        elif cell not in case.answers.absent:
            yield cell


def _is_mended(check: Check, failure: Failure, case: CheckContext) -> bool:
    """Whether this failure is gone; others of the check may still wait or fail."""
    verdict = NUMERIC[check.kind](check, case) or ()
    return all(each.suffix != failure.suffix for each in verdict)


def _rank(
    candidate: _Candidate,
    before: CheckContext,
    after: CheckContext,
    failing: dict[tuple[str, str], frozenset[str]],
) -> tuple[int, int] | None:
    """How many more binding rules and notices fail; `None` when one breaks that held.

    What fails without a change is put into `failing`: of every candidate it is the same.
    """
    binding = notices = 0
    for check in _touched(tuple(candidate.changes), after.answers.edition):
        if (name := (check.key, check.at)) not in failing:
            failing[name] = _failing(before, check)
        then, now = failing[name], _failing(after, check)
        if check.level == "notice":
            notices += len(now) - len(then)
        elif now <= then:
            binding += len(now) - len(then)
        else:
            return None
    return binding, notices


def _failing(case: CheckContext, check: Check) -> frozenset[str]:
    """What tells apart the ways in which a rule fails that a change may touch."""
    judge = _JUDGES.get(check.kind)
    return frozenset([each.suffix for each in judge(check, case) or ()] if judge else ())


@lru_cache(maxsize=4_000)
def _touched(cells: tuple[str, ...], edition: Edition) -> tuple[Check, ...]:
    """The checks that look at one of these cells, or at own text."""
    texts = [check for check in edition.rules if check.kind in _TELLING]
    looking = (check for cell in cells for check in edition.rules_of.get(cell, ()))
    return tuple({(check.key, check.at): check for check in (*looking, *texts)}.values())


def _size(candidate: _Candidate, case: CheckContext) -> Decimal:
    return sum(
        (abs(Decimal(new) - case.numbers[cell]) for cell, new in candidate.changes.items()),
        Decimal(0),
    )


def _candidates(check: Check, cells: list[str], case: CheckContext) -> Iterator[_Candidate]:
    gap = _gap(check, case, cells)
    questions, owner = case.answers.edition.questions, case.answers.edition.owner
    for cell in cells:
        old = case.numbers[cell]
        if cell not in case.answers.edition.questions:
            for position, item in enumerate(case.answers.items(cell)):
                if Decimal(item) == gap[cell] * -1:
                    yield _Candidate({cell: old + gap[cell]}, "row", position)
                elif (new := item + gap[cell]) >= 0 and has_names(questions[owner(cell)]):
                    yield _Candidate({cell: old + gap[cell]}, _slip(item, new), position)
            continue
        new = old + gap[cell]
        swaps, tenfold = set(_swaps(old)), set(_tenfold(old))
        if new >= 0:
            yield _Candidate({cell: new}, _slip(old, new))
        yield from (_Candidate({cell: value}, "swapped") for value in swaps - {new})
        yield from (_Candidate({cell: value}, "tenfold") for value in tenfold - {new})
        yield from _neighbours(cell, case)


def _slip(old: Value, new: Value) -> str:
    return "swapped" if new in _swaps(old) else "tenfold" if new in _tenfold(old) else "plain"


def _gap(check: Check, case: CheckContext, cells: list[str]) -> dict[str, Value]:
    """By how much each single cell would have to change."""
    left, right = _sides(check, cells)
    difference = (case.sum(right) or 0) - (case.sum(left) or 0) - _of_last_year(check, case)
    on_right = set(_leaves(right, case))
    return {cell: -difference if cell in on_right else difference for cell in cells}


def _sides(check: Check, cells: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells that add up on either side; what goes out of a stock stands beside it."""
    if isinstance(check, Sum):
        return check.parts, (check.total,)
    if isinstance(check, Carried):
        return (), (check.now,)
    if isinstance(check, StockFlow):
        return check.plus, (check.stock, *check.minus)
    assert isinstance(check, AtMost | AtLeast | Balance)  # noqa: S101  asked by the caller
    if isinstance(check, AtMost) and check.each:
        return tuple(cell for cell in check.left if cell in cells), check.right
    return check.left, check.right


def _of_last_year(check: Check, case: CheckContext) -> Value:
    """What the left side has of last year's file."""
    before = case.previous.numbers if case.previous else {}
    if isinstance(check, Carried):
        return before.get(check.before, 0)
    return before.get(check.stock, 0) if isinstance(check, StockFlow) else 0


def _swaps(value: Value) -> Iterator[Value]:
    digits = show(value)
    if not isinstance(value, int) or len(digits) > 6:
        return
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if swapped != digits and swapped[0] != "0":
            yield int(swapped)


def _tenfold(value: Value) -> Iterator[Value]:
    if value:
        yield value * 10
        if isinstance(value, Decimal):
            yield value / 10
            yield value / 10_000  # yuan typed into a 万元 cell
        elif value % 10 == 0:
            yield value // 10


def _neighbours(cell: str, case: CheckContext) -> Iterator[_Candidate]:
    """The value of this cell stands one row above or below where it belongs."""
    for other in _beside(cell, case.answers.edition):
        here, there = case.numbers[cell], case.numbers.get(other.id)
        if there is None or bool(here) == bool(there) or other.id in case.answers.absent:
            continue
        moved = {cell: there, other.id: here} if here else {other.id: here, cell: there}
        is_aside = other.column != case.answers.edition.cells[cell].column
        yield _Candidate(moved, "aside" if is_aside else "neighbour")


@lru_cache(maxsize=4_000)
def _beside(cell: str, edition: Edition) -> tuple[Indicator, ...]:
    """The cells of the same unit above and below, in a grid also left and right."""
    item = edition.cells.get(cell)
    if item is None:
        return ()
    if not item.grid:
        orders = [[each for each in edition.indicators if not each.grid]]
    else:
        grid = edition.grids_by_id[item.grid]
        lines = (grid.of_row(item.row), grid.of_column(item.column))
        orders = [[each for each in line if not each.computed] for line in lines]
    found: list[Indicator] = []
    for order in orders:
        at = order.index(item)
        found += (*order[max(0, at - 1) : at], *order[at + 1 : at + 2])
    return tuple(each for each in found if each.unit == item.unit)


class _Told(NamedTuple):
    """The first thing that a candidate changes, and all of it as answers."""

    name: str
    old: Value
    new: Value
    choice: Mapping[str, str]


def _told(candidate: _Candidate, case: CheckContext) -> _Told:
    edition = case.answers.edition
    cell, new = next(iter(candidate.changes.items()))
    if candidate.row < 0 or candidate.slip == "row":
        choice = {name: show(value) for name, value in candidate.changes.items()}
        return _Told(edition.name(cell), case.numbers[cell], new, choice)
    owner = edition.owner(cell)
    row, column = case.answers.active[owner].rows[candidate.row], cell.removeprefix(f"{owner}.")
    old = case.answers.items(cell)[candidate.row]
    value = old + new - case.numbers[cell]
    text = format_answer(Answer(({**row, column: value},)), edition.questions[owner])
    return _Told(edition.name(f"{owner}[{called(row)}]"), old, value, {owner: text})


def _say(candidates: list[_Candidate], case: CheckContext, sentences: Sentences) -> Iterator[Fix]:
    """Put candidates into words; equal changes of several cells become one proposal."""

    def group_key(candidate: _Candidate) -> tuple[str, str]:
        told = _told(candidate, case)
        is_plain = candidate.slip == "plain"
        return candidate.slip, str(told.new - told.old) if is_plain else str(told.choice)

    for (slip, _), group in groupby(candidates, key=group_key):
        members = list(group)
        told, first = [_told(each, case) for each in members], members[0]
        change = Decimal(told[0].new) - told[0].old
        names = [each.name for each in told[: 1 if len(told) > _NAMED else None]]
        cell = next(iter(first.changes))
        is_out = slip == "row"
        sentence = sentences.say(
            f"fixes.{slip}",
            names="".join(f"「{name}」" for name in names),
            count=len(members),
            is_one=len(members) == 1,
            old=show(told[0].old),
            new=show(told[0].new),
            amount=show(abs(int(change)) if change == int(change) else abs(change)),
            more=change > 0,
            other=case.answers.edition.name(list(first.changes)[-1]),
            row=case.rows(cell)[first.row][0] if is_out else "",
        )
        yield Fix(() if is_out else tuple(each.choice for each in told), sentence)
