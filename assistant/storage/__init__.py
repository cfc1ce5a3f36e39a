"""YAML and disk: bounded reading, text-only parsing, atomic writing, locks, earlier versions."""

from assistant.storage.backups import keep_day, keep_version, move_versions, put, written_on
from assistant.storage.disk import (
    cache_folder,
    check_new_name,
    discard,
    is_taken,
    make_folder,
    naming,
    rename,
    rename_to_free,
    sweep,
    sync_folder,
    temporary_file,
    where,
    write_temporary,
)
from assistant.storage.folder_record import RECORD, FolderRecord, RecordSpot
from assistant.storage.lock import lock
from assistant.storage.read_file import (
    SIZE_LIMIT,
    DecodedText,
    Present,
    decode,
    in_full,
    read_bytes,
    read_present,
    system_error,
)
from assistant.storage.write_together import Coming, put_together

__all__ = [
    "RECORD",
    "SIZE_LIMIT",
    "Coming",
    "DecodedText",
    "FolderRecord",
    "Present",
    "RecordSpot",
    "cache_folder",
    "check_new_name",
    "decode",
    "discard",
    "in_full",
    "is_taken",
    "keep_day",
    "keep_version",
    "lock",
    "make_folder",
    "move_versions",
    "naming",
    "put",
    "put_together",
    "read_bytes",
    "read_present",
    "rename",
    "rename_to_free",
    "sweep",
    "sync_folder",
    "system_error",
    "temporary_file",
    "where",
    "write_temporary",
    "written_on",
]
