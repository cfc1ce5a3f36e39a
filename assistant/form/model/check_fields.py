"""What every check has: code, level, source, examples; operands and conditions."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from assistant.form.model.questions import Basis, Strict
from assistant.messages.findings import Level

_ATOM = re.compile(r"([a-z_*][a-z0-9_.*]*)\s*(>=|>|=)\s*([a-z_*][a-z0-9_.*]*|[0-9]{1,12})")


class Atom(NamedTuple):
    """A condition: `x>0`, `x=0`, `x=y`, `year>=2018`, `choice=option`."""

    left: str
    operator: Literal[">", "=", ">="]
    right: str


def _read_atom(text: object) -> Atom:
    match = _ATOM.fullmatch(str(text))
    if match is None:
        raise ValueError(text)
    left, operator, right = match.groups()
    is_allowed = (operator == ">=") == (left == "year") and (operator != ">" or right == "0")
    if not is_allowed:
        raise ValueError(text)
    return Atom(left, operator, right)  # type: ignore[arg-type]


Atoms = tuple[Annotated[Atom, BeforeValidator(_read_atom)], ...]
Operand = Annotated[str, Field(pattern=r"^(?:[a-z_*][a-z0-9_.*]*|[0-9]{1,12}(?:\.[0-9]{1,6})?)$")]
Operands = Annotated[tuple[Operand, ...], Field(min_length=1)]
"""Ids of indicators or numeric facts, `list.column` for the sum of a list, or constants.

A `*` runs over all rows or columns for which every operand of the check exists:
`total: "*.total"`, `parts: ["*.upheld", "*.pending"]` is one sum for each row of a grid.
"""


_OPERANDS = frozenset(
    {"total", "parts", "left", "right", "cells", "now", "before", "stock", "plus", "minus"}
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
    answers: dict[str, Any] = Field(default_factory=dict)
    previous: dict[str, Any] = Field(default_factory=dict)
    year: int | None = None


class CheckEntry(Strict):
    """What every check has."""

    code: Annotated[str, Field(pattern=r"^[A-Z]\d\d$")]
    variant: str = ""
    """Tells two entries of one code apart; part of the key of the finding."""
    level: Level
    source: Source
    say: str = ""
    """Its own sentence; without one the sentence of its kind is used."""
    on_missing: Literal["wait", "fail"] = "wait"
    """With an operand missing: wait for it, or count it as zero and judge."""
    reasons: tuple[str, ...] = ()
    """Reasons that are often the case where the check wants one; the person may write another."""
    passes: Example
    fails: Example
    at: Annotated[str, Field(max_length=0)] = ""
    """What `*` stands for, where the entry runs over rows or columns; never written in data."""

    @property
    def operands(self) -> tuple[str, ...]:
        """Every cell the check looks at, constants and options of conditions among them."""
        return ()

    def renamed(self, rename: Callable[[str], str]) -> Self:
        """The same check of other operands."""
        fields: dict[str, object] = {}
        for name in _OPERANDS & type(self).model_fields.keys():
            value = getattr(self, name)
            fields[name] = rename(value) if isinstance(value, str) else tuple(map(rename, value))
        for name in _CONDITIONS & type(self).model_fields.keys():
            fields[name] = tuple(
                Atom(rename(atom.left), atom.operator, rename(atom.right))
                for atom in getattr(self, name)
            )
        return self.model_copy(update=fields)

    @model_validator(mode="after")
    def _wants_reasons(self) -> "CheckEntry":
        if self.reasons and self.level != "confirm":
            raise ValueError("reasons")
        return self

    @property
    def key(self) -> str:
        """Code with variant, for example `T02.categories`."""
        return f"{self.code}.{self.variant}" if self.variant else self.code
