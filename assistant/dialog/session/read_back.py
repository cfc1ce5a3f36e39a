"""What people changed in a document, offered to the conversation as one proposal."""

from collections.abc import Iterator
from pathlib import Path

from assistant.answers import Answer, LoadedAnswers
from assistant.dialog.interview import Interview, Turn, propose, shows
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.take_back import take_numbers, take_words
from assistant.export.verify import compare_draft, see_measure
from assistant.form.loader import Library
from assistant.messages.events import Event
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError


def read_back(interview: Interview, draft: Draft, path: Path, library: Library) -> Turn:
    """Propose the numbers and words that a document has otherwise; what cannot be taken is named.

    Raises:
        AssistantError: The document cannot be read, or is of no known format.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise FileError("document_unknown", path=str(path), known="、".join(FORMATS))
    kind, options, sentences = FORMATS[suffix], RenderOptions(library), library.sentences
    contents = kind.read(path)
    see_measure(contents.lines, path)
    answers = interview.answers
    comparison = compare_draft(draft, kind.lines(draft, options), contents.lines)
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


def documents_beside(path: Path) -> Iterator[str]:
    """The names of the documents that stand beside an answer file and can be read back."""
    for each in sorted(path.parent.iterdir()):
        if each.suffix.lower().removeprefix(".") in FORMATS and each.stem.startswith(path.stem):
            yield each.name
