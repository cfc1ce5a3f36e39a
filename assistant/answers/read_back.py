"""What is about to become an answer file, read back by the reader that will read it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.answers.entry import Entry, read_entry
from assistant.answers.load import FORMAT, read_acknowledgement
from assistant.answers.model import Acknowledgement, Answer, Answers
from assistant.form.model import Question
from assistant.storage.disk import SIZE_LIMIT, decode
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node, parse, plain


def prove_written(data: bytes, answers: Answers, path: Path) -> None:
    """See that the bytes of an answer file say the answers they were made from, and no more.

    Args:
        data: The bytes, as they stand on the disk.
        answers: What they must say.
        path: The file they are for.

    Raises:
        FileError: They do not (`not_read_back`); the entry is named where there is one.
    """
    try:
        top = parse(decode(data, path).text, path).value
    except FileError as fault:
        raise _unread(path) from fault
    if not isinstance(top, dict) or len(data) > SIZE_LIMIT:
        raise _unread(path)
    head = {"format": FORMAT, "edition": answers.edition.id, "year": str(answers.year)}
    if any(key not in top or top[key].value != value for key, value in head.items()):
        raise _unread(path)
    wrong = [*_wrong_entries(_entries(top, "answers"), answers)]
    wrong += _wrong_reasons(_entries(top, "acknowledged"), answers.acknowledged)
    if wrong:
        is_asked = wrong[0] in _questions(answers)
        raise _unread(path, answers.edition.name(wrong[0]) if is_asked else wrong[0])


def _unread(path: Path, name: str = "") -> FileError:
    return FileError("not_read_back", path=str(path), name=name)


def _questions(answers: Answers) -> Mapping[str, Question]:
    return {**answers.edition.questions, **answers.edition.cells}


def _entries(top: Mapping[str, Node], key: str) -> Mapping[str, Node]:
    node = top.get(key)
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _wrong_entries(entries: Mapping[str, Node], answers: Answers) -> Iterator[str]:
    questions = _questions(answers)
    meant = {**answers.given, **answers.claimed}
    for name, answer in meant.items():
        if name not in entries or not _says(entries[name], questions[name], answer):
            yield name
    for name, value in answers.unknown.items():
        if name not in entries or plain(entries[name]) != value:
            yield name
    yield from entries.keys() - meant.keys() - answers.unknown.keys()


def _says(node: Node, question: Question, answer: Answer) -> bool:
    if answer.state == "unread":
        return plain(node) == answer.raw
    entry = read_entry(question, node)
    return isinstance(entry, Entry) and _content(entry.answer) == _content(answer)


def _content(answer: Answer) -> tuple[object, ...]:
    return answer.value, answer.state, answer.remark


def _wrong_reasons(
    entries: Mapping[str, Node], acknowledged: Mapping[str, Acknowledgement]
) -> Iterator[str]:
    for key in {**acknowledged, **entries}:
        if key not in entries or read_acknowledgement(entries[key]) != acknowledged.get(key):
            yield key
