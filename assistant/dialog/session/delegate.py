"""Whom the rest is left to: what is open goes out as collection sheets beside the answer file."""

import re
from pathlib import Path

from assistant.answers import Answers
from assistant.collect.departments import Groups, by_department, message, write_sheets
from assistant.dialog.interview import Interview, is_open
from assistant.dialog.session.answer_files import fit_for_files
from assistant.form.loader import Library
from assistant.form.model import Fact
from assistant.intents import names_of
from assistant.messages.events import Event

_BETWEEN = re.compile(r"[\s、，,；;]+")


def delegate(
    interview: Interview, path: Path, words: str, library: Library
) -> tuple[list[Path], list[Event]]:
    """Write a sheet for each department with what is open there; what is given is not asked.

    Args:
        interview: The conversation.
        path: The answer file; the folder stands beside it under its name.
        words: A department of the form; or any name and behind it what to ask; empty for all.
        library: Sentences and typography.

    Returns:
        The files that were written, and what is said of them.

    Raises:
        AssistantError: They cannot be written.
    """
    answers, say = interview.answers, library.sentences.say
    groups = _groups(answers, words)
    if not groups:
        names = "、".join(each.name for each in answers.edition.departments)
        is_known = groups is not None
        said = say("session.delegate_nothing", words=words, is_known=is_known, names=names)
        return [], [Event("note", said)]
    folder = path.parent / say("session.delegate_folder", name=path.stem)
    text = say("session.delegate_text", department=next(iter(groups)) if words else "")
    written = write_sheets(groups, answers, folder / text, library)
    handed = {name for asked in groups.values() for name in asked}
    rest = sum(name not in handed for name in _waiting(answers))
    lines = (
        *(each.name for each in written),
        say("session.delegate_message"),
        *message(groups, answers, library.sentences),
        say("session.delegate_next", folder=folder.name, rest=0 if words else rest),
    )
    said = say("session.delegated", folder=folder, count=len(groups))
    return written, [Event("echo", said, lines=lines)]


def _waiting(answers: Answers) -> list[str]:
    """The questions that wait and that the report cannot do without."""
    asked = answers.edition.asked.items()
    return [
        name
        for name, each in asked
        if (not isinstance(each, Fact) or each.required) and _waits(answers, name)
    ]


def _waits(answers: Answers, name: str) -> bool:
    """Whether a question that applies has no answer; 暂缺 is none."""
    if not answers.applies(answers.edition.questions[name]):
        return False
    return is_open(answers, name) or answers.given[name].state == "absent"


def _groups(answers: Answers, words: str) -> Groups | None:
    """What waits by department, or for the one that is named; `None` where nothing is named."""
    edition = answers.edition
    department, *asked = _BETWEEN.split(words.strip())
    if not asked:
        groups = by_department(edition, _waiting(answers))
        known = any(department in each.name for each in edition.departments)
        return {name: groups[name] for name in groups if department in name} if known else None
    index = names_of(edition)
    meant = {name for each in asked for name in index.below(each) or index.find(each)}
    waiting = [name for name in edition.asked if name in meant and _waits(answers, name)]
    name = fit_for_files(department)
    if not meant or not name:
        return None
    return {name: waiting} if waiting else {}
