"""What the program wrote into a folder, so that nothing else is ever written over.

Files get their names here, one by one or several together.
"""

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from assistant.storage import system
from assistant.storage.disk import (
    Present,
    beside,
    check_new_name,
    make_folder,
    read_present,
    rename,
    rename_to_free,
    temporary_file,
)
from assistant.storage.errors import FileError, write_error
from assistant.storage.lock import lock

RECORD = ".nianbao-written"
"""Its name: a line `‹sha256›  ‹name›` for each version of a file, the last ones at the end.

Below it a line `‹sha256 of the source› ‹sha256›  ‹name›` where it is known what the version was
made from; earlier programs pass over such a line.
"""
_ENTRY = re.compile(r"(?:(?P<source>[0-9a-f]{64}) )?(?P<digest>[0-9a-f]{64})  (?P<name>.+)")
WRITTEN_LIMIT = 64_000_000
"""Bytes; a larger file is none the program wrote."""
_GROWN = 4
"""Lines a file beyond which those of versions long gone are left out."""
_NOTHING = (0,)
"""The stamp where there is no record."""
_TRIES, _PAUSE = 40, 0.05
"""Another process holds the record for a moment only; who holds it longer is no writer of ours."""
_BLOCKED = ("file_forbidden", "file_held")
"""What a system says where Word has the file open, or where it may not be changed."""


Versions = dict[bytes, bytes]
"""By the hash of a version that of its source; empty where that is not known."""


class RecordSpot(NamedTuple):
    """A name that may be written to, and what stands there now."""

    path: Path
    present: Present | None


class FolderRecord:
    """The hashes of what was written into one folder, by file name."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self._path = folder / RECORD
        self._known: dict[str, Versions] = {}
        self._lines = 0
        self._read_at: tuple[int, ...] = ()
        self._read_to = 0
        self._ends_well = True

    def knows(self, name: str, data: bytes) -> bool:
        """Whether the program wrote these bytes under this name."""
        self._read()
        return _digest(data) in self._known.get(name, ())

    def made_from(self, spot: RecordSpot) -> bytes:
        """The hash of what a file was made from; empty where none stands there or none is known."""
        if spot.present is None:
            return b""
        self._read()
        return self._known.get(spot.path.name, {}).get(_digest(spot.present.data), b"")

    def spot(self, wanted: Path, data: bytes | None, limit: int = WRITTEN_LIMIT) -> RecordSpot:
        """The wanted path, or the next free one where something of somebody else stands.

        The very bytes that are to be written are nobody's change.

        Args:
            wanted: The name, if it is free.
            data: What is to be written, where that is known.
            limit: Bytes; what is larger was not written by the program.

        Raises:
            FileError: What stands there cannot be read.
        """
        path, number = wanted, 1
        while True:
            present = _present_at(path, limit)
            if present is None:
                return RecordSpot(path, None)
            if isinstance(present, Present) and (
                present.data == data or self.knows(path.name, present.data)
            ):
                return RecordSpot(path, present)
            number += 1
            path = beside(wanted, f"{wanted.stem}-{number}{wanted.suffix}")

    def note(self, coming: Sequence[tuple[RecordSpot, bytes]], source: bytes = b"") -> None:
        """Note what is about to be written, beside what stands there; other entries stay.

        So whichever of the two a crash leaves is known.

        Args:
            coming: Names and what is written there.
            source: The hash of what all of it was made from, where that is known.

        Raises:
            FileError: The record cannot be written.
        """
        wanted = {spot.path.name: _versions(spot, data, source) for spot, data in coming}
        if not self._news(wanted):
            return
        with self._held():
            if news := self._news(wanted):
                self._add(news, wanted)

    def _news(self, wanted: Mapping[str, Versions]) -> dict[str, Versions]:
        """What the record does not say yet, or not of the version that was written last."""
        self._read()
        news: dict[str, Versions] = {}
        for name, versions in wanted.items():
            known = self._known.get(name, {})
            last = next(reversed(versions))
            is_last = last == next(reversed(known), None)
            for digest, source in versions.items():
                is_known = digest in known and source in (b"", known[digest])
                if not is_known or (digest == last and not is_last):
                    news.setdefault(name, {})[digest] = source
        return news

    def _add(self, news: Mapping[str, Versions], wanted: Mapping[str, Versions]) -> None:
        """Write news behind what stands there.

        A record that has grown is written anew, and one that is no file of ours is replaced.
        """
        known = self._known
        lines = "".join(_lines(news)).encode(errors="surrogateescape")
        has_room = self._lines < _GROWN * (len(known) + _GROWN)
        is_own = self._read_at != _NOTHING and has_room
        if is_own and self._append(lines if self._ends_well else b"\n" + lines):
            return
        kept = {name: dict(list(versions.items())[-2:]) for name, versions in known.items()}
        for name, versions in wanted.items():
            before = known.get(name, {})
            now = {digest: source or before.get(digest, b"") for digest, source in versions.items()}
            others = {each: kept[name][each] for each in kept.get(name, {}) if each not in now}
            kept[name] = {**others, **now}
        text = "".join(_lines(kept)).encode(errors="surrogateescape")
        with temporary_file(text, self._path, durable=False) as temporary:
            rename(temporary, self._path)

    def _append(self, data: bytes) -> bool:
        """Write behind everything; not where the name has become a link or a second name."""
        try:
            number = system.open_at_end(self._path)
        except OSError:
            return False
        try:
            try:
                about = system.about(number)
                is_own = stat.S_ISREG(about.st_mode) and about.st_nlink == 1
                rest = data
                while is_own and rest:
                    rest = rest[system.write(number, rest) :]
                about = system.about(number)
            finally:
                system.close(number)
        except OSError as fault:
            raise write_error(fault, self._path) from fault
        grown = self._read_at[0], self._read_to + len(data)
        if is_own and grown == (about.st_ino, about.st_size):  # nobody else wrote meanwhile
            self._take_in(data)
            self._read_at, self._read_to = _stamp_of(about), about.st_size
        return is_own

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
        """Read what has been added since it was read last; what is no record counts as none."""
        stamp = _stamp(self._path)
        if stamp == self._read_at:
            return
        is_longer = stamp[:1] == self._read_at[:1] and stamp[-1] >= self._read_to
        if not is_longer:
            self._known, self._read_to, self._lines = {}, 0, 0
        self._read_at, self._ends_well = stamp, True
        try:
            data = read_present(self._path, WRITTEN_LIMIT, follows=False).data
        except FileError:
            self._read_at = _NOTHING
            return
        whole = data.rfind(b"\n") + 1
        self._ends_well = whole == len(data)
        self._take_in(data[self._read_to :])
        self._read_to = whole

    def _take_in(self, lines: bytes) -> None:
        """Take in the lines that stand behind those read before."""
        for line in lines.decode(errors="surrogateescape").split("\n"):
            if (entry := _ENTRY.fullmatch(line)) is not None:
                versions = self._known.setdefault(entry["name"], {})
                digest, source = (bytes.fromhex(entry[each] or "") for each in ("digest", "source"))
                before = versions.pop(digest, b"")  # it stands again, so it is the last one
                versions[digest] = source or before
                self._lines += 1


def _lines(entries: Mapping[str, Versions]) -> Iterator[str]:
    for name, versions in sorted(entries.items()):
        for digest, source in versions.items():
            yield f"{digest.hex()}  {name}\n"
            if source:
                yield f"{source.hex()} {digest.hex()}  {name}\n"


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells one version of the record from another; a renaming keeps it."""
    with suppress(OSError):
        return _stamp_of(system.look(path))
    return _NOTHING


