"""The names that a command line gives to new files."""

import os
from pathlib import Path

from assistant.characters import is_unseen
from assistant.errors import FileError


def check_new_name(path: Path) -> None:
    """See that the name of a new file or folder can be read; those that are there may be odd.

    Raises:
        FileError: It holds a character that nobody sees, or half of one.
    """
    odd = next(filter(is_unseen, str(path)), "")
    if odd and not os.path.lexists(path):
        raise FileError("name_unseen", path=str(path), number=f"U+{ord(odd):04X}")
