"""The answer files of a folder, and the name of a new one."""

import re
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answers, load
from assistant.dialog.interview import StillOpen, left_of
from assistant.dialog.welcome import ANSWER_SUFFIXES
from assistant.form.loader import Library
from assistant.storage import system_error
from assistant.storage.errors import AssistantError, FileError

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


def find_files(folder: Path, shelf: Library) -> Listing:
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
            found.append(describe(path, load(path, shelf).answers))
        except FileError as fault:
            if fault.code not in ("answers_shape", "answers_no_key"):
                broken.append(path)
        except AssistantError:
            broken.append(path)
    found.sort(key=lambda each: (-each.year, bool(_ASIDE.search(each.path.stem)), each.path.name))
    return Listing(tuple(found), tuple(broken), max(0, len(paths) - _LIMIT))


def describe(path: Path, answers: Answers) -> Found:
    """What the first screen says of an answer file."""
    body = str(answers.value("body_name") or path.stem)
    return Found(path, body, answers.year, answers.edition.id, left_of(answers))


def file_name(body: str, year: int) -> str:
    """A new answer file's name, 示例镇人民政府-2017.yaml; marks that no system allows become _."""
    safe = _UNFIT.sub("_", body).strip(". ")
    while len(safe.encode()) > _NAME_BYTES:
        safe = safe[:-1]
    return f"{safe}-{year}.yaml"
