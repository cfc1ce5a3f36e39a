"""Every paragraph of the narrative has a name of its own, and every name a paragraph."""

from collections import Counter
from collections.abc import Container

from assistant.form.model import ANNEX, MARK, Edition
from assistant.lint.lint_examples import Examples
from assistant.lint.problems import ProblemList
from assistant.report import Block, make_report

_FILE = "passages.yaml"
_SHOWN = 20
"""Characters of a paragraph that is named by its beginning."""


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
            problems.add(_FILE, "unknown_id", owner=name, name=table)
    for name in listed | marked:
        if listed[name] != 1 or marked[name] != (name not in tables):
            problems.add(
                _FILE, "passage_unpaired", name=name, listed=listed[name], marked=marked[name]
            )
    for passage in edition.passages:
        words = {passage.id, passage.before, passage.after}
        if words & (edition.asked.keys() | edition.numeric.keys()):
            problems.add(_FILE, "doubled_id", name=passage.id)
        if labels[passage.label] > 1:
            problems.add(_FILE, "doubled_label", name=passage.label)
        if passage.topic and passage.topic not in texts:
            problems.add(_FILE, "unknown_id", owner=passage.id, name=passage.topic)
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
            problems.add(_FILE, "passage_unseen", name=passage.id)


def _is_unnamed(block: Block, texts: Container[str]) -> bool:
    """Whether a paragraph has no name, or a mark where none can stand; own text needs none."""
    if any(span.kind == "plain" and MARK.search(span.text) for span in block.spans):
        return True
    is_own = all(span.kind in ("own", "figure") for span in block.spans)
    is_text = is_own and any(span.id in texts for span in block.spans)
    return block.kind == "paragraph" and not block.passage and not is_text
