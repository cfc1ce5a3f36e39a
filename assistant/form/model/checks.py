"""The closed set of checks, their operands and conditions; there is no expression language."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import field, replace
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, Self

from assistant.form.entry import KINDS, Limits, Strict
from assistant.form.model.questions import Basis
from assistant.messages.findings import Level

_ATOM = re.compile(r"([a-z_*][a-z0-9_.*]*)\s*(>=|>|=)\s*([a-z_*][a-z0-9_.*]*|[0-9]{1,12})")

POINTED = re.compile(r"\{([a-z_0-9]+)\}")
"""A question that a usual reason points to: 写在“{own_oversight}”里."""


class Atom(NamedTuple):
    """A condition: `x>0`, `x=0`, `x=y`, `year>=2018`, `choice=option`; `x>=0` of any answer."""

    left: str
    operator: Literal[">", "=", ">="]
    right: str

    @classmethod
    def read(cls, text: object) -> "Atom":
        """The condition that a text writes.

        Raises:
            ValueError: It writes none.
        """
        match = _ATOM.fullmatch(str(text))
        if match is None:
            raise ValueError(text)
        left, operator, right = match.groups()
        is_allowed = right == "0" or operator == (">=" if left == "year" else "=")
        if not is_allowed:
            raise ValueError(text)
        return cls(left, operator, right)  # type: ignore[arg-type]

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        """How pydantic reads it."""
        from pydantic_core import core_schema  # noqa: PLC0415  as `Limits`

        return core_schema.no_info_plain_validator_function(cls.read)


KINDS["Atom"] = Atom
Atoms = tuple[Atom, ...]
Operand = Annotated[str, Limits(pattern=r"^(?:[a-z_*][a-z0-9_.*]*|[0-9]{1,12}(?:\.[0-9]{1,6})?)$")]
Operands = Annotated[tuple[Operand, ...], Limits(min_length=1)]
"""Ids of indicators or numeric facts, `list.column` for the sum of a list, or constants.

A `*` runs over all rows or columns for which every operand of the check exists:
`total: "*.total"`, `parts: ["*.upheld", "*.pending"]` is one sum for each row of a grid.
"""


_OPERANDS = frozenset(
    {"total", "parts", "left", "right", "cells", "now", "before", "stock", "plus", "minus", "some"}
)
"""Fields of checks that hold operands."""
_CONDITIONS = frozenset({"when", "then"})
"""Fields of checks that hold conditions."""


class Source(Strict):
    """What a check rests on."""

    basis: Basis
    text: str


class Example(Strict):
    """Given answers for a check, written like an answer file."""

    complete: bool = False
    """Stands on the answers of `examples/zero.yaml`; otherwise nothing else is given."""
    answers: dict[str, Any] = field(default_factory=dict)
    previous: dict[str, Any] = field(default_factory=dict)
    year: int | None = None


class CheckEntry(Strict):
    """What every check has."""

    code: Annotated[str, Limits(pattern=r"^[A-Z]\d\d$")]
    variant: str = ""
    """Tells two entries of one code apart; part of the key of the finding."""
    level: Level
    source: Source
    say: str = ""
    """Its own sentence; without one the sentence of its kind is used."""
    on_missing: Literal["wait", "fail"] = "wait"
    """With an operand missing: wait for it, or count it as zero and judge."""
    reasons: tuple[str, ...] = ()
    """Reasons that are often the case where the check wants one; the person may write another.

    One with the id of a question in braces cannot hold where that has nothing.
    """
    passes: Example
    fails: Example
    at: Annotated[str, Limits(max_length=0)] = ""
    """What `*` stands for, where the entry runs over rows or columns; never written in data."""
    key: str = field(init=False)
    """Code with variant, for example `T02.categories`."""
    operands: tuple[str, ...] = field(init=False)
    """Every cell the check looks at, constants and options of conditions among them."""

    def renamed(self, rename: Callable[[str], str]) -> Self:
        """The same check of other operands."""
        fields: dict[str, Any] = {}
        for name in _OPERANDS & self.__dataclass_fields__.keys():
            value = getattr(self, name)
            fields[name] = rename(value) if isinstance(value, str) else tuple(map(rename, value))
        for name in _CONDITIONS & self.__dataclass_fields__.keys():
            fields[name] = tuple(
                Atom(rename(atom.left), atom.operator, rename(atom.right))
                for atom in getattr(self, name)
            )
        return replace(self, **fields)

    def __post_init__(self) -> None:
        """Find its key and operands, once only what is to be confirmed has reasons.

        Raises:
            ValueError: Something else has some.
        """
        if self.reasons and self.level != "confirm":
            raise ValueError("reasons")
        key = f"{self.code}.{self.variant}" if self.variant else self.code
        vars(self).update(key=key, operands=tuple(self._look_at()))

    def _look_at(self) -> Iterator[str]:
        """Its operands and both sides of its conditions, in the order of its fields."""
        for name in self.__dataclass_fields__:
            if name in _OPERANDS:
                value = getattr(self, name)
                yield from (value,) if isinstance(value, str) else value
            elif name in _CONDITIONS:
                yield from (
                    side for atom in getattr(self, name) for side in (atom.left, atom.right)
                )


class Sum(CheckEntry):
    """The total equals the sum of its parts."""

    kind: Literal["sum"]
    total: str
    parts: Operands
    reasons_over: tuple[str, ...] = ()
    """Reasons that can be the case only where the parts make more than the total."""
    reasons_under: tuple[str, ...] = ()
    """The same where they make less."""


class AtMost(CheckEntry):
    """The left sum is at most the right sum; with `each`, every operand and list row by itself."""

    kind: Literal["at_most"]
    left: Operands
    right: Operands
    each: bool = False
    left_times: Annotated[Decimal, Limits(ge=Decimal("0.000001"), le=1_000_000)] = Decimal(1)
    """What brings the left side to the unit of the right: 0.0001 from 元 to 万元."""


class AtLeast(CheckEntry):
    """The left sum is at least the right sum."""

    kind: Literal["at_least"]
    left: Operands
    right: Operands


class Balance(CheckEntry):
    """The left sum equals the right sum, neither being the total of the other."""

    kind: Literal["balance"]
    left: Operands
    right: Operands


class Needs(CheckEntry):
    """When all of these hold, then at least one of those must."""

    kind: Literal["needs"]
    then: Atoms
    when: Atoms = ()
    some: tuple[Operand, ...] = ()
    """Numbers of which one at least must be above zero as well; one finding speaks of all."""

    def __post_init__(self) -> None:
        """See that it has a condition.

        Raises:
            ValueError: It has none.
        """
        CheckEntry.__post_init__(self)
        if not (self.when or self.some):
            raise ValueError("when")


class Unusual(CheckEntry):
    """A change against last year beyond a ratio and a floor."""

    kind: Literal["unusual"]
    cells: Operands
    ratio: Annotated[Decimal, Limits(ge=0, le=1_000_000)]
    """Largest usual change, as a share of last year's value."""
    floor: Annotated[Decimal, Limits(ge=0, le=1_000_000_000_000)]
    """Changes up to this many units are never unusual."""


