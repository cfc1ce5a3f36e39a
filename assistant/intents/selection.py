"""An item chosen from a list on the screen by its number or letter."""

from unicodedata import normalize

LETTERS = "ABCDEFGHI"
"""Before items that are chosen where a figure could be the next answer."""
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_LONGEST = 4
"""Digits of a number that could stand before an item."""


def is_number(text: str) -> bool:
    """Whether a line is nothing but digits: 2, ２."""
    return text.strip().isdecimal()


def pick(text: str, count: int) -> int | None:
    """The place of the item a line names by number, from 0; `None` when it names none."""
    digits = text.strip().translate(_DIGITS)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST):
        return None
    number = int(digits)
    return number - 1 if 1 <= number <= count else None


def pick_letter(text: str, count: int) -> int | None:
    """The place of the item a line names by letter, from 0; `None` when it names none."""
    letter = normalize("NFKC", text.strip()).upper()
    place = LETTERS.find(letter) if len(letter) == 1 else -1
    return place if 0 <= place < count else None
