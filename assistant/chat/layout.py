"""Paragraphs of styled text broken into lines, as Chinese text wants to be broken."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from assistant.characters import visible

Piece = tuple[str, str]
"""Text and the name of its style, `("145", "figure")`."""

_NOT_FIRST = frozenset("，。、；：？！）】」』》〉”’…—·,.;:?!)]}%")
_NOT_LAST = frozenset("（【「『《〈“‘([{")


class Paragraph(NamedTuple):
    """A stretch of text that starts on a new line."""

    pieces: tuple[Piece, ...]
    indent: int = 0
    """Columns before its first line."""
    hang: int = 0
    """Columns before its other lines."""
    anchor: str = ""
    """The question it speaks of."""


class Row(NamedTuple):
    """One line of the screen."""

    pieces: tuple[Piece, ...]
    anchor: str = ""


def plain(
    text: str, style: str = "", *, indent: int = 0, hang: int = 0, anchor: str = ""
) -> Paragraph:
    """A paragraph of one style."""
    return Paragraph(((text, style),), indent, hang, anchor)


@lru_cache(maxsize=4_000)
def wrap(paragraph: Paragraph, width: int) -> tuple[Row, ...]:
    """Break a paragraph; no mark begins a line, no bracket ends one, words stay whole.

    Args:
        paragraph: Styled text; a line break in it begins a new line.
        width: Columns of the screen; a Chinese character takes two.
    """
    rows: list[Row] = []
    line: list[Piece] = []
    room = max(4, width) - paragraph.indent
    left = room
    margin = paragraph.indent
    for text, style in _units(paragraph.pieces):
        size = cell_len(text)
        if text == "\n" or (size > left and line):
            rows.append(_row(line, margin, paragraph.anchor))
            margin = paragraph.hang
            left = max(4, width) - margin
            line = []
        if text == "\n" or (not line and rows and not text.strip(" ")):
            continue
        line.append((text, style))
        left -= size
    rows.append(_row(line, margin, paragraph.anchor))
    return tuple(rows)


def _row(line: list[Piece], margin: int, anchor: str) -> Row:
    pieces: list[Piece] = [(" " * margin, "")] if margin else []
    for text, style in line:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + text, style)
        else:
            pieces.append((text, style))
    return Row(tuple(pieces), anchor)


def _units(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """What may not be broken: a character with the marks that cling to it, or a Latin word."""
    held, held_style = "", ""
    for text, style in pieces:
        for character in visible(text):
            if character == "\n":
                if held:
                    yield held, held_style
                yield "\n", ""
                held = ""
            elif held and style == held_style and _clings(held[-1], character):
                held += character
            else:
                if held:
                    yield held, held_style
                held, held_style = character, style
    if held:
        yield held, held_style


def _clings(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return True
    return before.isascii() and after.isascii() and " " not in (before, after)
