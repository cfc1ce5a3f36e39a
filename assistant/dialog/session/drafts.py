"""What was typed and not taken, kept beside the answer file through the death of a window."""

import json
from collections.abc import Mapping
from pathlib import Path

from assistant.storage import Present, RecordSpot, discard, put, read_present, temporary_file, where
from assistant.storage.errors import FileError
from assistant.values import Refusal, clean_text


class Drafts:
    """A hidden file with text by question or finding; it is there only while there is any.

    It is a convenience: what cannot be read or written is passed over, and nothing waits for
    the disk to be sure of it. What something else has put in its place is left alone, and so is
    text that no answer could hold: it would be refused when it is sent.
    """

    def __init__(self, answers: Path) -> None:
        """Name the file of an answer file; nothing is read yet."""
        self._path = _place_beside(answers)
        self._kept: dict[str, str] = {}

    def read(self) -> dict[str, str]:
        """The texts that were kept, the last one typed at the end."""
        try:
            present = read_present(self._path, follows=False)
        except FileError:
            return {}
        self._kept = _texts_of(present) or {}
        return _fit(self._kept)

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep these texts and no others."""
        wanted = _fit(texts)
        if wanted == self._kept:
            return
        try:
            present = self._present()
            if present is not None and _texts_of(present) is None:
                return
            if wanted:
                data = json.dumps(wanted, ensure_ascii=False).encode("utf-8")
                like = present.about if present is not None else None
                with temporary_file(data, self._path, durable=False, like=like) as temporary:
                    put(temporary, RecordSpot(self._path, present))
            else:
                discard(self._path)
        except FileError:
            return  # the answers are what matters; they say aloud when they cannot be saved
        self._kept = wanted

    def move(self, answers: Path) -> None:
        """Go with the answer file to another name."""
        old, kept = self._path, self._kept
        self._path, self._kept = _place_beside(answers), {}
        self.keep(kept)
        if kept and self._kept == kept:
            discard(old)

    def _present(self) -> Present | None:
        try:
            return read_present(self._path, follows=False)
        except FileError as fault:
            if fault.code == "file_missing":
                return None
            raise


def _texts_of(present: Present) -> dict[str, str] | None:
    """The texts that a file of ours holds, of one that lost power none; `None` for any other."""
    try:
        kept = json.loads(present.data.decode("utf-8") or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        return None
    return kept


def _fit(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that an answer could hold, as they were typed."""
    return {name: text for name, text in texts.items() if not isinstance(clean_text(text), Refusal)}


def _place_beside(answers: Path) -> Path:
    place = where(answers)
    return place.with_name(f".{place.name}.unsent")
