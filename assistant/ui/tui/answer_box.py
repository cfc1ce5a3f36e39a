"""The box that answers are typed into: Enter sends, pasted lines stay whole."""

from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import BindingsMap
from textual.markup import escape
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from assistant.ui.tui.key_events import letters_of
from assistant.ui.tui.line_layout import shortened
from assistant.values.characters import visible

_REST = 0.2
"""Seconds without a key after which the text is read and kept."""
_FRAME = 4
"""Columns of the frame that its titles leave free."""
Arrow = Literal["up", "down", "left", "right"]
ARROWS: tuple[Arrow, ...] = ("up", "down", "left", "right")
_NEW_LINE_KEYS = ("ctrl+j", "shift+enter", "alt+enter")
_EDITING = BindingsMap(TextArea.BINDINGS)
"""What the toolkit's own keys do in a text."""


class Sent(NamedTuple):
    """Enter was pressed: what stood in the box, which is empty now."""

    text: str
    is_pasted: bool = False
    """Whether its lines were pasted and are one thing."""


class Moved(NamedTuple):
    """An arrow was pressed where it moves from cell to cell."""

    text: str
    arrow: Arrow


class Completed(NamedTuple):
    """Tab was pressed; the text still stands in the box."""

    text: str


Pressed = Sent | Moved | Completed | bool
"""What a key led to: something for the program to do, or whether it was a key of the box."""


class AnswerBox(TextArea):
    """One to six lines of text."""

    class Rested(Message):
        """The text has not changed for a moment."""

    def __init__(self) -> None:
        """Make an empty box that wraps its text."""
        super().__init__(id="box", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.cursor_blink = False
        self.moves_cells = False
        self._sent: list[str] = []
        self._recalled = 0
        self._resting: Timer | None = None
        self._known = ""
        self._aside = ""
        self._is_pasted = False

    def on_text_area_changed(self) -> None:
        """Wait for the typing to rest."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, lambda: self.post_message(self.Rested()))

    async def press(self, key: events.Key) -> Pressed:
        """Do what a key does here."""
        if key.key == "enter":
            return self.send()
        if key.key == "tab":
            return Completed(self.text)
        if self.read_only:
            return False
        if key.key in _NEW_LINE_KEYS:
            self.insert("\n")
            return True
        if arrow := self._arrow_of(key.key):
            return self._move(arrow)
        if key.key in ("up", "down") and self._recall(-1 if key.key == "up" else 1):
            return True
        for binding in _EDITING.key_to_bindings.get(key.key, []):
            if await self.app.run_action(binding.action, self):
                return True
        return self._write(letters_of(key))

    def action_delete_to_start_of_line(self) -> None:
        """Delete back to where the typed line begins, not to where the screen broke it."""
        row, column = self.cursor_location
        if column and not self.read_only:
            self.delete((row, 0), (row, column))
        else:
            super().action_delete_to_start_of_line()

    @property
    def holds_paste(self) -> bool:
        """Whether pasted lines stand here that are one thing and were not sent."""
        return self._is_pasted and "\n" in self.text

    def take_paste(self, text: str) -> None:
        """Put a pasted text where the cursor is; its lines are one thing."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._is_pasted |= "\n" in text.strip()
        self._write(text)

    def take_lines(self, text: str) -> Sent | None:
        """Put lines that came at once behind what stands here, and send all but the last one.

        Returns:
            What is sent; None where no line is complete.
        """
        first, end, others = text.partition("\n")
        self._write(first)
        if not end:
            return None
        self.move_cursor(self.document.end)
        lines, _, rest = (self.text + end + others).rpartition("\n")
        self.load_text(lines)
        sent = self.send()
        self._write(rest)
        return sent

    def _write(self, text: str) -> bool:
        if text and not self.read_only:
            self.replace(text, *self.selection, maintain_selection_offset=False)
        return bool(text)

    def _arrow_of(self, key: str) -> Arrow | None:
        """Where a key leads out of the cell; within a text left and right move the cursor first."""
        if not self.moves_cells or "\n" in self.text:
            return None
        ends = {"left": (0, 0), "right": self.document.end}
        is_inside = key in ends and self.selection != Selection.cursor(ends[key])
        return next((arrow for arrow in ARROWS if arrow == key and not is_inside), None)

    def begin_command(self, line: str, placeholder: str) -> None:
        """Begin a command, `/跳到 `; what stood in the box waits until it is sent or emptied."""
        if not self.text.startswith(("/", "／")):
            self.remember(self.text)
            self._aside = self.text
        self.put(line, placeholder)

    def empty(self, placeholder: str) -> bool:
        """Empty the box, or give back what a command stands in the place of.

        Returns:
            Whether it is empty now.
        """
        self.remember(self.text)
        self.put(self._aside, placeholder)
        self._aside = ""
        return not self.text

    def send(self) -> Sent:
        """Take out what stands in the box."""
        sent = Sent(self.text, self._is_pasted)
        self._aside = ""
        self._is_pasted = False
        self.remember(sent.text)
        self.load_text("")
        return sent

    def _move(self, arrow: Arrow) -> Moved:
        text = self.text
        self.remember(text)
        self.load_text("")
        return Moved(text, arrow)

    def name_cell(self, name: str, said: str, *, is_bad: bool = False) -> None:
        """Show on the frame which cell is asked for and what was said last."""
        room = self.size.width - _FRAME
        self.border_title = escape(shortened(visible(name), room))
        text = escape(shortened(visible(said), room))
        self.border_subtitle = f"[bold $text-error]{text}[/]" if is_bad else text

    def has_room(self, said: str) -> bool:
        """Whether the frame has room for all that was said."""
        return "\n" not in said and cell_len(visible(said)) <= self.size.width - _FRAME

    def leave_cells(self) -> None:
        """Let the arrows recall lines again."""
        self.moves_cells = False
        self.border_title = self.border_subtitle = ""

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn: what a terminal would obey is replaced, the text stays."""
        line = super().get_line(line_index)
        line.plain = visible(line.plain)
        return line

    def give_back(self, text: str, placeholder: str) -> None:
        """Fill the box with text that is kept elsewhere and may be left here."""
        self.put(text, placeholder)
        self._known = text

    def put(self, text: str, placeholder: str) -> None:
        """Fill the box, the cursor at the end; an empty one shows what can be done."""
        self.load_text(text)
        self.move_cursor(self.document.end)
        self.placeholder = placeholder
        self._is_pasted = False

    def warns(self) -> bool:
        """Whether leaving now would lose text that nobody was told of; once told, it would not."""
        is_news = bool(self.text.strip()) and self.text != self._known
        self._known = self.text
        return is_news

    def remember(self, text: str) -> None:
        """Let the up arrow bring back a text first."""
        if text.strip() and self._sent[-1:] != [text]:
            self._sent.append(text)
        self._recalled = 0

    def _recall(self, step: int) -> bool:
        """Bring back a line sent before, where the arrow cannot move inside the box."""
        is_recalled = self._recalled and self.text == self._sent[-self._recalled]
        if not self._sent or (self.text and not is_recalled):
            return False
        self._recalled = min(len(self._sent), max(0, self._recalled - step))
        self.load_text(self._sent[-self._recalled] if self._recalled else "")
        self.move_cursor(self.document.end)
        return True
