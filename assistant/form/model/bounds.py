"""How large an edition may be, so that whatever goes through one comes to an end."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.form.entry import wrong_shape
from assistant.form.model.checks import Check
from assistant.form.model.grids import Grid
from assistant.form.model.questions import Row
from assistant.storage.errors import LibraryError

TEMPLATES_LIMIT = 100_000
"""Characters of all templates; those at hand have a tenth of it."""
CELLS_LIMIT = 2_000
"""Numbers of the form; the largest at hand has 200."""
CHECKS_LIMIT = 500
OPERANDS_LIMIT = 1_000_000
"""Operands of all checks, times the cells where a check runs over rows or columns."""


def see_bounds(
    folder: str,
    grids: Sequence[Grid],
    rows: Sequence[Row],
    checks: Sequence[Check],
    templates: Iterable[str],
) -> None:
    """See that whatever goes through an edition with these parts comes to an end.

    Raises:
        LibraryError: It does not.
    """
    cells = sum(len(grid.lines) * len(grid.columns) for grid in grids) + len(rows)
    operands = sum(
        len(check.operands) * (cells if any("*" in each for each in check.operands) else 1)
        for check in checks
    )
    for what, count, limit in (
        ("templates", sum(map(len, templates)), TEMPLATES_LIMIT),
        ("cells", cells, CELLS_LIMIT),
        ("checks", len(checks), CHECKS_LIMIT),
        ("operands", operands, OPERANDS_LIMIT),
    ):
        if count > limit:
            raise LibraryError("library_bound", path=folder, what=what, limit=limit)
    seen = {""}
    for row in (*(row for grid in grids for row in grid.rows), *rows):
        if row.parent not in seen:
            path = Path(folder) / "table"
            raise wrong_shape(path, f"{row.id} → parent → {row.parent}", "parent")
        seen.add(row.id)
