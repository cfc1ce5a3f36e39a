"""A pasted column or block of figures, row by row to its questions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from assistant.answers import STATE_NAMES
from assistant.form.model import Edition, Heading, Indicator, Question
from assistant.intents.line import Line
from assistant.intents.meaning import LeftOver, Pasted, Why
from assistant.intents.question_index import QuestionIndex, bare
from assistant.intents.row_answers import NOTHING
from assistant.tables.cell_grid import CellGrid
from assistant.tables.cell_texts import content_of
from assistant.tables.recognise import recognise
from assistant.tables.text_rows import rows_of_text
from assistant.values import MEASURES, Refusal, read
from assistant.values.language import phrase

_BREAK = re.compile(r"\r\n|\r|\n")
_SPACED = re.compile(r"\s*+[0-9０-９.,]++(?:\s++[0-9０-９.,]++)++\s*+")
"""3 0 1"""
_LISTED = re.compile(r"\s*+[0-9０-９.]++(?:\s*+[,，、]\s*+[0-9０-９.]++){2,}+\s*+")
"""3，0，1: three figures and more with commas between; two may be one number."""
_MISWRITTEN = phrase(r"{nearly}? [0-9０-９] [^\s]{0,11}")
"""A figure that is not written as one, 12x, 约3; it keeps its place in a column."""
_COMMA = re.compile("[,，、]")
_SHOWN_FIRST = ("", "unproved", "twice", "order", "odd")
"""What is offered all the same, as everything pasted is shown before it is taken."""
_LEFT_OVER: Mapping[str, Why] = {
    "shifted": "unfit",
    "merged": "unfit",
    "columns": "columns",
    "folded": "unclear",
    "odd": "no_figure",
    "unclear": "unclear",
    "glued": "glued",
    "uneven": "glued",
}
"""Why a row is left over, by what makes its cells unread."""
_RUN_TOGETHER = 5
"""Digits right behind a label that may be those of several cells; 网站28 is a name and a number."""
_LONGEST = 20_000
"""Characters of a paste that are read, ten times a form; nothing is taken of what follows."""
_MOST_LINES = 1_000
"""Lines of it, four times a form."""
_LONGEST_CELL = 100
"""Characters of a figure."""


def is_block(text: str) -> bool:
    """Whether a text has the shape of a pasted column, block or row of figures."""
    return bool(_BREAK.search(text.strip("\r\n"))) or "\t" in text or bool(_figures_of_row(text))


def _figures_of_row(text: str) -> list[str]:
    """The figures of a line that has nothing else, `3 0 1` or `3，0，1`; none of any other."""
    if _LISTED.fullmatch(text):
        return [each.strip() for each in _COMMA.split(text)]
    return text.split() if _SPACED.fullmatch(text) else []


def names_rows(text: str, index: QuestionIndex) -> bool:
    """Whether several lines name questions with their figures: they were copied together."""
    lines, _ = _cut(_BREAK.split(text.strip("\r\n")))
    if len(lines) < 2:
        return False
    rows = rows_of_text(lines, least_digits=_RUN_TOGETHER)
    tables = recognise(rows, index.edition)
    named = sum(bool(each.figure and index.called(each.words)) for each in tables.unplaced)
    told = sum(bool(each.texts) or each.why == "columns" for each in tables.cells.values())
    return told + named > 1


def read_block(line: Line) -> Pasted:
    """Find the question of every row: by its label, or one after the other from the one asked."""
    text, index = line.typed, line.index
    lines: Sequence[str] = _BREAK.split(text.rstrip("\r\n"))
    if len(lines) == 1:
        lines = _figures_of_row(text) or lines
        if len(lines) > 1 and _is_in_row(line.asked, index.edition):  # it is no row of this table
            return Pasted((), (), (LeftOver(text.strip(), "unfit"),))
    lines, rest = _cut(lines)
    pasted = _read_column(lines, line) if _is_column(lines) else _read_rows(lines, line)
    left_over = (*pasted.left_over, *_without_place(rest))
    return replace(pasted, left_over=left_over)


def _cut(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of a paste that are read, and those behind them."""
    behind = accumulate(len(line) + 1 for line in lines[:_MOST_LINES])
    count = sum(length <= _LONGEST for length in behind)
    return lines[:count], lines[count:]


