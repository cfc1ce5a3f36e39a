"""What is said of files that were read: what gave no answer, what was concluded, what conflicts."""

from collections.abc import Iterator

from assistant.answers import at_a_glance, format_answer
from assistant.collect.cells import CellProblem
from assistant.collect.gather import Gathered
from assistant.form.model import Edition
from assistant.messages import Sentences

_LISTED = 20
"""Conflicts that are told one by one; two whole files may differ in every cell."""


def told(gathered: Gathered, sentences: Sentences) -> Iterator[str]:
    """Every cell that gave no answer, what was concluded, and the conflicts, a line each."""
    edition = gathered.answers.edition
    for trouble in gathered.troubles:
        yield _trouble(trouble, edition, sentences)
    for remark in gathered.remarks:
        said = sentences.say("form.remarks", typed=remark.typed)
        yield sentences.say("form.trouble", message=said, **remark.place._asdict())
    for name, answer in gathered.chosen.items():
        typed = at_a_glance(answer, edition.questions[name], sentences)
        yield sentences.say("form.chosen", label=edition.name(name), typed=typed)
    for name, several in list(gathered.conflicts.items())[:_LISTED]:
        entries = [
            sentences.say("form.conflict_entry", typed=each.typed.strip(), **each.place._asdict())
            for each in several
        ]
        known = gathered.answers.given.get(name)
        if known is not None:
            typed = format_answer(known, edition.questions[name])
            entries.append(sentences.say("form.conflict_present", typed=typed))
        label = edition.name(name)
        yield sentences.say("form.conflict", label=label, entries="；".join(entries))
    if (rest := len(gathered.conflicts) - _LISTED) > 0:
        yield sentences.say("form.conflicts_more", count=rest)


def _trouble(trouble: CellProblem, edition: Edition, sentences: Sentences) -> str:
    reason = ""
    if trouble.refusal is not None:
        details = {"unit": edition.unit(trouble.id), **trouble.refusal.details}
        reason = sentences.say(f"refusals.{trouble.refusal.code}", **details)
    label = edition.name(trouble.id) if trouble.id else ""
    message = sentences.say(
        f"form.trouble_{trouble.fault}",
        label=label, typed=trouble.typed.strip(), reason=reason, other=trouble.other,
    )  # fmt: skip
    return sentences.say("form.trouble", message=message, **trouble.place._asdict())
