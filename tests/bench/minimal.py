"""The floor of a screen: a Textual application of one input line: minimal.py FILE.

A line sent is written to the file, through to the disk, before it is told as taken.
"""

import os
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Input


class Minimal(App[None]):
    """Asks for lines and keeps the last one."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._taken = 0

    def compose(self) -> ComposeResult:
        box = Input(placeholder="READY")
        box.cursor_blink = False
        yield box

    def on_input_submitted(self, message: Input.Submitted) -> None:
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(message.value)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        self._taken += 1
        message.input.clear()
        message.input.placeholder = f"TAKEN {self._taken}."


if __name__ == "__main__":
    Minimal(Path(sys.argv[1])).run()
