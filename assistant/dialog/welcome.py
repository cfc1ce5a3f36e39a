"""The first words of a conversation that begins anew; they need nothing of any edition.

They are painted while the rest of the program is still being read.
"""

from pathlib import Path

from assistant.messages import Sentences
from assistant.messages.events import Event

ANSWER_SUFFIXES = (".yaml", ".yml")
REPORT_SUFFIXES = (".docx", ".pdf", ".html", ".htm")
"""Of documents in a folder that may be last year's published report."""


def welcome(sentences: Sentences) -> Event:
    """What the program is."""
    return Event("note", sentences.say("opening.welcome"), lines=(sentences.say("opening.how"),))


def ask_year(sentences: Sentences, this_year: int) -> Event:
    """The question for the report year; the one that ended last is offered."""
    text = sentences.say("opening.ask_year", last=this_year - 1)
    return Event("ask", text, lines=(sentences.say("opening.report_too"),))


def greet(sentences: Sentences, folder: Path, this_year: int) -> list[Event]:
    """What is said first in a folder without files to begin from; nothing where some may be."""
    try:
        if any(path.suffix in (*ANSWER_SUFFIXES, *REPORT_SUFFIXES) for path in folder.iterdir()):
            return []
    except OSError:
        return []
    return [welcome(sentences), ask_year(sentences, this_year)]
