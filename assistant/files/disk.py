"""Writing to disk: temporary file, name, durability, locks, the cache folder."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from assistant.errors import FileError
from assistant.files.reading import system_error

_PREFIX, _SUFFIX = ".nianbao-", ".tmp"
_HOUR = 3600
_TRIES = 20
"""Some network disks never tell that an open file and a name are one; there the lock must do."""
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)
"""Network disks that cannot sync a folder, and folders that may be written but not listed."""


def write_temporary(data: bytes, folder: Path, *, durable: bool) -> Path:
    """Write a new file beside its future place and return its path.

    Raises:
        FileError: The folder cannot be written, or the disk is full.
    """
    import tempfile  # noqa: PLC0415  the first question is painted before anything is written

    try:
        number, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    except OSError as fault:
        raise system_error(fault, folder) from fault
    path = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        if os.name != "nt":
            path.chmod(0o666 & ~_umask())
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise system_error(fault, folder) from fault
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def rename(temporary: Path, path: Path) -> None:
    """Give a temporary file its name.

    Raises:
        FileError: The place is a folder, locked or not writable; the temporary file is gone.
    """
    try:
        temporary.replace(path)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        raise system_error(fault, path) from fault


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file so that a crash at any moment leaves the old or the new one whole.

    The previous version is kept beside it as `.bak`.

    Raises:
        FileError: As `write_temporary` and `rename`.
    """
    temporary = write_temporary(data, path.parent, durable=True)
    try:
        if path.exists():
            keep = write_temporary(path.read_bytes(), path.parent, durable=False)
            rename(keep, backup_of(path))
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        raise system_error(fault, path) from fault
    except FileError:
        temporary.unlink(missing_ok=True)
        raise
    rename(temporary, path)
    _sync_folder(path.parent)


def backup_of(path: Path) -> Path:
    """Where the previous version of a file is kept."""
    return path.with_name(path.name + ".bak")


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder for syncing
        return
    try:
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
    except OSError as fault:
        if fault.errno not in _NO_FOLDER_SYNC:
            raise system_error(fault, folder) from fault


def sweep(folder: Path) -> None:
    """Remove temporary files that a process left behind when it was killed over an hour ago."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _HOUR:
                path.unlink()


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the writers' lock of a file; the system frees it at any death of the process.

    Raises:
        FileError: Another process holds it (`file_locked`), or the folder cannot be written.
    """
    place = path.with_name(f".{path.name}.lock")
    stream = _take(place, path)
    for _ in range(_TRIES):
        if _is_at(stream, place):
            break
        stream.close()  # it went away between opening and locking
        stream = _take(place, path)
    try:
        yield
    finally:
        _let_go(stream, place)


def _take(place: Path, path: Path) -> BinaryIO:
    try:
        stream = place.open("ab")
    except OSError as fault:
        raise system_error(fault, path) from fault
    try:
        _lock_stream(stream)
    except OSError as fault:
        stream.close()
        raise FileError("file_locked", path=str(path)) from fault
    return stream


def _is_at(stream: BinaryIO, place: Path) -> bool:
    """Whether an open file is the one of that name."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(stream.fileno()), place.stat())
    return False


if os.name == "nt":
    import msvcrt

    def _lock_stream(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

    def _let_go(stream: BinaryIO, place: Path) -> None:
        stream.close()
        with suppress(OSError):  # whoever has it open meanwhile keeps it
            place.unlink()
else:
    import fcntl

    def _lock_stream(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(stream: BinaryIO, place: Path) -> None:
        with stream, suppress(OSError):
            if _is_at(stream, place):
                place.unlink()


def make_folder(path: Path) -> None:
    """Make a folder and its parents.

    Raises:
        FileError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as fault:
        raise FileError("folder_is_file", path=str(path)) from fault
    except OSError as fault:
        raise system_error(fault, path) from fault


def cache_folder() -> Path | None:
    """The user's private cache folder, made when needed; `None` when that cannot be written."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(home) if home else Path.home() / ".cache"
        folder = folder / "nianbao"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = folder.stat()
    except (OSError, RuntimeError):
        return None
    if os.name != "nt" and (owner.st_uid != os.getuid() or owner.st_mode & 0o022):
        return None  # somebody else could plant compiled code there
    return folder if os.access(folder, os.W_OK) else None
