"""`nianbao read`: a published report back to an answer file, and what in it was not read."""

import argparse
from pathlib import Path

from assistant.answers import LockedAnswerFile, format_answer, write_answers
from assistant.cli import console
from assistant.cli.console import CONFIRMS, GOOD
from assistant.export.formats import read_document
from assistant.form.loader import Library
from assistant.published.report import Published, figures_of, possible_of, read_report
from assistant.published.summary import summary
from assistant.storage.disk import check_new_name
from assistant.storage.errors import FileError
from assistant.storage.streams import is_standard
from assistant.storage.unforeseen import foreseen


def run(options: argparse.Namespace, library: Library) -> int:
    """Read a report; 4 when something in it could not be read.

    Raises:
        AssistantError: The document cannot be read or is no report, or the file exists.
    """
    path: Path = options.report
    output: Path | None = options.output
    is_output = output is not None and is_standard(output)
    if output is not None and not is_output:
        check_new_name(output)
        if output.exists():
            raise FileError("read_exists", path=str(output))
    contents = read_document(path)
    with foreseen(path):
        published = read_report(contents, path, library, options.year)
    if options.json:
        console.give_json("read", report=str(path), **as_json(published))
    else:
        tell = console.tell if is_output else console.give
        for line in summary(published, library.sentences):
            tell(line)
    if is_output:
        console.give_raw(write_answers(published.answers))
    elif output is not None:
        with LockedAnswerFile(output) as keeper:
            console.warn_unlocked(keeper, library.sentences)
            keeper.save(published.answers, puts_aside=False)
        console.tell(library.sentences.say("published.saved", path=output))
    return CONFIRMS if published.uncertain or not published.read else GOOD


def as_json(published: Published) -> dict[str, object]:
    """What was read, as `read --json` gives it."""
    answers = published.answers
    questions = answers.edition.questions
    facts = [name for name in answers.given if name not in answers.edition.cells]
    return {
        "edition": answers.edition.id,
        "year": answers.year,
        "body": published.title.body,
        "notices": published.notices,
        "cells": figures_of(published),
        "possible": {
            name: possible_of(published, name)
            for name, each in published.uncertain.items()
            if each.why in ("glued", "twice")
        },
        "unread": [
            {"cell": name, "reason": each.why, "place": each.place.name}
            for name, each in published.uncertain.items()
        ],
        "missing": list(published.missing),
        "unplaced": [row.text for row in published.unplaced],
        "facts": {name: format_answer(answers.given[name], questions[name]) for name in facts},
    }
