"""Drafts around a report, for tests that look at documents alone."""

from assistant.answers import Answers
from assistant.checks import Outcomes
from assistant.documents import Office
from assistant.documents.word import reading, writing
from assistant.draft import Draft
from assistant.library import library
from assistant.report import Report

LOADED = (reading, writing)
"""Read with the first Word file; Hypothesis wants all modules there before it draws constants."""
OFFICE = Office(library())


def drafted(report: Report, now: Answers | None = None, before: Answers | None = None) -> Draft:
    """A draft that says this report, without findings."""
    answers = now or Answers(library().edition(report.edition), report.year)
    return Draft(answers, before, Outcomes((), {}), (), report)
