"""A hidden file beside an answer file: a convenience, there only while it holds something."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from assistant.storage import system
from assistant.storage.disk import Present, discard, read_present, temporary_file, where
from assistant.storage.errors import FileError
from assistant.storage.written_files import RecordSpot, put


class HiddenFile:
    """What cannot be read or written is passed over, and nothing waits for the disk to be sure.

    What something else has put in its place is left alone.
    """

    def __init__(self, answers: Path, suffix: str, is_own: Callable[[bytes], bool]) -> None:
        """Name it `.NAME.SUFFIX`; nothing is read yet.

        Args:
            answers: The answer file, whose mode and owner it takes.
            suffix: What it holds, `unsent` for example.
            is_own: Whether such bytes were written here, also where the power failed then.
        """
        self._answers = where(answers)
        self._suffix = suffix
        self._is_own = is_own
        self._kept = b""

    @property
    def _path(self) -> Path:
        return self._answers.with_name(f".{self._answers.name}.{self._suffix}")

    def read(self) -> bytes:
        """What was kept; empty for nothing, and for what something else has put there."""
        self._kept = b""
        with suppress(FileError):
            data = read_present(self._path, follows=False).data
            self._kept = data if self._is_own(data) else b""
        return self._kept

    def keep(self, data: bytes) -> None:
        """Keep these bytes and no others; without any there is no file."""
        if data == self._kept:
            return
        try:
            present = self._present()
            if present is not None and not self._is_own(present.data):
                return
            if data:
                self._write(data, present)
            else:
                discard(self._path)
        except FileError:
            return  # the answers are what matters; they say aloud when they cannot be saved
        self._kept = data

    def move(self, answers: Path) -> None:
        """Go with the answer file to another name."""
        old, kept = self._path, self._kept
        self._answers, self._kept = where(answers), b""
        self.keep(kept)
        if kept and self._kept == kept:
            discard(old)

    def _write(self, data: bytes, present: Present | None) -> None:
        like = None
        with suppress(OSError):
            like = system.look(self._answers)
        with temporary_file(data, self._path, durable=False, like=like) as temporary:
            put(temporary, RecordSpot(self._path, present))

    def _present(self) -> Present | None:
        try:
            return read_present(self._path, follows=False)
        except FileError as fault:
            if fault.code == "file_missing":
                return None
            raise
