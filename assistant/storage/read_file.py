"""Reading from disk: bounded bytes, decoded text, the system's faults by code."""

import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

from assistant.storage import system
from assistant.storage.errors import FileError

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
    errno.ENXIO: "file_not_regular",
}


class DecodedText(NamedTuple):
    """A decoded text file, for example `Text("year: 2017", "gb18030", False)`."""

    text: str
    encoding: str
    """`utf-8`, `gb18030` or `utf-16`."""
    has_mark: bool
    """Whether the file began with a byte order mark."""


class Present(NamedTuple):
    """What stands in a file, and whose it is."""

    data: bytes
    about: os.stat_result


def system_error(fault: OSError, path: Path) -> FileError:
    """Turn a fault of the operating system into one with a Chinese sentence."""
    code = _SYSTEM_CODES.get(fault.errno or 0, "file_fault")
    return FileError(code, path=str(path), number=fault.errno or 0)


def write_error(fault: OSError, path: Path) -> FileError:
    """The same while writing a file, which is named with its folder."""
    return system_error(fault, Path(in_full(path)))


def in_full(path: Path) -> str:
    """A name with its folder, no link followed; as it is where the folder itself is gone."""
    try:
        return os.path.abspath(path)  # noqa: PTH100
    except OSError:
        return str(path)


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises:
        FileError: It is missing, not a regular file, too large, or not readable.
    """
    return read_present(path, limit).data


def read_present(path: Path, limit: int = SIZE_LIMIT, *, follows: bool = True) -> Present:
    """Read a regular file of at most `limit` bytes, with what is known of it.

    What was opened is looked at, so that nothing can take its place in between; a pipe or a
    device is refused without a byte being waited for.

    Raises:
        FileError: As `read_bytes`; a link that may not be followed is `file_loop`.
    """
    try:
        number = system.open_for_reading(path, follows=follows)
        try:
            about = system.about(number)
            if stat.S_ISDIR(about.st_mode):
                raise FileError("file_is_folder", path=str(path))
            if not stat.S_ISREG(about.st_mode):
                raise FileError("file_not_regular", path=str(path))
            if about.st_size > limit:
                raise FileError("file_too_large", path=str(path), limit=limit)
            data = _read_some(number, about.st_size + 1, limit + 1)
        finally:
            system.close(number)
    except OSError as fault:
        if "\0" in str(path):
            raise FileError("file_missing", path=repr(str(path))) from fault
        if os.path.isdir(path):  # noqa: PTH112  Windows opens none; odd names are no folders
            raise FileError("file_is_folder", path=str(path)) from fault
        raise system_error(fault, path) from fault
    if len(data) > limit:
        raise FileError("file_too_large", path=str(path), limit=limit)
    return Present(data, about)


def _read_some(number: int, usual: int, limit: int) -> bytes:
    """The bytes of an open file, some at a time, no more than `limit`."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := system.read(number, min(limit, usual))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def decode(data: bytes, path: Path) -> DecodedText:
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
        return DecodedText(text, encoding.removesuffix("-sig"), order[1])
    raise FileError("file_not_text", path=str(path))
