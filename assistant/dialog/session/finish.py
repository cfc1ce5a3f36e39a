"""The end of a session: its documents, what is next, and what was typed and not taken."""

from collections.abc import Sequence
from pathlib import Path

from assistant.dialog.interview import Interview, left_of, place_name, unsent_lines, what_is_open
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.publish import Publisher, outdated
from assistant.form.loader import Library
from assistant.messages.events import Event
from assistant.report.draft import Draft


def write_documents(
    draft: Draft, path: Path, interview: Interview, library: Library
) -> tuple[list[Path], list[Event]]:
    """Write every format beside the answer file, under its name.

    Returns:
        The documents, and what is said of them.

    Raises:
        AssistantError: They cannot be written.
    """

    def say(code: str, /, **details: object) -> str:
        return library.sentences.say(f"session.{code}", **details)

    is_draft = draft.report.is_draft
    name = say("document_name", name=path.stem, is_draft=is_draft)
    published = Publisher(path.parent, RenderOptions(library)).publish(draft, name, FORMATS)
    lines = [say("renamed" if each.is_renamed else "written", path=each.path) for each in published]
    if is_draft:
        old = [each.name for each in _outdated(draft, path, library)]
    else:
        drafts = say("document_name", name=path.stem, is_draft=True)
        old = [name for each in FORMATS if (path.parent / (name := f"{drafts}.{each}")).exists()]
    if old:
        lines.append(say("old_final" if is_draft else "old_draft", names="、".join(old)))
    lines += [say("not_in", text=text) for text in unsent_lines(interview)]
    lines.append(say("next_steps", open=what_is_open(interview)))
    said = Event("echo", say("written_draft" if is_draft else "written_final"), lines=tuple(lines))
    return [each.path for each in published], [said]


def tell_outdated(draft: Draft, path: Path, library: Library) -> list[Event]:
    """Name the documents beside an answer file that were made from other answers.

    Returns:
        One sentence, or none.

    Raises:
        FileError: What stands there cannot be read.
    """
    say = library.sentences.say
    found = _outdated(draft, path, library)
    if not found:
        return []
    unfinished = say("session.document_name", name=path.stem, is_draft=True)
    waits = draft.report.is_draft and any(not each.stem.startswith(unfinished) for each in found)
    names = "、".join(each.name for each in found)
    return [Event("note", say("session.outdated", names=names, waits=waits))]


def _outdated(draft: Draft, path: Path, library: Library) -> list[Path]:
    """The documents of other answers; once a draft is written, the final ones among them."""
    final, unfinished = (
        library.sentences.say("session.document_name", name=path.stem, is_draft=each)
        for each in (False, True)
    )
    return outdated(draft, path.parent, final, unfinished)


def farewell(
    interview: Interview, path: Path, documents: Sequence[Path] | None, library: Library
) -> list[Event]:
    """What to know after leaving.

    Args:
        interview: The conversation.
        path: The answer file.
        documents: What was written; None where the disk has not every answer.
        library: Sentences.

    Returns:
        Where the answers are, and what was typed and not taken.
    """
    say = library.sentences.say
    if documents is None:
        saved = Event("refusal", say("session.lost", path=str(path)))
    else:
        still = left_of(interview.answers).said(library.sentences)
        lines = tuple(say("session.document", path=str(each)) for each in documents)
        saved = Event("note", say("session.left", path=str(path), still=still), lines=lines)
    return [saved, *_not_taken(interview, library)]


def _not_taken(interview: Interview, library: Library) -> list[Event]:
    """Text that was typed and is in no answer, where there is any."""
    if not interview.drafts:
        return []
    sentences = library.sentences
    lines = tuple(
        sentences.say("session.draft", name=place_name(interview, key), text=text)
        for key, text in interview.drafts.items()
    )
    said = sentences.say("session.drafts", waits=bool(interview.waiting))
    return [Event("note", said, lines=lines)]
