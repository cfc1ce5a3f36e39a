"""Earlier versions of a file: the one before the last saving, and the last of earlier days."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

from assistant.storage import system
from assistant.storage.disk import (
    SIZE_LIMIT,
    Present,
    beside,
    discard,
    read_present,
    temporary_file,
)
from assistant.storage.errors import FileError
from assistant.storage.written_files import FolderRecord, put

_DAYS = 3
"""Days whose last version stays."""
_BACKUP = ".bak"
_DATED = r"\.[0-9]{4}-[0-9]{2}-[0-9]{2}"
_VERSION = re.compile(rf"(?:{_DATED})?(?:-[0-9]+)?{re.escape(_BACKUP)}")
"""What stands behind the name of a file in that of its earlier version."""


def keep_version(path: Path, present: Present, record: FolderRecord) -> Path:
    """Keep what stands in a file, before it is replaced, as `NAME.bak`.

    What somebody else has put there stays, and the next free name is taken.

    Returns:
        Where it is kept.

    Raises:
        FileError: The folder cannot be written, or the disk is full.
    """
    return _keep(beside(path, path.name + _BACKUP), present, record, durable=False)


def keep_day(path: Path, present: Present, record: FolderRecord) -> None:
    """Keep what stands in a file as the last version of its day, `NAME.2026-11-27.bak`.

    Only the days last worked on stay.

    Raises:
        FileError: As `keep_version`.
    """
    day = written_on(present)
    _keep(beside(path, f"{path.name}.{day}{_BACKUP}"), present, record, durable=True)
    dated = [each for each in versions_of(path) if re.search(_DATED, each.removeprefix(path.name))]
    for name in sorted(dated)[:-_DAYS]:
        with suppress(FileError):
            if record.knows(name, read_present(beside(path, name), follows=False).data):
                discard(beside(path, name))


def written_on(present: Present) -> date:
    """The day on which a file was written, as a person here counts days."""
    return date.fromtimestamp(present.about.st_mtime)  # noqa: DTZ012  the day of the person here


def versions_of(path: Path) -> list[str]:
    """The names that earlier versions of a file have, whoever made them."""
    try:
        names = system.listed(path.parent)
    except OSError:
        return []
    ends = ((each, each.removeprefix(path.name)) for each in names if each != path.name)
    return [each for each, end in ends if end != each and _VERSION.fullmatch(end)]


def _keep(wanted: Path, present: Present, record: FolderRecord, *, durable: bool) -> Path:
    spot = record.spot(wanted, present.data, SIZE_LIMIT)
    if spot.present is not None and spot.present.data == present.data:
        return spot.path
    with temporary_file(present.data, spot.path, durable=durable, like=present.about) as temporary:
        record.note([(spot, present.data)])
        put(temporary, spot)
    return spot.path


def move_versions(old: Path, new: Path, record: FolderRecord) -> None:
    """Let the earlier versions that the program kept follow a file to its new name.

    A version that cannot follow keeps its name.
    """
    for name in versions_of(old):
        with suppress(FileError):
            data = read_present(beside(old, name), follows=False).data
            if not record.knows(name, data):
                continue
            wanted = beside(new, new.name + name.removeprefix(old.name))
            spot = record.spot(wanted, data, SIZE_LIMIT)
            if spot.present is not None and spot.present.data == data:
                discard(beside(old, name))
                continue
            record.note([(spot, data)])
            put(beside(old, name), spot)
