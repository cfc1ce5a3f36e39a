"""Drafts around a report, for tests that look at documents alone."""

from importlib import import_module

from assistant.answers import Answers
from assistant.checks.runner import Outcomes
from assistant.export.formats import RenderOptions
from assistant.form.loader import open_library
from assistant.report import Report
from assistant.report.draft import Draft

LATE = (
    "web.write_html",
    "web.read_html",
    "word.write_docx",
    "word.read_docx",
    "excel.write_xlsx",
    "excel.read_xlsx",
)
LOADED = [import_module(f"assistant.export.formats.{name}") for name in LATE]
"""Else read with the first file; Hypothesis wants all there before it draws constants."""
OFFICE = RenderOptions(open_library())


def drafted(report: Report, now: Answers | None = None, before: Answers | None = None) -> Draft:
    """A draft that says this report, without findings."""
    answers = now or Answers(open_library().edition(report.edition), report.year)
    return Draft(answers, before, Outcomes((), {}), (), report)
