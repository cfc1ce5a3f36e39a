"""Which numbers of own text a written reason makes the body's own, and as long as what holds.

The reason stores the sentence, each number with the cells that stood beside it, and what those
cells said then: `{"own_requests": "结转2件。", "own_requests.2件": "carried_out.total",
"carried_out.total": "2"}`. One that names no number, as earlier versions wrote it, is for all
numbers of its sentence, whatever the table says.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.answers import Acknowledgement, Answers, FigureValues
from assistant.claims.accounts import Account
from assistant.claims.binding import figures_beside
from assistant.messages.findings import MOST
from assistant.values.grouping import grouped
from assistant.values.print_format import show

_NUMBERED = re.compile(r"\.[0-9]+$")
"""What tells the keys of findings with the same rule and cell apart."""
_MARKS = re.compile(r"(?<![0-9])[,.;:!?、。\s]|[,.;:!?、。\s](?![0-9])|[\"'“”‘’]")
"""Marks, but for one between digits."""
_BETWEEN_CELLS = re.compile(r"\+(?=[a-z])")
"""What stands between ids of cells; the name of a row may have a + of its own."""


class Agreement(NamedTuple):
    """The reason that was given for some numbers of a sentence."""

    key: str = ""
    """Where it is stored; empty where nobody gave one."""
    holds: bool = False
    excused: Mapping[str, str] = {}
    """What the table said then of all that is compared with it."""


class Agreements:
    """The reasons that one check was given for the numbers of own texts."""

    def __init__(self, check: str, answers: Answers, figures: FigureValues) -> None:
        """Take the key of the check, and what its reasons are compared with."""
        self._answers, self._figures, self._left = answers, figures, MOST
        self._given = [
            (unnumbered(key).removeprefix(f"{check}."), key, given)
            for key, given in answers.acknowledged.items()
            if key.startswith(f"{check}.")
        ]

    def parted(
        self, sentence: str, told: Sequence[Account]
    ) -> Iterator[tuple[Agreement, Sequence[Account], Mapping[str, str]]]:
        """The open numbers of a sentence by the reason given for them, with what one is tied to.

        Of more than are told as findings it is not looked up.
        """
        parts = grouped((self._reason_for(sentence, each), each) for each in told)
        for (key, holds), numbers in parts.items():
            stored = self._answers.acknowledged[key].values if key else {}
            values = self._values(sentence, numbers, stored) if self._left > 0 else {}
            self._left -= 1
            slot = numbers[0].slot
            then = {cell: each for cell, each in stored.items() if not cell.startswith(f"{slot}.")}
            yield Agreement(key, holds, {**values, **then}), numbers, values

    def _reason_for(self, sentence: str, account: Account) -> tuple[str, bool]:
        """Where the reason for a number is stored, and whether it holds; the last one given."""
        found = ""
        for slot, key, given in self._given:
            if slot != account.slot or not _names(given, account):
                continue
            then = given.values
            is_here = is_same(then.get(slot, ""), sentence)
            cells = _cells_beside(then, account)
            if is_here and all(then.get(cell, "") == self._printed(cell) for cell in cells):
                return key, True
            found = key if is_here or not found else found
        return found, False

    def _values(
        self, sentence: str, numbers: Sequence[Account], stored: Mapping[str, str]
    ) -> dict[str, str]:
        """What a reason for some numbers is tied to; what one was tied to before stays."""
        values = {numbers[0].slot: sentence}
        for each in {_sense(each): each for each in numbers}.values():
            cells = dict.fromkeys(_cells_beside(stored, each))
            cells |= dict.fromkeys(_cells_beside(values, each))
            cells |= dict.fromkeys(figures_beside(each, self._answers, self._figures))
            values[_entry(each)] = "+".join(cells)
            values |= {cell: self._printed(cell) for cell in cells}
        return values

    def _printed(self, cell: str) -> str:
        value = self._figures.sum((cell,))
        return "" if value is None else show(value)


def unnumbered(key: str) -> str:
    """The key of a finding without what tells it from others of the same rule and cell."""
    return _NUMBERED.sub("", key)


def for_one(values: Mapping[str, str], account: Account) -> dict[str, str]:
    """Of what a reason for several numbers is tied to, what one for a single of them is."""
    cells = _cells_beside(values, account)
    return {
        cell: each
        for cell, each in values.items()
        if cell in (account.slot, _entry(account), *cells)
    }


def _sense(account: Account) -> tuple[object, ...]:
    """What numbers have in common that are compared with the same figures."""
    claim = account.claim
    meant = claim.readings, claim.perhaps, claim.like_whole
    return account.cells, claim.written, meant, claim.doubt


def _cells_beside(values: Mapping[str, str], account: Account) -> list[str]:
    told = values.get(_entry(account), "")
    return _BETWEEN_CELLS.split(told) if told else []


def _entry(account: Account) -> str:
    return f"{account.slot}.{_narrow(account.claim.written)}"


def _names(given: Acknowledgement, account: Account) -> bool:
    """Whether a reason is for a number."""
    if any(cell.startswith(f"{account.slot}.") for cell in given.values):
        return _entry(account) in given.values
    return _narrow(account.claim.written) in _narrow(given.values.get(account.slot, ""))


def is_same(stored: str, value: str) -> bool:
    """Whether an excused value is today's; 0.50 and 0.5 are one number, marks change no words."""
    if stored == value:
        return True
    digits = (stored.replace(".", "", 1), value.replace(".", "", 1))
    if all(map(str.isdecimal, digits)):
        return Decimal(stored) == Decimal(value)
    return _bare(stored) == _bare(value) != ""


def _bare(text: str) -> str:
    """A text without marks, full and half width alike."""
    return _MARKS.sub("", _narrow(text))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
