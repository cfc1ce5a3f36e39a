"""Characters that no terminal prints as they are."""

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, directions, private characters, surrogates, odd line breaks."""


def visible(text: str) -> str:
    """Replace what a terminal would obey or hide: controls, directions, private characters."""
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in UNSEEN
        else "\ufffd"
        for character in text.replace("\t", " ")
    )
