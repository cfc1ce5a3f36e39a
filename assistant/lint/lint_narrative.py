"""Templates: what they may not do, what they leave unsaid, what they say twice."""

from assistant.checks.runner import run_checks
from assistant.form.model import Edition
from assistant.lint.lint_examples import ZERO, Examples, lint_expectations, lint_findings
from assistant.lint.lint_passages import lint_passages
from assistant.lint.lint_told import lint_options, lint_told
from assistant.lint.problems import ProblemList
from assistant.messages.templates import Templates
from assistant.report import FILTERS, make_report
from assistant.storage.errors import LibraryError
from assistant.values import find_numbers
from assistant.values.characters import is_chinese


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
    folders = [folder / "narrative" for folder in edition.folders]
    plain = Templates(edition.templates, folders, FILTERS)
    for name in edition.templates:
        _lint_source(plain, name, problems)
    if named - edition.templates.keys() or ZERO not in examples:
        return
    try:
        tracing = Templates(edition.templates, folders, FILTERS, is_tracing=True)
        _lint_branches(examples, tracing, problems)
        lint_passages(edition, examples, problems)
        lint_told(edition, examples, problems)
        lint_options(edition, examples, problems)
        lint_expectations(examples, problems)
    except LibraryError as fault:
        problems.add(
            "narrative",
            "template_fault",
            message=problems.sentences.say(f"errors.{fault.code}", **fault.details),
        )


def lint_no_narrative(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """A form that can only be read has no words of its own, and its examples their findings."""
    for name in edition.templates:
        problems.add(f"narrative/{name}", "template_unused")
    for passage in edition.passages:
        problems.add("passages.yaml", "passage_unpaired", name=passage.id, listed=1, marked=0)
    for example in examples.values():
        outcomes = run_checks(example.reading.answers, example.previous, problems.sentences)
        said = (*example.reading.findings, *outcomes.findings)
        lint_findings(example, {finding.key for finding in said}, problems)


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
    """Every branch is gone through by some example that has the numbers which decide about it."""
    seen: set[int] = set()
    for example in examples.values():
        answers = example.reading.answers
        report = make_report(
            answers, example.previous, problems.sentences, is_draft=False, templates=templates
        )
        rendered = "".join(block.text for block in report.blocks)
        missing = answers.edition.numeric.keys() - answers.numbers.keys()
        gone_through = templates.gone_through(rendered)
        seen |= {at for at in gone_through if not templates.branches[at].asked & missing}
    for at, branch in enumerate(templates.branches):
        if at not in seen:
            problems.add(f"narrative/{branch.template}", "branch_unseen", line=branch.line)
