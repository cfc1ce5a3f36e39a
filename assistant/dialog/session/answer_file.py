"""The answer file of a session: its lock, its name, what was not sent, and how to go back."""

import json
from collections.abc import Mapping
from pathlib import Path

from assistant.answers import Answers, LoadedAnswers, LockedAnswerFile
from assistant.dialog.session.answer_files import file_name
from assistant.dialog.session.hidden_file import HiddenFile
from assistant.dialog.session.journal import Journal, sweep_journals
from assistant.form.loader import Library
from assistant.storage.disk import where
from assistant.values import Refusal, clean_text


class Drafts:
    """Text by question or finding, beside an answer file.

    What no answer could hold is left out: it would be refused when it is sent.
    """

    def __init__(self, answers: Path) -> None:
        """Name the file of an answer file; nothing is read yet."""
        self._file = HiddenFile(answers, "unsent", lambda data: _texts_of(data) is not None)

    def read(self) -> dict[str, str]:
        """The texts that were kept, the last one typed at the end."""
        return _fit(_texts_of(self._file.read()) or {})

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep these texts and no others."""
        wanted = _fit(texts)
        data = json.dumps(wanted, ensure_ascii=False).encode("utf-8") if wanted else b""
        self._file.keep(data)

    def move(self, answers: Path) -> None:
        """Go with the answer file to another name."""
        self._file.move(answers)


def _texts_of(data: bytes) -> dict[str, str] | None:
    """The texts that a file of ours holds, of one that lost power none; `None` for any other."""
    try:
        kept = json.loads(data.decode("utf-8") or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        return None
    return kept


def _fit(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that an answer could hold, as they were typed."""
    return {name: text for name, text in texts.items() if not isinstance(clean_text(text), Refusal)}


class SessionFile(LockedAnswerFile):
    """One answer file, held from its opening to the end of the session.

    Attributes:
        saved: The answers on the disk, as far as this session knows them.
        unsent: Text by question or finding that was typed and not sent.
        journal: The changes that led to the answers.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        """Take the lock of a file.

        Raises:
            FileError: Another session holds the file, it cannot be read, or it is there and
                should be new.
        """
        super().__init__(path, is_new=is_new)
        self.saved: Answers | None = None
        self.unsent, self.journal = Drafts(path), Journal(path)
        self.__enter__()
        sweep_journals(where(path).parent)
        if is_new:  # what an earlier file of this name has left
            self.unsent.read()
            self.unsent.keep({})
            self.journal.clear()

    def load(self, library: Library) -> LoadedAnswers:
        """Read the answers as they stood when the lock was taken; they are what is saved.

        Raises:
            AssistantError: The file is no answer file, or of an edition that does not fit.
        """
        reading = super().load(library)
        self.saved = reading.answers
        return reading

    def save(self, answers: Answers, *, puts_aside: bool = True) -> Path | None:
        """Write the answers, and know from then on that they are on the disk.

        Raises:
            FileError: The file cannot be written; the old one is whole.
        """
        aside = super().save(answers, puts_aside=puts_aside)
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
        if self.is_link:  # somebody made this name
            return False
        path = self.path.with_name(name)
        self.move(path)
        self.unsent.move(path)
        self.journal.move(path)
        return True

    def close(self) -> None:
        """Let go of the file."""
        self.__exit__(None, None, None)


def _name_of(answers: Answers | None, folder: Path) -> str:
    """The name that a new file of these answers would have there; empty without a body."""
    if answers is None or not answers.body:
        return ""
    return file_name(answers.body, answers.year, folder)
