"""What a total of zero says of its parts, only by rules that bind."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.answers import Answer, Answers
from assistant.form.model import AtMost, Edition, Indicator, Sum
from assistant.values import Value


@lru_cache(maxsize=4_000)
def parts_of(edition: Edition, total: str) -> tuple[str, ...]:
    """The cells that can only be zero when this one is, those of the form alone.

    They follow from checks of level `error` that are a `sum` or an `at_most`.
    """
    found: list[str] = []
    for check in edition.rules:
        if check.level != "error":
            continue
        if isinstance(check, Sum) and check.total == total:
            found += check.parts
        elif isinstance(check, AtMost) and check.right == (total,):
            found += check.left
    wanted = [name for name in found if isinstance(edition.questions.get(name), Indicator)]
    return tuple(dict.fromkeys(wanted))


def _all_parts(edition: Edition, total: str) -> Iterator[str]:
    for part in parts_of(edition, total):
        yield part
        yield from _all_parts(edition, part)


def filled(answers: Answers, total: str) -> dict[str, Answer]:
    """The zeros that follow from a total of zero, for parts without an answer."""
    if answers.numbers.get(total) != 0:
        return {}
    return {
        part: Answer(_zero(answers.edition, part))
        for part in _all_parts(answers.edition, total)
        if part not in answers.given
    }


def _zero(edition: Edition, name: str) -> Value:
    return Decimal(0) if edition.questions[name].kind == "amount" else 0


def followers(answers: Answers) -> frozenset[str]:
    """The parts that a total of zero may have filled, in a file that does not say which it did."""
    numbers = answers.numbers
    return frozenset(
        part
        for total in answers.given
        if numbers.get(total) == 0
        for part in _all_parts(answers.edition, total)
        if numbers.get(part) == 0
    )


def withdrawn(before: Answers, after: Answers, total: str) -> tuple[str, ...]:
    """Parts that were zero only because their total was, and must be asked again."""
    if before.numbers.get(total) != 0 or after.numbers.get(total) == 0:
        return ()
    parts = tuple(_all_parts(after.edition, total))
    if any(after.numbers.get(part) for part in parts):
        return ()
    return tuple(part for part in parts if part in after.numbers)


def group_of(edition: Edition, name: str) -> tuple[str, tuple[str, ...]] | None:
    """The binding sum a cell is part of: its total and all parts; `None` when in none."""
    for check in edition.rules:
        if isinstance(check, Sum) and check.level == "error" and name in check.parts:
            if check.total in edition.sums:
                continue  # worked out, so that nothing is left of it
            return check.total, check.parts
    return None


def siblings(edition: Edition, name: str) -> tuple[str, ...]:
    """The cells of the same group: parts of one sum, or rows under one row of the form."""
    group = group_of(edition, name)
    if group is not None:
        return group[1]
    parents = {row.id: row.parent for row in edition.indicators}
    if name not in parents:
        return ()
    return tuple(other for other, parent in parents.items() if parent == parents[name])
