"""A page whose figures and rows can be chosen, by the arrows or a click."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message

from assistant.ui.tui.line_layout import StyledParagraph, StyledText
from assistant.ui.tui.scrolling_page import ScrollingPage

_ALL = 1_000_000
"""More steps than any page has things to choose."""
_STEPS = {"down": 1, "right": 1, "up": -1, "left": -1, "end": _ALL, "home": -_ALL}
_LEAVING = ("escape", "tab", "shift+tab")


class SelectablePage(ScrollingPage, can_focus=True):
    """A page of which one stretch after the other can be chosen while it has the focus."""

    class Chosen(Message):
        """Something was chosen."""

        def __init__(self, cell: str) -> None:
            """Carry the id of a figure or a question; empty when nothing was."""
            super().__init__()
            self.cell = cell

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        """Start with nothing chosen."""
        super().__init__(id=id)
        self._place: tuple[int, int] | None = None

    def put(self, paragraphs: Sequence[StyledParagraph], anchors: Sequence[str] = ()) -> None:
        """Show other paragraphs; what was chosen before is chosen no more."""
        self._place = None
        super().put(paragraphs, anchors)
        if self.has_focus:
            self._step(1)

    def on_focus(self) -> None:
        """Begin with the first thing in sight."""
        self._step(1)

    def on_blur(self) -> None:
        """Show nothing as chosen."""
        self._place = None
        self.refresh()

    def on_hide(self) -> None:
        """Give the keys back, where the room for it went while it had them."""
        if self.has_focus:
            self.post_message(self.Chosen(""))

    def on_resize(self) -> None:
        """Break the lines anew; places are others then."""
        self._place = None
        super().on_resize()

    def _places(self) -> Iterator[tuple[int, int]]:
        """Row and piece of everything that can be chosen; what goes on in a new row once."""
        before = ""
        for number, row in enumerate(self._rows):
            for at, piece in enumerate(row.pieces):
                if piece.cell and piece.cell != before:
                    yield number, at
                if piece.text.strip():
                    before = piece.cell

    def press(self, key: events.Key) -> str | None:
        """Do what a key does while this has the focus.

        Returns:
            What is chosen, empty where nothing is; None where it is not a key of this page, or
            another stretch stands out now.
        """
        if key.key in _LEAVING:
            return ""
        if key.key == "enter" and self._place is not None:
            row, at = self._place
            return self._rows[row].pieces[at].cell
        if step := _STEPS.get(key.key):
            self._step(step)
        return None

    def _step(self, step: int) -> None:
        """Go to the next (1) or last (-1) thing; the first time to one in sight."""
        places = list(self._places())
        if not places:
            return
        if self._place in places:
            at = min(max(places.index(self._place) + step, 0), len(places) - 1)
        else:
            top = self.scroll_offset.y + len(self._heads())
            at = next((at for at, place in enumerate(places) if place[0] >= top), 0)
        self._place = places[at]
        self._bring(self._place[0])
        self.refresh()

    def _bring(self, row: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not top + len(self._heads()) <= row < top + height:
            self.scroll_to(y=max(0, row - height // 3), animate=False)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked on, or the first thing of its line."""
        event.prevent_default()
        row = self._row_at(event.y)
        if row >= len(self._rows):
            return
        cell, column = "", 0
        for piece in self._rows[row].pieces:
            column += cell_len(piece.text)
            cell = piece.cell or cell
            if cell and event.x < column:
                break
        self.post_message(self.Chosen(cell))

    def _told_apart(self, number: int) -> Iterator[tuple[StyledText, bool]]:
        for at, piece in enumerate(self._rows[number].pieces):
            yield piece, (number, at) == self._place
