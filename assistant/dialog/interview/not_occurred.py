"""Cells that are zero because their row or column did not occur: never silently."""

from collections.abc import Iterator

from assistant.answers import Answers
from assistant.dialog.interview.progress import part_title
from assistant.dialog.interview.state import Interview
from assistant.messages.events import Event


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


def without_absent(
    interview: Interview, entries: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Entries without zeros of cells that are zero already because they did not occur."""
    absent = interview.answers.absent
    return tuple(each for each in entries if each[0] not in absent or each[1].strip("0０"))
