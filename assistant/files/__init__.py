"""YAML and disk: bounded reading, text-only parsing, atomic writing, locks."""

from assistant.files.disk import (
    backup_of,
    cache_folder,
    lock,
    make_folder,
    rename,
    sweep,
    write_durably,
    write_temporary,
)
from assistant.files.parsing import Node, emit, parse, plain
from assistant.files.reading import SIZE_LIMIT, Text, decode, read_bytes, system_error

__all__ = [
    "SIZE_LIMIT",
    "Node",
    "Text",
    "backup_of",
    "cache_folder",
    "decode",
    "emit",
    "lock",
    "make_folder",
    "parse",
    "plain",
    "read_bytes",
    "rename",
    "sweep",
    "system_error",
    "write_durably",
    "write_temporary",
]
