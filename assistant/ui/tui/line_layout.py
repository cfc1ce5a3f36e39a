"""Paragraphs of styled text broken into lines, as Chinese text wants to be broken."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

from assistant.values.characters import visible
from assistant.values.line_breaking import lines_within


class StyledText(NamedTuple):
    """A stretch of one style, `Piece("145", "figure", "active_total")`."""

    text: str
    style: str = ""
    cell: str = ""
    """What it shows and can be chosen by: the id of a figure or of a question."""


_CUT = ".."


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
    pieces = [piece._replace(text=visible(piece.text)) for piece in paragraph.pieces]
    ends = list(accumulate(len(piece.text) for piece in pieces))
    text = "".join(piece.text for piece in pieces)
    first, rest = max(4, width) - paragraph.indent, max(4, width) - paragraph.hang
    lines: list[LaidLine] = []
    for place in lines_within(text, first, rest, measure=cell_len):
        at = bisect_right(ends, place.start)
        cut = _cut(zip(pieces[at:], ends[at:], strict=True), place)
        margin = paragraph.hang if lines else paragraph.indent
        made = _joined([StyledText(" " * margin), *cut])
        lines.append(LaidLine(made, paragraph.anchor, paragraph.hold))
    return tuple(lines)


def _cut(pieces: Iterable[tuple[StyledText, int]], place: slice) -> Iterator[StyledText]:
    """The stretches of a line, from pieces with their ends in the paragraph."""
    for piece, end in pieces:
        begin = end - len(piece.text)
        if begin >= place.stop:
            return
        yield piece._replace(text=piece.text[max(0, place.start - begin) : place.stop - begin])


def _joined(pieces: Iterable[StyledText]) -> tuple[StyledText, ...]:
    """The pieces without empty ones, neighbours of one style as one."""
    made: list[StyledText] = []
    for piece in pieces:
        if made and made[-1][1:] == piece[1:]:
            made[-1] = piece._replace(text=made[-1].text + piece.text)
        elif piece.text:
            made.append(piece)
    return tuple(made)
