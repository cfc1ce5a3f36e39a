"""The characters of a page as lines: where they stand says which belong together."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from pdfplumber.page import Page

from assistant.values.characters import fold_radicals, is_wide

_UNREADABLE = "(cid:"
"""Stands for a character whose font does not say which one it is."""
_DOUBLED = 0.2
"""Parts of its size by which a character printed twice to look bold is moved at most."""
_BLANKS = (0.2, 0.6, 0.9)
"""Parts of a character that a blank takes at least: between narrow characters, beside a Chinese
one, and between two of them, which lines of even length set apart."""

_BOTH = 2
"""Of two characters both are wide."""


class Print(NamedTuple):
    """A character or line in its place; lengths are in points, from the left and from the top."""

    text: str
    left: float
    right: float
    middle: float
    """Between its top and its bottom."""
    size: float


def glyphs_of(page: Page) -> tuple[list[Print], int]:
    """The characters of a page, and how many there are that nobody can read.

    What is turned is a stamp or a watermark, unless most of the page is.
    """
    found: list[Print] = []
    unreadable = 0
    chars = page.chars
    is_turned = sum(not char["upright"] for char in chars) * 2 > len(chars)
    for char in chars:
        text = fold_radicals(char["text"])
        if not text or (not char["upright"] and not is_turned):
            continue
        if text.startswith(_UNREADABLE):
            unreadable += 1
            continue
        left, right, top, bottom = (float(char[key]) for key in ("x0", "x1", "top", "bottom"))
        found.append(Print(text, left, right, (top + bottom) / 2, max(1.0, float(char["size"]))))
    return found, unreadable


def lines_of(glyphs: Iterable[Print]) -> Iterator[Print]:
    """The lines that characters stand in, from the top down, blank ones left out."""
    held: list[Print] = []
    for glyph in sorted(glyphs, key=attrgetter("middle")):
        if held and glyph.middle - held[0].middle > max(held[0].size, glyph.size) / 2:
            yield from _line(held)
            held = []
        held.append(glyph)
    yield from _line(held)


def _line(glyphs: list[Print]) -> Iterator[Print]:
    """The line of these characters; none where all of them are blank."""
    glyphs.sort(key=attrgetter("left"))
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if not inked:
        return
    text, last, has_blank = "", inked[0], False
    for glyph in glyphs:
        if not glyph.text.strip():
            has_blank = True
            continue
        if text and glyph.text == last.text and glyph.left - last.left < _DOUBLED * glyph.size:
            continue
        text += (" " if text and _is_apart(last, glyph, has_blank=has_blank) else "") + glyph.text
        last, has_blank = glyph, False
    size = max(glyph.size for glyph in inked)
    right = max(glyph.right for glyph in inked)
    yield Print(text, inked[0].left, right, inked[0].middle, size)


def _is_apart(left: Print, right: Print, *, has_blank: bool) -> bool:
    """Whether a reader sees a blank between two characters; programs print one, or move on."""
    wide = is_wide(left.text[-1]) + is_wide(right.text[0])
    if has_blank and wide < _BOTH:
        return True
    return right.left - left.right > _BLANKS[wide] * max(left.size, right.size)


def joined(lines: Sequence[str]) -> str:
    """The lines of one cell; between Chinese characters there was only no room for more."""
    text = ""
    for line in lines:
        is_word = text and not is_wide(text[-1]) and not is_wide(line[0])
        text += (" " if is_word else "") + line
    return text
