"""Templates: what they may not do, what they leave unsaid, what they say twice."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assistant.answers import Answer, Answers
from assistant.form.model import Edition
from assistant.lint.lint_examples import ZERO, Examples, lint_expectations
from assistant.lint.problems import ProblemList
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report import FILTERS, make_report
from assistant.storage.errors import LibraryError
from assistant.values import find_numbers
from assistant.values.characters import is_chinese

_PROBE = 7
"""The number put into one cell after another to see whether the narrative tells it."""


def lint_narrative(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """Check the templates of an edition by reading them and by rendering every example."""
    named = {edition.preamble, *(section.template for section in edition.sections)}
    for name in sorted(named - edition.templates.keys()):
        problems.add("edition.yaml", "template_missing", name=name)
    for year in edition.years.known:
        if not edition.legal_names(year):
            problems.add("edition.yaml", "years_gap", year=year)
    sources = "".join(edition.templates.values())
    for name in sorted(edition.templates.keys() - named):
        if f'"{name}"' not in sources:
            problems.add(f"narrative/{name}", "template_unused")
    folder = Path(edition.folder) / "narrative"
    plain = Templates(edition.templates, folder, FILTERS)
    for name in edition.templates:
        _lint_source(plain, name, problems)
    if named - edition.templates.keys() or ZERO not in examples:
        return
    try:
        tracing = Templates(edition.templates, folder, FILTERS, is_tracing=True)
        _lint_branches(examples, tracing, problems)
        _lint_told(edition, examples, problems)
        lint_expectations(examples, problems)
    except LibraryError as fault:
        problems.add(
            "narrative",
            "template_fault",
            message=problems.sentences.say(f"errors.{fault.code}", **fault.details),
        )


def _lint_source(templates: Templates, name: str, problems: ProblemList) -> None:
    file = f"narrative/{name}"
    try:
        for line, what in templates.offences(name):
            problems.add(file, "construct", line=line, what=what)
        for line, text in templates.literals(name):
            _lint_literal(file, line, text, problems)
    except LibraryError as fault:
        problems.add(file, "construct", line=fault.details["line"], what=fault.details["source"])


def _lint_literal(file: str, line: int, text: str, problems: ProblemList) -> None:
    problems.check_marks(file, str(line), text)
    if not any(map(is_chinese, text)):
        return
    for number in find_numbers(text):
        written = text[number.start : number.end]
        code = "literal_number" if written[0].isdigit() else "literal_numeral"
        problems.add(file, code, line=line, text=written)


def _lint_branches(examples: Examples, templates: Templates, problems: ProblemList) -> None:
    """Every branch is gone through by some example."""
    rendered = "".join(
        block.text
        for example in examples.values()
        for block in make_report(
            example.reading.answers,
            example.previous,
            problems.sentences,
            is_draft=False,
            templates=templates,
        ).blocks
    )
    for name, line in templates.unseen(rendered):
        problems.add(f"narrative/{name}", "branch_unseen", line=line)


def _lint_told(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """A number that is not zero is told once, unless it is marked as table-only."""
    base = examples[ZERO].reading.answers
    for item in edition.cells.values():
        value = _PROBE if item.kind == "count" else Decimal(_PROBE)
        answers = replace(base, given={**base.given, edition.question_of(item.id): Answer(value)})
        count = _times_told(answers, None, problems.sentences)[item.id]
        if not count and not item.table_only:
            problems.add("narrative", "not_told", name=item.id)
        if count and item.table_only:
            problems.add("narrative", "table_only_told", name=item.id)
    for example in examples.values():
        told = _times_told(example.reading.answers, example.previous, problems.sentences)
        for item in edition.cells.values():
            if told[item.id] > 1:
                problems.add(
                    "narrative",
                    "told_twice",
                    name=item.id,
                    count=told[item.id],
                    example=example.name,
                )


def _times_told(answers: Answers, previous: Answers | None, sentences: Sentences) -> Counter[str]:
    report = make_report(answers, previous, sentences, is_draft=False)
    return Counter(
        span.id
        for block in report.blocks
        for span in block.spans
        if span.kind in ("figure", "whole")
    )
