"""One set of answers judged and written out: findings, report, and what stands open."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from assistant.answers import UNREAD, Answers, LoadedAnswers, canonical_text, composed
from assistant.checks.runner import Outcome, Outcomes, run_checks
from assistant.form.model import Edition, Length
from assistant.messages import Sentences
from assistant.messages.findings import LEVELS, Finding
from assistant.report import Report, make_report

ON_REPORT = frozenset({"length", "figures_untold"})
"""Kinds of check that need the report as it is printed."""
Standing = Literal["error", "confirm", "absent", "provisional", "unread"]
"""Why an answer is not settled yet."""


@dataclass(frozen=True, eq=False)
class Draft:
    """Answers with everything that follows from them; each is its own."""

    answers: Answers
    previous: Answers | None
    outcomes: Outcomes
    findings: tuple[Finding, ...]
    """Of the file first, then of the checks, errors before the rest."""
    report: Report

    @cached_property
    def source(self) -> bytes:
        """The SHA-256 of all that its documents are made from.

        That is the answers, those of last year, and the words that the form puts around them.
        """
        before = canonical_text(self.previous) if self.previous is not None else ""
        said = "".join([span.text for span in self.report.spans()])
        texts = (canonical_text(self.answers), before, said)
        return hashlib.sha256("\0".join(texts).encode(errors="surrogatepass")).digest()

    @cached_property
    def missing(self) -> Mapping[str, Finding]:
        """By question, in the order of the form, what is found of it when it has no answer."""
        edition = self.answers.edition
        codes = {check.code for check in edition.checks if check.kind == "missing"}
        found = {each.cells[0]: each for each in self.findings if each.code in {*codes, UNREAD}}
        return {name: found[name] for name in edition.questions if name in found}

    @cached_property
    def others(self) -> tuple[Finding, ...]:
        """The findings that do not say that an answer is missing."""
        missing = {each.key for each in self.missing.values()}
        return tuple(each for each in self.findings if each.key not in missing)

    @property
    def counts(self) -> Mapping[str, int]:
        """Missing answers, other findings by level, those with a reason apart, checks by outcome.

        Wherever a number of findings is told, it is one of these.
        """
        levels = Counter(
            "acknowledged" if finding.reason else finding.level for finding in self.others
        )
        return {
            "missing": len(self.missing),
            "error": levels["error"],
            "confirm": levels["confirm"],
            "notice": levels["notice"],
            "acknowledged": levels["acknowledged"],
            "passed": len(self.outcomes.keys("passed")),
            "not_evaluated": len(self.outcomes.keys("waiting")),
        }


def standing(answers: Answers, findings: Iterable[Finding]) -> Mapping[str, Standing]:
    """What stands against each answer: its own state first, else the gravest open finding.

    `standing(...)` gives `{"received_total": "error", "funding": "absent"}`; an answer that
    nothing is to be said of is not among them.
    """
    found: dict[str, Standing] = {}
    for finding in sorted(findings, key=lambda each: -LEVELS.index(each.level)):
        if finding.is_open and finding.level != "notice":
            owners = map(answers.edition.question_of, finding.cells)
            found |= {name: finding.level for name in owners if name in answers.active}
    for name, answer in answers.active.items():
        if answer.state in ("absent", "provisional", "unread"):
            found[name] = answer.state
    return found


def make_draft(
    reading: LoadedAnswers,
    previous: Answers | None,
    sentences: Sentences,
    outcomes: Outcomes | None = None,
) -> Draft:
    """Judge the answers of a file and write the report that follows from them.

    `outcomes` are what the checks said of these answers, where they have been run already.

    Raises:
        LibraryError: A sentence or template is broken.
    """
    answers = reading.answers
    outcomes = outcomes or run_checks(answers, previous, sentences)
    found = (*reading.findings, *outcomes.findings)
    is_draft = any(finding.is_open for finding in found)
    report = make_report(answers, previous, sentences, is_draft=is_draft)
    written = judge_report(answers, report, sentences)
    outcomes = replace(
        outcomes,
        findings=(*outcomes.findings, *written.findings),
        by_check={**outcomes.by_check, **written.by_check},
    )
    findings = sorted((*found, *written.findings), key=lambda each: LEVELS.index(each.level))
    return Draft(answers, previous, outcomes, tuple(findings), report)


def judge_report(answers: Answers, report: Report, sentences: Sentences) -> Outcomes:
    """Judge the checks that need the report as it is printed."""
    findings: list[Finding] = []
    by_check: dict[str, Outcome] = {}
    for check in answers.edition.checks:
        if isinstance(check, Length):
            fault = _too_long(check, answers.edition, report)
        elif check.kind == "figures_untold":
            fault = _untold(answers, report)
        else:
            continue
        by_check[check.key] = "failed" if fault else "passed"
        if fault:
            cells, arithmetic, details = fault
            finding = Finding(
                code=check.code,
                key=check.key,
                level=check.level,
                sentence=sentences.say(f"checks.{check.kind}", **details),
                cells=cells,
                arithmetic=arithmetic,
                basis=check.source.basis,
                source=check.source.text,
            )
            findings.append(finding)
    return Outcomes(tuple(findings), by_check)


_Fault = tuple[tuple[str, ...], str, Mapping[str, object]]
"""Cells, arithmetic and details of what is wrong with a written report."""


def _too_long(check: Length, edition: Edition, report: Report) -> _Fault | None:
    title = edition.sections[check.section - 1].title
    count = _characters(report, title)
    details = {"section": title, "count": count, "limit": check.limit}
    return ((), f"{count}>{check.limit}", details) if count > check.limit else None


def _untold(answers: Answers, report: Report) -> _Fault | None:
    """The figures of passages that were reworded or left out, told nowhere else; zeros apart."""
    if not report.replaced:
        return None
    spans = (span for block in report.blocks for span in block.spans)
    told = {cell for span in spans for cell in _cells_of(span.id, answers.edition)}
    lost = {
        cell: block.passage
        for block in report.replaced
        for span in block.spans
        if span.kind in ("figure", "whole")
        for cell in (answers.edition.owner(span.id),)
        if answers.numbers.get(cell) and cell not in told and _is_to_be_told(cell, answers.edition)
    }
    if not lost:
        return None
    passages = tuple(dict.fromkeys(lost.values()))
    return passages, "", {"names": answers.edition.quoted(lost)}


def _cells_of(name: str, edition: Edition) -> Iterator[str]:
    """The cells that a figure speaks of: of a reference of own text all that are in it."""
    named = composed(name)
    yield from named.cells if named is not None else ()
    yield edition.owner(name)


def _is_to_be_told(cell: str, edition: Edition) -> bool:
    known = edition.cells.get(cell)
    return cell in edition.numeric and not (known is not None and known.table_only)


def _characters(report: Report, title: str) -> int:
    """Characters of a section without its title, marks counted and spaces not."""
    count, is_inside = 0, False
    for block in report.blocks:
        if block.kind == "heading":
            is_inside = block.text == title
        elif is_inside:
            count += len("".join(block.text.split()))
    return count
