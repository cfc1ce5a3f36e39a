"""To begin from last year's published report: read it, keep it as an answer file, confirm facts."""

from dataclasses import replace
from pathlib import Path

from assistant.answers import Answer, Answers, LockedAnswerFile
from assistant.dialog.interview import Turn, command
from assistant.dialog.interview.change_findings import summarised
from assistant.dialog.interview.progress import seldom_open
from assistant.dialog.session.answer_files import file_name
from assistant.form.loader import Library
from assistant.messages.events import Event


def read_published(path: Path, library: Library) -> tuple[Answers, Event]:
    """The answers that a published report was printed from, and what is to be said of them.

    Raises:
        AssistantError: It cannot be read, or is no report.
    """
    from assistant.export.formats import read_document  # noqa: PLC0415  few begin from a report
    from assistant.published.report import read_report  # noqa: PLC0415
    from assistant.published.summary import summary  # noqa: PLC0415

    published = read_report(read_document(path), path, library)
    first, *lines = summary(published, library.sentences)
    return published.answers, Event("note", first, lines=tuple(lines))


def keep_last_year(before: Answers, body: str, folder: Path) -> Path:
    """The answer file of last year, made from its report where there is none yet.

    Raises:
        FileError: It cannot be written.
    """
    path = folder / file_name(body, before.year, folder)
    if not path.exists():
        name = before.edition.roles.body_name
        named = before.with_given({**before.given, name: Answer(body)})
        with LockedAnswerFile(path) as keeper:
            keeper.save(replace(named, acknowledged={}), puts_aside=False)
    return path


def begin_from(turn: Turn, told: Event) -> Turn:
    """Begin with what was read of last year's report, on one screen; 看明细 tells all of it.

    Facts that seldom change follow in one list, to be confirmed.
    """
    has_facts = bool(seldom_open(turn.interview.answers, turn.interview.previous))
    asked = command(turn.interview, "same_all") if has_facts else turn
    made, shown = summarised(asked.interview, (told, *asked.events))
    if asked.interview.details:
        details = (told.text, *told.lines, *asked.interview.details)
        made = replace(made, details=details)
    return asked._replace(interview=made, events=shown)