def _is_in_row(asked: Question | None, edition: Edition) -> bool:
    """Whether the question on the screen is a cell among others of its row."""
    grid = edition.grids_by_id.get(asked.grid) if isinstance(asked, Indicator) else None
    return grid is not None and len(grid.columns) > 1


def _is_column(lines: Sequence[str]) -> bool:
    """Whether nothing but figures stands in the lines, less than half of them miswritten."""
    cells = [line.strip() for line in lines if line.strip() not in NOTHING]
    odd = [cell for cell in cells if not is_value(cell)]
    return all(map(_MISWRITTEN.fullmatch, odd)) and 2 * len(odd) < max(len(cells), 1)


def _read_column(lines: Sequence[str], line: Line) -> Pasted:
    """Give each cell its line; a column that holds the lines of headings too goes row by row.

    Where headings lie between and the lines fit neither way, nothing is taken: a shifted column
    looks right on the screen.
    """
    asked, edition = line.asked, line.index.edition
    order = [item for item in edition.indicators if item.id not in line.standing.absent]
    start = order.index(asked) if isinstance(asked, Indicator) else len(order)
    cells = ["" if each.strip() in NOTHING else each.strip() for each in lines]
    by_row = _by_row(cells, asked, edition)
    if by_row is not None:
        pairs = by_row
    elif len(cells) != len(order) - start and (crossed := _crossed(cells, asked, edition)):
        return Pasted((), (), _without_place(cells), crossed)
    else:
        pairs = list(zip(order[start:], cells, strict=False))
    left_over = cells[len(pairs) :] if by_row is None else []
    return Pasted(
        entries=tuple((item.id, cell) for item, cell in pairs if cell),
        blank=tuple(item.id for item, cell in pairs if not cell),
        left_over=_without_place(left_over),
    )


def _without_place(cells: Sequence[str]) -> tuple[LeftOver, ...]:
    return tuple(LeftOver(cell.strip(), "no_place") for cell in cells if cell.strip())


def _by_row(
    cells: Sequence[str], asked: Question | None, edition: Edition
) -> list[tuple[Indicator, str]] | None:
    """Cells with their lines, where the headings between have blank or zero lines of their own."""
    for rows in _stretches(asked, edition):
        pairs = list(zip(rows, cells, strict=False))
        headings = [cell for row, cell in pairs if isinstance(row, Heading)]
        figures = [(row, cell) for row, cell in pairs if isinstance(row, Indicator)]
        fits = not any(cell.strip("0０") for cell in headings)
        is_told = headings and fits and (len(cells) == len(rows) or not all(headings))
        if is_told and len(cells) <= len(rows) and all(cell for _, cell in figures):
            return figures
    return None


def _crossed(cells: Sequence[str], asked: Question | None, edition: Edition) -> str:
    """The first heading of the form among the rows that a column fills from the one asked."""
    rows = next(_stretches(asked, edition), ())[: len(cells)]
    return next((row.id for row in rows if isinstance(row, Heading)), "")


def _stretches(
    asked: Question | None, edition: Edition
) -> Iterator[tuple[Heading | Indicator, ...]]:
    """The rows of the form from the one asked, and from each heading right above it."""
    places = [row.id for row in edition.rows]
    if asked is None or asked.id not in places:
        return
    at = places.index(asked.id)
    yield edition.rows[at:]
    while at and isinstance(edition.rows[at - 1], Heading):
        at -= 1
        yield edition.rows[at:]


