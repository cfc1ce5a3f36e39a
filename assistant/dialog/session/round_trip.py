"""What goes out to others and comes back: sheets for departments, documents that people changed."""

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.answers import Answer, Answers, LoadedAnswers
from assistant.collect import Entered, gather, is_sheet, told
from assistant.collect.departments import Groups, by_department, message, write_sheets
from assistant.dialog.interview import Interview, Turn, disambiguate, is_open, propose, shows
from assistant.dialog.session.answer_files import fit_for_files
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.take_back import take_numbers, take_words
from assistant.export.verify import compare, see_measure
from assistant.form.loader import Library
from assistant.form.model import Fact
from assistant.intents import Command, names_of
from assistant.messages import Sentences
from assistant.messages.events import Event
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError

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


def read_back(interview: Interview, draft: Draft, path: Path, name: str, library: Library) -> Turn:
    """Propose what a document, a filled sheet or a folder of sheets has; without a name ask which.

    Args:
        interview: The conversation.
        draft: Its answers with their report.
        path: The answer file; what is read stands beside it.
        name: Of the file or folder.
        library: Editions and sentences.

    Raises:
        AssistantError: A file cannot be read, is of no known format, or of another form or year.
    """
    if not name:
        return _which(interview, path, library.sentences)
    place = path.parent / name
    sheets = [place] if is_sheet(place) else _sheets_in(place) if place.is_dir() else []
    if sheets or place.is_dir():
        return _read_sheets(interview, sheets, library)
    return _read_document(interview, draft, place, library)


def _which(interview: Interview, path: Path, sentences: Sentences) -> Turn:
    """Ask which of the files and folders beside the answer file is meant."""
    names = [
        each.name
        for each in sorted(path.parent.iterdir())
        if each.stem.startswith(path.stem)
        and (each.suffix.lower().removeprefix(".") in FORMATS or any(each.glob("*.xlsx")))
    ]
    asked = sentences.say("session.read_back_which", count=len(names))
    if not names:
        return shows(interview, Event("note", asked))
    return disambiguate(interview, [Command("read_back", each) for each in names], "", asked)


def _sheets_in(folder: Path) -> list[Path]:
    """The collection sheets of a folder; none of what is no folder."""
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    return [each for each in names if each.name[0] not in "~." and is_sheet(each)]


def _read_sheets(interview: Interview, paths: Sequence[Path], library: Library) -> Turn:
    """Propose what sheets say; what they say differently of one question is told and not taken."""
    if not paths:
        return shows(interview, Event("note", interview.say("nothing_read_back")))
    answers = interview.answers
    gathered = gather(paths, answers, library)
    agreed = {
        name: several[0]
        for name, several in gathered.conflicts.items()
        if all(_says(each) == _says(several[0]) for each in several)
    }
    apart = {name: each for name, each in gathered.conflicts.items() if name not in agreed}
    lines = tuple(told(gathered._replace(conflicts=apart), library.sentences))
    found = {**gathered.entered, **agreed}
    count = interview.sentences.say("form.taken", files=len(paths), count=len(found))
    said = [Event("note", count, lines=lines)]
    if not found:
        return shows(interview, *said)
    ordered = [found[name] for name in answers.edition.asked if name in found]
    entries = tuple((each.id, each.typed) for each in ordered)
    read = {each.id: each.answer for each in ordered}
    return propose(interview, entries, read).behind(*said)


def _says(entered: Entered) -> tuple[object, str]:
    return entered.answer.value, entered.answer.state


def _read_document(interview: Interview, draft: Draft, path: Path, library: Library) -> Turn:
    """Propose the numbers and words that a document has otherwise."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise FileError("document_unknown", path=str(path), known="、".join(FORMATS))
    kind, options, sentences = FORMATS[suffix], RenderOptions(library), library.sentences
    contents = kind.read(path)
    see_measure(contents.lines, path)
    answers = interview.answers
    lines = kind.lines(draft, options)
    comparison = compare(lines, contents.lines, draft.answers, draft.previous)
    said = [
        Event("note", sentences.say(f"command.verify_noticed_{code}")) for code in contents.notices
    ]
    read: dict[str, Answer] = {}
    typed: dict[str, str] = {}
    for number in take_numbers(comparison, answers):
        if number.answer is None:
            said.append(Event("note", number.why_not(answers, sentences)))
        else:
            read[number.name], typed[number.name] = number.answer, number.news[0]
    changed = LoadedAnswers(answers.with_given({**answers.given, **read}), ())
    made = make_draft(changed, interview.previous, sentences)
    words = take_words(made, kind.lines(made, options), contents.lines)
    read |= {each.name: each.answer or Answer(None, "none") for each in words.taken}
    typed |= {each.name: each.after for each in words.taken}
    said += [
        Event("note", sentences.say(f"command.accept_refused_{each.reason}", text=each.text))
        for each in words.refused
    ]
    if not read:
        return shows(interview, *said, Event("note", interview.say("nothing_read_back")))
    entries = tuple((name, typed[name]) for name in answers.edition.questions if name in read)
    return propose(interview, entries, read, said)
