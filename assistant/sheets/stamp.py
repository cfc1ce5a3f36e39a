"""What a collection sheet says of itself in cells nobody sees: form, year, columns, ids."""

import re
from typing import NamedTuple

ASKED = ("count", "amount", "line", "date", "choice")
"""Kinds of answers that one cell can hold; lists and own text are for the conversation."""
VALUE, REMARK = "value", "remark"
"""Keys of the columns that are read, in the first row; the ids stand in the first column."""
_STAMP = re.compile(r"nianbao-form 1 (?P<edition>[a-z0-9-]+) (?P<year>[12][0-9]{3})")


class Stamp(NamedTuple):
    """Which form a sheet collects, and for which year."""

    edition: str
    year: int

    def __str__(self) -> str:
        """As it stands in the first cell."""
        return f"nianbao-form 1 {self.edition} {self.year}"


def read_stamp(text: str) -> Stamp | None:
    """The stamp that a cell holds, if it is one."""
    match = _STAMP.fullmatch(text.strip())
    return Stamp(match["edition"], int(match["year"])) if match else None
