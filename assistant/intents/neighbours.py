"""A line that answers several figures asked one after the other: 检查4次，通报2期."""

import re
from collections.abc import Sequence

from assistant.answers import Answer
from assistant.form.model import Fact
from assistant.intents.line import Line, read_typed
from assistant.intents.meaning import Answered
from assistant.intents.question_index import bare
from assistant.values.language import phrase

_PIECES = re.compile(r"[，,、；;。\s]+")
_PIECE = phrase(
    r"(?P<name>[\u4e00-\u9fff]{0,20}?) {done}? {have|be}? \s*+ (?P<value>[0-9０-９].{0,20})"
)
_NUMBERS = ("count", "amount")
_FAR = 6
"""Questions before and behind the one on the screen that a line may answer with it."""
_MOST = 2 * _FAR + 1
_SHORTEST = 2
"""Characters of a name that tell one question from another."""


def read_neighbours(line: Line) -> Answered | None:
    """Read figures with their units behind pieces of the names of questions asked together.

    The first may go without a name, 4次，通报2期. Each must fit one question alone, and the one on
    the screen has to be among them.
    """
    asked = line.asked
    pieces = [piece for piece in _PIECES.split(line.text) if piece]
    if not isinstance(asked, Fact) or asked.kind not in _NUMBERS or len(pieces) > _MOST:
        return None
    facts = _together(asked, line.index.edition.facts)
    taken: dict[str, str] = {}
    for place, piece in enumerate(pieces):
        match = _PIECE.fullmatch(piece)
        if match is None:
            return None
        is_here = place == 0 and not match["name"]
        found = [asked] if is_here else _named(match["name"], facts)
        fitting = [each for each in found if isinstance(read_typed(each, match["value"]), Answer)]
        if len(fitting) != 1 or fitting[0].id in taken:
            return None
        taken[fitting[0].id] = match["value"]
    ordered = tuple((each.id, taken[each.id]) for each in facts if each.id in taken)
    return Answered(ordered) if asked.id in taken else None


def _together(asked: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The figures around a question that are asked under the same condition, itself among them."""
    at = facts.index(asked)
    around = facts[max(0, at - _FAR) : at + _FAR + 1]
    return [each for each in around if each.kind in _NUMBERS and each.when == asked.when]


def _named(words: str, facts: Sequence[Fact]) -> list[Fact]:
    """The questions whose names hold the longest end of some words: 印发通报 for 通报期数."""
    for begin in range(len(words) - _SHORTEST + 1):
        said = bare(words[begin:])
        found = [f for f in facts if any(said in bare(name) for name in (f.label, *f.aliases))]
        if found:
            return found
    return []
