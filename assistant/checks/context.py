"""What a check looks at: one set of answers, last year's beside it, and what own text says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from assistant.answers import Answers, FigureValues, Gap, Place, can_be_none, printed_places
from assistant.checks.agreed import Agreement
from assistant.claims.accounts import Account, claims_of, judged
from assistant.claims.binding import as_written
from assistant.claims.line import Sentence, sentences_of
from assistant.form.model import Atom, Option
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
    excuses: Mapping[str, str] | None = None
    """What an acknowledgement is tied to, where that is not the printed cells: an excerpt."""
    accounts: tuple[Account, ...] = ()
    """The numbers of own text that it speaks of; a reason for it makes them the body's own."""
    reasons: tuple[str, ...] = ()
    """Reasons that can be the case where the check fails in this way."""
    agreed: Agreement | None = None
    """The reason given for it, where it is not found by its key."""


class OwnText:
    """The body's own text, taken apart once for all checks, when the first of them asks."""

    def __init__(
        self,
        answers: Answers,
        previous: Answers | None,
        numbers: Mapping[str, Value] | None = None,
    ) -> None:
        """Name the answers that the text stands in; nothing is taken apart yet.

        Beside other numbers than those of the answers it is the text as it would be printed then.
        """
        self._answers, self._previous, self._numbers = answers, previous, numbers

    @cached_property
    def figures(self) -> FigureValues:
        """The figures that the text refers to, and is compared with."""
        return FigureValues(self._answers, self._previous, self._numbers)

    @cached_property
    def written(self) -> Mapping[str, str]:
        """By question, as it stands in the file: a text, or all lines of a list."""
        found: dict[str, str] = {}
        given = self._answers.active
        for fact in self._answers.edition.own_texts:
            answer = given.get(fact.id)
            if answer is None:
                continue
            if isinstance(answer.value, str):
                found[fact.id] = answer.value
            elif isinstance(answer.value, tuple) and fact.kind == "list":
                cells = (cell for row in answer.rows for cell in row.values())
                lines = (cell for cell in cells if isinstance(cell, str))
                found[fact.id] = "\n".join(lines)
        return found

    @cached_property
    def passages(self) -> Mapping[str, str]:
        """The same as printed."""
        return {slot: text for slot, (text, _) in self._printed.items()}

    @cached_property
    def _printed(self) -> Mapping[str, tuple[str, list[Place]]]:
        return {slot: printed_places(text, self.figures) for slot, text in self.written.items()}

    def gaps(self, slot: str) -> Iterator[tuple[Gap, str]]:
        """What stays without a number in a text however the form is filled in, with its name."""
        for gap in self.figures.gaps(self.written[slot]):
            asked = self._answers.edition.asked_in(gap.cells)
            if not any(map(self._is_to_come, asked)):
                yield gap, self.figures.quoted(gap)

    def sentence_with(self, slot: str, words: str) -> str:
        """The first sentence of a text that holds some words; empty for none."""
        told = (each.text for name, each in self.sentences if name == slot)
        return next((text.strip() for text in told if words in text), "")

    def _is_to_come(self, name: str) -> bool:
        """Whether an answer is missing that a final report cannot do without."""
        answers, owner = self._answers, self._answers.edition.owner(name)
        question, answer = answers.edition.questions.get(owner), answers.given.get(owner)
        if question is None or not answers.applies(question):
            return False
        return answer.state not in ("none", "given") if answer else not can_be_none(question)

    @cached_property
    def sentences(self) -> list[tuple[str, Sentence]]:
        """Every sentence with the question it answers."""
        texts = self.passages.items()
        return [(slot, each) for slot, text in texts for each in sentences_of(text)]

    @cached_property
    def accounts(self) -> list[Account]:
        """What becomes of every number, and of words for none and all, in order."""
        claims = claims_of(self._answers, self.passages) if self.written else []
        return judged(claims, self.figures, self._bound) if claims else []

    def as_written(self, slot: str, sentence: Sentence) -> str:
        """A sentence with its references, to which an acknowledgement is tied."""
        places = self._bound.get(slot)
        return as_written(sentence, places) if places else sentence.text

    @cached_property
    def _bound(self) -> dict[str, list[Place]]:
        """By question the places that figures print."""
        return {slot: places for slot, (_, places) in self._printed.items() if places}


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
        answer = self.answers.active.get(owner) if owner != operand else None
        if answer is None:
            return ()
        words = (
            next((each for each in row.values() if isinstance(each, str)), "")
            for row in answer.rows
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
        if atom.operator == ">=":
            return left >= right
        return left > right if atom.operator == ">" else left == right

    def changed(self, changes: Mapping[str, Value]) -> "CheckContext":
        """The same case with other numbers and the totals that follow, to try out a correction."""
        numbers = {**self.numbers, **changes}
        for cell, new in changes.items():
            for total in self.answers.edition.totals.get(cell, ()):
                if total in numbers:
                    numbers[total] += new - self.numbers.get(cell, 0)
        own = OwnText(self.answers, self.previous, numbers)
        return replace(self, numbers=numbers, own=own)
