"""A finding in words: one heading, and below it what one needs to act on it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.messages import Sentences

if TYPE_CHECKING:
    from assistant.form.model import Edition
    from assistant.messages.findings import Finding

_TOLD = 3
"""Corrections that are told with a finding; of more how many there are."""


def heading(finding: "Finding", sentences: Sentences) -> str:
    """Level, code and sentence in one line."""
    level = sentences.say(f"levels.{finding.level}")
    return sentences.say(
        "telling.heading", level=level, code=finding.code, sentence=finding.sentence
    )


def full(finding: "Finding", edition: "Edition", sentences: Sentences) -> list[str]:
    """All that stands below the heading, a line each."""
    lines = summary(finding, edition, sentences)
    if finding.cells and finding.cells[0] in edition.cells:
        cell = edition.cells[finding.cells[0]]
        part = edition.part_title(cell) if cell.grid else ""
        place = edition.place_of(cell.id)
        lines.insert(0, sentences.say("telling.place", place=place, part=part))
    if finding.source:
        basis = sentences.say(f"bases.{finding.basis}")
        lines.append(sentences.say("telling.basis", text=finding.source, basis=basis))
    return lines


def summary(finding: "Finding", edition: "Edition", sentences: Sentences) -> list[str]:
    """What one needs to act on a finding: arithmetic, corrections, reasons."""
    lines = []
    if finding.excerpt:
        lines.append(sentences.say("telling.excerpt", excerpt=finding.excerpt))
    if finding.arithmetic:
        lines.append(sentences.say("telling.arithmetic", arithmetic=finding.arithmetic))
    if finding.fixes:
        told, others = finding.fixes[:_TOLD], finding.fixes[_TOLD:]
        more = sum(max(1, len(fix.choices)) for fix in others)
        fixes = "；".join(fix.sentence for fix in told)
        lines.append(sentences.say("telling.fix", fixes=fixes, more=more))
    if finding.reason:
        lines.append(sentences.say("telling.reason", reason=finding.reason))
    if finding.expired_reason:
        why = "；".join(_why_expired(finding, edition, sentences))
        lines.append(sentences.say("telling.expired", reason=finding.expired_reason, why=why))
    return lines


def _why_expired(finding: "Finding", edition: "Edition", sentences: Sentences) -> Iterator[str]:
    """What changed since a reason was given, cell by cell; else what it points to is empty."""
    if dict(finding.values) == dict(finding.excused):
        yield sentences.say("telling.expired_empty")
    for cell, new in finding.values.items():
        old = finding.excused.get(cell, "0" if new == "0" else "")
        if old != new:
            code = "telling.expired_changed" if old else "telling.expired_missing"
            yield sentences.say(code, cell=cell, name=edition.name(cell), old=old, new=new)
