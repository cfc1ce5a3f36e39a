"""The files of the library: each within its folder, harmless to print, and bounded together."""

from pathlib import Path

from assistant.storage.disk import decode, read_bytes
from assistant.storage.errors import FileError, LibraryError
from assistant.storage.yaml_text import parse, plain
from assistant.values.characters import is_unseen

SIZE_LIMIT = 1_000_000
"""Bytes of all files of an edition; those at hand have a tenth of it."""
_BETWEEN = frozenset("\n\r\t")
"""What nobody sees and everybody uses."""


class LibraryFiles:
    """Reads files that belong together, and no more than `SIZE_LIMIT` of them."""

    def __init__(self, root: Path) -> None:
        """Take the folder that none of them may lead out of; nothing is read yet."""
        self._root = root.resolve()
        self._left = SIZE_LIMIT

    def text(self, path: Path) -> str:
        """The text of a file.

        Raises:
            LibraryError: It is missing, a link to elsewhere, no text, holds characters that nobody
                sees, or makes the files too large.
        """
        try:
            if not path.resolve().is_relative_to(self._root):
                raise LibraryError("library_elsewhere", path=str(path))
            data = read_bytes(path)
            text = decode(data, path).text
        except FileError as fault:
            raise LibraryError(fault.code, **fault.details) from fault
        except RuntimeError as fault:  # a link that leads to itself
            raise LibraryError("file_loop", path=str(path)) from fault
        self._left -= len(data)
        if self._left < 0:
            raise LibraryError("library_large", path=str(path), limit=SIZE_LIMIT)
        for character in set(text) - _BETWEEN:
            if is_unseen(character):
                line = text.count("\n", 0, text.index(character)) + 1
                number = f"U+{ord(character):04X}"
                raise LibraryError("library_unseen", path=str(path), line=line, number=number)
        return text

    def data(self, path: Path) -> object:
        """The YAML of a file as dicts, lists and strings.

        Raises:
            LibraryError: As `text`, or it is no YAML.
        """
        text = self.text(path)
        try:
            return plain(parse(text, path))
        except FileError as fault:
            raise LibraryError(fault.code, **fault.details) from fault
