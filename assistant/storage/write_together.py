"""Several files that get their names together: all of them, or none."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from assistant.storage import system
from assistant.storage.backups import put
from assistant.storage.disk import rename, temporary_file
from assistant.storage.errors import FileError
from assistant.storage.folder_record import WRITTEN_LIMIT, FolderRecord, RecordSpot
from assistant.storage.read_file import read_present

_BLOCKED = "file_forbidden"
"""What a system says where Word has the file open, or where it may not be changed."""


class Coming(NamedTuple):
    """A temporary file and the name it is to get."""

    temporary: Path
    spot: RecordSpot
    data: bytes


def put_together(files: Sequence[Coming], record: FolderRecord) -> None:
    """Give every file its name, or leave all as it was.

    What stands there now is kept aside until the last one has its name.

    Raises:
        FileError: One cannot be replaced (`document_blocked` where something has it open), or the
            disk failed; `documents_mixed` when the others could not be taken back.
    """
    changed = [each for each in files if _is_new(each)]
    with ExitStack() as aside:
        kept = [
            aside.enter_context(
                temporary_file(old.data, each.spot.path, durable=False, like=old.about)
            )
            if (old := each.spot.present) is not None
            else None
            for each in changed
        ]
        record.note([(each.spot, each.data) for each in files])
        done = 0
        try:
            for each in changed:
                _put_one(each)
                done += 1
        except BaseException:
            _take_back(changed[:done], kept[:done])
            raise


def _is_new(coming: Coming) -> bool:
    return coming.spot.present is None or coming.spot.present.data != coming.data


def _put_one(coming: Coming) -> None:
    path, present = coming.spot
    try:
        if present is not None and present.data != _data_at(path):
            raise FileError("changed_meanwhile", path=str(path))
        put(coming.temporary, coming.spot)
    except FileError as fault:
        if fault.code == _BLOCKED and present is not None:
            raise FileError("document_blocked", path=str(path)) from fault
        raise


def _data_at(path: Path) -> bytes:
    return read_present(path, WRITTEN_LIMIT, follows=False).data


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
