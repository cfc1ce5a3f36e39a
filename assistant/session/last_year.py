"""The file of the year before: which one it is, and whether it belongs beside the answers."""

from collections.abc import Iterable
from pathlib import Path

from assistant.answers import Answers, load
from assistant.errors import FileError
from assistant.library import Library
from assistant.session.folder import Found, describe


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


def load_last_year(path: Path, answers: Answers, shelf: Library) -> Answers:
    """Read the answers of the year before.

    Raises:
        AssistantError: It cannot be read, or is of another form or year.
    """
    previous = load(path, shelf).answers
    if previous.edition is not answers.edition or previous.year != answers.year - 1:
        raise FileError(
            "previous_not_before", path=str(path), year=previous.year, wanted=answers.year - 1
        )
    return previous
