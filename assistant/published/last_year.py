"""Last year's answers beside this year's, out of their file or the report that was published.

They are read and judged here, once for every command and front end.
"""

from pathlib import Path

from assistant.answers.load import LoadedAnswers, load
from assistant.answers.model import Answers
from assistant.export.formats import is_document, read_document
from assistant.form.loader import Library
from assistant.messages.findings import Finding
from assistant.storage.errors import EditionError, FileError


def read_answers_or_report(path: Path, library: Library, year: int | None = None) -> LoadedAnswers:
    """The answers of an answer file, or of a published report as far as it can be read.

    Args:
        path: The file.
        library: Editions and sentences.
        year: Which of several reports in one document is meant.

    Raises:
        AssistantError: It cannot be read, or is no report.
    """
    if not is_document(path):
        return load(path, library, is_read_only=True)
    from assistant.published.report import read_report  # noqa: PLC0415  an answer file needs none

    published = read_report(read_document(path), path, library, rather=year)
    return LoadedAnswers(published.answers, ())


def load_last_year(path: Path, this: Answers, library: Library) -> LoadedAnswers:
    """Read the file of the year before these answers.

    Args:
        path: Last year's answer file or published report.
        this: This year's answers.
        library: Editions and sentences.

    Returns:
        Last year's answers; one finding (F10) where comparisons with them may be incomplete.

    Raises:
        FileError: It cannot be read, or is not of the year before.
        EditionError: It is neither of the same edition nor of the one that this follows.
    """
    before, faults = read_answers_or_report(path, library, this.year - 1)
    if before.edition.id not in (this.edition.id, this.edition.follows):
        raise EditionError(
            "previous_other_edition",
            path=str(path),
            edition=before.edition.id,
            this=this.edition.id,
        )
    if before.year != this.year - 1:
        raise FileError(
            "previous_not_before", path=str(path), year=before.year, wanted=this.year - 1
        )
    faulty = sum(fault.level == "error" for fault in faults)
    missing = sum(item.id not in before.numbers for item in before.edition.indicators)
    if not faulty and not missing:
        return LoadedAnswers(before, ())
    sentence = library.sentences.say("file_findings.F10", count=max(faulty, missing))
    return LoadedAnswers(before, (Finding("F10", "F10", "notice", sentence),))


def with_last_year(
    reading: LoadedAnswers, path: Path | None, library: Library
) -> tuple[LoadedAnswers, Answers | None]:
    """This year's answers with what is to be said of last year's file, and last year's answers.

    Raises:
        FileError: As `load_last_year`; where no file is named nothing is read.
        EditionError: As `load_last_year`.
    """
    if path is None:
        return reading, None
    before, findings = load_last_year(path, reading.answers, library)
    return reading._replace(findings=(*reading.findings, *findings)), before
