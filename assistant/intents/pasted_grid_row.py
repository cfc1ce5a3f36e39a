"""A pasted line of a table with several columns of numbers: its label and its figures."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.form.model import Edition, Indicator
from assistant.intents.question_index import bare, unnumbered
from assistant.values import Refusal, Value, read

NOTHING = frozenset({"", "-", "－", "—", "–", "/", "／"})
"""What stands in a cell for nothing."""

_LONGEST = 200
"""Characters of a label with the headings before it; the forms have a quarter of it."""
Entries = tuple[tuple[str, str], ...]
"""Cells of a row with their figures, empty where there is none."""


def row_of_grid(line: str, edition: Edition) -> tuple[tuple[Indicator, ...], Sequence[str]] | None:
    """The cells of the row that a line repeats, and what stands behind its label."""
    parts = [
        part.strip() for part in (line.split("\t") if "\t" in line else re.split(r"\s+", line))
    ]
    called: list[set[str]] = []
    joined = ""  # merged headings stand before it
    for part in parts[:-1]:
        joined += part if len(joined) <= _LONGEST else ""
        called.append({bare(unnumbered(each)) for each in (part, joined) if len(each) <= _LONGEST})
    for names, cells in _rows(edition):
        for start, labels in enumerate(called, start=1):
            if names & labels:
                return cells, parts[start:]
    return None


@lru_cache(maxsize=8)
def _rows(edition: Edition) -> tuple[tuple[frozenset[str], tuple[Indicator, ...]], ...]:
    """The names of each row, bare, with its cells from left to right; collected once."""
    return tuple(
        (frozenset(map(bare, (row.label, row.short, *row.aliases))), cells)
        for grid in edition.grids
        for row in grid.lines
        if len(cells := tuple(grid.of_row(row.id))) > 1 and not row.computed
    )


def pair(cells: Sequence[Indicator], figures: Sequence[str]) -> Entries | None:
    """The asked cells of a row with their figures; `None` where they do not fit or add up.

    Figures of computed columns are not taken, only compared with the sum of the others.
    """
    asked = [cell for cell in cells if not cell.computed]
    wanted = cells if len(figures) == len(cells) else asked
    if len(figures) != len(wanted):
        return None
    given = {
        cell.id: "" if figure in NOTHING else figure
        for cell, figure in zip(wanted, figures, strict=True)
    }
    values: dict[str, Value] = {}
    for cell in wanted:
        value = read(given[cell.id] or "0", cell.kind, cell.unit)
        if isinstance(value, Refusal):
            return None
        values[cell.id] = value
    whole = sum((values[cell.id] for cell in asked), 0)
    totals = (values[cell.id] for cell in wanted if cell.computed and given[cell.id])
    if any(total != whole for total in totals):
        return None
    return tuple((cell.id, given[cell.id]) for cell in asked)
