"""The conversation on a full screen; the only home of Textual."""

from assistant.ui.tui.app import Chat

__all__ = ["Chat"]
