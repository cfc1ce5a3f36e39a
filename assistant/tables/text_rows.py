"""Lines of text as rows of cells: cut at tabs, borders and spaces, or one cell a line."""

import re
from collections.abc import Sequence

from assistant.tables.cell_grid import ROWS_LIMIT, CellGrid, GridCell
from assistant.tables.cell_texts import content_of
from assistant.values.labels import folded_label

_SPACES = re.compile(r"[ \u3000\u00a0]+")
_RUN_TOGETHER = re.compile(r"(?P<label>.*[^0-9.,，．\s])(?P<digits>[0-9][0-9.]*)")
"""A label right before its digits: 予以公开294981916."""
_QUOTED = re.compile('"((?:[^"]|"")*)"')
_SEVERAL = 2
"""Cells of a line that is a row and no single cell."""
_BORDER = "|"
_OFTEN = 4
"""One line in so many is a border alone, where borders stand on lines of their own."""
_PASSED = "\r"
"""Stands for a line that says nothing."""
_TELLING = 100
"""Characters of words that tell that they are words, whatever follows them."""
_OPEN_NOTE = re.compile("[（(][^（()）]*$")
"""A note that goes on in the next line, whose digits are no figure."""


def rows_of_text(lines: Sequence[str], *, least_digits: int = 1) -> CellGrid:
    """The cells of each line; figures on lines of their own join the words before them.

    Cells between tabs stand in columns as those of a table do, where most rows have tabs.

    Args:
        lines: The lines.
        least_digits: How many digits right behind a label are cells of their own.
    """
    lines = _without_lone_borders(lines)
    rows: list[list[str]] = []
    starts: list[int] = []
    waiting: list[str] = []
    parted: set[int] = set()
    is_open = False
    for at, line in enumerate(lines):
        if line == _PASSED:
            continue
        cells = _cells(line, least_digits)
        has_words = any(content_of(text) == "word" for text in cells)
        if is_open and not has_words and len(cells) < _SEVERAL:
            waiting += cells or [""]
            if cells:  # a blank line before a figure is a blank cell, any other parts rows
                parted |= {len(rows) - 1} if len(rows[-1]) == 1 and len(waiting) > 1 else set()
                rows[-1] += waiting
                waiting = []
            continue
        if len(rows) == ROWS_LIMIT:
            break  # what stands below is left out
        waiting = []
        rows.append(cells)
        starts.append(at)
        is_open = len(cells) == 1 and has_words
    cells_of = tuple(tuple(map(GridCell, each)) for each in rows)
    is_text = not _are_tabbed(lines, rows)
    return CellGrid(cells_of, tuple(starts), is_text=is_text, parted=frozenset(parted))


def _are_tabbed(lines: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether tabs part most of the rows that have several cells."""
    return 2 * sum("\t" in line for line in lines) > sum(len(row) > 1 for row in rows)


def _without_lone_borders(lines: Sequence[str]) -> Sequence[str]:
    """Lines where each border stands alone between cells; only two in turn leave a blank one."""
    bare = [line.strip() for line in lines]
    is_so = bare.count(_BORDER) * _OFTEN > len(bare)
    if not is_so or any(_BORDER in line and line.strip(_BORDER) for line in bare):
        return lines
    told = zip(lines, bare, ["", *bare], strict=False)
    return [_PASSED if each == _BORDER != before else line for line, each, before in told]


def _between_borders(text: str) -> list[str]:
    """The cells of a row with borders, without blank ones at its end."""
    cells = [each.strip() for each in text.strip().split(_BORDER)]
    cells = cells[not cells[0] and len(cells) > 2 :]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _without_quotes(text: str) -> str:
    """A cell without the quotes that a file of values puts around words."""
    match = _QUOTED.fullmatch(text)
    return match[1].replace('""', '"') if match else text


def _joined(pieces: Sequence[str]) -> list[str]:
    """Pieces of a line as cells: blanks within a label are no borders."""
    cells: list[list[str]] = []
    begun = ""
    for piece in pieces:
        if cells and content_of(piece) == content_of(begun) == "word":
            cells[-1].append(piece)
            begun = (begun + piece)[:_TELLING]
        else:
            cells.append([piece])
            begun = piece
    return ["".join(each) for each in cells]


def _cells(line: str, least_digits: int) -> list[str]:
    """The cells of one line."""
    text = line.strip("\r\n")
    if "\t" in text:
        return [_without_quotes(each.strip()) for each in text.split("\t")]
    if _BORDER in text:
        return _between_borders(text)
    joined = _joined([each for each in _SPACES.split(text.strip()) if each])
    run = _RUN_TOGETHER.fullmatch(joined[0]) if len(joined) == 1 else None
    if not run or len(run["digits"]) < least_digits:
        return joined
    if len(folded_label(run["label"])) > 1 and not _OPEN_NOTE.search(run["label"]):
        return [run["label"], run["digits"]]
    return joined
