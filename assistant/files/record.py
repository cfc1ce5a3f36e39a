"""What the program wrote into a folder, so that nothing else is ever written over."""

import hashlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from assistant.errors import FileError
from assistant.files import system
from assistant.files.disk import beside, rename, temporary_file
from assistant.files.locking import lock
from assistant.files.reading import Present, read_present

RECORD = ".nianbao-written"
"""Its name: a line `‹sha256›  ‹name›` for the last version of a file, and one for that before."""
_ENTRY = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>.+)")
WRITTEN_LIMIT = 64_000_000
"""Bytes; a larger file is none the program wrote."""
_TRIES, _PAUSE = 40, 0.05
"""Another process holds the record for a moment only; who holds it longer is no writer of ours."""


class Spot(NamedTuple):
    """A name that may be written to, and what stands there now."""

    path: Path
    present: Present | None


class Record:
    """The hashes of what was written into one folder, by file name."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self._path = folder / RECORD
        self._known: dict[str, set[bytes]] = {}
        self._read_at: tuple[int, ...] = ()

    def knows(self, name: str, data: bytes) -> bool:
        """Whether the program wrote these bytes under this name."""
        self._read()
        return _digest(data) in self._known.get(name, ())

    def spot(self, wanted: Path, data: bytes, limit: int = WRITTEN_LIMIT) -> Spot:
        """The wanted path, or the next free one where something of somebody else stands.

        The very bytes that are to be written are nobody's change.

        Args:
            wanted: The name, if it is free.
            data: What is to be written.
            limit: Bytes; what is larger was not written by the program.

        Raises:
            FileError: What stands there cannot be read.
        """
        path, number = wanted, 1
        while True:
            present = _present_at(path, limit)
            if present is None:
                return Spot(path, None)
            if isinstance(present, Present) and (
                present.data == data or self.knows(path.name, present.data)
            ):
                return Spot(path, present)
            number += 1
            path = beside(wanted, f"{wanted.stem}-{number}{wanted.suffix}")

    def note(self, coming: Sequence[tuple[Spot, bytes]]) -> None:
        """Note what is about to be written, beside what stands there; other entries stay.

        So whichever of the two a crash leaves is known.

        Raises:
            FileError: The record cannot be written.
        """
        wanted = {spot.path.name: _versions(spot, data) for spot, data in coming}
        if self._has(wanted):
            return
        with self._held():
            if self._has(wanted):
                return
            known = self._known | wanted
            entries = sorted((name, each) for name, hashes in known.items() for each in hashes)
            data = "".join(f"{each.hex()}  {name}\n" for name, each in entries)
            text = data.encode(errors="surrogateescape")
            with temporary_file(text, self._path, durable=False) as temporary:
                stamp = _stamp(temporary)
                rename(temporary, self._path)
            self._known, self._read_at = known, stamp

    def _has(self, wanted: Mapping[str, set[bytes]]) -> bool:
        self._read()
        return all(versions <= self._known.get(name, set()) for name, versions in wanted.items())

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep other writers out while the record is replaced."""
        with ExitStack() as held:
            for _ in range(_TRIES):
                try:
                    held.enter_context(lock(self._path))
                    break
                except FileError as fault:
                    if fault.code != "file_locked":
                        raise
                    time.sleep(_PAUSE)
            yield

    def _read(self) -> None:
        """Read it where it is another than the one read last; what is no record counts as none."""
        stamp = _stamp(self._path)
        if stamp == self._read_at:
            return
        self._known, self._read_at = {}, stamp
        try:
            data = read_present(self._path, WRITTEN_LIMIT, follows=False).data
        except FileError:
            return
        for line in data.decode(errors="surrogateescape").split("\n"):
            if (entry := _ENTRY.fullmatch(line)) is not None:
                self._known.setdefault(entry["name"], set()).add(bytes.fromhex(entry["digest"]))


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells one version of the record from another; a renaming keeps it."""
    with suppress(OSError):
        about = system.look(path)
        return about.st_ino, about.st_mtime_ns, about.st_size
    return (0,)


def _present_at(path: Path, limit: int) -> Present | FileError | None:
    """What stands at a name; the fault of it where that is no file that we could have written."""
    try:
        return read_present(path, limit, follows=False)
    except FileError as fault:
        if fault.code == "file_missing":
            return None
        if fault.code in ("file_is_folder", "file_not_regular", "file_too_large", "file_loop"):
            return fault
        raise


def _versions(spot: Spot, data: bytes) -> set[bytes]:
    present = {_digest(spot.present.data)} if spot.present is not None else set()
    return present | {_digest(data)}


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
