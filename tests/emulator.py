"""What stands on a terminal: pyte, and the one thing that it lacks of what the program needs.

Synchronized output, the modes of pastes and mouse, and the questions that a program asks its
terminal are passed over by pyte. What it knows nothing of is the second screen, which the program
leaves at its end: what is printed there is to be found in the output itself.
"""

import pyte
from pyte.screens import Char
from wcwidth import wcwidth

TORN = Char(" ", fg="torn")
"""Where half of a wide character was written over. Terminals draw a blank of some style there."""


class Screen(pyte.Screen):
    """A screen of so many columns and lines that tears wide characters as terminals do.

    pyte itself leaves the other half of a wide character standing.
    """

    def draw(self, data: str) -> None:
        """Write text where the cursor stands."""
        for character in data:
            for column in range(self.cursor.x, self.cursor.x + wcwidth(character)):
                self._tear(column)
            super().draw(character)

    def _tear(self, column: int) -> None:
        line = self.buffer[self.cursor.y]
        if not line[column].data:
            line[column - 1] = TORN
        if not line[column + 1].data:
            line[column + 1] = TORN

    def rows(self, begin: int = 0, end: int | None = None) -> list[str]:
        """The lines from one column up to another; a wide character is one of them."""
        columns = range(begin, self.columns if end is None else end)
        lines = (self.buffer[number] for number in range(self.lines))
        return ["".join(line[column].data for column in columns) for line in lines]
