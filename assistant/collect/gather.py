"""Several filled sheets, and perhaps an answer file, put together; conflicts are named."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answers
from assistant.collect.filled_sheet import first_stamp, read_filled
from assistant.collect.sheet_cells import CellProblem, Entered
from assistant.form.loader import Library
from assistant.storage.errors import EditionError, FileError


class Gathered(NamedTuple):
    """What the sheets give together."""

    answers: Answers
    """Of the answer file at first, or none."""
    entered: dict[str, Entered]
    """The answers that nobody contradicts, by id."""
    conflicts: dict[str, list[Entered]]
    """Different answers to one question; one without a place stands in the answer file."""
    troubles: list[CellProblem]


def gather(paths: Sequence[Path], present: Answers | None, shelf: Library) -> Gathered:
    """Read all sheets; the first one says which form and year is collected.

    Args:
        paths: Filled sheets, at least one.
        present: The answers of the file that is to be completed.
        shelf: Where the editions stand.

    Raises:
        FileError: A file cannot be read, or is no sheet of the same form and year.
        EditionError: The edition is unknown, or does not serve the year.
    """
    stamp = first_stamp(paths[0])
    edition = shelf.edition(stamp.edition)
    if stamp.year not in edition.years:
        raise EditionError("form_year", path=str(paths[0]), edition=edition.id, year=stamp.year)
    if present is not None and (present.edition is not edition or present.year != stamp.year):
        raise FileError(
            "form_other_answers", edition=stamp.edition, year=stamp.year,
            present=present.edition.id, present_year=present.year,
        )  # fmt: skip
    answers = present or Answers(edition, stamp.year)
    all_entered: dict[str, list[Entered]] = {}
    troubles: list[CellProblem] = []
    for path in paths:
        filled = read_filled(path, edition, stamp)
        troubles += filled.troubles
        for each in filled.entered:
            all_entered.setdefault(each.id, []).append(each)
    return _sorted(answers, all_entered, troubles)


def _sorted(
    answers: Answers, found: dict[str, list[Entered]], troubles: list[CellProblem]
) -> Gathered:
    gathered = Gathered(answers, {}, {}, troubles)
    for name in answers.edition.questions:
        several = found.get(name, [])
        known = answers.given.get(name)
        said = [each.answer for each in several] + ([known] if known and several else [])
        if any((each.value, each.state) != (said[0].value, said[0].state) for each in said):
            gathered.conflicts[name] = several
        elif several and known is None:
            gathered.entered[name] = several[0]
    return gathered


def resolve(gathered: Gathered) -> Answers:
    """The answers with everything that nobody contradicts; what is in conflict stays as it was."""
    answers = gathered.answers
    given = dict(answers.given)
    given |= {name: each.answer for name, each in gathered.entered.items()}
    ordered = {name: given[name] for name in answers.edition.questions if name in given}
    return replace(answers, given=ordered)
