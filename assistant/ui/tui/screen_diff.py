"""What stands on the terminal already, so that only what differs is sent over a slow line.

Signs that some terminals draw one column wide and some two are sent as what stands for them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rich.cells import cell_len

PROBES = "“─"
"""A sign of the text and one of the frames; terminals decide on each kind as a whole."""
PROBE = "".join(f"\x1b[1;1H{each}\x1b[6n" for each in PROBES)
"""Lets the terminal draw both at the upper left and say where its cursor is then."""
PROBED_COLUMNS = 2
_FRAMES = range(0x2500, 0x25A0)
_NARROW = {
    **dict.fromkeys("“”″", '"'),
    **dict.fromkeys("‘’′", "'"),
    **dict.fromkeys("—–―‐─━", "-"),
    **dict.fromkeys("│┃", "|"),
    **dict(zip("…·×÷≠≤≥→←↑↓", "..x/#<>><^v", strict=True)),
}
"""Each one column; `≠` has no likeness of that width, and the sentence beside it says so."""


class WidthSubstitutes(dict[int, str | int]):
    """A table for `str.translate` with the kinds of signs that are drawn too wide."""

    def __init__(self, probes: str) -> None:
        """Take the probes that were drawn too wide."""
        super().__init__()
        self._text, self._frames = (each in probes for each in PROBES)

    def __missing__(self, code: int) -> str | int:
        """What stands for a character; most stand for themselves."""
        self[code] = found = self._found(code)
        return found

    def _found(self, code: int) -> str | int:
        sign = chr(code)
        if unicodedata.east_asian_width(sign) != "A" or cell_len(sign) != 1:
            return code
        if not (self._frames if code in _FRAMES else self._text):
            return code
        plain = unicodedata.normalize("NFKC", sign)
        is_plain = len(plain) == 1 and unicodedata.east_asian_width(plain) in ("Na", "N")
        return _NARROW.get(sign) or (plain if is_plain else "+" if code in _FRAMES else "?")


def too_wide(widths: Sequence[int]) -> str:
    """The probes that were drawn two columns wide, of as many as the terminal has answered for."""
    pairs = zip(PROBES, widths, strict=False)
    return "".join(sign for sign, width in pairs if width == PROBED_COLUMNS)


_PIECE = re.compile(
    r"\x1b\[(\d+);(\d+)H"  # a place
    r"|\x1b\[([\d;]*)m"  # a style
    r"|(\r?\n)"
    r"|([^\x00-\x1f\x7f]+)"  # text
    r"|([\s\S])"  # anything else
)
_MODES = re.compile(r"(?:\x1b\[\?(?!1049|47|1047)\d+[hl]|\x1b\[\?\d+\$p|\x1b\[[<>=][\d;]*u)+")
"""Switches and questions that leave the screen as it is."""
_GAP = 4
"""Unchanged columns that are sent again rather than jumped over."""


class _ScreenRow:
    """One line of the terminal: a character for each column and its style.

    Columns that a wide character covers behind its first hold an empty text; what is not
    known is None.
    """

    def __init__(self) -> None:
        self.texts: list[str | None] = []
        self.styles: list[str | None] = []

    def put(self, column: int, text: str, style: str) -> set[int]:
        """Write a text and say which columns are others than before."""
        cells = _cells(text)
        end = column + len(cells)
        missing = end + 1 - len(self.texts)
        if missing > 0:
            self.texts += [None] * missing
            self.styles += [None] * missing
        before, styles = self.texts[column:end], self.styles[column:end]
        if before == cells and styles.count(style) == len(cells):
            return set()
        changed = {
            place
            for place, (new, old, painted) in enumerate(
                zip(cells, before, styles, strict=True), column
            )
            if new != old or painted != style
        }
        changed |= {each + 1 for each in changed if each + 1 < end and not cells[each + 1 - column]}
        changed |= {each - 1 for each in changed if not cells[each - column]}
        self._tear(column, end)
        self.texts[column:end] = cells
        self.styles[column:end] = [style] * len(cells)
        return changed

    def _tear(self, begin: int, end: int) -> None:
        """Forget the characters that are covered by half."""
        first, last = begin, end
        while self.texts[first] == "":
            first -= 1
        while self.texts[last] == "":
            last += 1
        for place in (*range(first, begin), *range(end, last)):
            self.texts[place] = None


class ScreenDiff:
    """The cells of a terminal, as far as they are known."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._rows: dict[int, _ScreenRow] = {}
        self._substitutes: WidthSubstitutes | None = None

    def substitute(self, probes: str) -> None:
        """Show narrow signs instead of those that this terminal draws too wide."""
        self._substitutes = WidthSubstitutes(probes)
        self.forget()

    @property
    def is_begun(self) -> bool:
        """Whether anything has been painted through it."""
        return 1 in self._rows

    def forget(self) -> None:
        """Send everything next time: the screen may show anything now."""
        self._rows.clear()

    def diff(self, data: str) -> str:
        """The output that leads to the same screen with what stands there already left out.

        Args:
            data: Output as the toolkit writes it: places, styles and text. Anything else is
                given back unchanged, and what stood on the screen is forgotten.
        """
        if _MODES.fullmatch(data):
            return data
        if data == PROBE:
            return data + "".join(self._written({1: set(range(1, PROBED_COLUMNS + 1))}))
        if self._substitutes is not None:
            data = data.translate(self._substitutes)
        pieces = _PIECE.findall(data)
        if any(odd or (text and not _cells(text)) for _, _, _, _, text, odd in pieces):
            self.forget()
            return data
        row = column = 0
        style = ""
        changed: dict[int, set[int]] = {}
        for to_row, to_column, code, line, text, _ in pieces:
            if text:
                known = self._rows.setdefault(row, _ScreenRow())
                changed.setdefault(row, set()).update(known.put(column, text, style))
                column += len(_cells(text))
            elif to_row:
                row, column = int(to_row), int(to_column)
            elif line:
                row, column = row + 1, 1
            else:
                style = "" if code in ("", "0") else f"{style};{code}".lstrip(";")
        return "".join(self._written(changed)) + f"\x1b[{row};{column}H"

    def _written(self, changed: dict[int, set[int]]) -> Iterator[str]:
        """Changed cells as output; a style stays until another one is wanted."""
        now = ""
        for row, columns in sorted(changed.items()):
            texts, styles, at = self._rows[row].texts, self._rows[row].styles, -_GAP
            for column in sorted(each for each in columns if texts[each] is not None):
                gap = range(at, column)
                if len(gap) > _GAP or None in texts[max(at, 0) : column]:
                    yield f"\x1b[{row};{column}H"
                    gap = range(0)
                for place in (*gap, column):
                    if styles[place] != now:
                        now = styles[place] or ""
                        yield f"\x1b[0;{now}m" if now else "\x1b[0m"
                    yield texts[place] or ""
                at = column + 1
        if now:
            yield "\x1b[0m"


@lru_cache(maxsize=4_000)
def _cells(text: str) -> list[str]:
    """The characters by columns, `["年", "", "1"]`; nothing where some of them join into one."""
    widths = [cell_len(each) for each in text]
    if not all(widths) or sum(widths) != cell_len(text):
        return []
    pairs = zip(text, widths, strict=True)
    return [part for each, width in pairs for part in (each, *[""] * (width - 1))]
