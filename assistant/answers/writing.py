"""Answers in canonical text, and onto the disk."""

from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

from assistant.answers.model import STATE_WORDS, Answer, Answers, Given, ListRow
from assistant.answers.reading import FORMAT
from assistant.files import emit, lock, read_bytes, write_durably
from assistant.schema import Fact, Option, Question
from assistant.values import show, show_date

_STATE_NAMES = {state: word for word, state in STATE_WORDS.items()}


class Keeper:
    """Holds an answer file for one session and writes it again and again.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        """Take the path; nothing is locked yet."""
        self.path = path
        self._held = ExitStack()
        self._known: bytes | None = None

    def __enter__(self) -> "Keeper":
        """Take the writers' lock and note what stands in the file.

        Raises:
            FileError: Another session holds it, or the folder cannot be written.
        """
        self._held.enter_context(lock(self.path))
        self._known = self._present()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        self._held.close()

    def save(self, answers: Answers) -> Path | None:
        """Write the answers durably, keeping the previous version as `.bak`.

        Returns:
            Where a version was put aside that somebody else wrote meanwhile; mostly `None`.

        Raises:
            FileError: The file cannot be written; the old one is whole.
        """
        data = write_answers(answers).encode()
        present = self._present()
        if data == present:
            self._known = data
            return None
        aside = None
        if present is not None and present != self._known:
            aside = self._free_name()
            write_durably(aside, present)
        write_durably(self.path, data)
        self._known = data
        return aside

    def _present(self) -> bytes | None:
        return read_bytes(self.path) if self.path.exists() else None

    def _free_name(self) -> Path:
        names = (self.path.with_stem(f"{self.path.stem}-另存{number}") for number in count(1))
        return next(path for path in names if not path.exists())


def save(answers: Answers, path: Path) -> None:
    """Write an answer file once.

    Raises:
        FileError: Another session holds the file, or it cannot be written; the old file is whole.
    """
    with Keeper(path) as keeper:
        keeper.save(answers)


def write_answers(answers: Answers) -> str:
    """The canonical text of an answer file, in the order of the form, labels as comments."""
    edition = answers.edition
    lines = [emit("format", FORMAT), emit("edition", edition.id), emit("year", str(answers.year))]
    body = [
        emit(name, _plain_answer(answers.given[name], question), _comment(answers, name), indent=2)
        for name, question in edition.questions.items()
        if name in answers.given
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
    value = _plain_value(answer.value, question)
    is_state_word = isinstance(value, str) and value in STATE_WORDS
    if answer.state == "given" and not answer.remark and not is_state_word:
        return value
    if answer.state == "none" and not answer.remark:
        return _STATE_NAMES["none"]
    parts: dict[str, object] = {}
    if answer.state != "given":
        parts["state"] = _STATE_NAMES[answer.state]
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