def _read_rows(lines: Sequence[str], line: Line) -> Pasted:
    """Give every row its question: rows of the form by label and order, others by their name."""
    edition = line.index.edition
    grid = rows_of_text(lines, least_digits=_RUN_TOGETHER)
    near = line.asked.id if line.asked else ""
    single = _named_cells(grid, line.index)
    named = {row for row, _, _ in single}
    rows = tuple(() if at in named else cells for at, cells in enumerate(grid.rows))
    tables = recognise(grid._replace(rows=rows), edition, near=near)
    entries = {name: text for _, name, text in single}
    totals: dict[str, str] = {}
    blank: list[str] = []
    unread: dict[int, Why] = {}
    for name, reading in tables.cells.items():
        is_total = edition.cells[name].computed
        is_figure = bool(reading.texts) and content_of(reading.texts[0]) == "figure"
        if (
            reading.why in _SHOWN_FIRST
            and is_figure
            and (name not in line.standing.absent or reading.texts[0].strip("0０"))
        ):
            (totals if is_total else entries)[name] = reading.texts[0]
        elif reading.why == "blank" and not is_total and name not in line.standing.absent:
            blank.append(name)
        elif reading.why in _LEFT_OVER:
            unread.setdefault(reading.place.row, _LEFT_OVER[reading.why])
    unread |= dict.fromkeys(tables.again, "twice")
    for each in tables.unplaced:
        found = line.index.called(each.words)
        if len(found) == 1 and each.figure and found[0] not in entries:
            entries[found[0]] = each.figure
        else:
            is_again = len(found) == 1 and bool(each.figure)
            unread[each.place.row] = "twice" if is_again else "unclear" if found else each.why
    texts = {row: _row_text(grid, lines, row) for row in sorted(unread)}
    left_over = tuple(LeftOver(text, unread[row]) for row, text in texts.items())
    chosen, absent = _chosen(entries, edition, line.standing.absent)
    order = line.index.number_of
    told = {name: text for name, text in {**entries, **chosen}.items() if name not in absent}
    ordered = sorted(told.items(), key=lambda entry: order(entry[0]))
    return Pasted(tuple(ordered), tuple(blank), left_over, totals=tuple(totals.items()),
                  beside=tables.beside)  # fmt: skip


def _named_cells(grid: CellGrid, index: QuestionIndex) -> list[tuple[int, str, str]]:
    """Rows that name a single cell of a table with several columns: row, question and figure."""
    found: list[tuple[int, str, str]] = []
    for at, cells in enumerate(grid.rows):
        words = "".join(each.text for each in cells if content_of(each.text) == "word")
        figures = [each.text for each in cells if content_of(each.text) == "figure"]
        names = index.exact.get(bare(words), ()) if words and len(figures) == 1 else ()
        cell = index.edition.cells.get(names[0]) if len(names) == 1 else None
        table = index.edition.grids_by_id.get(cell.grid) if cell else None
        if table and len(table.columns) > 1 and not any(name == names[0] for _, name, _ in found):
            found.append((at, names[0], figures[0]))
    return found


def _row_text(grid: CellGrid, lines: Sequence[str], row: int) -> str:
    """A row word for word; one whose cells came on lines of their own on one line."""
    at = grid.lines[row]
    cells = grid.rows[row]
    text = lines[at].strip()
    behind = grid.lines[row + 1] if row + 1 < len(grid.lines) else len(lines)
    is_one = behind == at + 1
    return text if is_one else " ".join(cell.text for cell in cells if cell.text)


def _chosen(
    entries: Mapping[str, str], edition: Edition, absent: frozenset[str]
) -> tuple[dict[str, str], set[str]]:
    """What occurred by the figures: the kinds of applicants and results, as their labels.

    With them the cells that are zero because their row or column did not occur.
    """
    facts = {fact.id: fact for fact in edition.facts}
    found: dict[str, str] = {}
    zeros: set[str] = set()
    for grid in edition.grids:
        if not facts.keys() & {grid.rows_from, grid.columns_from}:
            continue
        cells = [cell for cell in grid.by_place.values() if not cell.computed]
        is_whole = all(cell.id in entries or cell.id in absent for cell in cells)
        occurred = [cell for cell in cells if entries.get(cell.id, "").strip("0０")]
        is_wider = any(cell.id in absent for cell in occurred)
        for name, side in ((grid.rows_from, "row"), (grid.columns_from, "column")):
            if name not in facts or not (is_wider or (is_whole and not absent)):
                continue
            kept = [] if is_whole else [cell for cell in cells if cell.id not in absent]
            chosen = {getattr(cell, side) for cell in (*occurred, *kept)}
            options = (each for each in facts[name].options if each.id in chosen)
            if labels := "、".join(each.label for each in options):
                found[name] = labels
                zeros |= {cell.id for cell in cells if getattr(cell, side) not in chosen}
    return found, zeros


def is_value(cell: str) -> bool:
    """Whether a cell holds a figure or says that one is missing."""
    if cell.startswith(STATE_NAMES["absent"]) or STATE_NAMES["provisional"] in cell:
        return True
    counted = cell.rstrip("".join(MEASURES))
    return len(cell) <= _LONGEST_CELL and not (
        isinstance(read(cell, "amount", "万元"), Refusal)
        and isinstance(read(counted, "count", "件"), Refusal)
    )
