"""One file of the library, parsed."""

from pathlib import Path

from assistant.errors import FileError, LibraryError
from assistant.files import decode, parse, plain, read_bytes


def read_contents(path: Path) -> object:
    """Parse a file to dicts, lists and strings.

    Raises:
        LibraryError: It is missing, too large or not YAML.
    """
    try:
        return plain(parse(decode(read_bytes(path), path).text, path))
    except FileError as fault:
        raise LibraryError(fault.code, **fault.details) from fault