def _stamp_of(about: os.stat_result) -> tuple[int, ...]:
    return about.st_ino, about.st_mtime_ns, about.st_size


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


def _versions(spot: RecordSpot, data: bytes, source: bytes) -> Versions:
    present = {_digest(spot.present.data): b""} if spot.present is not None else {}
    return {**present, _digest(data): source}


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def put(file: Path, spot: RecordSpot) -> None:
    """Give a file the name that was found for it.

    Raises:
        FileError: It cannot be given, or somebody took it meanwhile (`file_there`); the file
            keeps its own.
    """
    if spot.present is not None:
        rename(file, spot.path)
        return
    try:
        rename_to_free(file, spot.path)
    except FileExistsError as fault:
        raise FileError("file_there", path=str(spot.path)) from fault


class Coming(NamedTuple):
    """A temporary file and the name it is to get."""

    temporary: Path
    spot: RecordSpot
    data: bytes


def prepare(record: FolderRecord, wanted: Path, data: bytes, held: ExitStack) -> Coming:
    """A temporary file with its contents, which goes away with the stack, and the name it can get.

    Raises:
        FileError: It cannot be written, or what stands there cannot be read.
    """
    spot = record.spot(wanted, data)
    like = spot.present.about if spot.present is not None else None
    temporary = held.enter_context(temporary_file(data, spot.path, durable=False, like=like))
    return Coming(temporary, spot, data)


def write_together(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files by name into a folder, made when needed; all of them are there, or none.

    What a person has changed there stays; the new file gets another name then.

    Raises:
        FileError: The folder or a file cannot be written.
    """
    for name in contents:
        check_new_name(folder / name)
    make_folder(folder)
    record = FolderRecord(folder)
    with ExitStack() as held:
        files = [prepare(record, folder / name, data, held) for name, data in contents.items()]
        put_together(files, record)
        return [each.spot.path for each in files]


def put_together(files: Sequence[Coming], record: FolderRecord, source: bytes = b"") -> None:
    """Give every file its name, or leave all as it was.

    What stands there now is kept aside until the last one has its name.

    Args:
        files: What is to be there.
        record: That of their folder.
        source: The hash of what they were made from, where that is known.

    Raises:
        FileError: One cannot be replaced (`document_blocked` where something has it open), or the
            disk failed; `documents_mixed` when the others could not be taken back.
    """
    changed = [
        each for each in files if each.spot.present is None or each.spot.present.data != each.data
    ]
    with ExitStack() as aside:
        kept = [
            aside.enter_context(
                temporary_file(old.data, each.spot.path, durable=False, like=old.about)
            )
            if (old := each.spot.present) is not None
            else None
            for each in changed
        ]
        record.note([(each.spot, each.data) for each in files], source)
        done = 0
        try:
            for each in changed:
                _put_one(each)
                done += 1
        except BaseException:
            _take_back(changed[:done], kept[:done])
            raise


def _put_one(coming: Coming) -> None:
    path, present = coming.spot
    try:
        if present is not None and (
            present.data != read_present(path, WRITTEN_LIMIT, follows=False).data
        ):
            raise FileError("changed_meanwhile", path=str(path))
        put(coming.temporary, coming.spot)
    except FileError as fault:
        if fault.code in _BLOCKED and present is not None:
            raise FileError("document_blocked", path=str(path)) from fault
        raise


def _take_back(files: Sequence[Coming], kept: Sequence[Path | None]) -> None:
    """Let stand again what stood before."""
    left: list[Path] = []
    for each, old in reversed(list(zip(files, kept, strict=True))):
        path = each.spot.path
        try:
            if old is None:
                system.unlink(path)
            else:
                rename(old, path)
        except (OSError, FileError):
            left.append(path)
    if left:
        raise FileError("documents_mixed", names="、".join(map(str, left)), path=str(left[0]))
