"""All cells of one row of a table in one line: 3 0 0 0 0 1, 自然人3，其他组织1, 规章 0 0 0."""

import re
from collections.abc import Mapping, Sequence

from assistant.form.model import Edition, GridColumn, Indicator, Question
from assistant.intents.line import Line
from assistant.intents.meaning import Answered, Entries
from assistant.intents.question_index import QuestionIndex, bare, unnumbered
from assistant.values import Refusal, Value, read
from assistant.values.language import phrase

NOTHING = frozenset({"", "-", "－", "—", "–", "/", "／"})
"""What stands in a cell for nothing."""
_GAPS = re.compile(r"[\s、；;]+")
_PIECES = re.compile(r"[\s，,、；;。]+")
_FIGURE = phrase(r"{equals|colon|be|have}? \s*+ (?P<value>.+)")
"""What stands behind the name of a column: 共3件."""
_LONGEST = 200
"""Characters of a label with the headings before it; the forms have a quarter of it."""
_MOST = 60
"""Cells of a line that may be one row; the forms have ten."""


def row_at_hand(
    asked: Question | None, edition: Edition, absent: frozenset[str]
) -> tuple[Indicator, ...]:
    """The cells of the row that the question on the screen stands in, from left to right.

    Args:
        asked: The question on the screen.
        edition: The form.
        absent: Cells that are zero because their row or column did not occur.
    """
    if not isinstance(asked, Indicator) or asked.grid not in edition.grids_by_id:
        return ()
    cells = edition.grids_by_id[asked.grid].of_row(asked.row)
    return tuple(cell for cell in cells if not cell.computed and cell.id not in absent)


def read_row(line: Line) -> Answered | None:
    """Read a line that fills the row at hand; `None` when it is anything else."""
    cells = row_at_hand(line.asked, line.index.edition, line.absent)
    if not cells or "\n" in line.text:
        return None
    grid = line.index.edition.grids_by_id[cells[0].grid]
    pieces = _PIECES.split(line.text)
    printed = _read_printed(pieces, cells, tuple(grid.of_row(cells[0].row)))
    if printed is not None or len(cells) < 2:
        return printed
    return _read_figures(line, pieces, cells) or _read_columns(pieces, cells, grid.columns)


def _read_printed(
    figures: Sequence[str], cells: Sequence[Indicator], printed: Sequence[Indicator]
) -> Answered | None:
    """Figures for all columns of the form, those that are not asked for and perhaps the total."""
    given = pair(printed, figures) if len(figures) > len(cells) else None
    asked = {cell.id for cell in cells}
    if given is None or any(figure.strip("0０") for name, figure in given if name not in asked):
        return None
    return Answered(tuple((name, figure) for name, figure in given if name in asked))


def _read_figures(line: Line, pieces: Sequence[str], cells: Sequence[Indicator]) -> Answered | None:
    """Figures for the whole row, or from the question on the screen to its end."""
    is_number = not isinstance(read(line.text, cells[0].kind, cells[0].unit), Refusal)
    figures = _GAPS.split(line.text) if is_number else pieces  # 1,234 is one figure
    rest = [cell for place, cell in enumerate(cells) if line.asked in cells[: place + 1]]
    wanted = cells if len(figures) == len(cells) else rest
    if len(figures) < 2 or len(figures) != len(wanted):
        return None
    pairs = list(zip(wanted, figures, strict=True))
    if any(isinstance(read(each, cell.kind, cell.unit), Refusal) for cell, each in pairs):
        return None
    return Answered(tuple((cell.id, each) for cell, each in pairs))


def _read_columns(
    pieces: Sequence[str], cells: Sequence[Indicator], columns: Sequence[GridColumn]
) -> Answered | None:
    """Figures behind the names of their columns, or behind a piece of a name: 企业1."""
    by_column = {cell.column: cell for cell in cells}
    taken: dict[str, str] = {}
    for piece in filter(None, pieces):
        found = _read_column(piece, columns, by_column)
        if found is None or found[0] in taken:
            return None
        taken[found[0]] = found[1]
    return Answered(tuple(taken.items())) if taken else None


def _read_column(
    piece: str, columns: Sequence[GridColumn], cells: Mapping[str, Indicator]
) -> tuple[str, str] | None:
    """The cell and the figure of 商业企业1, by the longest name there is."""
    longest = max(len(f"{each.label}\n{each.said}") for each in columns)
    for at in range(min(len(piece) - 1, longest), 0, -1):
        named = [each for each in columns if piece[:at] in (each.label, each.said)]
        if not named and at > 1:
            named = [each for each in columns if piece[:at] in f"{each.label}\n{each.said}"]
        cell = cells.get(named[0].id) if len(named) == 1 else None
        figure = _FIGURE.fullmatch(piece, at) if cell else None
        if cell and figure and not isinstance(read(figure["value"], cell.kind, cell.unit), Refusal):
            return cell.id, figure["value"]
    return None


def read_across(line: Line) -> Answered | None:
    """Read a row of a table by its label: 规章 0 0 0."""
    row = row_of_grid(line.text, line.index)
    across = pair(*row) if row else None
    entries = tuple((name, figure) for name, figure in across or () if figure)
    return Answered(entries) if entries else None


def row_of_grid(
    text: str, index: QuestionIndex
) -> tuple[tuple[Indicator, ...], Sequence[str]] | None:
    """The cells of the row that a line repeats, and what stands behind its label."""
    parts = [
        part.strip() for part in (text.split("\t") if "\t" in text else re.split(r"\s+", text))
    ]
    if len(parts) > _MOST:
        return None
    found: list[tuple[int, int]] = []
    joined = ""  # merged headings stand before it
    for start, part in enumerate(parts[:-1], start=1):
        joined += part if len(joined) <= _LONGEST else ""
        called = (bare(unnumbered(each)) for each in (part, joined) if len(each) <= _LONGEST)
        found += [
            (row, start) for name in called if (row := index.grid_row_of.get(name)) is not None
        ]
    if not found:
        return None
    row, start = min(found)
    return index.grid_rows[row][1], parts[start:]


def pair(cells: Sequence[Indicator], figures: Sequence[str]) -> Entries | None:
    """The asked cells of a row with their figures, empty where there is none.

    `None` where they do not fit or add up: figures of computed columns are not taken, only
    compared with the sum of the others.
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
