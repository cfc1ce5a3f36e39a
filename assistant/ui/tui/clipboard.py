"""Text to the clipboard of who sits at the screen: of the browser, of tmux, of the terminal."""

import os
import subprocess
from typing import Literal

from textual.app import App

_MOST = 74_994
"""Bytes; of what is longer many terminals take nothing."""
_PATIENCE = 5.0
"""Seconds in which tmux takes a text."""

Way = Literal["terminal", "tmux", "browser", "too_long"]
"""Where a text went; `too_long` for nowhere."""


def put_on_clipboard(app: App[None], text: str) -> Way:
    """Hand a text to the clipboard; whether a terminal took it, it does not say."""
    if len(text.encode()) > _MOST:
        return "too_long"
    if not app.is_web and "TMUX" in os.environ and _give_to_tmux(text):
        return "tmux"
    app.copy_to_clipboard(text)
    return "browser" if app.is_web else "terminal"


def _give_to_tmux(text: str) -> bool:
    """Whether tmux took a text as its buffer and for the terminal around it.

    As tmux is set by default it lets no program within it reach the clipboard by a sequence.
    """
    try:
        subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607  that of the person at the screen
            input=text.encode(),
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True
