"""Chinese text broken into lines: no closing mark begins one, no opening one ends it."""

import re
from collections.abc import Callable, Iterator
from unicodedata import east_asian_width

NOT_FIRST = frozenset("，。、；：？！）】」』》〉”’…—·,.;:?!)]}%")
"""Marks that no line begins with."""
NOT_LAST = frozenset("（【「『《〈“‘([{")
"""Marks that no line ends with."""

_WORD = re.compile("[!-~]+")


def columns(text: str, wide: str = "WFA") -> int:
    """Columns that a text takes: two for a Chinese character or mark, one for ASCII.

    Args:
        text: The text, of one line.
        wide: The widths of Unicode that count twice; without `A` what only Chinese fonts set wide
            counts once, as most terminals have it.
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in wide else 1 for character in text)


def lines_within(
    text: str,
    first: int,
    rest: int | None = None,
    *,
    measure: Callable[[str], int] = columns,
    hangs: bool = False,
) -> Iterator[slice]:
    """Where the lines of a text stand in it; words stay whole, blanks begin no line but the first.

    Args:
        text: The text; a line break in it begins a new line.
        first: Columns of the first line.
        rest: Columns of the others; as many where it is left out.
        measure: Gives the columns of a piece of the text.
        hangs: Marks and digits stand over the edge rather than take a character with them.
    """
    start, left, is_first = 0, first, True
    for begin, end in _units(text, hangs=hangs):
        unit = text[begin:end]
        size = measure(unit)
        needed = measure(_without_hanging(unit)) if hangs else size
        if unit == "\n" or (needed > left and begin > start):
            yield slice(start, begin)
            start, left, is_first = begin, first if rest is None else rest, False
        if unit == "\n" or (begin == start and not is_first and not unit.strip(" ")):
            start = end
        else:
            left -= size
    yield slice(start, len(text))


def even_room(size: int, room: int, step: int) -> int:
    """The columns in which a text comes in as few lines as in all of the room, about equally long.

    Args:
        size: Columns of the text.
        room: Columns there are.
        step: What the lines should be a multiple of, where there is room for it.
    """
    even = -(-size // max(1, -(-size // room)))
    rounded = -(-even // step) * step
    return rounded if rounded <= room else even


def longest_word(text: str) -> int:
    """The most letters, digits and marks of ASCII that stand together in a text."""
    return max((len(word) for word in _WORD.findall(text)), default=0)


def last_unit(text: str) -> int:
    """Where that begins which goes to the next line if the marks at the end may not hang."""
    return max((begin for begin, _ in _units(text, hangs=True)), default=0)


def _units(text: str, *, hangs: bool) -> Iterator[tuple[int, int]]:
    """Beginning and end of what stays whole: a word, or a character with its clinging marks."""
    begin = 0
    for at in range(1, len(text)):
        if not _clings(text[at - 1], text[at], hangs=hangs):
            yield begin, at
            begin = at
    if text:
        yield begin, len(text)


def _clings(before: str, after: str, *, hangs: bool) -> bool:
    if "\n" in (before, after):
        return False
    if after in NOT_FIRST or before in NOT_LAST or (hangs and after.isdigit()):
        return True
    return before.isascii() and after.isascii() and " " not in (before, after)


def _without_hanging(unit: str) -> str:
    end = len(unit)
    while end > 1 and (unit[end - 1] in NOT_FIRST or unit[end - 1].isdigit()):
        end -= 1
    return unit[:end]
