"""The labels of a form as published: a hash of each table, and where they were taken from."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Annotated

from assistant.form.entry import Limits, Strict
from assistant.form.model.grids import Grid
from assistant.form.model.questions import Indicator, Row

_DIGITS = 16
"""Of a hash: enough to notice a slip, which is all that it is for."""


class OfficialLabels(Strict):
    """The labels of every table as they were when somebody held them against their source."""

    source: str
    sha256: dict[str, Annotated[str, Limits(pattern=rf"^[0-9a-f]{{{_DIGITS}}}$")]]
    """By table, as `label_hashes` makes them."""


def label_hashes(rows: Iterable[Row], grids: Iterable[Grid]) -> Mapping[str, str]:
    """The first 16 digits of the SHA-256 of what each table prints but for numbers, line by line.

    Args:
        rows: Those of the annex; each of its parts counts as a table, by the id of its first row.
        grids: The tables of the sections, by their ids.
    """
    printed: dict[str, list[str]] = {}
    parts: dict[str, str] = {}
    for row in rows:
        part = parts[row.id] = parts.get(row.parent, row.id)
        unit = row.unit if isinstance(row, Indicator) else ""
        printed.setdefault(part, []).append(f"{row.number}\t{row.label}\t{unit}")
    for grid in grids:
        printed[grid.id] = [
            f"{grid.title}\t{grid.stub}\t{grid.over}",
            *(f"{column.group}\t{column.label}" for column in grid.columns),
            *(f"{row.number}\t{row.label}" for row in grid.rows),
        ]
    return {
        name: sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]
        for name, lines in printed.items()
    }
