"""A number chosen from a numbered list on the screen."""

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
