"""The box that answers are typed into: Enter sends, pasted lines stay whole."""

from typing import Literal

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.markup import escape
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from assistant.characters import is_unseen, visible
from assistant.chat.layout import shortened

_QUICK = 0.004
"""Seconds between two keys that nobody presses so fast: they were pasted, or typed ahead."""
_PAUSE = 0.03
"""Seconds without a key after which a line that came at once is complete."""
_LONG_PAUSE = 0.4
"""The same for several lines: a long paste comes in pieces, over a slow line with gaps."""
_REST = 0.2
"""Seconds without a key after which the text is read and kept."""
_PASTED = {"enter": "\n", "tab": "\t"}
_FRAME = 4
"""Columns of the frame that its titles leave free."""
Arrow = Literal["up", "down", "left", "right"]
ARROWS: tuple[Arrow, ...] = ("up", "down", "left", "right")
_NEW_LINE_KEYS = ("ctrl+j", "shift+enter", "alt+enter")


def letters_of(event: events.Key) -> str:
    """What a key writes; a full-width space too, which the toolkit takes for none."""
    letters = event.character or ""
    return "" if any(map(is_unseen, letters)) else letters


class AnswerBox(TextArea):
    """One to six lines of text."""

    class Sent(Message):
        """Enter was pressed, or several lines came at once."""

        def __init__(self, text: str, *, has_rest: bool = False, is_pasted: bool = False) -> None:
            """Carry the lines, whether more came at once behind them, and whether they are one."""
            super().__init__()
            self.text = text
            self.has_rest = has_rest
            self.is_pasted = is_pasted

    class Completed(Message):
        """Tab was pressed."""

        def __init__(self, text: str) -> None:
            """Carry what was in the box."""
            super().__init__()
            self.text = text

    class Rested(Message):
        """The text has not changed for a moment."""

        def __init__(self, text: str) -> None:
            """Carry what stands in the box."""
            super().__init__()
            self.text = text

    class Moved(Message):
        """An arrow was pressed where it moves from cell to cell."""

        def __init__(self, text: str, arrow: Arrow) -> None:
            """Carry what was in the box, and the direction."""
            super().__init__()
            self.text = text
            self.arrow = arrow

    def __init__(self) -> None:
        """Make an empty box that wraps its text."""
        super().__init__(id="box", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.cursor_blink = False
        self.moves_cells = False
        self._sent: list[str] = []
        self._recalled = 0
        self._last_key = 0.0
        self._ending: Timer | None = None
        self._resting: Timer | None = None
        self._known = ""
        self._aside = ""
        self._is_pasted = False

    def on_paste(self, event: events.Paste) -> None:
        """Remember that the lines in the box were pasted: they are one thing."""
        self._is_pasted |= "\n" in event.text.strip() or "\r" in event.text.strip()

    def on_text_area_changed(self) -> None:
        """Wait for the typing to rest."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, lambda: self.post_message(self.Rested(self.text)))

    async def _on_key(self, event: events.Key) -> None:
        if self._comes_at_once(event):
            event.stop()
            event.prevent_default()
            return
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._send(self.text)
            return
        if event.key in _NEW_LINE_KEYS:
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.post_message(self.Completed(self.text))
            return
        if arrow := self._arrow_of(event.key):
            event.stop()
            event.prevent_default()
            self._move(arrow)
            return
        if event.key in ("up", "down") and self._recall(-1 if event.key == "up" else 1):
            event.stop()
            event.prevent_default()
            return
        if await self._edits_at_once(event):
            return
        if not event.is_printable and (letters := letters_of(event)):
            event.stop()
            event.prevent_default()
            self.replace(letters, *self.selection, maintain_selection_offset=False)
            return
        await super()._on_key(event)

    def _arrow_of(self, key: str) -> Arrow | None:
        """Where a key leads out of the cell; within a text left and right move the cursor first."""
        if not self.moves_cells or "\n" in self.text:
            return None
        ends = {"left": (0, 0), "right": self.document.end}
        is_inside = key in ends and self.selection != Selection.cursor(ends[key])
        return next((arrow for arrow in ARROWS if arrow == key and not is_inside), None)

    def _comes_at_once(self, event: events.Key) -> bool:
        """Whether a key is a line's end or a gap in what came faster than anyone types."""
        limit = _LONG_PAUSE if self._ending is not None and self._has_lines else _QUICK
        is_quick = event.time - self._last_key < limit
        self._last_key = event.time
        if self._ending is not None and not is_quick:
            self._end()
        is_pasted = is_quick and event.key in _PASTED
        if is_pasted:
            if event.key == "enter":
                self.move_cursor(self.document.end)
            self.insert(_PASTED[event.key])
        if self._ending is not None or (is_pasted and event.key == "enter"):
            self._wait()
        return is_pasted

    def begin_command(self, line: str, placeholder: str) -> None:
        """Begin a command, `/跳到 `; what stood in the box waits until it is sent or emptied."""
        if not self.text.startswith(("/", "／")):
            self.remember(self.text)
            self.post_message(self.Rested(self.text))
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

    def _send(self, text: str, rest: str = "") -> None:
        self._aside = ""
        self.remember(text)
        self.load_text(rest)  # at once: the next key may be waiting already
        self.move_cursor(self.document.end)
        self.post_message(self.Sent(text, has_rest=bool(rest), is_pasted=self._is_pasted))
        self._is_pasted = False

    def _move(self, arrow: Arrow) -> None:
        text = self.text
        self.remember(text)
        self.load_text("")
        self.post_message(self.Moved(text, arrow))

    def _wait(self) -> None:
        """Wait for what comes at once with a line."""
        if self._ending is not None:
            self._ending.stop()
        pause = _LONG_PAUSE if self._has_lines else _PAUSE
        self._ending = self.set_timer(pause, self._end)

    @property
    def _has_lines(self) -> bool:
        return self.text.count("\n") > 1

    def _end(self) -> None:
        """Send what came at once, with what stands behind its last Enter."""
        if self._ending is not None:
            self._ending.stop()
        self._ending = None
        lines, _, rest = self.text.rpartition("\n")
        self._send(lines, rest)

    async def _edits_at_once(self, event: events.Key) -> bool:
        """Do what an editing key does now; the toolkit would do it after the letters behind it."""
        for binding in self._bindings.key_to_bindings.get(event.key, []):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return True
        return False

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
