"""What stands on the terminal already, so that only what differs is sent over a slow line."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

_PIECE = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<line>\r?\n)"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|(?P<odd>[\s\S])"
)
_MODES = re.compile(r"(?:\x1b\[\?(?!1049|47|1047)\d+[hl]|\x1b\[\?\d+\$p|\x1b\[[<>=][\d;]*u)+")
"""Switches and questions that leave the screen as it is."""
_GAP = 4
"""Unchanged columns that are sent again rather than jumped over."""


class _Cell(NamedTuple):
    """One character, with the columns behind it that it covers left empty."""

    text: str
    style: str


_Row = dict[int, _Cell]
_Rows = dict[int, _Row]


class Frame:
    """The cells of a terminal, as far as they are known."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._rows: _Rows = {}

    def forget(self) -> None:
        """Send everything next time: the screen may show anything now."""
        self._rows.clear()

    def thinned(self, data: str) -> str:
        """The output that leads to the same screen with what stands there already left out.

        Args:
            data: Output as the toolkit writes it: places, styles and text. Anything else is
                given back unchanged, and what stood on the screen is forgotten.
        """
        if _MODES.fullmatch(data):
            return data
        pieces = list(_PIECE.finditer(data))
        if any(piece["odd"] or not _widths(piece["text"] or " ") for piece in pieces):
            self.forget()
            return data
        row = column = 0
        style = ""
        changed: _Rows = {}
        for piece in pieces:
            if piece["row"]:
                row, column = int(piece["row"]), int(piece["column"])
            elif piece["style"] is not None:
                code = piece["style"]
                style = "" if code in ("", "0") else f"{style};{code}".lstrip(";")
            elif piece["line"]:
                row, column = row + 1, 1
            else:
                line = self._rows.setdefault(row, {}), changed.setdefault(row, {})
                column = _put(*line, column, piece["text"], style)
        return "".join(self._written(changed)) + f"\x1b[{row};{column}H"

    def _written(self, changed: _Rows) -> Iterator[str]:
        """Changed cells as output; a style stays until another one is wanted."""
        now = ""
        for row, cells in sorted(changed.items()):
            known, at = self._rows[row], -_GAP
            for column, cell in sorted(cells.items()):
                gap = range(at, column)
                if len(gap) > _GAP or not known.keys() >= set(gap):
                    yield f"\x1b[{row};{column}H"
                    gap = range(0)
                for each in (*map(known.__getitem__, gap), cell):
                    if each.style != now:
                        yield f"\x1b[0;{each.style}m" if each.style else "\x1b[0m"
                        now = each.style
                    yield each.text
                at = column + 1
        if now:
            yield "\x1b[0m"


def _put(known: _Row, changed: _Row, column: int, text: str, style: str) -> int:
    """Take text in and note what differs from what is known; the column behind it."""
    for unit, width in zip(text, _widths(text), strict=True):
        end = column + width
        cells = {column: _Cell(unit, style)} | dict.fromkeys(
            range(column + 1, end), _Cell("", style)
        )
        if any(known.get(place) != cell for place, cell in cells.items()):
            _break(known, changed, column, end)
            known.update(cells)
            changed.update(cells)
        column = end
    return column


def _break(known: _Row, changed: _Row, begin: int, end: int) -> None:
    """Forget the characters that new ones cover by half."""
    first = begin
    while first in known and not known[first].text:
        first -= 1
    last = end
    while last in known and not known[last].text:
        last += 1
    for place in (*range(first, begin), *range(end, last)):
        known.pop(place, None)
        changed.pop(place, None)


@lru_cache(maxsize=4_000)
def _widths(text: str) -> tuple[int, ...]:
    """The columns of each character; nothing where some of them join into one."""
    widths = tuple(map(cell_len, text))
    return widths if all(widths) and sum(widths) == cell_len(text) else ()
