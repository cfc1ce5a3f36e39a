"""The first words of a conversation that begins anew; they need nothing of any edition.

They are painted while the rest of the program is still being read.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.messages import Sentences
from assistant.messages.events import Event
from assistant.storage.disk import is_answer_name
from assistant.values.language import words_for

_REPORT_SUFFIXES = (".docx", ".pdf", ".html", ".htm")
"""Of documents in a folder that may be last year's published report."""
_TEXT_SUFFIXES = (".txt", ".md")
"""Of files that may be anything: only those that say it in their name or first lines may be it."""
_FIRST_BYTES = 4_096
_MOST_TEXTS = 50
"""Text files of a folder whose first lines are read."""


def reports_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that may be a published report, by their names or what they begin with."""
    left = _MOST_TEXTS
    for path in paths:
        suffix = path.suffix.lower()
        if suffix in _REPORT_SUFFIXES:
            yield path
        elif suffix in _TEXT_SUFFIXES:
            left -= 1
            if _says_report(path.name) or (left >= 0 and _says_report(_beginning(path))):
                yield path


def _says_report(text: str) -> bool:
    said = "".join(text.split())
    return any(words in said for words in words_for("annual_report"))


def _beginning(path: Path) -> str:
    """The first characters of a text file, in whichever encoding says more; nothing on a fault."""
    try:
        with path.open("rb") as opened:
            data = opened.read(_FIRST_BYTES)
    except OSError:
        return ""
    return data.decode(errors="ignore") + data.decode("gb18030", errors="ignore")


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
        files = [path for path in folder.iterdir() if path.is_file()]
        if any(map(is_answer_name, files)) or any(reports_in(files)):
            return []
    except OSError:
        return []
    return [welcome(sentences), ask_year(sentences, this_year)]
