"""A pasted column or block of figures, row by row to its questions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Literal, NamedTuple

from assistant.answers import STATE_NAMES
from assistant.form.model import Edition, Heading, Indicator, Question
from assistant.intents.line import Line
from assistant.intents.meaning import LeftOver, Pasted, Why
from assistant.intents.question_index import QuestionIndex, as_said, bare, unnumbered
from assistant.intents.row_answers import NOTHING, RowFigures, pair, row_of_grid
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
_CELLS = re.compile(r"\t|\||\s+")
_NOTE = re.compile("（[^（）]++）")
"""A line of its own below a label: （不同渠道和方式公开相同信息计1条）."""
_FILLER = phrase(r"[-－—–/／]+ | [0-9０-９]+[.．、] | {of_which}")
"""What stands in a row for nothing: a dash, a number in the margin."""
_LONGEST = 20_000
"""Characters of a paste that are read, ten times a form; nothing is taken of what follows."""
_MOST_LINES = 1_000
"""Lines of it, four times a form."""
_MOST_CELLS = 100
"""Cells of a line, ten times a row."""
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
    return len(lines) > 1 and len(_Rows(index, frozenset(), "").take_all(lines).entries) > 1


def read_block(line: Line) -> Pasted:
    """Find the question of every row: by its label, or one after the other from the one asked."""
    text, index = line.typed, line.index
    lines: Sequence[str] = _BREAK.split(text.rstrip("\r\n"))
    if len(lines) == 1:
        lines = _figures_of_row(text) or lines
        if len(lines) > 1 and _is_in_row(line.asked, index.edition):  # it is no row of this table
            return Pasted((), (), (LeftOver(text.strip(), "unfit"),))
    lines, rest = _cut(lines)
    if _is_column(lines):
        pasted = _read_column(lines, line)
    else:
        pasted = _Rows(index, line.absent, line.asked.id if line.asked else "").take_all(lines)
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
    order = [item for item in edition.indicators if item.id not in line.absent]
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


class _Rows:
    """Rows that name their questions, label and figure or a whole row of a table."""

    def __init__(self, index: QuestionIndex, absent: frozenset[str], place: str) -> None:
        self._index = index
        self._absent = absent
        self._place = place
        """Where in the form the rows are."""
        self._last = 0
        """The number of the question taken last."""
        self._entries: dict[str, str] = {}
        self._totals: dict[str, str] = {}
        self._blank: list[str] = []

    def take_all(self, lines: Sequence[str]) -> Pasted:
        """Take rows from top to bottom; one that cannot be taken is left over with its reason."""
        joined = self._joined(lines)
        left_over = [LeftOver(line.strip(), why) for line in joined if (why := self._take(line))]
        blank = (name for name in dict.fromkeys(self._blank) if name not in self._entries)
        totals = tuple(self._totals.items())
        return Pasted(tuple(self._entries.items()), tuple(blank), tuple(left_over), totals=totals)

    def _joined(self, lines: Sequence[str]) -> Sequence[str]:
        """Lines, as rows where each cell came on a line of its own: label, unit, figure."""
        cells = [_Cell.of(each) for line in lines if (each := line.strip())]
        cells = [cell for cell in cells if not _NOTE.fullmatch(cell.text)]
        if any(map(_is_row, lines)) or all(cell.kind == "word" for cell in cells):
            return lines
        rows: list[str] = []
        is_open = False
        for cell in cells:
            if is_open and cell.kind != "word":
                rows[-1] += f"\t{cell.text}"
                is_open = cell.kind != "value"
            else:
                rows.append(cell.text)
                is_known = self._called(cell.text) or self._heading([cell])
                is_open = bool(is_known) and cell.kind != "value"
        return rows

    def _take(self, line: str) -> Why | None:
        """Take one row; why not, where it is left over."""
        named = row_of_grid(line, self._index)
        across = pair(*named) if named else None
        if across is not None:
            return self._take_across(across)
        cells = _cells(line)
        if len(cells) > _MOST_CELLS:
            return "unfit"
        heading = self._heading(cells)
        if not cells or heading:
            self._place = heading or self._place
            return None
        why = self._take_cells(cells)
        return "unfit" if why and named else why

    def _take_across(self, across: RowFigures) -> Why | None:
        """Take a row of a table with several columns."""
        told = {
            name: figure
            for name, figure in across.entries
            if name not in self._absent or figure.strip("0０")
        }
        if self._entries.keys() & told.keys() or self._totals.keys() & dict(across.totals).keys():
            return "twice"
        self._totals |= dict(across.totals)
        self._entries |= {name: figure for name, figure in told.items() if figure}
        self._blank += [name for name, figure in told.items() if not figure]
        return None

    def _take_cells(self, cells: Sequence["_Cell"]) -> Why | None:
        """Take a label with its figure; words beside it that are no label need one."""
        at = [place for place, cell in enumerate(cells) if cell.kind == "word"]
        if not at:
            return "no_label"
        found = self._called("".join(cells[place].text for place in at))
        has_others = False
        if not found:
            called = {place: self._called(cells[place].text) for place in at}
            at = [place for place, names in called.items() if names]
            has_others = len(at) < len(called)
            found = self._innermost([called[place] for place in at])
        name = self._nearest(found)
        if name is None:
            return "unclear" if at else "no_name"
        values = [cell.text for cell in cells[at[-1] + 1 :] if cell.kind == "value"]
        if len(values) > 1 or (has_others and not values):
            return "no_figure"
        if name in self._entries:
            return "twice"
        self._place, self._last = name, self._index.number_of(name)
        if values:
            self._entries[name] = values[0]
        else:
            self._blank.append(name)
        return None

    def _called(self, label: str) -> tuple[str, ...]:
        """The questions of a label, with its numbering or without."""
        exact = self._index.exact
        return exact.get(bare(label)) or exact.get(bare(as_said(label)), ())

    def _innermost(self, labels: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """Of several labels in a row the last, when it stands below the others in the form."""
        found = labels[-1] if labels else ()
        for other in labels[:-1]:
            found = tuple(
                each for each in found if each in other or self._index.is_below(each, other)
            )
        return found

    def _nearest(self, found: Sequence[str]) -> str | None:
        """Of the rows the form labels alike, the next one in the part at hand."""
        if len(found) < 2:
            return found[0] if found else None
        index, part = self._index, self._index.part_of(self._place)
        later = (each for each in found if index.number_of(each) > self._last)
        return next((each for each in later if index.part_of(each) == part), None)

    def _heading(self, cells: Sequence["_Cell"]) -> str:
        """The heading that a row repeats, with no figure or a zero; empty for every other row."""
        if any(cell.kind == "value" and cell.text.strip("0０") for cell in cells):
            return ""
        words = "".join(cell.text for cell in cells if cell.kind == "word")
        return self._index.headings.get(bare(unnumbered(words)), "")


class _Cell(NamedTuple):
    """A cell of a row that was pasted."""

    text: str
    kind: Literal["value", "filler", "word"]
    """A figure, a unit or a dash, or what may be a label or a part of one."""

    @classmethod
    def of(cls, text: str) -> "_Cell":
        """Tell what a cell holds."""
        if is_value(text):
            return cls(text, "value")
        return cls(text, "filler" if text in MEASURES or _FILLER.fullmatch(text) else "word")


def _cells(line: str) -> list[_Cell]:
    pieces = _CELLS.split(line.strip(), maxsplit=_MOST_CELLS * 2)
    return [_Cell.of(piece) for piece in pieces if piece]


def _is_row(line: str) -> bool:
    """Whether a line has more than one cell, a figure among them."""
    cells = _cells(line)
    return "\t" in line.strip() or (len(cells) > 1 and any(each.kind == "value" for each in cells))


def is_value(cell: str) -> bool:
    """Whether a cell holds a figure or says that one is missing."""
    if cell.startswith(STATE_NAMES["absent"]) or STATE_NAMES["provisional"] in cell:
        return True
    counted = cell.rstrip("".join(MEASURES))
    return len(cell) <= _LONGEST_CELL and not (
        isinstance(read(cell, "amount", "万元"), Refusal)
        and isinstance(read(counted, "count", "件"), Refusal)
    )
