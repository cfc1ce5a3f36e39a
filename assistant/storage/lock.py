"""The writers' lock of a file: who holds it writes, all others are told so."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.storage import system
from assistant.storage.disk import beside
from assistant.storage.errors import FileError, in_full, write_error

_TRIES = 20
"""Some network disks never tell that an open file and a name are one; there the lock must do."""
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""How a system says that another has the lock; any other word means that it knows no locks."""


@contextmanager
def lock(path: Path) -> Iterator[bool]:
    """Hold the writers' lock of a file; the system frees it at any death of the process.

    It gives whether the disk knows locks; where it does not, nobody is kept out.

    Raises:
        FileError: Another process holds it (`file_locked`), the folder cannot be written, or
            something else stands where the lock would (`place_odd`).
    """
    place = beside(path, f".{path.name}.lock")
    number, is_sure = _take(place, path)
    for _ in range(_TRIES):
        if _is_at(number, place):
            break
        system.close(number)  # it went away between opening and locking
        number, is_sure = _take(place, path)
    try:
        yield is_sure
    finally:
        _let_go(number, place)


def _take(place: Path, path: Path) -> tuple[int, bool]:
    number = _open(place, path)
    try:
        system.take_lock(number)
    except OSError as fault:
        if fault.errno in _HELD:
            system.close(number)
            raise FileError("file_locked", path=str(path)) from fault
        return number, False
    return number, True


def _open(place: Path, path: Path) -> int:
    try:
        number = _open_any(place)
        try:
            if stat.S_ISREG(system.about(number).st_mode):
                return number
        except OSError:
            system.close(number)
            raise
        system.close(number)
    except OSError as fault:
        if fault.errno not in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise write_error(fault, path) from fault
    raise FileError("place_odd", path=in_full(place))


def _open_any(place: Path) -> int:
    """Open the lock; one that somebody else left is read only, which is enough to lock it."""
    try:
        return system.open_or_make(place)
    except PermissionError:
        with suppress(OSError):
            return system.open_for_reading(place, follows=False)
        raise


def _is_at(number: int, place: Path) -> bool:
    """Whether an open file is the one of that name."""
    with suppress(OSError):
        return os.path.samestat(system.about(number), system.look(place))
    return False


def _let_go(number: int, place: Path) -> None:
    """Remove the lock while it is held; Windows removes no open file, so there afterwards."""
    is_own = False
    with suppress(OSError):
        is_own = _is_at(number, place) and not system.about(number).st_size
    with suppress(OSError):
        try:
            if is_own and os.name != "nt":
                system.unlink(place)
        finally:
            system.close(number)
        if is_own and os.name == "nt":
            system.unlink(place)
