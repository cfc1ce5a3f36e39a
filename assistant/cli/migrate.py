"""`nianbao migrate`: carry an answer file to another form of the same year."""

import argparse

from assistant.answers import check_year, load, save
from assistant.cli import console
from assistant.cli.exits import GOOD
from assistant.errors import FileError
from assistant.library import Library
from assistant.migrating import migrate


def carry(options: argparse.Namespace, shelf: Library) -> int:
    """Write the file in the other form and name everything that stayed behind.

    Raises:
        AssistantError: A file cannot be read or written, or the other form is not for this year.
    """
    answers = load(options.answers, shelf).answers
    edition = shelf.edition(options.to)
    check_year(edition, answers.year, options.answers, shelf)
    if options.output.exists():
        raise FileError("answers_there", path=str(options.output))
    made, left = migrate(answers, edition, shelf.sentences)
    save(made, options.output)
    for each in left:
        console.give(shelf.sentences.say("command.migrate_left", name=each.name, why=each.why))
    counts = {"carried": len(made.given), "left": len(left)}
    console.give(shelf.sentences.say("command.migrate", path=str(options.output), **counts))
    return GOOD
