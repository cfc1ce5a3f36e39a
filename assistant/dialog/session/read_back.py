"""What people changed in a document or filled into sheets, offered as one proposal."""

from collections.abc import Sequence
from pathlib import Path

from assistant.answers import Answer, LoadedAnswers
from assistant.collect import Entered, gather, is_sheet, told
from assistant.dialog.interview import Interview, Turn, disambiguate, propose, shows
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.take_back import take_numbers, take_words
from assistant.export.verify import compare, see_measure
from assistant.form.loader import Library
from assistant.intents import Command
from assistant.messages import Sentences
from assistant.messages.events import Event
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError


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
    turn = propose(interview, entries, {each.id: each.answer for each in ordered})
    return turn._replace(events=(*said, *turn.events))


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
