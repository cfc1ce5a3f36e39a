"""What the files of several departments give together; nothing is overwritten and nothing lost."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answer, Answers, at_a_glance, format_answer, occurred
from assistant.collect.cells import CellProblem, Entered, FilledFile
from assistant.collect.department_files import open_file
from assistant.collect.filled_sheet import read_sheets
from assistant.collect.official_table import read_official
from assistant.collect.which_form import NOTHING_WANTED, Wanted, WhichForm
from assistant.form.loader import Library
from assistant.form.model import Edition, Option
from assistant.messages import Sentences
from assistant.storage.unforeseen import foreseen
from assistant.values import Value
from assistant.values.grouping import grouped
from assistant.values.print_format import show

_LISTED = 20
"""Conflicts that are told one by one; two whole files may differ in every cell."""


class Gathered(NamedTuple):
    """What the files give together."""

    answers: Answers
    """Of the answer file at first, or none."""
    entered: dict[str, Entered]
    """The answers that nobody contradicts, by id."""
    conflicts: dict[str, Sequence[Entered]]
    """Different answers to one question; one without a place stands in the answer file."""
    troubles: list[CellProblem]
    remarks: list[CellProblem]
    """What official tables say in columns of remarks, which is not taken."""
    chosen: Mapping[str, Answer]
    """What occurred at all, where a whole official table says it and nobody else does."""


def gather(
    paths: Sequence[Path],
    present: Answers | None,
    library: Library,
    wanted: Wanted = NOTHING_WANTED,
) -> Gathered:
    """Read all files; our own sheets, the answer file or the tables say which form and year it is.

    Args:
        paths: Filled sheets and official tables, at least one.
        present: The answers of the file that is to be completed.
        library: Where the editions stand.
        wanted: What the person says of form and year.

    Raises:
        FileError: A file cannot be read, or is none of the same form and year.
        EditionError: The edition is unknown, or does not serve the year.
    """
    files = [open_file(path, library) for path in paths]
    edition, tag, readings = WhichForm(files, library).decide(present, wanted)
    answers = present or Answers(edition, tag.year)
    entered: list[Entered] = []
    troubles: list[CellProblem] = []
    official: list[FilledFile] = []
    for at, file in enumerate(files):
        with foreseen(file.path):
            if file.tag is not None:
                filled = FilledFile.of(read_sheets(file.path, file.sheets, edition, tag))
            else:
                filled = read_official(readings[at], edition)
                official.append(filled)
        troubles += filled.troubles
        entered += filled.entered
    remarks = [each for file in official for each in file.remarks]
    gathered = _sorted(answers, entered, troubles)._replace(remarks=remarks)
    return _with_totals(_chosen(gathered, official), official)


def _sorted(answers: Answers, entered: Sequence[Entered], troubles: list[CellProblem]) -> Gathered:
    found = grouped((each.id, each) for each in entered)
    gathered = Gathered(answers, {}, {}, troubles, [], {})
    for name in answers.edition.asked:
        several = found.get(name, ())
        known = answers.given.get(name)
        if known is not None and known.state in ("absent", "unread"):
            known = None  # it waits for what the sheets say
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
    return answers.with_given({**given, **gathered.chosen})


def _chosen(gathered: Gathered, official: Sequence[FilledFile]) -> Gathered:
    """With what occurred by whole tables; figures of what nobody chose are named."""
    edition = gathered.answers.edition
    read = {each.id for file in official for each in file.entered} & gathered.entered.keys()
    said = resolve(gathered).given
    for name in sorted(read):
        if problem := _unchosen(gathered.entered[name], said, edition):
            gathered.troubles.append(problem)
            del gathered.entered[name]
    given = resolve(gathered).given
    told = given.keys() | gathered.conflicts.keys()
    chosen = {
        name: answer
        for grid in edition.grids if any(cell.id in read for cell in grid.by_place.values())
        for name, answer in occurred(grid, given, edition).items() if name not in told
    }  # fmt: skip
    return gathered._replace(chosen=chosen)


def _unchosen(entered: Entered, said: Mapping[str, Answer], edition: Edition) -> CellProblem | None:
    """A figure in a row or column that somebody said did not occur."""
    for fact, option in edition.conditions.get(entered.id, ()):
        answer = said.get(fact)
        if answer is None or not isinstance(answer.value, tuple) or not entered.answer.value:
            continue
        if all(not isinstance(each, Option) or each.id != option for each in answer.value):
            label = edition.line_name(option)
            return CellProblem("unchosen", fact, entered.typed, entered.place, None, label)
    return None


def _with_totals(gathered: Gathered, official: Sequence[FilledFile]) -> Gathered:
    """With the printed totals that are neither those of their file nor those of all together."""
    whole = resolve(gathered)
    for file in official:
        sums = _sums_of(file, whole)
        for name, answer, typed, place in file.entered:
            own = sums.get(name) if whole.edition.cells[name].computed else None
            known = (None, own, whole.numbers.get(name))
            if own is not None and answer.value not in known:
                gathered.troubles.append(CellProblem("total", name, typed, place, None, show(own)))
    return gathered


def _sums_of(file: FilledFile, whole: Answers) -> Mapping[str, Value]:
    """The totals by what one file gives; what it leaves blank adds nothing."""
    asked = [cell.id for cell in whole.edition.indicators]
    given = {name: Answer(0) for name in asked if name not in file.unread}
    given |= {each.id: each.answer for each in file.entered if each.id in asked}
    return Answers(whole.edition, whole.year, given).numbers


def told(gathered: Gathered, sentences: Sentences) -> Iterator[str]:
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
