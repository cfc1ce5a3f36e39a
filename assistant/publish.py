"""The one way out: write to a temporary file, prove it, give it its name."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assistant.documents import FORMATS, Office
from assistant.draft import Draft
from assistant.files import (
    make_folder,
    read_bytes,
    rename,
    system_error,
    write_temporary,
)
from assistant.proof.agreement import prove_document, prove_report

RECORD = ".nianbao-written"
"""What was written into a folder: one line `‹sha256›  ‹name›` a file, the last one counts."""
_SIZE_LIMIT = 64_000_000
"""Bytes; a larger file is none the program wrote."""


class Published(NamedTuple):
    """A document that has been written and proved."""

    path: Path
    is_renamed: bool
    """It got another name, because a person had changed the file of the first name."""


class Publisher:
    """Writes documents into one folder and remembers what it wrote there."""

    def __init__(self, folder: Path, office: Office) -> None:
        """Make the folder when needed.

        Raises:
            FileError: The folder cannot be made or read.
        """
        make_folder(folder)
        self.folder = folder
        self._office = office
        self._written = _read_record(folder / RECORD)

    def publish(self, draft: Draft, name: str, suffixes: Iterable[str]) -> list[Published]:
        """Write the report of a draft in some formats; nothing unproved gets a name.

        Args:
            draft: The report with the answers it was made from.
            name: File name without suffix; from the answer file's own name, never from answers.
            suffixes: Formats, for example `("txt", "md")`.

        Raises:
            FileError: The folder cannot be written or the disk is full; older files are whole.
            DisproofError: The document does not say what its answers say.
        """
        prove_report(draft.report, draft.answers, draft.previous)
        return [self._publish_one(draft, name, suffix) for suffix in suffixes]

    def _publish_one(self, draft: Draft, name: str, suffix: str) -> Published:
        data = FORMATS[suffix].write(draft, self._office)
        path, is_renamed = self._place(f"{name}.{suffix}", data)
        temporary = write_temporary(data, self.folder, durable=False)
        try:
            prove_document(draft, self._office, temporary, suffix)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        rename(temporary, path)
        self._remember(path.name, data)
        return Published(path, is_renamed)

    def _place(self, name: str, data: bytes) -> tuple[Path, bool]:
        """The wanted path, or the next free one where a person's changes stand."""
        wanted = self.folder / name
        stem, suffix = wanted.stem, wanted.suffix
        path, number = wanted, 1
        while not self._may_replace(path, data):
            number += 1
            path = self.folder / f"{stem}-{number}{suffix}"
        return path, path != wanted

    def _may_replace(self, path: Path, data: bytes) -> bool:
        """Whether nothing stands there, or only what the program wrote itself."""
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            return True
        except OSError as fault:
            raise system_error(fault, path) from fault
        if not path.is_file() or size > _SIZE_LIMIT:
            return False
        present = _digest(read_bytes(path, _SIZE_LIMIT))
        return present in (self._written.get(path.name), _digest(data))

    def _remember(self, name: str, data: bytes) -> None:
        digest = _digest(data)
        if self._written.get(name) == digest:
            return
        self._written[name] = digest
        record = self.folder / RECORD
        try:
            with record.open("ab") as stream:
                stream.write(f"{digest.hex()}  {name}\n".encode(errors="surrogateescape"))
        except OSError as fault:
            raise system_error(fault, record) from fault


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


_ENTRY = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>.+)")


def _read_record(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        return {}
    text = read_bytes(path, _SIZE_LIMIT).decode(errors="surrogateescape")
    entries = map(_ENTRY.fullmatch, text.split("\n"))
    return {entry["name"]: bytes.fromhex(entry["digest"]) for entry in entries if entry}
