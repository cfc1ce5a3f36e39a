"""How large an edition may be, so that whatever goes through one comes to an end."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.form.entry import wrong_shape
from assistant.storage.errors import LibraryError

if TYPE_CHECKING:
    from assistant.form.model.edition import Edition

TEMPLATES_LIMIT = 100_000
"""Characters of all templates; those at hand have a tenth of it."""
CELLS_LIMIT = 2_000
"""Numbers of the form; the largest at hand has 200."""
CHECKS_LIMIT = 500
OPERANDS_LIMIT = 1_000_000
"""Operands of all checks, times the cells where a check runs over rows or columns."""


def see_bounds(edition: "Edition") -> None:
    """See that whatever goes through an edition comes to an end.

    Raises:
        LibraryError: It does not.
    """
    for what, count, limit in _counts(edition):
        if count > limit:
            raise LibraryError("library_bound", path=edition.folder, what=what, limit=limit)
    seen = {""}
    for row in (*(row for grid in edition.grids for row in grid.rows), *edition.rows):
        if row.parent not in seen:
            path = Path(edition.folder) / "table"
            raise wrong_shape(path, f"{row.id} → parent → {row.parent}", "parent")
        seen.add(row.id)


def _counts(edition: "Edition") -> Iterator[tuple[str, int, int]]:
    inside = sum(len(grid.lines) * len(grid.columns) for grid in edition.grids)
    cells = inside + len(edition.rows)
    operands = sum(
        len(check.operands) * (cells if any("*" in each for each in check.operands) else 1)
        for check in edition.checks
    )
    yield "templates", sum(map(len, edition.templates.values())), TEMPLATES_LIMIT
    yield "cells", cells, CELLS_LIMIT
    yield "checks", len(edition.checks), CHECKS_LIMIT
    yield "operands", operands, OPERANDS_LIMIT
