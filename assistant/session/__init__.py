"""A conversation with its files: opening or resuming one, saving each answer, writing out."""

from assistant.session.playing import Player
from assistant.session.session import Session

__all__ = ["Player", "Session"]
