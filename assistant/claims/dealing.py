"""Numbers dealt out to what was listed before: 予以公开、部分公开分别为51件、18件."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistant.claims.tokens import Token

_JOINING = frozenset({"mark", "with"})
Clause = list[Token]


def dealt_out(clauses: Iterable[tuple[str, Clause]]) -> Iterator[tuple[str, Clause]]:
    """The same clauses, each number behind what it is dealt to, with the words they share.

    What is dealt out may stand in the clause before, 占比分别为. Where names and numbers do not
    match, 分别 is not understood; where each number has a name of its own it says nothing.
    """
    before = Clause()
    for mark, clause in clauses:
        at = next((n for n, token in enumerate(clause) if token.kind == "each"), -1)
        told = _dealt(before, clause, at)
        yield mark, told
        before = before if at == 0 and told is not clause else told


def _items(tokens: Sequence[Token]) -> list[Clause]:
    """What tokens list: what stands before each number, else between 、 and 和."""
    has_numbers = any(token.kind == "number" for token in tokens)
    items, item = list[Clause](), Clause()
    for token in tokens:
        is_joining = token.kind in _JOINING
        if token.kind == "number" or (is_joining and not has_numbers):
            items.append(item)
            item = []
        elif not is_joining:
            item.append(token)
    return [each for each in ([*items] if has_numbers else [*items, item]) if each]


def _dealt(before: Clause, clause: Clause, at: int) -> Clause:
    """A clause with its numbers dealt out; `at` is the place of 分别, -1 where it is not said."""
    numbers = [n for n, token in enumerate(clause) if n > at and token.kind == "number"]
    if not numbers or (at < 0 and len(numbers) == 1):
        return clause
    gaps = [clause[one + 1 : other] for one, other in pairwise(numbers)]
    is_even = bool(gaps) and all(token.kind in _JOINING for gap in gaps for token in gap)
    stop = at if at >= 0 else numbers[0]
    items, lead = _items(clause[:stop]), Clause()
    if len(items) < 2 and not (is_even and at >= 0):
        return clause
    if len(items) < 2:
        items, lead = _items(before), clause[:at]
    if not is_even or len(numbers) != len(items):
        return _misunderstood(clause, at)
    shared, last = [*lead, *clause[stop + 1 : numbers[0]]], clause[numbers[-1]].number
    of_all = _behind_first_word(items[-1])
    told: Clause = []
    for item, gap, n in zip(items, [[], *gaps], numbers, strict=True):
        number = clause[n].number
        if number is not None and last is not None and not number.unit:
            number = number._replace(unit=last.unit)  # 31、16、12件
        tail = of_all if item is not items[-1] else []
        told += [*gap, *item, *tail, *shared, clause[n]._replace(number=number)]
    return told + clause[numbers[-1] + 1 :]


def _misunderstood(clause: Clause, at: int) -> Clause:
    """A clause in which what 分别 deals out is not understood."""
    return [token._replace(kind="unknown") if n == at else token for n, token in enumerate(clause)]


def _behind_first_word(item: Clause) -> Clause:
    """What the last of a list says of all: 制发、废止规范性文件."""
    at = next((n for n, token in enumerate(item) if token.kind == "word"), len(item))
    return item[at + 1 :]
