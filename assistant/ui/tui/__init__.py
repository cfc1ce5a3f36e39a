"""The conversation on a full screen; nothing else uses Textual."""

from assistant.ui.tui.app import Chat
