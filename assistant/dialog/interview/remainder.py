"""What a binding balance still leaves for the cells that a question stands among."""

from collections.abc import Iterator
from typing import NamedTuple

from assistant.dialog.interview.state import Interview
from assistant.form.model import Balance, Edition, Question
from assistant.intents import row_at_hand
from assistant.values import Value
from assistant.values.print_format import show


class _Rest(NamedTuple):
    """What a binding balance still leaves for the cells of its right side."""

    left: tuple[str, ...]
    whole: Value
    given: Value

    @property
    def said(self) -> dict[str, object]:
        return {"rest": show(abs(self.whole - self.given)), "is_over": self.given > self.whole}


def balance_lines(interview: Interview, question: Question) -> Iterator[str]:
    """What is left of each column where a whole row can be answered; elsewhere of this one."""
    edition = interview.edition
    cells = row_at_hand(question, edition, interview.answers.absent)
    if len(cells) > 1 and question is cells[0]:
        columns = edition.grids_by_id[cells[0].grid].columns
        said = {column.id: column.said for column in columns}
        rests = [(cell, rest) for cell in cells for rest in _rests(interview, cell)]
        if len(rests) > 1:
            parts = [
                interview.say("column_left", column=said[cell.column], unit=cell.unit, **rest.said)
                for cell, rest in rests
            ]
            yield interview.say("columns_left", columns="、".join(parts))
            return
    for rest in _rests(interview, question):
        yield interview.say(
            "balance_left",
            names="、".join(edition.name(cell) for cell in rest.left),
            whole=show(rest.whole),
            given=show(rest.given),
            unit=edition.unit(question.id),
            **rest.said,
        )


def _rests(interview: Interview, question: Question) -> Iterator[_Rest]:
    edition, numbers = interview.edition, interview.answers.numbers
    for check in edition.rules_of.get(question.id, ()):
        if not isinstance(check, Balance) or check.level != "error":
            continue
        left, right = check.left, _worked_out(edition, check.right)
        is_known = all(cell in numbers and cell not in edition.sums for cell in left)
        if question.id not in right or not is_known:
            continue
        whole = sum((numbers[cell] for cell in left), 0)
        given = sum((numbers[cell] for cell in right if cell in numbers and cell != question.id), 0)
        yield _Rest(left, whole, given)


def _worked_out(edition: Edition, cells: tuple[str, ...]) -> tuple[str, ...]:
    """The asked cells that some cells are made of."""
    found: list[str] = []
    for cell in cells:
        parts = edition.sums.get(cell)
        found += _worked_out(edition, parts) if parts else (cell,)
    return tuple(found)
