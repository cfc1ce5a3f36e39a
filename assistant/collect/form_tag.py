"""What a collection sheet says of itself in cells nobody sees: form, year, columns, ids."""

import re
from typing import NamedTuple

IN_CELLS = ("count", "amount", "line", "date", "choice")
"""Kinds of answers on the first sheet, each in one cell."""
IN_WORDS = ("choices", "list", "text")
"""Kinds on the second sheet: several options, rows of a list, own text."""
ASKED = (*IN_CELLS, *IN_WORDS)
VALUE, REMARK = "value", "remark"
"""Keys of the columns that are read, in the first row; the ids stand in the first column."""
HEADING = "-"
"""Stands for an id in a row of titles."""
_STAMP = re.compile(r"nianbao-form 1 (?P<edition>[a-z0-9-]+) (?P<year>[12][0-9]{3})")


class FormTag(NamedTuple):
    """Which form a sheet collects, and for which year."""

    edition: str
    year: int

    def __str__(self) -> str:
        """As it stands in the first cell."""
        return f"nianbao-form 1 {self.edition} {self.year}"


def read_stamp(text: str) -> FormTag | None:
    """The stamp that a cell holds, if it is one."""
    match = _STAMP.fullmatch(text.strip())
    return FormTag(match["edition"], int(match["year"])) if match else None


def value_key(number: int) -> str:
    """The key of a column of values: `value`, then `value 2` for the second cell of a row."""
    return VALUE if number == 0 else f"{VALUE} {number + 1}"
