"""What a check looks at: one set of answers, last year's beside it, and what own text says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from assistant.answers import Answers
from assistant.checks.claims import (
    NumberClaim,
    Sentence,
    WordClaim,
    denials,
    number_claims,
    sentences_of,
    wholes,
)
from assistant.form.model import AllOf, Atom, Option
from assistant.values import Value
from assistant.values.print_format import show


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which a check does not hold."""

    cells: tuple[str, ...]
    """Answers to look at."""
    arithmetic: str = ""
    suffix: str = ""
    """Tells failures of one check apart in the key of the finding."""
    details: Mapping[str, object] = field(default_factory=dict)
    """What the sentence names."""
    excuses: Mapping[str, str] = field(default_factory=dict)
    """What an acknowledgement is tied to, where that is not the printed cells: an excerpt."""
    reasons: tuple[str, ...] = ()
    """Reasons that can be the case where the check fails in this way."""


class OwnText:
    """The body's own text, taken apart once for all checks, when the first of them asks."""

    def __init__(self, answers: Answers) -> None:
        """Name the answers that the text stands in; nothing is taken apart yet."""
        self._answers = answers
        self._wholes: dict[str, list[tuple[str, WordClaim]]] = {}

    @cached_property
    def passages(self) -> Mapping[str, str]:
        """By question: a text, or the lines of a list, one below the other."""
        found: dict[str, str] = {}
        for fact in self._answers.edition.facts:
            value = self._answers.value(fact.id) if fact.span == "own" else None
            if isinstance(value, str):
                found[fact.id] = value
            elif isinstance(value, tuple) and fact.kind == "list":
                rows = (row for row in value if isinstance(row, dict))
                lines = (entry for row in rows for entry in row.values() if isinstance(entry, str))
                found[fact.id] = "\n".join(lines)
        return found

    @cached_property
    def sentences(self) -> list[tuple[str, Sentence]]:
        """Every sentence with the question it answers."""
        return [
            (slot, sentence)
            for slot, text in self.passages.items()
            for sentence in sentences_of(text)
        ]

    @cached_property
    def numbers(self) -> list[tuple[str, NumberClaim]]:
        """Every number that states a cell of the report year."""
        edition, year = self._answers.edition, self._answers.year
        return [
            (slot, claim)
            for slot, sentence in self.sentences
            for claim in number_claims(sentence, edition, year)
        ]

    @cached_property
    def counted(self) -> frozenset[tuple[str, str, str]]:
        """Question, sentence and cell of every such number."""
        return frozenset(
            (slot, claim.sentence, cell) for slot, claim in self.numbers for cell in claim.cells
        )

    @cached_property
    def denials(self) -> list[tuple[str, WordClaim]]:
        """Everything that there is said to be none of."""
        edition, year = self._answers.edition, self._answers.year
        return [
            (slot, claim)
            for slot, sentence in self.sentences
            for claim in denials(sentence, edition, year)
        ]

    def wholes(self, check: AllOf) -> list[tuple[str, WordClaim]]:
        """Everything that is said of all, in the words of a check."""
        if check.key not in self._wholes:
            self._wholes[check.key] = [
                (slot, claim)
                for slot, sentence in self.sentences
                for claim in wholes(sentence, check, self._answers.year)
            ]
        return self._wholes[check.key]


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The answers under check with their numbers at hand."""

    answers: Answers
    previous: Answers | None
    numbers: Mapping[str, Value]
    own: OwnText
    items: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    """Changed rows of list columns, for trying out a correction."""

    def number(self, operand: str, *, missing_is_zero: bool = False) -> Value | None:
        """The number of an operand, constants included; `None` when it is missing."""
        found = self.numbers.get(operand)
        if found is not None:
            return found
        if operand[0].isdigit():
            return Decimal(operand) if "." in operand else int(operand)
        return 0 if missing_is_zero else None

    def sum(self, operands: tuple[str, ...], *, missing_is_zero: bool = False) -> Value | None:
        """The sum of operands; `None` when one is missing."""
        total: Value = 0
        for operand in operands:
            number = self.number(operand, missing_is_zero=missing_is_zero)
            if number is None:
                return None
            total += number
        return total

    def terms(self, operands: tuple[str, ...]) -> str:
        """The operands as a printed sum, list columns row by row: `22+112+11+10`."""
        shown: list[str] = []
        for operand in operands:
            rows = self.items.get(operand) or self.answers.items(operand)
            number = self.number(operand, missing_is_zero=True)
            values = rows if operand not in self.answers.edition.cells and rows else (number,)
            shown += [show(value) for value in values if value is not None]
        return "+".join(shown)

    def rows(self, operand: str) -> tuple[tuple[str, Value], ...]:
        """The rows of a list column with their first words, 政府网站 80; empty for any other."""
        owner = self.answers.edition.owner(operand)
        rows = self.answers.value(owner) if owner != operand else None
        words = (
            next((each for each in row.values() if isinstance(each, str)), "")
            for row in (rows if isinstance(rows, tuple) else ())
            if isinstance(row, dict)
        )
        return tuple(zip(words, self.answers.items(operand), strict=False))

    def worked(self, operands: tuple[str, ...]) -> str:
        """The printed sum with its result, `0+39=39`; a single number alone."""
        terms = self.terms(operands)
        if "+" not in terms:
            return terms
        return f"{terms}={show(self.sum(operands, missing_is_zero=True) or 0)}"

    def holds(self, atom: Atom) -> bool | None:
        """Whether a condition holds; `None` when it cannot be said yet."""
        if atom.left == "year":
            return self.answers.year >= int(atom.right)
        chosen = self.answers.value(atom.left)
        if isinstance(chosen, Option):
            return chosen.id == atom.right
        left, right = self.number(atom.left), self.number(atom.right)
        if left is None or right is None:
            return None
        return left > right if atom.operator == ">" else left == right

    def changed(self, changes: Mapping[str, Value]) -> "CheckContext":
        """The same case with other numbers and the totals that follow, to try out a correction."""
        numbers = {**self.numbers, **changes}
        for cell, new in changes.items():
            for total in self.answers.edition.totals.get(cell, ()):
                if total in numbers:
                    numbers[total] += new - self.numbers.get(cell, 0)
        return replace(self, numbers=numbers)
