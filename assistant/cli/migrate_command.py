"""`nianbao migrate`: carry an answer file to another form of the same year."""

import argparse

from assistant.answers import LockedAnswerFile, check_year, load, write_answers
from assistant.answers.migrate import Migration, migrate
from assistant.cli import console
from assistant.cli.console import GOOD
from assistant.form.loader import Library
from assistant.storage.disk import check_new_name
from assistant.storage.streams import is_standard


def run(options: argparse.Namespace, library: Library) -> int:
    """Write the file in the other form and name everything that stayed behind.

    Raises:
        AssistantError: A file cannot be read or written, or the other form is not for this year.
    """
    tell = console.give
    if is_standard(options.output):
        made, left = _migrated(options, library)
        console.give_raw(write_answers(made))
        tell = console.tell
    else:
        check_new_name(options.output)
        with LockedAnswerFile(options.output, is_new=True) as keeper:
            console.warn_unlocked(keeper, library.sentences)
            made, left = _migrated(options, library)
            keeper.save(made, puts_aside=False)
    for each in left:
        tell(library.sentences.say("command.migrate_left", name=each.name, why=each.why))
    counts = {"carried": len(made.given), "left": len(left)}
    tell(library.sentences.say("command.migrate", path=str(options.output), **counts))
    return GOOD


def _migrated(options: argparse.Namespace, library: Library) -> Migration:
    answers = load(options.answers, library).answers
    edition = library.edition_to_fill(options.to)
    check_year(edition, answers.year, options.answers, library)
    return migrate(answers, edition, library.sentences)
