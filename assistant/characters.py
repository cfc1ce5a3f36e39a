"""Characters: Chinese ones, and those that no terminal prints as they are."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, directions, private characters, surrogates, odd line breaks."""
_UNASSIGNED = "Cn"
"""Category that holds the code points which are no character and never will be, among others."""


def is_chinese(character: str) -> bool:
    """Whether a character is one of the usual Chinese ones."""
    return "\u4e00" <= character <= "\u9fff"


def is_unseen(character: str) -> bool:
    """Whether a character is one that a reader would not see, or none at all."""
    category = unicodedata.category(character)
    if category != _UNASSIGNED:
        return category in _UNSEEN
    number = ord(character)
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


def visible(text: str) -> str:
    """Replace what a terminal would obey or hide: controls, directions, private characters."""
    return "".join(
        character if character == "\n" or not is_unseen(character) else "\ufffd"
        for character in text.replace("\t", " ")
    )
