"""Reading and writing on disk: bounded bytes, text, temporary files, names, folders."""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from assistant.storage import system
from assistant.storage.errors import FileError, in_full, system_error, write_error
from assistant.values.characters import is_unseen

SIZE_LIMIT = 2_000_000
"""Bytes; no answer file or edition file comes near it."""
PATH_LIMIT = 240
"""Characters of a path; Windows opens no more than 259, earlier versions and locks among them."""
_UNFIT_PART = re.compile(
    r'[<>:"|?*]|[^.][. ]$|^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(?:\.|$)', re.I
)
"""In a name that Windows cannot give, or gives to a device."""
_PREFIX, _SUFFIX = ".nianbao-", ".tmp"
_HOUR = 3600
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)
"""Network disks that cannot sync a folder, and folders that may be written but not listed."""
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""Disks on which no file can have a second name: memory sticks, some network disks."""


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


def is_answer_name(path: Path) -> bool:
    """Whether a file is an answer file by its name: `.yaml`, `.yml`, in whatever letters."""
    return path.suffix.lower() in (".yaml", ".yml")


def beside(path: Path, name: str) -> Path:
    """Another name in the folder of a file; unlike `with_name` also for odd paths such as `.`."""
    return path.parent / name


def where(path: Path) -> Path:
    """Where a file stands: behind a link, however many there are.

    Raises:
        FileError: The link points to itself.
    """
    try:
        if not stat.S_ISLNK(system.look(path).st_mode):
            return path
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path)) if path.is_symlink() else path
    except OSError as fault:
        raise system_error(fault, path) from fault


def is_taken(path: Path) -> bool:
    """Whether anything has a name, be it a link to nowhere.

    Raises:
        FileError: The folder cannot be looked into.
    """
    try:
        system.look(path)
    except FileNotFoundError:
        return False
    except OSError as fault:
        raise write_error(fault, path) from fault
    return True


def check_new_name(path: Path) -> None:
    """See that the name of a new file or folder can be read; those that are there may be odd.

    Raises:
        FileError: It holds a character that nobody sees, or half of one; on Windows also where
            the system would refuse it, write to a device of that name, or find the path too long.
    """
    odd = next(filter(is_unseen, str(path)), "")
    if odd and not is_taken(path):
        raise FileError("name_unseen", path=str(path), number=f"U+{ord(odd):04X}")
    if system.IS_WINDOWS:
        if any(map(_UNFIT_PART.search, path.relative_to(path.anchor).parts)):
            raise FileError("name_refused", path=str(path))
        if len(in_full(path)) >= PATH_LIMIT:
            raise FileError("file_name_too_long", path=str(path))


@contextmanager
def temporary_file(
    data: bytes, path: Path, *, durable: bool, like: os.stat_result | None = None
) -> Iterator[Path]:
    """A new file beside one that it will become; gone at the end unless it got its name.

    Args:
        data: What stands in it.
        path: The name it will get; faults name it.
        durable: Whether to wait until the disk has it.
        like: The file it will replace, whose mode and owner it takes as far as the system lets it.

    Raises:
        FileError: The folder cannot be written, or the disk is full.
    """
    place = beside(path, f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
    try:
        number = system.open_new(place, 0o666 if like is None else 0o600)
    except OSError as fault:
        raise write_error(fault, path) from fault
    try:
        try:
            _fill(number, data, durable=durable, like=like)
        except OSError as fault:
            raise write_error(fault, path) from fault
        yield place
    finally:
        discard(place)


def _fill(number: int, data: bytes, *, durable: bool, like: os.stat_result | None) -> None:
    """Write everything into a new file and close it."""
    try:
        while data:
            data = data[system.write(number, data) :]
        if like is not None:
            _take_after(number, like)
        if durable:
            system.sync(number)
    finally:
        system.close(number)


def _take_after(number: int, like: os.stat_result) -> None:
    """Give a new file owner and mode of another; a disk or a system that refuses is no fault."""
    own = system.about(number)
    if own.st_uid != like.st_uid:
        with suppress(OSError):
            system.set_owner(number, like.st_uid, -1)
    if own.st_gid != like.st_gid:
        with suppress(OSError):
            system.set_owner(number, -1, like.st_gid)
    mode = stat.S_IMODE(like.st_mode)
    if stat.S_IMODE(own.st_mode) != mode:
        with suppress(OSError):
            system.set_mode(number, mode)


def discard(path: Path) -> None:
    """Remove a file that is not needed any more, if it is still there and may be removed."""
    with suppress(OSError):
        system.unlink(path)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let what goes wrong with a temporary file name the file that it will become."""
    try:
        yield
    except FileError as fault:
        raise FileError(fault.code, **{**fault.details, "path": str(path)}) from fault


def rename(old: Path, path: Path) -> None:
    """Give a file a name, in place of the file that has it.

    Raises:
        FileError: The place is a folder, locked or not writable; both files are as they were.
    """
    try:
        system.replace(old, path)
    except OSError as fault:
        raise write_error(fault, path) from fault


def rename_to_free(old: Path, path: Path) -> None:
    """Give a file a name that nobody has.

    Raises:
        FileExistsError: Somebody has it, and keeps it.
        FileError: It cannot be given; the file keeps its own.
    """
    try:
        if os.name == "nt":
            system.rename_strictly(old, path)
        else:
            _link_over(old, path)
    except FileExistsError:
        raise
    except OSError as fault:
        raise write_error(fault, path) from fault


def _link_over(old: Path, path: Path) -> None:
    """By a second name, or where there is no such thing by an empty file that holds the place."""
    try:
        system.link(old, path)
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        system.close(system.open_new(path, 0o600))
        try:
            system.replace(old, path)
        except OSError:
            discard(path)
            raise
    else:
        try:
            system.unlink(old)
        except OSError:
            discard(path)  # one file under two names would be two files after the next saving
            raise


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk.

    Raises:
        FileError: The disk failed.
    """
    if os.name == "nt":  # Windows cannot open a folder for syncing
        return
    try:
        number = system.open_folder(folder)
        try:
            system.sync(number)
        finally:
            system.close(number)
    except OSError as fault:
        if fault.errno not in _NO_FOLDER_SYNC:
            raise write_error(fault, folder) from fault


def sweep(folder: Path) -> None:
    """Remove temporary files that a process left behind when it was killed over an hour ago."""
    with suppress(OSError):
        for name in system.listed(folder):
            if name.startswith(_PREFIX) and name.endswith(_SUFFIX):
                path = folder / name
                about = system.look(path)
                if stat.S_ISREG(about.st_mode) and time.time() - about.st_mtime > _HOUR:
                    discard(path)


def make_folder(path: Path) -> None:
    """Make a folder and its parents.

    Raises:
        FileError: It cannot be made.
    """
    try:
        system.make_folders(path)
    except FileExistsError as fault:
        raise FileError("folder_is_file", path=str(path)) from fault
    except OSError as fault:
        raise system_error(fault, path) from fault


def cache_folder(name: str) -> Path | None:
    """A folder of the user's private cache, made when needed; `None` when it cannot be written."""
    from platformdirs import user_cache_path  # noqa: PLC0415  the first question needs no cache

    try:
        above = user_cache_path("nianbao", appauthor=False)
        for folder in (above, above / name):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            owner = folder.stat()
            if os.name != "nt" and (owner.st_uid != os.getuid() or owner.st_mode & 0o022):
                return None  # somebody else could plant what was compiled there
    except (OSError, RuntimeError):
        return None
    return above / name if os.access(above / name, os.W_OK) else None
