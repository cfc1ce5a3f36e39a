"""A conversation with its files: opening or resuming one, saving each answer, writing out."""

from assistant.dialog.session.autoplay import Autoplay, typed_command
from assistant.dialog.session.session import Session
