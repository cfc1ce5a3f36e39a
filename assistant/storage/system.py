"""The calls to the operating system that reading, writing and locking are made of.

Whatever the program does on a disk goes through these functions, one call each: so one place knows
what Windows lacks, and a test can make any single call fail. They raise what the system raises;
on Windows what an editor or a scanner holds for a moment is tried again before.
"""

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

IS_WINDOWS = os.name == "nt"
"""There a file that somebody has open can be neither replaced nor removed, and often not read;
some names cannot be given, and long paths not opened."""
_PATIENCE, _PAUSE = 2.0, 0.05
"""Seconds for which what is refused is tried again, and between two tries."""
_Given = TypeVar("_Given")

_OPEN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe that nobody writes to must not wait for somebody."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def open_for_reading(path: Path, *, follows: bool) -> int:
    """Open what stands there, without waiting; a link is an error unless it may be followed."""
    return _open(path, os.O_RDONLY | _NO_WAIT | (0 if follows else _NO_FOLLOW))


def open_new(path: Path, mode: int) -> int:
    """Make a file that was not there and open it for writing."""
    return _open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, mode)


def open_or_make(path: Path) -> int:
    """Open a file for reading and writing, made when it is not there; never through a link."""
    return _open(path, os.O_RDWR | os.O_CREAT | _NO_WAIT | _NO_FOLLOW)


def open_at_end(path: Path) -> int:
    """Open a file that is there for writing behind everything in it; never through a link."""
    return _open(path, os.O_WRONLY | os.O_APPEND | _NO_WAIT | _NO_FOLLOW)


def open_folder(path: Path) -> int:
    """Open a folder for syncing."""
    return _open(path, os.O_RDONLY)


def _patiently(path: Path, call: Callable[[], _Given]) -> _Given:
    """What a call gives, if need be in two seconds; no waiting makes a file of a folder."""
    limit = time.monotonic() + _PATIENCE
    while True:
        try:
            return call()
        except PermissionError:
            is_held = IS_WINDOWS and not os.path.isdir(path)  # noqa: PTH112  for odd names
            if not is_held or time.monotonic() >= limit:
                raise
        time.sleep(_PAUSE)


def _open(path: Path, flags: int, mode: int = 0o666) -> int:
    try:
        return _patiently(path, lambda: os.open(path, flags | _OPEN, mode))
    except ValueError as fault:  # a name with a null or half a character, which no file can have
        raise OSError(errno.ENOENT, "no such name") from fault


def read(number: int, count: int) -> bytes:
    """Read some bytes; none at the end."""
    return os.read(number, count)


def write(number: int, data: bytes) -> int:
    """Write some bytes and say how many."""
    return os.write(number, data)


def sync(number: int) -> None:
    """Wait until what was written is on the disk."""
    os.fsync(number)


def close(number: int) -> None:
    """Close a file."""
    os.close(number)


def about(number: int) -> os.stat_result:
    """What is known of an open file."""
    return os.fstat(number)


def look(path: Path) -> os.stat_result:
    """What is known of a name; of a link, the link itself."""
    return os.lstat(path)


def listed(folder: Path) -> list[str]:
    """The names in a folder."""
    return os.listdir(folder)  # noqa: PTH208  a list, so that reading it is over


def replace(old: Path, new: Path) -> None:
    """Give a file another name, in place of what has it."""
    _patiently(new, lambda: os.replace(old, new))  # noqa: PTH105


def link(old: Path, new: Path) -> None:
    """Give a file a second name, which nothing may have yet."""
    os.link(old, new)


def rename_strictly(old: Path, new: Path) -> None:
    """On Windows: give a file another name, which nothing may have yet."""
    _patiently(new, lambda: os.rename(old, new))  # noqa: PTH104


def unlink(path: Path) -> None:
    """Take a name away."""
    _patiently(path, lambda: os.unlink(path))  # noqa: PTH108


def make_folders(path: Path) -> None:
    """Make a folder and those above it."""
    path.mkdir(parents=True, exist_ok=True)


if os.name == "nt":
    import msvcrt

    def set_mode(number: int, mode: int) -> None:
        """Windows has no modes; a new file takes after its folder."""

    def set_owner(number: int, user: int, group: int) -> None:
        """Windows has no owners of this kind."""

    def take_lock(number: int) -> None:
        """Lock an open file, without waiting."""
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def set_mode(number: int, mode: int) -> None:
        """Set who may read and write."""
        os.fchmod(number, mode)

    def set_owner(number: int, user: int, group: int) -> None:
        """Set user and group; -1 leaves one as it is."""
        os.fchown(number, user, group)

    def take_lock(number: int) -> None:
        """Lock an open file, without waiting."""
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
