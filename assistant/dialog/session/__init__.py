"""A conversation with its files: opening or resuming one, saving each answer, writing out."""

from assistant.dialog.session.player import Autoplay
from assistant.dialog.session.session import Session

__all__ = ["Autoplay", "Session"]
