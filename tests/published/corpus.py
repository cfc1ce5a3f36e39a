"""Invented reports in the manner of published ones, each with the true figure of every cell.

A data file holds:

- `edition` (`or_edition`: another one whose form is mixed in), `clean`, `previous`: the report of
  the same body for the year before;
- `facts`: what is printed of year, body, phone, address, web;
- `shell`: the lines of the site `before` and `after` the report;
- `report`: in order `title`, `heading`, `text` and `table`. A table has `rows`, the first `head` of
  them its header. A row is a list of cells, each a text or `{text, across, down}`; a cell that a
  taller one covers is left out. A row with figures is `{of: ids, row: [...]}`: the ids are those of
  its last cells, `_` for none; one id with `columns` stands for `id.column` of each;
- `cells`: the figure of every cell of the edition as printed, or as it follows where it is blank
  (a total, a zero by the total of its row); '' where none is to be read;
- `permitted`: what may be read without being asked for, a zero for a stroke for example;
- `contradictions`: `where` (表内, 文表, 上下年), `cells`, `words` of the report, what is wrong
  (`says`), and the report of the year before that it takes to see it (`against`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.tables.cell_grid import CellGrid, GridCell

FOLDER = Path(__file__).parent / "reports"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))

_FIGURE = re.compile(r"-?\d+(\.\d+)?")

Spot = tuple[int, int]
"""A row of a table, and the how-manieth of the cells that begin in it."""


class Cell(NamedTuple):
    """A cell as printed, at the place where it begins."""

    text: str
    """May hold line breaks."""
    across: int = 1
    down: int = 1


class Words(NamedTuple):
    """A paragraph, or a line that stands as one."""

    kind: str
    """title, heading or text."""
    text: str


class Table(NamedTuple):
    """A table as printed."""

    rows: tuple[tuple[Cell, ...], ...]
    """The cells that begin in each row."""
    ids: Mapping[Spot, str]
    """What the cells that hold figures mean, blank ones included."""
    head: int
    """How many rows from the top are its header."""


class Shell(NamedTuple):
    """What the site prints around a report."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Contradiction(NamedTuple):
    """An error planted in a report."""

    where: str
    """表内, 文表 or 上下年."""
    cells: frozenset[str]
    """A finding is about it if it names one of these …"""
    words: str
    """… or quotes these words of the report."""
    says: str
    against: str
    """The report of the year before that it takes to see it; empty for none."""


class Truth(NamedTuple):
    """What a reader may say of each cell."""

    accepted: dict[str, frozenset[Decimal]]
    """Figures of the cells that ought to be read; one each, but where a mutant has two readings."""
    permitted: dict[str, frozenset[Decimal]]
    """Figures that follow from others where none is printed: not asked for, and not wrong."""
    loose: frozenset[str] = frozenset()
    """Cells of which anything may be said."""


class Report(NamedTuple):
    """One data file."""

    name: str
    edition: str
    facts: Mapping[str, str]
    shell: Shell
    parts: tuple[Words | Table, ...]
    cells: Mapping[str, Decimal | None]
    """None where no figure is printed and none is to be read."""
    permitted: Mapping[str, Decimal]
    contradictions: tuple[Contradiction, ...]
    previous: str
    """The report of the same body for the year before; empty for none."""
    or_edition: str
    """Another edition whose form it may be taken for, where two are mixed; empty for none."""

    @property
    def is_clean(self) -> bool:
        return not self.contradictions

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(part for part in self.parts if isinstance(part, Table))

    @property
    def truth(self) -> Truth:
        accepted = {
            key: frozenset({value}) for key, value in self.cells.items() if value is not None
        }
        return Truth(accepted, {key: frozenset({each}) for key, each in self.permitted.items()})


class MappedGrid(NamedTuple):
    """A table as a reader gets it, with what its cells mean."""

    grid: CellGrid
    ids: Mapping[Spot, str]
    head: int


@lru_cache
def load(name: str) -> Report:
    """The report of a data file, by its name without the suffix."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value is text
    data: dict[str, Any] = yaml.load(text, Loader=loader)
    contradictions = tuple(map(_contradiction, data.get("contradictions", [])))
    if (data["clean"] == "yes") == bool(contradictions):
        raise ValueError(f"{name}: clean, or with contradictions")
    return Report(
        name,
        data["edition"],
        data["facts"],
        Shell(**{key: tuple(lines) for key, lines in data.get("shell", {}).items()}),
        tuple(map(_part, data["report"])),
        {key: Decimal(text) if text else None for key, text in _flat(data["cells"])},
        {key: Decimal(text) for key, text in _flat(data.get("permitted", {}))},
        contradictions,
        data.get("previous", ""),
        data.get("or_edition", ""),
    )


def reports() -> list[Report]:
    """Every report of the corpus."""
    return [load(name) for name in NAMES]


def grids_of(report: Report) -> list[CellGrid]:
    """The tables of a report as grids of cells, in order."""
    return [each.grid for each in mapped_grids(report)]


def mapped_grids(report: Report) -> list[MappedGrid]:
    """The tables of a report as grids of cells, each with what its cells mean."""
    return [MappedGrid(_grid(table), table.ids, table.head) for table in report.tables]


def truth_of(report: Report, ids: Iterable[str]) -> Truth:
    """The truth of some cells of a report, for a table that is read alone."""
    asked = set(ids)
    whole = report.truth
    accepted = {key: value for key, value in whole.accepted.items() if key in asked}
    return Truth(accepted, whole.permitted)


def figure(text: str) -> Decimal | None:
    """The number that a cell prints; None for a blank, a stroke, a word."""
    digits = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    return Decimal(digits) if _FIGURE.fullmatch(digits) else None


def _grid(table: Table) -> CellGrid:
    rows = (
        tuple(GridCell(" ".join(cell.text.split("\n")), cell.across, cell.down) for cell in row)
        for row in table.rows
    )
    return CellGrid(tuple(rows))


def _part(entry: dict[str, Any]) -> Words | Table:
    ((kind, content),) = entry.items()
    if kind == "table":
        return _table(content)
    if kind not in ("title", "heading", "text"):
        raise ValueError(f"no part of a report: {kind}")
    return Words(kind, content)


def _table(content: dict[str, Any]) -> Table:
    columns = content.get("columns", "").split()
    rows: list[tuple[Cell, ...]] = []
    ids: dict[Spot, str] = {}
    for at, entry in enumerate(content["rows"]):
        named = isinstance(entry, dict)
        row = tuple(map(_cell, entry["row"] if named else entry))
        rows.append(row)
        if named:
            names = entry["of"].split()
            if columns and len(names) == 1:
                names = [f"{names[0]}.{column}" for column in columns]
            first = len(row) - len(names)
            ids |= {(at, first + step): name for step, name in enumerate(names) if name != "_"}
    return Table(tuple(rows), ids, int(content.get("head", 1)))


def _cell(entry: Any) -> Cell:
    if isinstance(entry, str):
        return Cell(entry)
    return Cell(entry["text"], int(entry.get("across", 1)), int(entry.get("down", 1)))


def _flat(cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`open: {natural: 1}` as `open.natural`, beside names that stand alone."""
    for key, value in cells.items():
        if isinstance(value, str):
            yield key, value
        else:
            yield from ((f"{key}.{column}", text) for column, text in value.items())


def _contradiction(entry: dict[str, Any]) -> Contradiction:
    return Contradiction(
        entry["where"],
        frozenset(entry.get("cells", [])),
        entry.get("words", ""),
        entry["says"],
        entry.get("against", ""),
    )
