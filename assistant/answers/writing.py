"""Answers in canonical text, and onto the disk."""

from contextlib import ExitStack, suppress
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.answers.model import STATE_NAMES, Answer, Answers, Given, ListRow
from assistant.answers.reading import FORMAT
from assistant.answers.states import read_state
from assistant.errors import FileError
from assistant.files import (
    backup_of,
    emit,
    lock,
    rename,
    sweep,
    system_error,
    write_durably,
    write_temporary,
)
from assistant.schema import Fact, Option, Question
from assistant.values import show, show_date


class Keeper:
    """Holds the writers' lock of one answer file for a session and writes it again and again.

    Load the answers after entering: what changes in the file from then on is not overwritten
    unseen. The system frees the lock at any death of the process.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self.path = path
        self._held = ExitStack()
        self._known: bytes | None = None
        self._untold: Path | None = None

    def __enter__(self) -> Self:
        """Take the lock and note what stands in the file.

        Raises:
            FileError: Another session holds the file (`file_locked`), or it cannot be read.
        """
        with ExitStack() as held:
            held.enter_context(lock(self.path))
            self._known = self._present()
            sweep(self.path.parent)
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

    def save(self, answers: Answers) -> Path | None:
        """Write the answers durably, keeping the previous version as `.bak`.

        What somebody else wrote meanwhile is kept under a free name first.

        Returns:
            The place of that other version; `None` when there was none.

        Raises:
            FileError: The file cannot be written; the old one is whole.
        """
        data = write_answers(answers).encode()
        present = self._present()
        if present != data:
            if present is not None and present != self._known:
                self._untold = self._put_aside(present)
                self._known = present  # kept now: should the writing fail, it is not kept twice
            write_durably(self.path, data)
        self._known = data
        aside, self._untold = self._untold, None
        return aside

    def move(self, path: Path) -> None:
        """Give the file another name, its previous version too, and hold it there.

        Raises:
            FileError: The name is taken (`answers_there`) or cannot be given; nothing changes.
        """
        with ExitStack() as held:
            held.enter_context(lock(path))
            if path.exists():
                raise FileError("answers_there", path=str(path))
            try:
                self.path.rename(path)
            except OSError as fault:
                raise system_error(fault, path) from fault
            with suppress(OSError):  # there may be none
                backup_of(self.path).replace(backup_of(path))
            self._held.close()
            self._held, self.path = held.pop_all(), path

    def _present(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise system_error(fault, self.path) from fault
        except ValueError as fault:  # a name with a null character
            raise FileError("file_missing", path=repr(str(self.path))) from fault

    def _put_aside(self, data: bytes) -> Path:
        """Write a version under the first free name beside the file."""
        place = self._take_name()
        try:
            rename(write_temporary(data, self.path.parent, durable=True), place)
        except FileError:
            place.unlink(missing_ok=True)
            raise
        return place

    def _take_name(self) -> Path:
        """Make an empty file under the first free name, so that nobody else can take it."""
        for number in count(1):
            place = self.path.with_name(f"{self.path.stem}-另存{number}{self.path.suffix}")
            try:
                place.open("xb").close()
            except FileExistsError:
                continue
            except OSError as fault:
                raise system_error(fault, place) from fault
            return place
        raise AssertionError  # numbers do not end


def save(answers: Answers, path: Path) -> Path | None:
    """Write the answer file once, as `Keeper.save` does.

    Raises:
        FileError: Another session holds the file, or it cannot be written; the old file is whole.
    """
    with Keeper(path) as keeper:
        return keeper.save(answers)


def write_answers(answers: Answers) -> str:
    """The canonical text of an answer file, in the order of the form, labels as comments."""
    edition = answers.edition
    lines = [emit("format", FORMAT), emit("edition", edition.id), emit("year", str(answers.year))]
    body = [
        emit(name, _plain_answer(answers.given[name], question), _comment(answers, name), indent=2)
        for name, question in edition.questions.items()
        if name in answers.given
    ]
    body += [
        emit(name, _plain_answer(claim, edition.cells[name]), _comment(answers, name), indent=2)
        for name, claim in answers.claimed.items()
    ]
    body += [emit(name, value, indent=2) for name, value in answers.unknown.items()]
    lines += ["answers:\n", *body] if body else ["answers: {}\n"]
    if answers.acknowledged:
        lines.append("acknowledged:\n")
        for key, entry in answers.acknowledged.items():
            content = {"reason": entry.reason, "values": dict(entry.values)}
            lines.append(emit(key, content, indent=2))
    return "".join(lines)


def _comment(answers: Answers, name: str) -> str:
    unit = answers.edition.unit(name)
    label = answers.edition.name(name)
    return f"{label}（{unit}）" if unit else label


def _plain_answer(answer: Answer, question: Question) -> object:
    if answer.state == "unread":
        return answer.raw
    if answer.state == "none" and not answer.remark:
        return STATE_NAMES["none"]
    value = _plain_value(answer.value, question)
    speaks_of_state = isinstance(value, str) and read_state(question, value) is not None
    if answer.state == "given" and not answer.remark and not speaks_of_state:
        return value
    parts: dict[str, object] = {}
    if answer.state != "given":
        parts["state"] = STATE_NAMES[answer.state]
    if answer.value is not None:
        parts["value"] = value
    if answer.remark:
        parts["remark"] = answer.remark
    return parts


def _plain_value(value: Given | None, question: Question) -> object:
    if isinstance(value, int | Decimal):
        return show(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Option):
        return value.label
    if isinstance(value, tuple):
        return [_plain_item(item, question) for item in value]
    return value


def _plain_item(item: ListRow | Option, question: Question) -> object:
    if isinstance(item, Option):
        return item.label
    assert isinstance(question, Fact)  # noqa: S101  only a list fact has rows
    return {column.id: _plain_value(item[column.id], question) for column in question.columns}
