"""Signs that some terminals draw one column wide and some two, and what stands for them there."""

import unicodedata
from collections.abc import Sequence

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
