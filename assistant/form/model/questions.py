"""What can be asked: the rows of the official form and the facts the narrative needs."""

import re
from collections.abc import Iterable
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from assistant.form.entry import Limits, Strict
from assistant.values import NUMBERS, TEXT_LIMIT, Kind, Shape

if TYPE_CHECKING:
    from assistant.messages import Sentences

Basis = Literal["form", "article", "local", "inferred"]
_NOTE = re.compile(r"（[^（）]*）$")


class Rule(Strict):
    """A counting rule with what it rests on."""

    text: str
    basis: Basis
    source: str

    def basis_and_source(self, sentences: "Sentences") -> tuple[str, str]:
        """Its basis in words and what its source says beyond it; empty where that is no more."""
        basis = sentences.say(f"bases.{self.basis}")
        return basis, self.source.removeprefix(basis).lstrip("，；")


class Help(Strict):
    """Help in three steps: one line, the counting rule, a worked example."""

    brief: str
    rule: Rule
    example: str

    @classmethod
    def missing(cls) -> "Help":
        """Help that says nothing, for `lint` to complain of."""
        return cls(brief="", rule=Rule(text="", basis="inferred", source=""), example="")


class Printed(Strict):
    """What the printed form says of a row of its own."""

    label: str
    parent: str = ""
    number: str = ""
    printed: tuple[str, ...] = ()
    """Other labels that real tables print for it."""

    @property
    def printed_label(self) -> str:
        """Number and label as the form prints them."""
        return self.number + self.label


class Asked(Strict):
    """What every question has."""

    id: Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
    """A cell of a grid has that of its row, a point and that of its column: `open.natural`."""
    label: str
    ask: str = ""
    """Wanted, with `help`, of every form that can be filled in."""
    help: Help = field(default_factory=Help.missing)
    aliases: tuple[str, ...] = ()
    """Words people use for it in speech and in report sentences."""
    initials: str = ""
    """Pinyin initials, for example `zdgk`."""


class Heading(Printed):
    """A row of the form that takes no value; in a table the rows under it make up a sum."""

    id: str
    kind: Literal["heading"]
    aliases: tuple[str, ...] = ()
    as_whole: str = ""
    """How a sentence says that the rows under it make up the whole, 均不予公开."""


class Indicator(Asked, Printed):
    """One cell of the statistical table."""

    kind: Kind
    unit: str
    short: str
    """The noun phrase of a sentence: 当面申请, as in 当面申请3件."""
    as_part: str = ""
    """The phrase behind 其中, where the total has said the rest; `short` when empty."""
    as_whole: str = ""
    """The words that it makes up the whole total: 均延期办结; 均为 with `as_part` when empty."""
    table_only: bool = False
    """The narrative does not tell it, on purpose."""
    computed: bool = False
    """It is the total of a `sum` of level `error`: shown, never asked, in no answer file."""
    grid: str = ""
    """Id of the grid it is a cell of; empty for a row of its own."""
    row: str = ""
    column: str = ""

    @cached_property
    def name(self) -> str:
        """The label without its bracketed note, for messages."""
        return _NOTE.sub("", self.label)


Row = Annotated[Heading | Indicator, Limits(discriminator="kind")]


class Option(Strict):
    """One of the choices of a fact."""

    id: str
    label: str
    text: str = ""
    """The words the narrative uses for it; empty when templates decide by `id`."""
    also: tuple[str, ...] = ()
    """Other words for it: 其它."""
    answers: tuple[str, ...] = ()
    """Options of the neighbouring column that this one goes with."""
    named: tuple[str, ...] = ()
    """What the names of bodies of this kind end in, 管委会, or begin and end in, 国家…局."""

    def fit(self, name: str) -> int:
        """How many characters of a name say that it is of this kind; 0 for none."""
        ways = (way.partition("…") for way in self.named)
        fits = (
            len(first) + len(last)
            for first, parted, last in ways
            if name.endswith(last or first) and (not parted or name.startswith(first))
        )
        return max(fits, default=0)


