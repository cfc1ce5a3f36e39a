"""A scrolling page of paragraphs; only the lines on the screen are ever drawn."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assistant.ui.tui.line_layout import LaidLine, StyledParagraph, StyledText, wrap

_MARGIN = 1
"""Columns left free at the right, beside the scroll bar."""


class ScrollingPage(ScrollView, can_focus=False):
    """Paragraphs as data, broken into lines for the present width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--dim",
        "page--strong",
        "page--ask",
        "page--echo",
        "page--error",
        "page--confirm",
        "page--notice",
        "page--figure",
        "page--changed",
        "page--heading",
        "page--picked",
    }

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        """Start empty."""
        super().__init__(id=id)
        self._paragraphs: list[StyledParagraph] = []
        self._rows: list[LaidLine] = []
        self._holding: list[int] = []
        """The rows that stay in sight or end that, from the top."""
        self._styles: dict[str, Style] = {}
        self._is_at_end = False
        self._wrapped_for = Size()
        self._broken_at = 0
        """Columns that the rows were broken for."""

    def add(self, before: Sequence[StyledParagraph], read: Sequence[StyledParagraph] = ()) -> bool:
        """Append paragraphs and show the end; of those to be read, which come last, the beginning.

        Returns:
            Whether the end is out of sight.
        """
        self._paragraphs += before
        if self._broken_at == self.text_width:
            self._break(before)
        else:
            self._break_anew()
        begin = len(self._rows)
        self._paragraphs += read
        self._break(read)
        self._resized()
        self._is_at_end = True
        if self.size:  # before it is laid out the end is anywhere
            self.scroll_end(animate=False, immediate=True, force=True)
        is_cut = 0 < self.size.height < len(self._rows) - begin and bool(read)
        if is_cut:
            self.scroll_to(y=begin, animate=False, immediate=True, force=True)
        self.call_after_refresh(self._place_bar)
        return is_cut

    def _place_bar(self) -> None:
        """Let the bar follow what was scrolled at once, before the toolkit measured the page."""
        self.vertical_scrollbar.position = self.scroll_y

    def put(self, paragraphs: Sequence[StyledParagraph], anchors: Sequence[str] = ()) -> None:
        """Show other paragraphs; the place stays, or follows the first anchor there is."""
        self._paragraphs = list(paragraphs)
        self._wrap()
        there = {row.anchor for row in self._rows}
        anchor = next((each for each in anchors if each in there), "")
        if anchor:
            self._reveal(anchor)

    def _reveal(self, anchor: str) -> None:
        """Bring the lines of a question into sight."""
        places = [number for number, row in enumerate(self._rows) if row.anchor == anchor]
        top, height = self.scroll_offset.y, self.size.height
        if not (top + len(self._heads()) <= places[0] and places[-1] < top + height):
            self.scroll_to(y=max(0, places[0] - height // 3), animate=False)

    def _heads(self) -> Sequence[int]:
        """The heads of columns that stay in sight: their rows, where they were scrolled away.

        They cover the first lines in sight, unless something else than rows begins there.
        """
        top = self.scroll_offset.y
        place = bisect_left(self._holding, top)
        begin = end = self._holding[place - 1] + 1 if place else 0
        while begin and self._rows[begin - 1].hold == "stays":
            begin -= 1
        count = end - begin
        covers = any(row.hold for row in self._rows[top : top + count])
        return () if covers or count > self.size.height // 3 else range(begin, end)

    def _row_at(self, y: int) -> int:
        """The number of the row on a line of the screen."""
        heads = self._heads()
        return heads[y] if y < len(heads) else y + self.scroll_offset.y

    @property
    def lines_of_text(self) -> list[str]:
        """Every line as plain text."""
        return ["".join(piece.text for piece in row.pieces) for row in self._rows]

    @property
    def text_width(self) -> int:
        """Columns that a line may fill."""
        return max(4, self.scrollable_content_region.width - _MARGIN)

    def on_resize(self) -> None:
        """Break the lines anew and keep the end in sight where it was."""
        self._wrap()
        if self._is_at_end:
            self.scroll_end(animate=False, immediate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice whether somebody scrolled away from the end; a resize is not scrolling."""
        super().watch_scroll_y(old_value, new_value)
        if self.size == self._wrapped_for:
            self._is_at_end = new_value >= self.max_scroll_y

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles.clear()
        super().notify_style_update()

    def _wrap(self) -> None:
        self._break_anew()
        self._resized()

    def _break_anew(self) -> None:
        self._rows, self._holding, self._broken_at = [], [], self.text_width
        self._break(self._paragraphs)

    def _break(self, paragraphs: Sequence[StyledParagraph]) -> None:
        for paragraph in paragraphs:
            rows = wrap(paragraph, self._broken_at)
            if paragraph.hold:
                self._holding += range(len(self._rows), len(self._rows) + len(rows))
            self._rows += rows

    def _resized(self) -> None:
        self._wrapped_for = self.size
        self.virtual_size = Size(self.text_width, len(self._rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; the first ones are painted before the page is told its size."""
        if self._broken_at != self.text_width:
            self._break_anew()
        number = self._row_at(y)
        width = self.size.width
        base = self.rich_style
        if number >= len(self._rows):
            return Strip.blank(width, base)
        segments = [
            Segment(piece.text, base + self._style("picked" if is_picked else piece.style))
            for piece, is_picked in self._told_apart(number)
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _told_apart(self, number: int) -> Iterator[tuple[StyledText, bool]]:
        """The pieces of a row, each with whether it is the one chosen; here none is."""
        for piece in self._rows[number].pieces:
            yield piece, False

    def _style(self, name: str) -> Style:
        if not name:
            return Style.null()
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"page--{name}", partial=True)
        return self._styles[name]
