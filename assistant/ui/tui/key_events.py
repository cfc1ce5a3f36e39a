"""What was typed, as the reader of the terminal hands it over: keys and pastes in their order."""

from collections.abc import Sequence
from itertools import takewhile

from textual import events

from assistant.values.characters import is_unseen

_MARKS = {"enter": "\n", "tab": "\t"}
"""Keys that stand for a character of the text, where they came in the middle of it."""

_MOST_TYPED = 8
"""Lines that somebody may have typed while the program could not look; more were pasted."""

Piece = events.Key | events.Paste


class KeysTyped(events.Event, bubble=False):
    """Keys and pasted texts that were waiting together, in their order."""

    def __init__(self, pieces: Sequence[Piece], *, marks_pastes: bool) -> None:
        """Carry them, and whether this terminal marks what is pasted."""
        super().__init__()
        self.pieces = pieces
        self.marks_pastes = marks_pastes


def letters_of(event: events.Key) -> str:
    """What a key writes; a full-width space too, which the toolkit takes for none."""
    letters = event.character or ""
    return "" if any(map(is_unseen, letters)) else letters


def lines_at_once(pieces: Sequence[Piece]) -> str:
    """The keys at the beginning as text, a character each, where lines or cells go on in them.

    The keys `1 enter 2` are two lines; `1 enter` is one, so that nothing comes of it.
    """
    text = "".join(takewhile(bool, map(_written, pieces)))
    inside = text.removesuffix("\n").strip("\t")
    return text if "\n" in inside or "\t" in inside else ""


def are_pasted(text: str) -> bool:
    """Whether lines that came at once are too many to have been typed."""
    return text.count("\n") > _MOST_TYPED


def _written(piece: Piece) -> str:
    """The one character that a key puts into a text; empty for any other key."""
    if isinstance(piece, events.Paste):
        return ""
    written = _MARKS.get(piece.key) or letters_of(piece)
    return written if len(written) == 1 else ""
