"""`nianbao migrate`: carry an answer file to another form of the same year."""

import argparse

from assistant.answers import LockedAnswerFile, check_year, load
from assistant.answers.migrate import migrate
from assistant.cli import console
from assistant.cli.console import GOOD
from assistant.form.loader import Library
from assistant.storage.disk import check_new_name


def run(options: argparse.Namespace, library: Library) -> int:
    """Write the file in the other form and name everything that stayed behind.

    Raises:
        AssistantError: A file cannot be read or written, or the other form is not for this year.
    """
    check_new_name(options.output)
    with LockedAnswerFile(options.output, is_new=True) as keeper:
        console.warn_unlocked(keeper, library.sentences)
        answers = load(options.answers, library).answers
        edition = library.edition_to_fill(options.to)
        check_year(edition, answers.year, options.answers, library)
        made, left = migrate(answers, edition, library.sentences)
        keeper.save(made, puts_aside=False)
    for each in left:
        console.give(library.sentences.say("command.migrate_left", name=each.name, why=each.why))
    counts = {"carried": len(made.given), "left": len(left)}
    console.give(library.sentences.say("command.migrate", path=str(options.output), **counts))
    return GOOD
