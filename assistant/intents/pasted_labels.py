"""Pasted rows that name their questions, label and figure or a whole row of a table."""

import re
from collections.abc import Sequence

from assistant.form.model import Edition, Heading, Question
from assistant.intents.meaning import LeftOver, Pasted, Why
from assistant.intents.pasted_grid_row import pair, row_of_grid
from assistant.intents.question_index import QuestionIndex, as_said, bare, unnumbered
from assistant.values import MEASURES, Refusal, read

_CELLS = re.compile(r"\t|\||\s+")
_NOTE = re.compile("（[^（）]+）")
"""A line of its own below a label: （不同渠道和方式公开相同信息计1条）."""
_FILLER = re.compile(r"[-－—–/／]+|[0-9０-９]+[.．、]|其中[:：]?")
"""What stands in a row for nothing: a dash, a number in the margin."""


def read_rows(
    lines: Sequence[str], asked: Question | None, names: QuestionIndex, absent: frozenset[str]
) -> Pasted:
    """Find the question of every row by its label; a row that cannot be taken has its reason."""
    rows = _Rows(names, absent, asked.id if asked else "")
    left_over = [
        LeftOver(line.strip(), why) for line in _joined(lines, names) if (why := rows.take(line))
    ]
    blank = (name for name in dict.fromkeys(rows.blank) if name not in rows.entries)
    return Pasted(tuple(rows.entries.items()), tuple(blank), tuple(left_over))


def _joined(lines: Sequence[str], names: QuestionIndex) -> Sequence[str]:
    """Lines, as rows where each cell came on a line of its own: label, unit, figure."""
    cells = [line.strip() for line in lines if line.strip() and not _NOTE.fullmatch(line.strip())]
    if any(map(_is_row, lines)) or all(map(_is_word, cells)):
        return lines
    rows: list[list[str]] = []
    for cell in cells:
        is_known = rows and (_called(rows[-1][0], names) or _heading(rows[-1][:1], names.edition))
        is_open = is_known and not any(map(is_value, rows[-1]))
        if is_open and not _is_word(cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return ["\t".join(row) for row in rows]


def _is_row(line: str) -> bool:
    """Whether a line has more than one cell, a figure among them."""
    cells = [cell for cell in _CELLS.split(line.strip()) if cell]
    return "\t" in line.strip() or (len(cells) > 1 and any(map(is_value, cells)))


class _Rows:
    """The rows of a block, taken from top to bottom."""

    def __init__(self, names: QuestionIndex, absent: frozenset[str], place: str) -> None:
        self._names = names
        self._absent = absent
        self._place = place
        """Where in the form the rows are."""
        self._last = 0
        """The number of the question taken last."""
        self.entries: dict[str, str] = {}
        self.blank: list[str] = []

    def take(self, line: str) -> Why | None:
        """Take one row; why not, where it is left over."""
        named = row_of_grid(line, self._names.edition)
        across = pair(*named) if named else None
        if across is not None:
            return self._take_across(across)
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        heading = _heading(cells, self._names.edition)
        if not cells or heading:
            self._place = heading or self._place
            return None
        why = self._take_cells(cells)
        return "unfit" if why and named else why

    def _take_across(self, across: Sequence[tuple[str, str]]) -> Why | None:
        """Take a row of a table with several columns."""
        told = {
            name: figure
            for name, figure in across
            if name not in self._absent or figure.strip("0０")
        }
        if self.entries.keys() & told.keys():
            return "twice"
        self.entries |= {name: figure for name, figure in told.items() if figure}
        self.blank += [name for name, figure in told.items() if not figure]
        return None

    def _take_cells(self, cells: Sequence[str]) -> Why | None:
        """Take a label with its figure."""
        if not any(map(_is_word, cells)):
            return "no_label"
        found, others, values = _take_apart(cells, self._names)
        name = _nearest(found, self._place, self._last, self._names)
        if name is None:
            is_known = any(_called(cell, self._names) for cell in cells)
            return "unclear" if found or is_known else "no_name"
        if len(values) > 1 or (others and not values):
            return "no_figure"
        if name in self.entries:
            return "twice"
        self._place, self._last = name, self._names.number_of(name)
        if values:
            self.entries[name] = values[0]
        else:
            self.blank.append(name)
        return None


def is_value(cell: str) -> bool:
    """Whether a cell holds a figure or says that one is missing."""
    return (
        not isinstance(read(cell, "amount", "万元"), Refusal)
        or not isinstance(read(cell.rstrip("".join(MEASURES)), "count", "件"), Refusal)
        or cell.startswith("暂缺")
        or "待核实" in cell
    )


def _is_word(cell: str) -> bool:
    """Whether a cell may be a label or a part of one."""
    return not is_value(cell) and cell not in MEASURES and not _FILLER.fullmatch(cell)


def _take_apart(
    cells: Sequence[str], names: QuestionIndex
) -> tuple[tuple[str, ...], list[str], list[str]]:
    """The questions a row may mean, its words that are no label, the values behind the label."""
    at = [place for place, cell in enumerate(cells) if _is_word(cell)]
    words = [cells[place] for place in at]
    found = _called("".join(words), names)
    others: list[str] = []
    if not found:
        named = [place for place in at if _called(cells[place], names)]
        others = [cells[place] for place in at if place not in named]
        found = _innermost([_called(cells[place], names) for place in named], names)
        at = named
    behind = cells[at[-1] + 1 :] if at else []
    return found, others, [cell for cell in behind if is_value(cell)]


def _called(label: str, names: QuestionIndex) -> tuple[str, ...]:
    """The questions of a label, with its numbering or without."""
    return names.exact.get(bare(label)) or names.exact.get(bare(as_said(label)), ())


def _innermost(labels: Sequence[tuple[str, ...]], names: QuestionIndex) -> tuple[str, ...]:
    """Of several labels in a row the last, when it stands below the others in the form."""
    found = labels[-1] if labels else ()
    for other in labels[:-1]:
        found = tuple(each for each in found if each in other or names.is_below(each, other))
    return found


def _nearest(found: Sequence[str], place: str, last: int, names: QuestionIndex) -> str | None:
    """Of the rows the form labels alike, the next one in the part at hand."""
    if len(found) < 2:
        return found[0] if found else None
    part = names.part_of(place)
    later = [each for each in found if names.part_of(each) == part and names.number_of(each) > last]
    return later[0] if later else None


def _heading(cells: Sequence[str], edition: Edition) -> str:
    """The heading that a row repeats, with no figure or a zero; empty for every other row."""
    if any(is_value(cell) and cell.strip("0０") for cell in cells):
        return ""
    label = bare(unnumbered("".join(filter(_is_word, cells))))
    rows = (*edition.rows, *(row for grid in edition.grids for row in grid.rows))
    headings = (row for row in rows if isinstance(row, Heading))
    return next((row.id for row in headings if label == bare(row.label)), "")
