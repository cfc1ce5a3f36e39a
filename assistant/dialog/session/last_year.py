"""The file of the year before: which one it is, and whether it belongs beside the answers."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assistant.answers import Answers, load
from assistant.dialog.interview import Turn, ask
from assistant.dialog.session.answer_files import Found, describe
from assistant.form.loader import Library
from assistant.messages.events import Event
from assistant.storage.errors import AssistantError, FileError


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
    path: Path | None, answers: Answers, shelf: Library
) -> tuple[Answers | None, list[Event]]:
    """The answers of the year before, and the words that name their file.

    Args:
        path: Their file; without one there is nothing to say.
        answers: This year's answers.
        shelf: Editions and sentences.

    Raises:
        AssistantError: It cannot be read, or is of another form or year.
    """
    if path is None:
        return None, []
    previous = load(path, shelf).answers
    if previous.edition is not answers.edition or previous.year != answers.year - 1:
        raise FileError(
            "previous_not_before", path=str(path), year=previous.year, wanted=answers.year - 1
        )
    said = shelf.sentences.say("session.with_previous", name=path.name)
    return previous, [Event("note", said)]


def with_last_year(turn: Turn, path: Path | None, shelf: Library) -> Turn:
    """A turn whose answers are of another year now, with the file of the year before beside them.

    A file that cannot be read, or is of another year, is left out.
    """
    try:
        previous, said = read_last_year(path, turn.interview.answers, shelf)
    except AssistantError:
        return turn
    made = replace(turn.interview, previous=previous)
    told = [each for each in turn.events if each.kind != "ask"]
    return turn._replace(interview=made, events=(*told, *said, ask(made)))
