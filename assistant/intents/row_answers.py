"""Answers that fill a row of a table, and the total printed beside them.

3 0 0 0 0 1; 自然人3，其他组织1，总计4; 规章 0 0 0. A total is never an answer: it is kept apart, to
be compared.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from assistant.form.model import Edition, Grid, Indicator, Question
from assistant.intents.line import Line
from assistant.intents.meaning import Answered, Reply, Unclear
from assistant.intents.question_index import PRINTED_TOTAL, TOTAL_WORDS
from assistant.tables.recognise import recognise
from assistant.tables.text_rows import rows_of_text
from assistant.values import Refusal, read
from assistant.values.grouping import grouped
from assistant.values.language import phrase

NOTHING = frozenset({"", "-", "－", "—", "–", "/", "／"})
"""What stands in a cell for nothing."""
_SLASH = r"(?<=[0-9０-９])[/／](?=[0-9０-９])"
"""Between two figures a slash parts them, 3/0; alone it is a cell without one, 3 / 0."""
_GAPS = re.compile(rf"[\s、；;]+|{_SLASH}")
_PIECES = re.compile(rf"[\s，,、；;。]+|{_SLASH}")
_FIGURE = phrase(r"{equals|colon|be|have}? \s*+ (?P<value>.+)")
"""What stands behind the name of a column: 共3件."""


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


def read_row(line: Line) -> Answered | Reply | Unclear | None:
    """Read a line that fills the row at hand; `None` when it is anything else."""
    cells = row_at_hand(line.asked, line.index.edition, line.standing.absent)
    if not cells or "\n" in line.text:
        return None
    grid = line.index.edition.grids_by_id[cells[0].grid]
    row = grid.of_row(cells[0].row)
    if len(row) < 2:
        return None
    totals = tuple(cell for cell in row if cell.computed)
    pieces = _PIECES.split(line.text)
    printed = read_printed(pieces, row, line.standing.absent)
    if printed is None and grid.layout == "across":
        printed = read_printed(pieces, tuple(grid.by_place.values()), line.standing.absent)
    figures = _read_figures(line, pieces, cells, totals)
    if printed and figures and figures.entries != printed.entries and _adds_up(figures, cells[0]):
        return Unclear((printed, figures))
    down = _read_down(line, pieces, cells)
    if down and figures:  # the figure and its total, or that of the row below
        return Unclear((figures, down)) if _adds_up(figures, cells[0]) else down
    named = _read_columns(pieces, (*cells, *totals), _columns_of(grid))
    return printed or figures or named or down or _read_too_few(line, pieces, cells)


def read_printed(
    figures: Sequence[str], printed: Sequence[Indicator], absent: frozenset[str]
) -> Answered | None:
    """Figures for all columns of the form, those that are not asked for and perhaps the totals."""
    whole = [cell for cell in printed if not cell.computed]
    asked = {cell.id for cell in whole if cell.id not in absent}
    wanted = printed if len(figures) == len(printed) else whole
    if len(figures) <= len(asked) or len(figures) != len(wanted):
        return None
    texts = ["" if figure in NOTHING else figure for figure in figures]
    pairs = list(zip(wanted, texts, strict=True))
    if any(isinstance(read(text or "0", cell.kind, cell.unit), Refusal) for cell, text in pairs):
        return None
    if any(text.strip("0０") for cell, text in pairs if not cell.computed and cell.id not in asked):
        return None
    return _apart([(c, text) for c, text in pairs if (text if c.computed else c.id in asked)])


def _read_figures(
    line: Line, pieces: Sequence[str], cells: Sequence[Indicator], totals: Sequence[Indicator]
) -> Answered | None:
    """Figures for the whole row, perhaps with its total, or from the question asked to its end."""
    is_number = not isinstance(read(line.text, cells[0].kind, cells[0].unit), Refusal)
    figures = _GAPS.split(line.text) if is_number else pieces  # 1,234 is one figure
    ids = [cell.id for cell in cells]
    asked = line.asked.id if line.asked else ""
    rest = cells[ids.index(asked) if asked in ids else len(cells) :]
    several = (each for each in (cells, rest, (*cells, *totals)) if len(each) == len(figures))
    wanted = next(several, ()) if len(figures) > 1 else ()
    pairs = list(zip(wanted, figures, strict=False))
    if not pairs or any(isinstance(read(t, cell.kind, cell.unit), Refusal) for cell, t in pairs):
        return None
    return _apart(pairs)


def _read_too_few(line: Line, pieces: Sequence[str], cells: Sequence[Indicator]) -> Reply | None:
    """Fewer figures than the row has columns, which of them is not said: 3 0 of three."""
    if line.asked != cells[0] or not 1 < len(pieces) < len(cells):
        return None
    if any(isinstance(read(text, cells[0].kind, cells[0].unit), Refusal) for text in pieces):
        return None
    columns = line.index.edition.grids_by_id[cells[0].grid].columns
    said = {column.id: column.said for column in columns}
    names = [said[cell.column] for cell in cells]
    told = {"given": len(pieces), "wanted": len(cells), "columns": "、".join(names)}
    return Reply(line.typed, Refusal("row_figures", {**told, "first": names[0]}))


def _read_down(line: Line, pieces: Sequence[str], cells: Sequence[Indicator]) -> Answered | None:
    """Figures of the only column that is asked, from here to the end of its part: 9 1 1 31."""
    here, edition = cells[0], line.index.edition
    part = [*edition.ancestors(here)][-1:]
    below = [
        cell
        for cell in edition.indicators
        if cell.column == here.column
        and cell.id not in line.standing.absent
        and [*edition.ancestors(cell)][-1:] == part
    ]
    down = below[below.index(here) :] if here in below else []
    if len(cells) > 1 or len(pieces) < 2 or len(down) != len(pieces):
        return None
    if any(isinstance(read(text, here.kind, here.unit), Refusal) for text in pieces):
        return None
    entries = tuple((cell.id, text) for cell, text in zip(down, pieces, strict=True))
    return Answered(entries, wants_consent=True)


def _apart(pairs: Sequence[tuple[Indicator, str]]) -> Answered:
    """Figures of a row as answers and as totals."""
    return Answered(
        tuple((cell.id, text) for cell, text in pairs if not cell.computed),
        totals=tuple((cell.id, text) for cell, text in pairs if cell.computed),
    )


def _adds_up(given: Answered, cell: Indicator) -> bool:
    """Whether the figures of a row make up each total beside them."""
    values = [read(text, cell.kind, cell.unit) for _, text in given.entries]
    whole = sum((value for value in values if not isinstance(value, Refusal)), 0)
    return all(read(text, cell.kind, cell.unit) == whole for _, text in given.totals)


def _read_columns(
    pieces: Sequence[str], cells: Sequence[Indicator], columns: "_Columns"
) -> Answered | None:
    """Figures behind the names of their columns, or behind a piece of a name: 企业1.

    A total alone must be called so; 共3件 alone is an answer.
    """
    by_column = {cell.column: cell for cell in cells}
    taken: dict[str, tuple[Indicator, str]] = {}
    named = _joined(pieces)
    for piece in named:
        found = _read_column(piece, columns, by_column)
        if found is None or found[0].id in taken:
            return None
        taken[found[0].id] = found
    is_alone = all(cell.computed for cell, _ in taken.values())
    if is_alone and not "".join(named).startswith(PRINTED_TOTAL):
        return None
    return replace(_apart(tuple(taken.values())), names_columns=True)


def _joined(pieces: Sequence[str]) -> list[str]:
    """Pieces of a line, a figure with the name before it: 自然人 2."""
    named: list[str] = []
    for piece in filter(None, pieces):
        if named and piece[0].isdigit() and not any(map(str.isdigit, named[-1])):
            named[-1] += piece
        else:
            named.append(piece)
    return named


_Columns = Mapping[str, tuple[str, ...]]
"""The columns of a table by what they are called, else by a piece of two letters or more."""


@lru_cache(maxsize=64)
def _columns_of(grid: Grid) -> _Columns:
    called: dict[tuple[str, str], None] = {}
    pieces: dict[tuple[str, str], None] = {}
    for column in grid.columns:
        names = (column.label, column.said)
        totals = TOTAL_WORDS if column.computed else ()
        called |= dict.fromkeys((name, column.id) for name in (*names, *totals))
        pieces |= dict.fromkeys(
            (name[begin:end], column.id)
            for name in names
            for begin, end in combinations(range(len(name) + 1), 2)
            if end - begin > 1
        )
    return {**grouped(pieces), **grouped(called)}


def _read_column(
    piece: str, columns: _Columns, cells: Mapping[str, Indicator]
) -> tuple[Indicator, str] | None:
    """The cell and the figure of 商业企业1, by the longest name there is."""
    for at in range(min(len(piece) - 1, max(map(len, columns))), 0, -1):
        named = columns.get(piece[:at], ())
        cell = cells.get(named[0]) if len(named) == 1 else None
        figure = _FIGURE.fullmatch(piece, at) if cell else None
        if cell and figure and not isinstance(read(figure["value"], cell.kind, cell.unit), Refusal):
            return cell, figure["value"]
    return None


def read_across(line: Line) -> Answered | None:
    """Read a row of a table by its label: 规章 0 0 0."""
    index = line.index
    tables = recognise(rows_of_text([line.text], least_digits=99), index.edition)
    cells = index.edition.cells
    told = {name: each.texts[0] for name, each in tables.cells.items()
            if each.why in ("", "unproved") and each.texts}  # fmt: skip
    has_others = tables.unplaced or len(told) < sum(
        each.why != "blank" for each in tables.cells.values()
    )
    rows = {cells[name].row for name in told}
    if has_others or not told or len(rows) != 1 or rows == {""}:
        return None
    return _apart([(cells[name], text) for name, text in told.items()])
