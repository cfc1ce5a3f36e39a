"""`nianbao form`: a blank collection sheet out, filled ones back into an answer file."""

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from assistant.answers import LockedAnswerFile
from assistant.checks.runner import run_checks
from assistant.claims.binding import with_figures
from assistant.cli import console
from assistant.cli.console import GOOD, USAGE
from assistant.cli.find_files import expanded
from assistant.collect import Wanted, gather, resolve, told
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.storage.disk import check_new_name, rename_to_free, temporary_file
from assistant.storage.errors import EditionError, FileError


def run(options: argparse.Namespace, library: Library) -> int:
    """Write a blank sheet, or read filled ones; 2 when something stood in the way.

    Raises:
        AssistantError: A file cannot be read or written, or the year does not fit.
    """
    return _read(options, library) if options.read else _write(options, library)


def _write(options: argparse.Namespace, library: Library) -> int:
    from assistant.collect.blank_sheet import write_blank  # noqa: PLC0415  reading needs no writer

    edition = library.edition_to_fill(options.edition or "")
    year = options.year or _usual_year(edition)
    if year not in edition.years:
        years = edition.years
        raise EditionError(
            "form_bad_year", edition=edition.id, first=years.first, last=years.last or "", year=year
        )
    sentences = library.sentences
    path: Path = options.output or Path(f"{sentences.say('form.sheet')}-{year}.xlsx")
    check_new_name(path)
    with temporary_file(write_blank(edition, year, library), path, durable=True) as temporary:
        try:
            rename_to_free(temporary, path)
        except FileExistsError as fault:
            raise FileError("form_exists", path=str(path)) from fault
    console.tell(sentences.say("form.written", path=path, edition=edition.id, year=year))
    return GOOD


def _usual_year(edition: Edition) -> int:
    """The last calendar year, or the nearest that the form serves."""
    last = date.today().year - 1  # noqa: DTZ011  the calendar year of the person at the screen
    first, end = edition.years.first, edition.years.last
    return max(first, last if end is None else min(last, end))


def _read(options: argparse.Namespace, library: Library) -> int:
    """Nothing is written while something stands in the way, unless it is to be left out."""
    sentences = library.sentences
    path: Path | None = options.output
    if path is None:
        raise FileError("form_no_output")
    check_new_name(path)
    with LockedAnswerFile(path) as keeper:
        console.warn_unlocked(keeper, sentences)
        present = keeper.load(library).answers if keeper.is_there else None
        wanted = Wanted(options.edition or "", options.year)
        files = expanded(options.read)
        gathered = gather(files, present, library, wanted)
        for line in told(gathered, sentences):
            console.give(line)
        count = len(gathered.conflicts) + len(gathered.troubles)
        taken = sentences.say("form.taken", files=len(files), count=len(gathered.entered))
        console.tell(taken)
        if count and not options.leave_out:
            console.tell(sentences.say("form.unsaved", count=count))
            return USAGE
        answers = with_figures(resolve(gathered), gathered.entered)
        keeper.save(answers, puts_aside=False)
    if count:
        console.tell(sentences.say("form.left_out", count=count))
    asked = answers.edition.asked.items()
    missing = sum(name not in answers.given and answers.applies(each) for name, each in asked)
    console.tell(sentences.say("form.saved", path=path, missing=missing))
    verdicts = Counter(each.verdict for each in run_checks(answers, None, sentences).accounts)
    if verdicts:
        bound, wrong = verdicts["bound"], verdicts["contradicts"]
        rest = verdicts.total() - bound - wrong - verdicts["own"]
        console.tell(sentences.say("form.numbers", bound=bound, wrong=wrong, rest=rest))
    return GOOD
