"""One answer file, held by one writer: loaded under its lock, written again and again, renamed.

What is about to become the file is read back by the reader that will read it.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import date
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.answers.load import (
    FORMAT,
    LoadedAnswers,
    answers_of,
    is_answer_file,
    parts_of,
    read_answers,
    top_of,
)
from assistant.answers.model import Answer, Answers
from assistant.answers.write_answers import write_answers
from assistant.form.loader import Library
from assistant.storage.disk import (
    SIZE_LIMIT,
    Present,
    decode,
    is_taken,
    naming,
    read_bytes,
    read_present,
    rename_to_free,
    sweep,
    sync_folder,
    temporary_file,
    where,
)
from assistant.storage.earlier_versions import keep_day, keep_version, move_versions, written_on
from assistant.storage.errors import FileError
from assistant.storage.lock import lock
from assistant.storage.written_files import FolderRecord, RecordSpot, put

_TRIES = 20
"""How often a file may appear at the name of a new one before it is left to whoever does that."""


class LockedAnswerFile:
    """Holds the writers' lock of one answer file and writes it again and again.

    The answers are loaded after entering, with `load`: what changes in the file from then on is
    not overwritten unseen. The system frees the lock at any death of the process.

    Attributes:
        path: The file as it was named.
        is_locked: Whether the disk knows locks; where it does not, nobody is kept out.
        kept: Where the version before the last saving is; None before the first.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        """Name the file, which must not be there when it is to be new; nothing is opened yet."""
        self.path = path
        self.is_locked = True
        self.kept: Path | None = None
        self._is_new = is_new
        self._place = path
        self._held = ExitStack()
        self._record = FolderRecord(path.parent)
        self._loaded: bytes | None = None
        self._known: set[bytes] = set()
        self._is_settled = True
        self._untold: Path | None = None

    def __enter__(self) -> Self:
        """Take the lock and note what stands in the file.

        Raises:
            FileError: Another session holds the file (`file_locked`), it cannot be read, or it
                is there and should not be (`answers_there`).
        """
        if self._is_new and is_taken(self.path):
            raise FileError("answers_there", path=str(self.path))
        with ExitStack() as held:
            self._place = where(self.path)
            self._record = FolderRecord(self._place.parent)
            self.is_locked = held.enter_context(lock(self._place))
            present = self._present()
            if self._is_new and present is not None:
                raise FileError("answers_there", path=str(self.path))
            self._loaded = present.data if present is not None else None
            self._known = {self._loaded} if self._loaded is not None else set()
            sweep(self._place.parent)
            self._held = held.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Free the lock."""
        self._held.close()

    @property
    def is_there(self) -> bool:
        """Whether there was a file when the lock was taken."""
        return self._loaded is not None

    @property
    def is_link(self) -> bool:
        """Whether the name is a link to the file, which somebody must have made."""
        return self._place != self.path

    def load(self, library: Library) -> LoadedAnswers:
        """Read the answers as they stood when the lock was taken.

        Raises:
            FileError: There is no file, or it is no answer file.
            EditionError: Its edition is unknown or does not serve its year.
        """
        if self._loaded is None:
            raise FileError("file_missing", path=str(self.path))
        return read_answers(decode(self._loaded, self.path), self.path, library)

    def save(self, answers: Answers, *, puts_aside: bool = True) -> Path | None:
        """Write the answers durably, keeping earlier versions; they are read back before.

        Args:
            answers: What stands in the file from now on.
            puts_aside: Whether what somebody else wrote meanwhile is kept under a free name.

        Returns:
            The place of that other version; `None` when there was none.

        Raises:
            FileError: The file cannot be written, what was written does not read back, or
                somebody changed it meanwhile (`changed_meanwhile`); the old one is whole.
        """
        data = write_answers(answers).encode()
        present = self._present()
        if present is None or present.data != data or not self._is_settled:
            like = present.about if present is not None else None
            with temporary_file(data, self._place, durable=True, like=like) as temporary:
                with naming(self.path):
                    _prove_written(read_bytes(temporary), answers, self.path)
                self._name(temporary, data, puts_aside=puts_aside)
        self._known = {data}
        aside, self._untold = self._untold, None
        return aside

    def _name(self, temporary: Path, data: bytes, *, puts_aside: bool) -> None:
        """Give the new version its name, when what stands there is kept."""
        for _ in range(_TRIES):
            present = self._present()
            if present is not None and present.data != data:
                self._keep(present, puts_aside=puts_aside)
            self._known.add(data)
            self._is_settled = False
            try:
                put(temporary, RecordSpot(self._place, present))
            except FileError as fault:
                if fault.code == "file_there":  # it came this moment
                    continue
                raise
            sync_folder(self._place.parent)
            self._is_settled = True
            return
        raise FileError("changed_meanwhile", path=str(self.path))

    def _keep(self, present: Present, *, puts_aside: bool) -> None:
        """Keep what is about to be replaced."""
        if present.data not in self._known:
            if not puts_aside:
                raise FileError("changed_meanwhile", path=str(self.path))
            self._untold = self._put_aside(present)
            self._known.add(present.data)  # kept now: should the writing fail, it is not kept twice
            return
        today = date.today()  # noqa: DTZ011  the day of the person at the screen
        if written_on(present) < today and is_answer_file(present.data, self.path):
            keep_day(self._place, present, self._record)
        self.kept = keep_version(self._place, present, self._record)

    def move(self, path: Path) -> None:
        """Give the file another name, its earlier versions too, and hold it there.

        Raises:
            FileError: The name is taken (`answers_there`) or cannot be given; nothing changes.
        """
        old = self._place
        with ExitStack() as held:
            is_locked = held.enter_context(lock(path))
            try:
                rename_to_free(old, path)
            except FileExistsError as fault:
                raise FileError("answers_there", path=str(path)) from fault
            self._held.close()
            self._held, self.is_locked = held.pop_all(), is_locked
        self.path = self._place = path
        move_versions(old, path, self._record)
        with suppress(FileError):  # the file is whole under either name
            sync_folder(path.parent)

    def _present(self) -> Present | None:
        try:
            return read_present(self._place)
        except FileError as fault:
            if fault.code == "file_missing" and "\0" not in str(self._place):
                return None
            raise

    def _put_aside(self, present: Present) -> Path:
        """Write a version under the first free name beside the file."""
        with temporary_file(
            present.data, self._place, durable=True, like=present.about
        ) as temporary:
            for number in count(1):
                place = self._place.with_name(f"{self.path.stem}-另存{number}{self.path.suffix}")
                try:
                    rename_to_free(temporary, place)
                except FileExistsError:
                    continue
                return place
        raise AssertionError  # numbers do not end


def _prove_written(data: bytes, answers: Answers, path: Path) -> None:
    """See that the bytes of an answer file say the answers they were made from, and no more.

    Raises:
        FileError: They do not (`not_read_back`); the entry is named where there is one.
    """
    try:
        top = top_of(decode(data, path), path)
        parts = parts_of(top, path)
    except FileError as fault:
        raise _unread(path) from fault
    edition, year = answers.edition, answers.year
    head = {"format": FORMAT, "edition": edition.id, "year": str(year)}
    is_odd = any(key not in top or top[key].value != value for key, value in head.items())
    if is_odd or len(data) > SIZE_LIMIT:
        raise _unread(path)
    read = answers_of(edition, year, parts)
    for meant, said in zip(_content(answers), _content(read), strict=True):
        for name in {**meant, **said}:
            if meant.get(name) != said.get(name):
                is_asked = name in edition.questions or name in edition.cells
                raise _unread(path, edition.name(name) if is_asked else name)


def _unread(path: Path, name: str = "") -> FileError:
    return FileError("not_read_back", path=str(path), name=name)


def _content(answers: Answers) -> Iterator[Mapping[str, object]]:
    """What a file says in its parts, whatever line it stands on."""
    for given in (answers.given, answers.claimed):
        yield {name: _said(answer) for name, answer in given.items()}
    yield from (answers.unknown, answers.stray, answers.acknowledged)


def _said(answer: Answer) -> object:
    if answer.state == "unread":
        return [answer.raw]
    return answer.value, answer.state, answer.remark, answer.template
