"""The answer file of a session: its lock, its name, and what was typed and not sent beside it."""

import json
from collections.abc import Mapping
from pathlib import Path

from assistant.answers import Answers, LoadedAnswers, LockedAnswerFile
from assistant.dialog.session.answer_files import file_name
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.messages.events import Event
from assistant.storage.disk import Present, discard, read_present, temporary_file, where
from assistant.storage.errors import FileError
from assistant.storage.written_files import RecordSpot, put
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


class SessionFile:
    """One answer file, held from its opening to the end of the session.

    Attributes:
        saved: The answers on the disk, as far as this session knows them.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        """Take the lock of a file.

        Raises:
            FileError: Another session holds the file, it cannot be read, or it is there and
                should be new.
        """
        self.saved: Answers | None = None
        self._file = LockedAnswerFile(path, is_new=is_new)
        self._file.__enter__()
        self._drafts = Drafts(path)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

    def warnings(self, sentences: Sentences) -> list[Event]:
        """What to know of this disk: that it keeps no other session out."""
        if self._file.is_locked:
            return []
        return [Event("note", sentences.say("session.unlocked", path=self.path.name))]

    def load(self, library: Library) -> LoadedAnswers:
        """Read the answers as they stood when the lock was taken; they are what is saved.

        Raises:
            AssistantError: The file is no answer file, or of an edition that does not fit.
        """
        reading = self._file.load(library)
        self.saved = reading.answers
        return reading

    def unsent(self) -> dict[str, str]:
        """Text of an earlier session that was not sent, by question or finding."""
        return self._drafts.read()

    def keep_unsent(self, texts: Mapping[str, str]) -> None:
        """Keep these texts and no others."""
        self._drafts.keep(texts)

    def save(self, answers: Answers) -> Path | None:
        """Write the answers.

        Returns:
            Where a version is kept that somebody else wrote meanwhile.

        Raises:
            FileError: The file cannot be written; the old one is whole.
        """
        aside = self._file.save(answers)
        self.saved = answers
        return aside

    def rename(self, before: Answers) -> bool:
        """Let the name follow body and year, where it was made of those that stood before.

        Returns:
            Whether the file has another name now.

        Raises:
            FileError: The name is taken, or cannot be given; the file keeps its own.
        """
        folder = self.path.parent
        name = _name_of(self.saved, folder)
        if not name or name == self.path.name or self.path.name != _name_of(before, folder):
            return False
        if self._file.is_link:  # somebody made this name
            return False
        path = self.path.with_name(name)
        self._file.move(path)
        self._drafts.move(path)
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._file.__exit__(None, None, None)


def _name_of(answers: Answers | None, folder: Path) -> str:
    """The name that a new file of these answers would have there; empty without a body."""
    if answers is None or not answers.body:
        return ""
    return file_name(answers.body, answers.year, folder)
