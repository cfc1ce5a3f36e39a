"""The printed table: floor, figure, ratio, goal."""

from collections.abc import Sequence
from typing import NamedTuple

HEAD = ("what", "floor", "figure", "ratio", "goal", "")


class Row(NamedTuple):
    """One measurement beside its floor."""

    what: str
    floor: float
    figure: float
    goal: str
    """A sign and the ratio to keep, `≤ 2.5`, or the figure itself, `≤ 25 ms`; empty for none."""
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.figure / self.floor

    @property
    def is_met(self) -> bool:
        sign, limit, *unit = self.goal.split()
        value = self.figure * 1000 if unit else self.ratio
        return value <= float(limit) if sign == "≤" else value >= float(limit)

    def cells(self) -> tuple[str, ...]:
        return (
            self.what,
            shown(self.floor, self.unit),
            shown(self.figure, self.unit),
            f"{self.ratio:.2f} ×",
            self.goal if not self.goal or self.goal.endswith("ms") else f"{self.goal} ×",
            ("met" if self.is_met else "MISSED") if self.goal else "",
        )


def shown(value: float, unit: str) -> str:
    """A time in the unit that suits it, or a size: `82.1 ms`, `1.63 s`, `33.0 MB`."""
    if unit == "bytes":
        return f"{value:,.0f} {unit}"
    if unit != "s":
        return f"{value:.1f} {unit}"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows in aligned columns, numbers to the right."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for first, *numbers, verdict in lines:
        middle = [cell.rjust(width) for cell, width in zip(numbers, widths[1:-1], strict=True)]
        print("  ".join([first.ljust(widths[0]), *middle, verdict]).rstrip())
