"""Templates: what they may not do, what they leave unsaid, what they say twice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assistant.answers import Answer, Answers
from assistant.form.model import Edition
from assistant.lint.lint_examples import ZERO, WorkedExample
from assistant.lint.problems import ProblemList, doubled_marks
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report import FILTERS, Report, make_report
from assistant.report.draft import make_draft
from assistant.storage.errors import LibraryError
from assistant.values import find_numbers
from assistant.values.characters import is_chinese

_PROBE = 7
"""The number put into one cell after another to see whether the narrative tells it."""


def lint_narrative(
    edition: Edition,
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
    complaints: ProblemList,
) -> None:
    """Check the templates of an edition by reading them and by rendering every example."""
    named = {edition.preamble, *(section.template for section in edition.sections)}
    for name in sorted(named - edition.templates.keys()):
        complaints.add("edition.yaml", "template_missing", name=name)
    for year in edition.years.known:
        if not edition.legal_names(year):
            complaints.add("edition.yaml", "years_gap", year=year)
    sources = "".join(edition.templates.values())
    for name in sorted(edition.templates.keys() - named):
        if f'"{name}"' not in sources:
            complaints.add(f"narrative/{name}", "template_unused")
    folder = Path(edition.folder) / "narrative"
    plain = Templates(edition.templates, folder, FILTERS)
    for name in edition.templates:
        _lint_source(plain, name, complaints)
    if named - edition.templates.keys() or ZERO not in stories:
        return
    try:
        tracing = Templates(edition.templates, folder, FILTERS, is_tracing=True)
        _lint_branches(stories, sentences, tracing, complaints)
        _lint_told(edition, stories, sentences, complaints)
        _lint_stories(stories, sentences, complaints)
    except LibraryError as fault:
        complaints.add(
            "narrative",
            "template_fault",
            message=sentences.say(f"errors.{fault.code}", **fault.details),
        )


def _lint_source(templates: Templates, name: str, complaints: ProblemList) -> None:
    file = f"narrative/{name}"
    try:
        for line, what in templates.offences(name):
            complaints.add(file, "construct", line=line, what=what)
        for line, text in templates.literals(name):
            _lint_literal(file, line, text, complaints)
    except LibraryError as fault:
        complaints.add(file, "construct", line=fault.details["line"], what=fault.details["source"])


def _lint_literal(file: str, line: int, text: str, complaints: ProblemList) -> None:
    complaints.check_marks(file, str(line), text)
    if not any(map(is_chinese, text)):
        return
    for number in find_numbers(text):
        written = text[number.start : number.end]
        code = "literal_number" if written[0].isdigit() else "literal_numeral"
        complaints.add(file, code, line=line, text=written)


def _lint_branches(
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
    templates: Templates,
    complaints: ProblemList,
) -> None:
    """Every branch is gone through by some example."""
    rendered = "".join(
        block.text
        for story in stories.values()
        for block in make_report(
            story.reading.answers, story.previous, sentences, is_draft=False, templates=templates
        ).blocks
    )
    for name, line in templates.unseen(rendered):
        complaints.add(f"narrative/{name}", "branch_unseen", line=line)


def _lint_told(
    edition: Edition,
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
    complaints: ProblemList,
) -> None:
    """A number that is not zero is told once, unless it is marked as table-only."""
    base = stories[ZERO].reading.answers
    for item in edition.cells.values():
        value = _PROBE if item.kind == "count" else Decimal(_PROBE)
        answers = replace(base, given={**base.given, edition.question_of(item.id): Answer(value)})
        count = _times_told(answers, None, sentences)[item.id]
        if not count and not item.table_only:
            complaints.add("narrative", "not_told", name=item.id)
        if count and item.table_only:
            complaints.add("narrative", "table_only_told", name=item.id)
    for story in stories.values():
        told = _times_told(story.reading.answers, story.previous, sentences)
        for item in edition.cells.values():
            if told[item.id] > 1:
                complaints.add(
                    "narrative", "told_twice", name=item.id, count=told[item.id], example=story.name
                )


def _times_told(answers: Answers, previous: Answers | None, sentences: Sentences) -> Counter[str]:
    report = make_report(answers, previous, sentences, is_draft=False)
    return Counter(
        span.id
        for block in report.blocks
        for span in block.spans
        if span.kind in ("figure", "whole")
    )


def _lint_stories(
    stories: Mapping[str, WorkedExample], sentences: Sentences, complaints: ProblemList
) -> None:
    for story in stories.values():
        file = f"examples/{story.name}.yaml"
        draft = make_draft(story.reading, story.previous, sentences)
        found = {finding.key for finding in draft.findings}
        if story.findings is not None and found != story.findings:
            complaints.add(
                file,
                "expected_findings",
                example=story.name,
                wanted="、".join(sorted(story.findings)) or "—",
                found="、".join(sorted(found)) or "—",
            )
        text = "\n".join(block.text for block in draft.report.blocks)
        for sentence in story.says:
            if sentence not in text:
                complaints.add(file, "expected_sentence", example=story.name, text=sentence)
        for sentence in story.never_says:
            if sentence in text:
                complaints.add(file, "unexpected_sentence", example=story.name, text=sentence)
        for place in _doubled(draft.report):
            complaints.add("narrative", "doubled_mark", example=story.name, text=place)


def _doubled(report: Report) -> list[str]:
    return [place for block in report.blocks for place in doubled_marks(block.text)]
