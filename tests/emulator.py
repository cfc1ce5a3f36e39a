"""What stands on a terminal after some output."""

import codecs
import re
import unicodedata

HEIGHT, WIDTH = 24, 80
BLOCKS = re.compile("[\u2580-\u259f]")
"""What scroll bars are drawn with."""
CODES = re.compile(r"\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])")
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$")


class Screen:
    """What stands on a terminal of 80x24; it knows how to go to a place and to write there."""

    def __init__(self) -> None:
        """Start with an empty screen."""
        self._cells = [[" "] * WIDTH for _ in range(HEIGHT)]
        self._row = self._column = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def write(self, data: bytes) -> None:
        """Do what a stretch of output says; what is cut off at its end waits for the next one."""
        text = self._held + self._decoder.decode(data)
        rest = UNFINISHED.search(text)
        self._held = rest.group() if rest else ""
        text = text.removesuffix(self._held) if self._held else text
        done = 0
        for code in CODES.finditer(text):
            self._put(text[done : code.start()])
            if code[2] in ("H", "f"):
                row, _, column = code[1].partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            done = code.end()
        self._put(text[done:])

    def _put(self, text: str) -> None:
        for character in text:
            if character == "\r":
                self._column = 0
            elif character == "\n":
                self._row = min(self._row + 1, HEIGHT - 1)
            elif character >= " ":
                size = 2 if unicodedata.east_asian_width(character) in "WF" else 1
                if self._column + size <= WIDTH:
                    self._cells[self._row][self._column : self._column + size] = [
                        character,
                        *[""] * (size - 1),
                    ]
                self._column += size

    def __str__(self):
        return BLOCKS.sub(" ", "\n".join("".join(row) for row in self._cells))
