"""Paragraphs of styled text broken into lines, as Chinese text wants to be broken."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

from assistant.values.characters import visible


class StyledText(NamedTuple):
    """A stretch of one style, `Piece("145", "figure", "active_total")`."""

    text: str
    style: str = ""
    cell: str = ""
    """What it shows and can be chosen by: the id of a figure or of a question."""


_NOT_FIRST = frozenset("，。、；：？！）】」』》〉”’…—·,.;:?!)]}%")
_CUT = ".."
_NOT_LAST = frozenset("（【「『《〈“‘([{")


Hold = Literal["", "stays", "ends"]
"""Whether lines stay in sight above those that follow them, the heads of columns, or end that."""


class StyledParagraph(NamedTuple):
    """A stretch of text that starts on a new line."""

    pieces: tuple[StyledText, ...]
    indent: int = 0
    """Columns before its first line."""
    hang: int = 0
    """Columns before its other lines."""
    anchor: str = ""
    """The question it speaks of."""
    hold: Hold = ""


class LaidLine(NamedTuple):
    """One line of the screen."""

    pieces: tuple[StyledText, ...]
    anchor: str = ""
    hold: Hold = ""


def shortened(text: str, width: int) -> str:
    """A text that finds room, if need be without its middle: the figure at its end stays."""
    if cell_len(text) <= width:
        return text
    size, tail = max(0, width - len(_CUT)) // 2, ""
    for character in reversed(text):
        if cell_len(character + tail) > size:
            break
        tail = character + tail
    return set_cell_size(text, max(0, width - len(_CUT) - cell_len(tail))) + _CUT + tail


def plain(
    text: str,
    style: str = "",
    *,
    indent: int = 0,
    hang: int = 0,
    anchor: str = "",
    cell: str = "",
    hold: Hold = "",
) -> StyledParagraph:
    """A paragraph of one style."""
    return StyledParagraph((StyledText(text, style, cell),), indent, hang, anchor, hold)


@lru_cache(maxsize=4_000)
def wrap(paragraph: StyledParagraph, width: int) -> tuple[LaidLine, ...]:
    """Break a paragraph; no mark begins a line, no bracket ends one, words stay whole.

    Args:
        paragraph: Styled text; a line break in it begins a new line.
        width: Columns of the screen; a Chinese character takes two.
    """
    rows: list[LaidLine] = []
    line: list[StyledText] = []
    room = max(4, width) - paragraph.indent
    left = room
    margin = paragraph.indent
    for piece in _units(paragraph.pieces):
        text = piece.text
        size = cell_len(text)
        if text == "\n" or (size > left and line):
            rows.append(_row(line, margin, paragraph))
            margin = paragraph.hang
            left = max(4, width) - margin
            line = []
        if text == "\n" or (not line and rows and not text.strip(" ")):
            continue
        line.append(piece)
        left -= size
    rows.append(_row(line, margin, paragraph))
    return tuple(rows)


def _row(line: list[StyledText], margin: int, paragraph: StyledParagraph) -> LaidLine:
    pieces = [StyledText(" " * margin)] if margin else []
    for piece in line:
        if pieces and pieces[-1][1:] == piece[1:]:
            pieces[-1] = piece._replace(text=pieces[-1].text + piece.text)
        else:
            pieces.append(piece)
    return LaidLine(tuple(pieces), paragraph.anchor, paragraph.hold)


def _units(pieces: Iterable[StyledText]) -> Iterator[StyledText]:
    """What may not be broken: a character with the marks that cling to it, or a Latin word."""
    held = StyledText("")
    for piece in pieces:
        for character in visible(piece.text):
            if character == "\n":
                if held.text:
                    yield held
                yield StyledText("\n")
                held = StyledText("")
            elif held.text and held[1:] == piece[1:] and _clings(held.text[-1], character):
                held = held._replace(text=held.text + character)
            else:
                if held.text:
                    yield held
                held = piece._replace(text=character)
    if held.text:
        yield held


def _clings(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return True
    return before.isascii() and after.isascii() and " " not in (before, after)
