"""The closed set of checks; there is no expression language."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from assistant.form.model.check_fields import Atoms, CheckEntry, Operands


class Sum(CheckEntry):
    """The total equals the sum of its parts."""

    kind: Literal["sum"]
    total: str
    parts: Operands
    reasons_over: tuple[str, ...] = ()
    """Reasons that can be the case only where the parts make more than the total."""
    reasons_under: tuple[str, ...] = ()
    """The same where they make less."""

    @property
    def operands(self) -> tuple[str, ...]:
        """Total and parts."""
        return (self.total, *self.parts)


class AtMost(CheckEntry):
    """The left sum is at most the right sum; with `each`, every left operand by itself."""

    kind: Literal["at_most"]
    left: Operands
    right: Operands
    each: bool = False
    left_times: Annotated[Decimal, Field(ge=Decimal("0.000001"), le=1_000_000)] = Decimal(1)
    """What brings the left side to the unit of the right: 0.0001 from 元 to 万元."""

    @property
    def operands(self) -> tuple[str, ...]:
        """Both sides."""
        return (*self.left, *self.right)


class AtLeast(CheckEntry):
    """The left sum is at least the right sum."""

    kind: Literal["at_least"]
    left: Operands
    right: Operands

    @property
    def operands(self) -> tuple[str, ...]:
        """Both sides."""
        return (*self.left, *self.right)


class Balance(CheckEntry):
    """The left sum equals the right sum, neither being the total of the other."""

    kind: Literal["balance"]
    left: Operands
    right: Operands

    @property
    def operands(self) -> tuple[str, ...]:
        """Both sides."""
        return (*self.left, *self.right)


class Needs(CheckEntry):
    """When all of these hold, then at least one of those must."""

    kind: Literal["needs"]
    when: Atoms
    then: Atoms

    @property
    def operands(self) -> tuple[str, ...]:
        """Both sides of every condition."""
        atoms = (*self.when, *self.then)
        return tuple(side for atom in atoms for side in (atom.left, atom.right))


class Unusual(CheckEntry):
    """A change against last year beyond a ratio and a floor."""

    kind: Literal["unusual"]
    cells: Operands
    ratio: Annotated[Decimal, Field(ge=0, le=1_000_000)]
    """Largest usual change, as a share of last year's value."""
    floor: Annotated[Decimal, Field(ge=0, le=1_000_000_000_000)]
    """Changes up to this many units are never unusual."""

    @property
    def operands(self) -> tuple[str, ...]:
        """The cells compared."""
        return self.cells


class Carried(CheckEntry):
    """A cell equals one of last year's file: what was carried over then is there now."""

    kind: Literal["carried"]
    now: str
    before: str
    """The cell of last year's file."""

    @property
    def operands(self) -> tuple[str, ...]:
        """The cell of this year, and the cell that is looked up in last year's file."""
        return (self.now, self.before)


class StockFlow(CheckEntry):
    """A stock equals last year's stock and what came in, without what went out."""

    kind: Literal["rolled"]
    stock: str
    plus: Operands
    minus: Operands

    @property
    def operands(self) -> tuple[str, ...]:
        """The stock and its changes."""
        return (self.stock, *self.plus, *self.minus)


class Length(CheckEntry):
    """The text of one section has at most so many characters; judged on the written report."""

    kind: Literal["length"]
    level: Literal["notice"]
    """Only a notice: whether the report is a draft is known before it is measured."""
    section: Annotated[int, Field(ge=1)]
    limit: Annotated[int, Field(ge=1, le=1_000_000)]


class BeginsWith(CheckEntry):
    """A text answer begins with none of some words: the name of a place the form is not for."""

    kind: Literal["begins_with"]
    cell: str
    words: Annotated[tuple[str, ...], Field(min_length=1)]

    @property
    def operands(self) -> tuple[str, ...]:
        """The answer it looks at."""
        return (self.cell,)


class AllOf(CheckEntry):
    """What own text says of all there were, 均按时办结, holds of as many as there were."""

    kind: Literal["text_all"]
    about: Annotated[tuple[str, ...], Field(min_length=1)]
    """Words of which one tells that the text speaks of what the whole counts."""
    words: dict[str, Annotated[tuple[str, ...], Field(min_length=2)]]
    """By what may be said the part, and behind it the cells that make up the whole."""

    @property
    def operands(self) -> tuple[str, ...]:
        """Every part and whole."""
        return tuple(cell for cells in self.words.values() for cell in cells)


class Inspection(CheckEntry):
    """A check without operands: it looks at the states of answers or at own text."""

    kind: Literal[
        "missing",  # a required answer is missing or 暂缺
        "provisional",  # an answer is marked 待核实
        "signed",  # the signature date lies before the end of the year or after the deadline
        "text_number",  # a number of own text names an indicator and differs from it
        "text_denied",  # own text says there was none of what the table counts
        "text_list",  # a list of own text does not add up to the total it names
        "text_share",  # a share cannot be recomputed, or a year is not the report's
        "text_vague",  # a vague number stands beside an exact cell
        "text_law",  # a law or format document does not fit the report year
        "text_doubled",  # doubled words or marks
        "text_empty",  # no own text at all
        "text_marks",  # half-width marks, or a last sentence without its full stop
        "text_repeated",  # own text equal to last year's
    ]


Check = Annotated[
    Sum
    | AtMost
    | AtLeast
    | Balance
    | Needs
    | Unusual
    | Carried
    | StockFlow
    | Length
    | BeginsWith
    | AllOf
    | Inspection,
    Field(discriminator="kind"),
]
