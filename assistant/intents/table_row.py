"""All cells of one row of a table in one line: 3 0 0 0 0 1, 自然人3，其他组织1."""

import re
from collections.abc import Mapping, Sequence

from assistant.form.model import Edition, GridColumn, Indicator, Question
from assistant.intents.meaning import Answered
from assistant.intents.pasted_grid_row import pair
from assistant.intents.question_index import QuestionIndex
from assistant.values import Refusal, read

_GAPS = re.compile(r"[\s、；;]+")
_PIECES = re.compile(r"[\s，,、；;。]+")
_VERB = r"(?:[=＝：:]|是|为|有|共)?\s*"


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


def read_row(
    text: str, asked: Question | None, names: QuestionIndex, absent: frozenset[str]
) -> Answered | None:
    """Read a line that fills the row at hand; `None` when it is anything else."""
    cells = row_at_hand(asked, names.edition, absent)
    if not cells or "\n" in text:
        return None
    printed = _read_printed(text, cells, names.edition)
    if printed is not None or len(cells) < 2:
        return printed
    return _read_figures(text, asked, cells) or _read_columns(text, cells, names.edition)


def _read_printed(text: str, cells: Sequence[Indicator], edition: Edition) -> Answered | None:
    """Figures for all columns of the form, those that are not asked for and perhaps the total."""
    printed = tuple(edition.grids_by_id[cells[0].grid].of_row(cells[0].row))
    figures = _PIECES.split(text.strip())
    if len(figures) <= len(cells):
        return None
    given = pair(printed, figures)
    asked = {cell.id for cell in cells}
    if given is None or any(figure.strip("0０") for name, figure in given if name not in asked):
        return None
    return Answered(tuple((name, figure) for name, figure in given if name in asked))


def _read_figures(text: str, asked: Question | None, cells: Sequence[Indicator]) -> Answered | None:
    """Figures for the whole row, or from the question on the screen to its end."""
    is_number = not isinstance(read(text, cells[0].kind, cells[0].unit), Refusal)
    figures = _GAPS.split(text.strip()) if is_number else _PIECES.split(text.strip())
    rest = [cell for place, cell in enumerate(cells) if asked in cells[: place + 1]]
    wanted = cells if len(figures) == len(cells) else rest
    if len(figures) < 2 or len(figures) != len(wanted):
        return None
    pairs = list(zip(wanted, figures, strict=True))
    if any(isinstance(read(each, cell.kind, cell.unit), Refusal) for cell, each in pairs):
        return None
    return Answered(tuple((cell.id, each) for cell, each in pairs))


def _read_columns(text: str, cells: Sequence[Indicator], edition: Edition) -> Answered | None:
    """Figures behind the names of their columns, or behind a piece of a name: 企业1."""
    columns = edition.grids_by_id[cells[0].grid].columns
    by_column = {cell.column: cell for cell in cells}
    taken: dict[str, str] = {}
    for piece in filter(None, _PIECES.split(text.strip())):
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
        match = re.fullmatch(rf"{_VERB}(.+)", piece[at:])
        if cell and match and not isinstance(read(match[1], cell.kind, cell.unit), Refusal):
            return cell.id, match[1].strip()
    return None
