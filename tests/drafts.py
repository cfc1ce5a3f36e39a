"""Drafts around a report, for tests that look at documents alone."""

from importlib import import_module

from assistant.answers import Answers
from assistant.checks import Outcomes
from assistant.documents import Office
from assistant.draft import Draft
from assistant.library import library
from assistant.report import Report

LATE = (
    "web.writing",
    "web.reading",
    "word.writing",
    "word.reading",
    "excel.writing",
    "excel.reading",
)
LOADED = [import_module(f"assistant.documents.{name}") for name in LATE]
"""Else read with the first file; Hypothesis wants all there before it draws constants."""
OFFICE = Office(library())


def drafted(report: Report, now: Answers | None = None, before: Answers | None = None) -> Draft:
    """A draft that says this report, without findings."""
    answers = now or Answers(library().edition(report.edition), report.year)
    return Draft(answers, before, Outcomes((), {}), (), report)