class Column(Strict):
    """One column of a list fact."""

    id: str
    label: str
    kind: Literal["line", "choice", "count"]
    unit: str = ""
    options: tuple[Option, ...] = ()
    own: bool = False
    """Whether other words than its options may stand there; they are the body's own text."""
    goes_with: str = ""
    """The choice column to the left that decides which options fit."""
    unique: bool = False
    """Whether two rows with the same entry are refused."""
    before_number: bool = False
    """Whether the narrative prints a number directly behind it."""
    titled: bool = False
    """Whether the narrative puts 《》 around it; typed with these it is kept without."""

    def options_with(self, partner: Option) -> tuple[Option, ...]:
        """The options that go with one chosen in the column to the left."""
        return tuple(option for option in self.options if partner.id in option.answers)


class Fact(Asked):
    """A non-statistical answer: a name, a date, a choice, a list, own text."""

    kind: Literal["line", "text", "date", "choice", "choices", "list", "count", "amount"]
    span: Literal["contact", "own"] = "own"
    """What its text counts as in the narrative; own text is read for numbers by the checks."""
    shape: Shape | None = None
    """What a line must look like, for example a postcode; None for any words."""
    longest: Annotated[int, Limits(ge=1, le=TEXT_LIMIT)] = TEXT_LIMIT
    """Characters that a line may have."""
    unit: str = ""
    before_number: bool = False
    """Whether the narrative prints a number directly behind it."""
    required: bool = True
    place: str = "before"
    """Asked `before` or `after` the form, or directly before the grid of this id."""
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Asked only when each of these facts has one of these options, `{"leading_group":
    ["established"]}`; without an option, when it has no answer or none that says anything."""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    at_least: int = 0
    """Smallest number of choices or rows."""
    suggested: tuple[str, ...] = ()
    """Of a line, answers to be chosen by number; any other words may be written as well."""
    or_else: str = ""
    """The fact whose words templates print where this one is not given."""
    part_of: str = ""
    """The number that it is a part of: 采纳的意见数 of 收到的意见数."""
    as_whole: str = ""
    """How a sentence says that it is all of that, 均已采纳."""
    none_without: str = ""
    """The number without which there is none of it, though it is no part of that: 通知收取金额
    without 收费通知."""
    besides: str = ""
    """Of choices, the own text that takes what was done besides; empty where there is none."""
    seldom: bool = False
    """Whether its answer seldom changes from year to year, so that Enter takes last year's."""
    passage: str = ""
    """The paragraph of the narrative that it rewords or stands beside; empty for a question."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.label

    @property
    def rests_on(self) -> str:
        """The number that it is not asked after when that is zero or untold; empty for none."""
        return self.none_without or self.part_of

    def __post_init__(self) -> None:
        """See that it has what its kind needs.

        Raises:
            ValueError: It lacks that, or has what another kind needs.
        """
        if (self.kind in ("choice", "choices")) != bool(self.options):
            raise ValueError("options")
        if (self.kind == "list") != bool(self.columns):
            raise ValueError("columns")
        if (self.kind in NUMBERS) != bool(self.unit):
            raise ValueError("unit")
        if self.shape and self.kind != "line":
            raise ValueError("shape")
        if self.suggested and self.kind != "line":
            raise ValueError("suggested")
        if self.besides and self.kind != "choices":
            raise ValueError("besides")
        if self.none_without and self.kind not in NUMBERS:
            raise ValueError("none_without")


Question = Indicator | Fact


def options_named(options: Iterable[Option], name: str) -> tuple[Option, ...]:
    """The options that the name of a body says most plainly; several where it leaves it open."""
    fits = [(option.fit(name), option) for option in options if option.named]
    best = max((fit for fit, _ in fits), default=0)
    return tuple(option for fit, option in fits if fit == best > 0)


def bare_quotes(text: str) -> str:
    """Drop quotation marks, which people write or leave out at will: “三公”经费 -> 三公经费."""
    return text.replace("“", "").replace("”", "")
