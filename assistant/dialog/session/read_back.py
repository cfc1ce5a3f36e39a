"""What people changed in a document, offered to the conversation as one proposal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.answers import Answer, Answers, Entry, LoadedAnswers, read_entry
from assistant.claims.accounts import accounts_of
from assistant.dialog.interview import Interview, Turn, propose, shows
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.take_back import numbers_changed, take_words
from assistant.export.verify import Comparison, bases_of, compare, see_measure
from assistant.form.loader import Library
from assistant.messages.events import Event
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node


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
    comparison = compare(
        kind.lines(draft, options),
        contents.lines,
        lambda text: accounts_of(answers, {"": text}),
        bases_of(answers),
    )
    said = [
        Event("note", sentences.say(f"command.verify_noticed_{code}")) for code in contents.notices
    ]
    read, typed = _numbers(comparison, answers, said, library)
    given = {**answers.given, **read}
    ordered = {name: given[name] for name in answers.edition.questions if name in given}
    changed = LoadedAnswers(replace(answers, given=ordered), ())
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
    turn = propose(interview, entries, read)
    return turn._replace(events=(*said, *turn.events))


def _numbers(
    comparison: Comparison, answers: Answers, said: list[Event], library: Library
) -> tuple[dict[str, Answer], dict[str, str]]:
    """The numbers that a document has otherwise, read and as written there; the others are said."""
    read: dict[str, Answer] = {}
    typed: dict[str, str] = {}
    for name, news in numbers_changed(comparison, answers).items():
        entry = read_entry(answers.edition.questions[name], Node(news[0], 0))
        if len(news) == 1 and isinstance(entry, Entry):
            read[name], typed[name] = entry.answer, news[0]
            continue
        code = "accept_several" if len(news) > 1 else "accept_unread"
        details = {"label": answers.edition.name(name), "news": "、".join(news), "new": news[0]}
        said.append(Event("note", library.sentences.say(f"command.{code}", **details)))
    return read, typed


def documents_beside(path: Path) -> Iterator[str]:
    """The names of the documents that stand beside an answer file and can be read back."""
    for each in sorted(path.parent.iterdir()):
        if each.suffix.lower().removeprefix(".") in FORMATS and each.stem.startswith(path.stem):
            yield each.name
