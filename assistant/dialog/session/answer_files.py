"""The answer files of a folder: those to resume, last year's, and the name of a new one."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answers, load
from assistant.answers.last_year import load_last_year
from assistant.dialog.interview import StillOpen, Turn, ask, left_of
from assistant.dialog.welcome import ANSWER_SUFFIXES
from assistant.form.loader import Library
from assistant.messages.events import Event
from assistant.storage.errors import AssistantError, FileError, system_error

_LIMIT = 200
"""Files of a folder that are looked into."""
_NAME_BYTES = 180
"""Bytes of a body's name in a file name; systems allow 255 with suffixes."""
_ASIDE = re.compile(r"-另存[0-9]+$")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class Found(NamedTuple):
    """An answer file that can be resumed or taken as last year's."""

    path: Path
    body: str
    year: int
    edition: str
    left: StillOpen
    """What still wants an answer."""


class Listing(NamedTuple):
    """What a folder holds."""

    found: tuple[Found, ...]
    """Answer files, newest year first, versions put aside behind the file itself."""
    broken: tuple[Path, ...]
    """Files that look like answers and cannot be read."""
    left_out: int
    """Files behind the limit, not looked into."""


def find_files(folder: Path, library: Library) -> Listing:
    """Look through the answer files of a folder.

    Raises:
        FileError: The folder cannot be read.
    """
    try:
        paths = sorted(
            path
            for path in folder.iterdir()
            if path.suffix in ANSWER_SUFFIXES and not path.name.startswith(".") and path.is_file()
        )
    except OSError as fault:
        raise system_error(fault, folder) from fault
    found: list[Found] = []
    broken: list[Path] = []
    for path in paths[:_LIMIT]:
        try:
            found.append(describe(path, load(path, library).answers))
        except FileError as fault:
            if fault.code not in ("answers_shape", "answers_no_key"):
                broken.append(path)
        except AssistantError:
            broken.append(path)
    found.sort(key=lambda each: (-each.year, bool(_ASIDE.search(each.path.stem)), each.path.name))
    return Listing(tuple(found), tuple(broken), max(0, len(paths) - _LIMIT))


def describe(path: Path, answers: Answers) -> Found:
    """What the first screen says of an answer file."""
    return Found(
        path, answers.body or path.stem, answers.year, answers.edition.id, left_of(answers)
    )


def file_name(body: str, year: int) -> str:
    """A new answer file's name, 示例镇人民政府-2017.yaml; marks that no system allows become _."""
    safe = _UNFIT.sub("_", body).strip(". ")
    while len(safe.encode()) > _NAME_BYTES:
        safe = safe[:-1]
    return f"{safe}-{year}.yaml"


def last_year_among(files: Iterable[Found], answers: Answers, path: Path) -> Path | None:
    """The file of the same body and form for the year before.

    Args:
        files: What a folder holds.
        answers: This year's answers.
        path: Their own file; its name stands for a body that is not given.
    """
    here = describe(path, answers)
    wanted = (here.body, here.year - 1, here.edition)
    others = (each for each in files if each.path != path)
    return next((e.path for e in others if (e.body, e.year, e.edition) == wanted), None)


def read_last_year(
    path: Path | None, answers: Answers, library: Library
) -> tuple[Answers | None, list[Event]]:
    """The answers of the year before, and the words that name their file.

    Args:
        path: Their file; without one there is nothing to say.
        answers: This year's answers.
        library: Editions and sentences.

    Raises:
        AssistantError: It cannot be read, or is of another form or year.
    """
    if path is None:
        return None, []
    previous, findings = load_last_year(path, answers, library)
    said = library.sentences.say("session.with_previous", name=path.name)
    doubts = [Event("note", each.sentence, finding=each) for each in findings]
    return previous, [Event("note", said), *doubts]


def with_last_year(turn: Turn, path: Path | None, library: Library) -> Turn:
    """A turn whose answers are of another year now, with the file of the year before beside them.

    A file that cannot be read, or is of another year, is left out.
    """
    try:
        previous, said = read_last_year(path, turn.interview.answers, library)
    except AssistantError:
        return turn
    made = replace(turn.interview, previous=previous)
    told = [each for each in turn.events if each.kind != "ask"]
    return turn._replace(interview=made, events=(*told, *said, ask(made)))
