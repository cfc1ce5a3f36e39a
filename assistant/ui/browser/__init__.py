"""The conversation in a browser on this computer; nothing else knows a network."""

from assistant.ui.browser.server import Body, serve
