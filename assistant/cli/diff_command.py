"""`nianbao diff`: what changed between two answer files, and in the sentences they give."""

import argparse
from collections.abc import Iterator, Sequence

from assistant.answers import LoadedAnswers, load
from assistant.cli import console
from assistant.cli.console import GOOD
from assistant.export.diff import Change, Rewrite, changed_answers, rewritten
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.published.last_year import read_answers_or_report, with_last_year
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import EditionError


def run(options: argparse.Namespace, library: Library) -> int:
    """Print the differences of two answer files.

    Raises:
        AssistantError: One cannot be read, or they are of different editions.
    """
    sentences = library.sentences
    before, after = _drafts(options, library)
    edition = before.answers.edition
    changes = changed_answers(before.answers, after.answers)
    rewrites = rewritten(before, after, [each.id for each in changes], sentences)
    if options.json:
        console.give_json(
            "diff",
            before=str(options.before),
            after=str(options.after),
            answers=[change._asdict() for change in changes],
            sentences=[rewrite._asdict() for rewrite in rewrites],
        )
        return GOOD
    for line in _told(changes, rewrites, edition, sentences):
        console.give(line)
    changed = {check.code for check in edition.checks if check.kind == "passage_changed"}
    for finding in after.findings:  # a template has other words than those that were replaced
        if finding.code in changed:
            console.give(finding.sentence)
    return GOOD


def _drafts(options: argparse.Namespace, library: Library) -> tuple[Draft, Draft]:
    """Both drafts; last year's file goes with each of the two that is of the year after it."""
    old, new = (load(path, library) for path in (options.before, options.after))
    if new.answers.edition is not old.answers.edition:
        one, other = old.answers.edition.id, new.answers.edition.id
        raise EditionError("diff_other_edition", one=one, other=other)
    served: tuple[LoadedAnswers, ...] = (old, new)
    if options.previous is not None:
        year = read_answers_or_report(options.previous, library).answers.year + 1
        served = tuple(each for each in served if each.answers.year == year) or served
    before, after = (
        make_draft(
            *with_last_year(each, options.previous if each in served else None, library),
            library.sentences,
        )
        for each in (old, new)
    )
    return before, after


def _told(
    changes: Sequence[Change], rewrites: Sequence[Rewrite], edition: Edition, sentences: Sentences
) -> Iterator[str]:
    nothing = sentences.say("diff.nothing")
    by_id = {change.id: change for change in changes}
    yield sentences.say("diff.answers", count=len(changes))
    for change in changes:
        yield "　　" + _change(change, edition, sentences)
    yield sentences.say("diff.sentences", count=len(rewrites))
    section = None
    for rewrite in rewrites:
        if rewrite.section != section:
            section = rewrite.section
            yield sentences.say("diff.section", section=section, template=rewrite.template)
        texts = (rewrite.before or nothing, rewrite.after or nothing)
        for code, text, is_own in zip(("before", "after"), texts, rewrite.is_own, strict=True):
            yield "　　" + sentences.say(f"diff.{code}", text=text, is_own=is_own)
        causes = [_change(by_id[name], edition, sentences) for name in rewrite.causes]
        yield "　　" + _cause(causes, rewrite, sentences)


def _change(change: Change, edition: Edition, sentences: Sentences) -> str:
    is_year = change.id not in edition.questions
    label = sentences.say(f"figures.{change.id}") if is_year else edition.name(change.id)
    missing = sentences.say("diff.missing")
    before, after = change.before or missing, change.after or missing
    return sentences.say("diff.change", label=label, before=before, after=after)


def _cause(causes: Sequence[str], rewrite: Rewrite, sentences: Sentences) -> str:
    if not rewrite.template:
        return sentences.say("diff.cause_findings")
    if not causes:
        return sentences.say("diff.cause_together")
    code = "cause_words" if rewrite.has_other_words else "cause"
    return sentences.say(f"diff.{code}", causes="；".join(causes), template=rewrite.template)
