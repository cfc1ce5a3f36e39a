"""Reading from disk: bounded bytes, decoded text, the system's faults by code."""

import errno
from pathlib import Path
from typing import NamedTuple

from assistant.errors import FileError

SIZE_LIMIT = 2_000_000
"""Bytes; no answer file or edition file comes near it."""

_SYSTEM_CODES = {
    errno.ENOENT: "file_missing",
    errno.ENOTDIR: "file_missing",
    errno.EISDIR: "file_is_folder",
    errno.EACCES: "file_forbidden",
    errno.EPERM: "file_forbidden",
    errno.EROFS: "file_read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ENAMETOOLONG: "file_name_too_long",
    errno.ELOOP: "file_loop",
}


class Text(NamedTuple):
    """A decoded text file, for example `Text("year: 2017", "gb18030", False)`."""

    text: str
    encoding: str
    """`utf-8`, `gb18030` or `utf-16`."""
    has_mark: bool
    """Whether the file began with a byte order mark."""


def system_error(fault: OSError, path: Path) -> FileError:
    """Turn a fault of the operating system into one with a Chinese sentence."""
    code = _SYSTEM_CODES.get(fault.errno or 0, "file_fault")
    return FileError(code, path=str(path), number=fault.errno or 0)


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises:
        FileError: It is missing, not a regular file, too large, or not readable.
    """
    try:
        if path.is_dir():
            raise FileError("file_is_folder", path=str(path))
        if path.exists() and not path.is_file():
            raise FileError("file_not_regular", path=str(path))
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as fault:
        raise system_error(fault, path) from fault
    except ValueError as fault:  # a name with a null character
        raise FileError("file_missing", path=repr(str(path))) from fault
    if len(data) > limit:
        raise FileError("file_too_large", path=str(path), limit=limit)
    return data


def decode(data: bytes, path: Path) -> Text:
    """Decode UTF-8 with or without mark, UTF-16 with mark, or GB18030.

    Raises:
        FileError: The bytes are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = ("utf-16", True)
    elif data.startswith(b"\xef\xbb\xbf"):
        order = ("utf-8-sig", True)
    else:
        order = ("utf-8", False)
    for encoding in (order[0], "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Text(text, encoding.removesuffix("-sig"), order[1])
    raise FileError("file_not_text", path=str(path))
