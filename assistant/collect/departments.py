"""Who has what is still open: a collection sheet for each department, and words to send along."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from assistant.answers import Answers
from assistant.collect.blank_sheet import write_blank
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.storage.written_files import write_together
from assistant.values.grouping import grouped

_NAMED = 6
"""Rows and questions of a department that are named."""

Groups = Mapping[str, Collection[str]]
"""Ids of questions by the name of a department."""


def by_department(edition: Edition, names: Collection[str]) -> Groups:
    """Questions by the departments that usually have them; those of none are left out."""
    found = grouped((each, name) for name in names for each in edition.departments_of(name))
    return {each.name: found[each.name] for each in edition.departments if each.name in found}


def write_sheets(groups: Groups, answers: Answers, text: Path, library: Library) -> list[Path]:
    """Write a text for all departments, and beside it a sheet for each.

    Args:
        groups: What each is asked; the names can stand in file names.
        answers: Of which form, year and body they are.
        text: Where it is to be; its folder is made when needed, what a person has changed stays.
        library: Sentences and typography.

    Returns:
        The files, the text last.

    Raises:
        AssistantError: They cannot be written.
    """
    form, year = answers.edition, answers.year
    files = {
        f"{department}.xlsx": write_blank(form, year, library, asked, department)
        for department, asked in groups.items()
    }
    files[text.name] = "\n".join([*message(groups, answers, library.sentences), ""]).encode()
    return write_together(text.parent, files)


def message(groups: Groups, answers: Answers, sentences: Sentences) -> Iterator[str]:
    """What is asked of whom, line by line; until when is left to who sends it."""
    yield sentences.say("form.message", body=answers.body, year=answers.year)
    for department, asked in groups.items():
        named = list(dict.fromkeys(_called(name, answers.edition) for name in asked))
        yield sentences.say(
            "form.message_line",
            department=department,
            count=len(asked),
            names="、".join(named[:_NAMED]),
            kinds=len(named) if named[_NAMED:] else 0,
        )
    yield sentences.say("form.message_end")


def _called(name: str, edition: Edition) -> str:
    """What people call a question; of several cells in a row, the row."""
    cell = edition.cells.get(name)
    return (cell is not None and edition.line_name(cell.row)) or edition.name(name)
