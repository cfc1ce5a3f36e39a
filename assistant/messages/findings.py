"""What checks and readers say of given answers: values, never exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MOST = 300
"""Findings of one check of own text that are told one by one; of the others how many there are."""

Level = Literal["error", "confirm", "notice"]
LEVELS: tuple[Level, ...] = ("error", "confirm", "notice")


@dataclass(frozen=True, slots=True)
class Fix:
    """One likely correction of a failed check."""

    choices: tuple[Mapping[str, str], ...]
    """New printed values by cell, `({"received_in_person": "3"},)`, of a list the changed row,
    `{"categories": "动态类 38"}`; several where one of several cells may be wrong, none where no
    answer alone can be changed."""
    sentence: str
    """The proposal in words."""

    @property
    def changes(self) -> Mapping[str, str]:
        """The one change it means; empty where it leaves a choice."""
        return self.choices[0] if len(self.choices) == 1 else {}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct, to confirm with a reason, or to note."""

    code: str
    """Permanent code of the rule, for example `R01`."""
    key: str
    """Code with the variant and cell it speaks of: `L03.channel_wechat`; acknowledged by it."""
    level: Level
    sentence: str
    cells: tuple[str, ...] = ()
    """Ids of the answers to look at, in the order of the form."""
    excerpt: str = ""
    """The sentence of own text that it speaks of."""
    arithmetic: str = ""
    """The sum that was made, for example `0+0+0+0=0≠3`."""
    fixes: tuple[Fix, ...] = ()
    """Likely corrections, best first; several of equal rank are all given."""
    reasons: tuple[str, ...] = ()
    """Reasons that are often the case, to choose from."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What an acknowledgement of this finding excuses: printed value by cell."""
    reason: str = ""
    """The written reason that acknowledges it; empty when nobody gave one."""
    expired_reason: str = ""
    """A reason given for other values than today's; it no longer counts."""
    excused: Mapping[str, str] = field(default_factory=dict)
    """The values that the expired reason was given for."""
    basis: str = ""
    """Nature of what the rule rests on: `form`, `article`, `local`, `inferred`; empty for files."""
    source: str = ""
    """What the rule rests on, in words."""
    line: int = 0
    """Line of the answer file; 0 when it speaks of no single line."""

    @property
    def choices(self) -> tuple[Mapping[str, str], ...]:
        """Every change that may be taken, the likely one first."""
        return tuple(choice for fix in self.fixes for choice in fix.choices)

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of a final report."""
        return self.level == "error" or self.wants_reason

    @property
    def wants_reason(self) -> bool:
        """Whether it may stand, but only with a reason that is not given yet."""
        return self.level == "confirm" and not self.reason
