"""Templates: what they may not do, what they leave unsaid; the names of their paragraphs."""

from collections import Counter
from collections.abc import Container

from assistant.checks.runner import run_checks
from assistant.form.model import ANNEX, MARK, Edition
from assistant.lint.lint_examples import ZERO, Examples, lint_expectations, lint_findings
from assistant.lint.lint_told import lint_options, lint_told
from assistant.lint.problems import ProblemList
from assistant.messages.templates import Templates
from assistant.report import FILTERS, Block, make_report
from assistant.storage.errors import LibraryError
from assistant.values import find_numbers
from assistant.values.characters import is_chinese

_PASSAGES = "passages.yaml"
_SHOWN = 20
"""Characters of a paragraph that is named by its beginning."""


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


def lint_passages(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """Check the names of passages against templates, and what examples make of them.

    Raises:
        LibraryError: A template is broken.
    """
    marked = Counter(
        match["name"] for source in edition.templates.values() for match in MARK.finditer(source)
    )
    listed = Counter(passage.id for passage in edition.passages)
    labels = Counter(passage.label for passage in edition.passages)
    texts = {fact.id for fact in edition.facts if fact.span == "own"}
    tables = {passage.id: passage.table for passage in edition.passages if passage.table}
    known = {*edition.grids_by_id, *((ANNEX,) if edition.rows else ())}
    for name, table in tables.items():
        if table not in known:
            problems.add(_PASSAGES, "unknown_id", owner=name, name=table)
    for name in listed | marked:
        if listed[name] != 1 or marked[name] != (name not in tables):
            problems.add(
                _PASSAGES, "passage_unpaired", name=name, listed=listed[name], marked=marked[name]
            )
    for passage in edition.passages:
        words = {passage.id, passage.before, passage.after}
        if words & (edition.asked.keys() | edition.numeric.keys()):
            problems.add(_PASSAGES, "doubled_id", name=passage.id)
        if labels[passage.label] > 1:
            problems.add(_PASSAGES, "doubled_label", name=passage.label)
        if passage.topic and passage.topic not in texts:
            problems.add(_PASSAGES, "unknown_id", owner=passage.id, name=passage.topic)
    if not problems.faults:
        _lint_rendered(edition, examples, problems)


def _lint_rendered(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    texts = {fact.id for fact in edition.own_texts if fact.kind == "text"}
    seen: set[str] = set()
    unnamed: set[str] = set()
    for example in examples.values():
        answers, previous = example.reading.answers, example.previous
        report = make_report(answers, previous, problems.sentences, is_draft=False)
        for block in report.outline:
            if block.spans:
                seen.add(block.passage)
            if _is_unnamed(block, texts):
                unnamed.add(block.text)
    for text in sorted(unnamed):
        problems.add("narrative", "paragraph_unnamed", text=text[:_SHOWN])
    for passage in edition.passages:
        if passage.id not in seen and not (passage.place or passage.table):
            problems.add(_PASSAGES, "passage_unseen", name=passage.id)


def _is_unnamed(block: Block, texts: Container[str]) -> bool:
    """Whether a paragraph has no name, or a mark where none can stand; own text needs none."""
    if any(span.kind == "plain" and MARK.search(span.text) for span in block.spans):
        return True
    is_own = all(span.kind in ("own", "figure") for span in block.spans)
    is_text = is_own and any(span.id in texts for span in block.spans)
    return block.kind == "paragraph" and not block.passage and not is_text