class Carried(CheckEntry):
    """A cell equals one of last year's file: what was carried over then is there now."""

    kind: Literal["carried"]
    now: str
    before: str
    """The cell of last year's file."""


class StockFlow(CheckEntry):
    """A stock equals last year's stock and what came in, without what went out."""

    kind: Literal["rolled"]
    stock: str
    plus: Operands
    minus: Operands


class Length(CheckEntry):
    """The text of one section has at most so many characters; judged on the written report."""

    kind: Literal["length"]
    level: Literal["notice"]
    """Only a notice: whether the report is a draft is known before it is measured."""
    section: Annotated[int, Limits(ge=1)]
    limit: Annotated[int, Limits(ge=1, le=1_000_000)]


class BeginsWith(CheckEntry):
    """A text answer begins with none of some words: the name of a place the form is not for."""

    kind: Literal["begins_with"]
    cell: str
    words: Annotated[tuple[str, ...], Limits(min_length=1)]

    def _look_at(self) -> Iterator[str]:
        yield self.cell


class Among(CheckEntry):
    """The words of a list column name nothing but what was chosen elsewhere."""

    kind: Literal["among"]
    words: str
    """The column, for example `platform_counts.platform`."""
    chosen: str
    """The fact with the options: one fits whose label has the words in it, or stands in them."""

    def _look_at(self) -> Iterator[str]:
        yield from (self.words, self.chosen)


class Inspection(CheckEntry):
    """A check without operands: it looks at the states of answers or at own text."""

    kind: Literal[
        "missing",  # a required answer is missing or 暂缺
        "provisional",  # an answer is marked 待核实
        "signed",  # the signature date lies before the end of the year or after the deadline
        "text_number",  # a number of own text names an indicator and differs from it
        "text_denied",  # own text says there was none of what the table counts
        "text_all",  # own text says of all what the table counts of some
        "text_open",  # a number of own text is not known to be a figure or the body's own
        "text_gap",  # own text refers to a figure that cannot be printed
        "text_change",  # own text says of a change against last year that it goes the other way
        "text_list",  # a list of own text does not add up to the total it names
        "text_share",  # a share cannot be recomputed, or a year is not the report's
        "text_vague",  # a vague number stands beside an exact cell
        "text_law",  # a law or format document does not fit the report year
        "text_doubled",  # doubled words or marks
        "text_empty",  # no own text at all
        "text_marks",  # half-width marks, or a last sentence without its full stop
        "text_repeated",  # own text equal to last year's
        "passage_dropped",  # a passage that an article wants told is left out
        "passage_changed",  # own wording stands for words that the template no longer has
        "passage_calls",  # own wording calls the body otherwise than the rest of the report
        "figures_untold",  # figures that a passage told are told nowhere; judged on the report
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
    | Among
    | Inspection,
    Limits(discriminator="kind"),
]


def expand_wildcards(check: Check, cells: Collection[str]) -> Iterator[Check]:
    """The checks of an entry: itself, or one for each name that its `*` may stand for.

    A name fits when every operand with a `*` exists with it: `new_received.*` and `carried_in.*`
    give one check for each column that both rows have.
    """
    starred = [operand for operand in check.operands if "*" in operand]
    if not starred:
        yield check
        return
    pattern = re.compile("([a-z0-9_]+)".join(map(re.escape, starred[0].split("*", 1))))
    for match in filter(None, map(pattern.fullmatch, cells)):
        name = match[1]
        if all(operand.replace("*", name) in cells for operand in starred):
            yield replace(check.renamed(lambda operand: operand.replace("*", name)), at=name)  # noqa: B023  called at once
