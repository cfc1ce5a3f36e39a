"""Scrolling pages of paragraphs, one of them with figures and rows to choose from.

Only the lines on the screen are ever drawn.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assistant.ui.tui.line_layout import LaidLine, StyledParagraph, wrap

_STRIPS = 500
"""Painted lines that are kept: some screens full."""
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
        "page--cell",
        "page--picked",
    }

    class EndInSight(Message):
        """Somebody scrolled to the end."""

        def __init__(self, page: "ScrollingPage") -> None:
            """Carry the page."""
            super().__init__()
            self.page = page

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        """Start empty."""
        super().__init__(id=id)
        self._paragraphs: list[StyledParagraph] = []
        self._broken: dict[StyledParagraph, Sequence[LaidLine]] = {}
        """Paragraphs with the lines they were broken into."""
        self._rows: list[LaidLine] = []
        self._holding: list[int] = []
        """The rows that stay in sight or end that, from the top."""
        self._styles: dict[str, Style] = {}
        self._strips: LRUCache[LaidLine, Strip] = LRUCache(_STRIPS)
        """Lines as they were painted last, in the present style and width."""
        self.is_at_end = False
        """Whether the end is in sight."""
        self._to_be_read = -1
        """The first paragraph to be read that came while the page was out of sight; -1 for none."""
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
        self._to_be_read = len(self._paragraphs) if read and not self.size else -1
        self._paragraphs += read
        self._break(read)
        self._resized()
        self.is_at_end = True
        if self.size:  # before it is laid out the end is anywhere
            self.scroll_end(animate=False, immediate=True, force=True)
        if not self.size:
            return self._is_longer_than_screen(read)
        is_cut = 0 < self.size.height < len(self._rows) - begin and bool(read)
        if is_cut:
            self.scroll_to(y=begin, animate=False, immediate=True, force=True)
        self.call_after_refresh(self._place_bar)
        return is_cut

    def stays_in_sight(
        self, paragraphs: Sequence[StyledParagraph], added: Sequence[StyledParagraph]
    ) -> bool:
        """Whether paragraphs that were said will all be in sight once others are added."""
        size = len(paragraphs)
        starts = range(len(self._paragraphs) - size, -1, -1)[: self.size.height]
        said = (at for at in starts if self._paragraphs[at : at + size] == [*paragraphs])
        place = next(said, None)
        if place is None or self._broken_at != self.text_width:
            return False
        since = sum(len(self._broken[each]) for each in self._paragraphs[place:])
        return since + sum(len(wrap(each, self.text_width)) for each in added) <= self.size.height

    def _is_longer_than_screen(self, paragraphs: Sequence[StyledParagraph]) -> bool:
        """Whether some paragraphs will be cut, whatever room there is for them."""
        width, height = self.app.size.width - _MARGIN, self.app.size.height
        return sum(len(wrap(each, max(4, width))) for each in paragraphs) > height

    def _place_bar(self) -> None:
        """Let the bar follow what was scrolled at once, before the toolkit measured the page."""
        self.vertical_scrollbar.position = self.scroll_y

    def put(self, paragraphs: Sequence[StyledParagraph], anchors: Sequence[str] = ()) -> None:
        """Show other paragraphs; the place stays, or follows the first anchor there is."""
        before, place = self._in_sight(), (len(self._rows), self._broken_at)
        self._paragraphs = list(paragraphs)
        self._break_anew()
        self._broken = {each: self._broken[each] for each in paragraphs}
        if place == (len(self._rows), self._broken_at):
            for y, (old, new) in enumerate(zip(before, self._in_sight(), strict=True)):
                if old != new:
                    self.refresh(Region(0, y, self.size.width, 1))
        else:
            self._resized()
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

    def _in_sight(self) -> list[LaidLine | None]:
        """The rows on the screen from top to bottom, None below the last one."""
        places = map(self._row_at, range(self.size.height))
        return [self._styled(each) if each < len(self._rows) else None for each in places]

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
        self._break_anew()
        self._resized()
        self.call_after_refresh(self._find_place)

    def _find_place(self) -> None:
        """Show the beginning of what came while the page was out of sight, or stay at the end.

        It is looked up once the page is laid out: something may have been added since.
        """
        if self._to_be_read >= 0 and self.size:
            begin = sum(len(self._broken[each]) for each in self._paragraphs[: self._to_be_read])
            self._to_be_read = -1
            end = len(self._rows) - self.size.height
            self.scroll_to(y=max(0, min(begin, end)), animate=False, immediate=True, force=True)
        elif self.is_at_end:
            self.scroll_end(animate=False, immediate=True, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice whether somebody scrolled away from the end; a resize is not scrolling."""
        super().watch_scroll_y(old_value, new_value)
        if self.size == self._wrapped_for:
            self.is_at_end = new_value >= self.max_scroll_y
            if self.is_at_end:
                self.post_message(self.EndInSight(self))

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def _break_anew(self) -> None:
        """Break all paragraphs; those whose lines are known at this width take them."""
        if self._broken_at != self.text_width:
            self._broken, self._broken_at = {}, self.text_width
        self._rows, self._holding = [], []
        self._break(self._paragraphs)

    def _break(self, paragraphs: Sequence[StyledParagraph]) -> None:
        for paragraph in paragraphs:
            rows = self._broken.get(paragraph) or wrap(paragraph, self._broken_at)
            self._broken[paragraph] = rows
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
        if number >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = self._styled(number)
        strip = self._strips.get(row)
        if strip is None or strip.cell_length != self.size.width:
            base = self.rich_style
            styled = [(piece.text, base + self._style(piece.style)) for piece in row.pieces]
            segments = [Segment(text, style) for text, style in styled]
            strip = self._strips[row] = Strip(segments).adjust_cell_length(self.size.width, base)
        return strip

    def _styled(self, number: int) -> LaidLine:
        """A row as it is painted, with what is chosen in its own style; here nothing is."""
        return self._rows[number]

    def _style(self, name: str) -> Style:
        if not name:
            return Style.null()
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"page--{name}", partial=True)
        return self._styles[name]


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
        if self._place is not None:
            self._place = None
            self.refresh()
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

    def _styled(self, number: int) -> LaidLine:
        row = self._rows[number]
        if self._place is None or self._place[0] != number:
            return row
        at, pieces = self._place[1], list(row.pieces)
        pieces[at] = pieces[at]._replace(style="picked")
        return row._replace(pieces=tuple(pieces))
