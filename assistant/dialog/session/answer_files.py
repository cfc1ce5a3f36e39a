"""The answer files of a folder: those to resume, the name of a new one, last year's.

Last year's can be made of its published report; then a session begins with what was read of it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answer, Answers, LockedAnswerFile, load
from assistant.dialog.interview import StillOpen, Turn, ask, command, left_of
from assistant.dialog.interview.change_findings import summarised
from assistant.dialog.interview.progress import seldom_open
from assistant.dialog.welcome import reports_in
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.messages.events import Event
from assistant.published.last_year import load_last_year
from assistant.storage.disk import PATH_LIMIT, is_answer_name
from assistant.storage.errors import AssistantError, FileError, in_full, system_error

_LIMIT = 200
"""Files of a folder that are looked into."""
_MOST_REPORTS = 9
"""Documents that are offered by number; any other can be named."""
_PLACES = ("省", "市", "县", "区", "州", "盟", "旗")
_NAMED = 3
"""So many files of other bodies may be one's own by another name; more are those of a county."""
_NAME_BYTES = 180
"""Bytes of a body's name in a file name; systems allow 255 with suffixes."""
_LEAST = 8
"""Characters of it that stay, however deep the folder."""
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
    only_read: tuple[Found, ...]
    """Those of forms that can only be read: none to resume, but perhaps last year's."""
    broken: tuple[Path, ...]
    """Files that look like answers and cannot be read."""
    left_out: int
    """Files behind the limit, not looked into."""
    reports: tuple[str, ...] = ()
    """Names of documents that are not of one of the answer files, newest first by their name."""


def find_files(folder: Path, library: Library) -> Listing:
    """Look through the answer files of a folder.

    Raises:
        FileError: The folder cannot be read.
    """
    try:
        files = [each for each in folder.iterdir() if each.name[0] not in "._~" and each.is_file()]
    except OSError as fault:
        raise system_error(fault, folder) from fault
    paths = sorted(path for path in files if is_answer_name(path))
    own = tuple(path.stem for path in paths)
    others = [path for path in files if not path.name.startswith(own or ("/",))]
    reports = sorted((path.name for path in reports_in(others)), reverse=True)
    found: list[Found] = []
    only_read: list[Found] = []
    broken: list[Path] = []
    for path in paths[:_LIMIT]:
        try:
            answers = load(path, library, is_read_only=True).answers
            kept = only_read if answers.edition.reading_only else found
            kept.append(describe(path, answers))
        except FileError as fault:
            if fault.code not in ("answers_shape", "answers_no_key"):
                broken.append(path)
        except AssistantError:
            broken.append(path)
    found.sort(key=lambda each: (-each.year, bool(_ASIDE.search(each.path.stem)), each.path.name))
    left_out = max(0, len(paths) - _LIMIT)
    named = tuple(reports[:_MOST_REPORTS])
    return Listing(tuple(found), tuple(only_read), tuple(broken), left_out, named)


def describe(path: Path, answers: Answers) -> Found:
    """What the first screen says of an answer file."""
    return Found(
        path, answers.body or path.stem, answers.year, answers.edition.id, left_of(answers)
    )


def file_name(body: str, year: int, folder: Path) -> str:
    """A new answer file's name, 示例镇人民政府-2017.yaml; marks that no system allows become _.

    A long one is cut so that Windows opens it in its folder.
    """
    safe, end = fit_for_files(body), f"-{year}.yaml"
    safe = safe[: max(PATH_LIMIT - len(in_full(folder / end)) - 1, _LEAST)]
    while len(safe.encode()) > _NAME_BYTES:
        safe = safe[:-1]
    return safe.rstrip(". ") + end


def fit_for_files(name: str) -> str:
    """A name without the marks that some system refuses in that of a file."""
    return _UNFIT.sub("_", name).strip(". ")


def last_year_among(files: Iterable[Found], answers: Answers, path: Path) -> Path | None:
    """The file of the same body for the year before, of the same form or the one it follows.

    Args:
        files: What a folder holds, of forms too that can only be read.
        answers: This year's answers.
        path: Their own file; its name stands for a body that is not given.
    """
    others = (each for each in files if each.path != path)
    found = year_before(others, answers.edition, answers.year, answers.body or path.stem)
    return None if found is None else found.path


def year_before(files: Iterable[Found], edition: Edition, year: int, body: str) -> Found | None:
    """The file of a body for the year before, of a form or of the one that it follows.

    Its name may have been written with or without the places above it, 示例市示例区人民政府, where
    no file has the very name and one alone is meant.
    """
    fitting = _of_year_before(files, edition, year)
    same = [each for each in fitting if each.body == body]
    alike = [each for each in fitting if _differ_in_place(each.body, body)]
    return same[0] if same else alike[0] if len(alike) == 1 else None


def _of_year_before(files: Iterable[Found], edition: Edition, year: int) -> list[Found]:
    forms = (edition.id, edition.follows)
    return [each for each in files if each.year == year - 1 and each.edition in forms]


def tell_others_of_last_year(
    files: Iterable[Found], answers: Answers, sentences: Sentences
) -> list[Event]:
    """That no file of the year before was opened, where there are such of bodies of other names."""
    others = [each.path.name for each in _of_year_before(files, answers.edition, answers.year)]
    if not 0 < len(others) <= _NAMED:
        return []
    said = sentences.say("session.no_previous", body=answers.body, names="、".join(others))
    return [Event("note", said)]


def _differ_in_place(one: str, other: str) -> bool:
    """Whether of two names one has the place before it that the other leaves out."""
    short, long = sorted((one, other), key=len)
    place = long.removesuffix(short)
    return place != long and place.endswith(_PLACES)


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


def read_published(path: Path, library: Library) -> tuple[Answers, Event]:
    """The answers that a published report was printed from, and what is to be said of them.

    Raises:
        AssistantError: It cannot be read, or is no report.
    """
    from assistant.export.formats import read_document  # noqa: PLC0415  few begin from a report
    from assistant.published.report import read_report  # noqa: PLC0415
    from assistant.published.summary import summary  # noqa: PLC0415

    published = read_report(read_document(path), path, library)
    first, *lines = summary(published, library.sentences)
    return published.answers, Event("note", first, lines=tuple(lines))


def keep_last_year(before: Answers, body: str, folder: Path) -> Path:
    """The answer file of last year, made from its report where there is none yet.

    Raises:
        FileError: It cannot be written.
    """
    path = folder / file_name(body, before.year, folder)
    if not path.exists():
        name = before.edition.roles.body_name
        named = before.with_given({**before.given, name: Answer(body)})
        with LockedAnswerFile(path) as keeper:
            keeper.save(replace(named, acknowledged={}), puts_aside=False)
    return path


def begin_from(turn: Turn, told: Event) -> Turn:
    """Begin with what was read of last year's report, on one screen; 看明细 tells all of it.

    Facts that seldom change follow in one list, to be confirmed.
    """
    has_facts = bool(seldom_open(turn.interview.answers, turn.interview.previous))
    asked = command(turn.interview, "same_all") if has_facts else turn
    made, shown = summarised(asked.interview, (told, *asked.events))
    if asked.interview.details:
        details = (told.text, *told.lines, *asked.interview.details)
        made = replace(made, details=details)
    return asked._replace(interview=made, events=shown)
