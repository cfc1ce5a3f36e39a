"""`nianbao form`: a blank collection sheet out, filled ones back into an answer file."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.answers import LockedAnswerFile, at_a_glance, format_answer
from assistant.checks.runner import run_checks
from assistant.claims.binding import with_figures
from assistant.cli import console
from assistant.cli.console import GOOD, USAGE
from assistant.cli.find_files import expanded
from assistant.collect import CellProblem, Gathered, Wanted, gather, resolve, write_blank
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.storage.disk import check_new_name, rename_to_free, temporary_file
from assistant.storage.errors import EditionError, FileError

_LISTED = 20
"""Conflicts that are told one by one; two whole files may differ in every cell."""


def run(options: argparse.Namespace, library: Library) -> int:
    """Write a blank sheet, or read filled ones; 2 when something stood in the way.

    Raises:
        AssistantError: A file cannot be read or written, or the year does not fit.
    """
    return _read(options, library) if options.read else _write(options, library)


def _write(options: argparse.Namespace, library: Library) -> int:
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
    console.tell(sentences.say("form.written", path=path))
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
        for line in _told(gathered, sentences):
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


def _told(gathered: Gathered, sentences: Sentences) -> Iterator[str]:
    """Every cell that gave no answer, what was concluded, and the conflicts, a line each."""
    edition = gathered.answers.edition
    for trouble in gathered.troubles:
        yield _trouble(trouble, edition, sentences)
    for remark in gathered.remarks:
        said = sentences.say("form.remarks", typed=remark.typed)
        yield sentences.say("form.trouble", message=said, **remark.place._asdict())
    for name, answer in gathered.chosen.items():
        typed = at_a_glance(answer, edition.questions[name], sentences)
        yield sentences.say("form.chosen", label=edition.name(name), typed=typed)
    for name, several in list(gathered.conflicts.items())[:_LISTED]:
        entries = [
            sentences.say("form.conflict_entry", typed=each.typed.strip(), **each.place._asdict())
            for each in several
        ]
        known = gathered.answers.given.get(name)
        if known is not None:
            typed = format_answer(known, edition.questions[name])
            entries.append(sentences.say("form.conflict_present", typed=typed))
        label = edition.name(name)
        yield sentences.say("form.conflict", label=label, entries="；".join(entries))
    if (rest := len(gathered.conflicts) - _LISTED) > 0:
        yield sentences.say("form.conflicts_more", count=rest)


def _trouble(trouble: CellProblem, edition: Edition, sentences: Sentences) -> str:
    reason = ""
    if trouble.refusal is not None:
        details = {"unit": edition.unit(trouble.id), **trouble.refusal.details}
        reason = sentences.say(f"refusals.{trouble.refusal.code}", **details)
    label = edition.name(trouble.id) if trouble.id else ""
    message = sentences.say(
        f"form.trouble_{trouble.fault}",
        label=label, typed=trouble.typed.strip(), reason=reason, other=trouble.other,
    )  # fmt: skip
    return sentences.say("form.trouble", message=message, **trouble.place._asdict())
