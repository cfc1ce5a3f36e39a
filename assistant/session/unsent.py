"""What was typed and not taken, kept beside the answer file through the death of a window."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from assistant.errors import FileError
from assistant.files import read_bytes, rename, write_temporary


class Unsent:
    """A hidden file with text by question or finding; it is there only while there is any.

    It is a convenience: what cannot be read or written is passed over, and nothing waits for
    the disk to be sure of it.
    """

    def __init__(self, answers: Path) -> None:
        """Name the file of an answer file; nothing is read yet."""
        self._path = _place_beside(answers)
        self._kept: dict[str, str] | None = None

    def read(self) -> dict[str, str]:
        """The texts that were kept, the last one typed at the end."""
        with suppress(FileError, ValueError, RecursionError):
            kept = json.loads(read_bytes(self._path).decode("utf-8"))
            if isinstance(kept, dict) and all(isinstance(each, str) for each in kept.values()):
                self._kept = kept
                return dict(kept)
        return {}

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep these texts and no others."""
        wanted = dict(texts)
        if wanted == (self._kept or {}):
            return
        try:
            if wanted:
                data = json.dumps(wanted, ensure_ascii=False).encode("utf-8")
                rename(write_temporary(data, self._path.parent, durable=False), self._path)
            else:
                self._path.unlink(missing_ok=True)
        except (FileError, OSError):
            return  # the answers are what matters; they say aloud when they cannot be saved
        self._kept = wanted

    def move(self, answers: Path) -> None:
        """Go with the answer file to another name."""
        place = _place_beside(answers)
        with suppress(OSError):  # there may be none
            self._path.replace(place)
        self._path = place


def _place_beside(answers: Path) -> Path:
    return answers.with_name(f".{answers.name}.unsent")
