"""Totals that a person gives beside the figures: held against their sum, and never an answer."""

from collections.abc import Mapping
from typing import NamedTuple

from assistant.dialog.interview.navigation import note
from assistant.dialog.interview.state import Interview
from assistant.intents import Entries, Read
from assistant.messages.events import Event
from assistant.values import Refusal, Value, read
from assistant.values.print_format import show


class Compared(NamedTuple):
    """What is said of some totals."""

    events: tuple[Event, ...]
    differs: bool
    """Whether one of them cannot be right together with the figures."""


class _Total(NamedTuple):
    """A total beside the figures it counts."""

    cell: str
    given: Value
    whole: Value
    """The sum of the figures that are there."""
    missing: int
    """Cells without one."""

    @property
    def state(self) -> str:
        """`agrees`, `open` while cells are missing that may make it up, or `differs`."""
        if self.given == self.whole:
            return "agrees"
        return "open" if self.missing and self.given > self.whole else "differs"


def compare_totals(
    interview: Interview, entries: Entries, answers: Mapping[str, Read], totals: Entries
) -> Compared:
    """Compare totals with the sums of the cells they count, those just given first of all.

    Args:
        interview: The conversation before the answers.
        entries: The answers of the line.
        answers: What they were read as, by question.
        totals: The totals with their figures, `(("open.total", "3"),)`.
    """
    numbers: dict[str, Value] = dict(interview.answers.numbers)
    for name, _ in entries:
        value = getattr(answers.get(name), "value", None)
        if isinstance(value, Value):
            numbers[name] = value
    found = [total for each in totals if (total := _work_out(interview, numbers, *each))]
    told = tuple(_say(interview, total) for total in found if total.state != "agrees")
    if not told:
        agreed = (note(interview, "totals_agree", count=len(found)),) if found else ()
        return Compared(agreed, differs=False)
    differs = any(total.state == "differs" for total in found)
    is_one = len(told) == 1
    text = told[0] if is_one else interview.say("totals_compared", count=len(told))
    lines = () if is_one else told
    return Compared((Event("refusal" if differs else "note", text, lines=lines),), differs)


def _work_out(
    interview: Interview, numbers: Mapping[str, Value], cell: str, text: str
) -> _Total | None:
    edition = interview.edition
    given = read(text, edition.cells[cell].kind, edition.cells[cell].unit)
    if isinstance(given, Refusal):
        return None
    parts = tuple(edition.asked_in(edition.bound[cell]))
    known = [numbers[part] for part in parts if part in numbers]
    return _Total(cell, given, sum(known, 0), len(parts) - len(known))


def _say(interview: Interview, total: _Total) -> str:
    edition = interview.edition
    return interview.say(
        "total_differs",
        name=edition.name(total.cell),
        given=show(total.given),
        whole=show(total.whole),
        unit=edition.unit(total.cell),
        missing=total.missing,
    )
