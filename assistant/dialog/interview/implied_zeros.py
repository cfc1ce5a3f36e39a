"""Cells that are zero without being asked: by a total of zero, or where nothing occurred."""

from collections.abc import Iterator
from functools import lru_cache

from assistant.answers import Answer, Answers
from assistant.dialog.interview.progress import is_open, part_title
from assistant.dialog.interview.state import Interview
from assistant.form.model import AtMost, Edition, Indicator, Sum
from assistant.intents import Answered, Entries, row_at_hand
from assistant.messages.events import Event


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
        part: Answer(answers.edition.zeros[part])
        for part in _all_parts(answers.edition, total)
        if part not in answers.given
    }


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


def about_absent(interview: Interview, answers: Answers) -> Iterator[Event]:
    """How many cells a choice leaves at zero, or has to be asked now.

    Args:
        interview: The conversation before the choice.
        answers: The answers with it.
    """
    before, after = interview.answers.absent, answers.absent
    if after - before:
        fact = next(
            name
            for name in _choices(interview, after - before)
            if interview.answers.given.get(name) != answers.given.get(name)
        )
        name = interview.edition.name(fact)
        yield Event("note", interview.say("absent", count=len(after - before), name=name))
    wanted = [name for name in before - after if name not in answers.given]
    if wanted:
        yield Event("note", interview.say("no_longer_absent", count=len(wanted)))


def absent_line(interview: Interview, title: str) -> Iterator[str]:
    """The cells of a part that are zero by a choice, in one line."""
    edition, sentences = interview.edition, interview.sentences
    cells = frozenset(
        cell for cell in interview.answers.absent if part_title(edition, cell, sentences) == title
    )
    if cells:
        names = "」「".join(map(edition.name, _choices(interview, cells)))
        yield interview.say("absent_line", count=len(cells), names=names)


def _choices(interview: Interview, cells: frozenset[str]) -> list[str]:
    """The facts that some cells hang on, in the order of asking."""
    conditions = interview.edition.conditions
    found = {fact for cell in cells for fact, _ in conditions[cell]}
    return [name for name in interview.edition.questions if name in found]


def rest_of_row(interview: Interview, meant: Answered) -> Entries:
    """Zeros for the columns of an empty row that a line did not name: 自然人1, and no others."""
    answers = interview.answers
    cells = row_at_hand(interview.question, interview.edition, answers.absent)
    named = {name for name, _ in meant.entries}
    are_numbers = all(
        isinstance(each, Answer) and each.value is not None for each in meant.read.values()
    )
    is_first = bool(cells) and interview.question is cells[0]
    is_meant = meant.names_columns and is_first and are_numbers and bool(named)
    if not is_meant or any(not is_open(answers, cell.id) for cell in cells):
        return ()
    return tuple((cell.id, "0") for cell in cells if cell.id not in named)


def without_absent(interview: Interview, entries: Entries) -> Entries:
    """Entries without zeros of cells that are zero already because they did not occur."""
    absent = interview.answers.absent
    return tuple(each for each in entries if each[0] not in absent or each[1].strip("0０"))
