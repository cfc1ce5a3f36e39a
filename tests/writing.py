"""Files written once: an answer file, and any other as the keeper of one writes it."""

from pathlib import Path

from assistant.answers import Answers, LockedAnswerFile
from assistant.storage.disk import read_present, sync_folder, temporary_file
from assistant.storage.earlier_versions import keep_version
from assistant.storage.errors import FileError
from assistant.storage.written_files import FolderRecord, RecordSpot, put


def save(answers: Answers, path: Path) -> Path | None:
    """Write an answer file; where a version is kept that somebody else wrote meanwhile."""
    with LockedAnswerFile(path) as keeper:
        return keeper.save(answers)


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file; the version before is kept beside it."""
    try:
        present = read_present(path)
    except FileError as fault:
        if fault.code != "file_missing":
            raise
        present = None
    like = present.about if present is not None else None
    with temporary_file(data, path, durable=True, like=like) as temporary:
        if present is not None:
            keep_version(path, present, FolderRecord(path.parent))
        put(temporary, RecordSpot(path, present))
    sync_folder(path.parent)
