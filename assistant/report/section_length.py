"""How long the sections of a written report are, against what is usual."""

from collections.abc import Iterator

from assistant.checks.runner import Outcome, Outcomes
from assistant.form.model import Edition, Length
from assistant.messages import Sentences
from assistant.messages.findings import Finding
from assistant.report import Block, Report


def judge_lengths(edition: Edition, report: Report, sentences: Sentences) -> Outcomes:
    """Judge the checks of kind `length`, which need the text as it is printed."""
    findings: list[Finding] = []
    by_check: dict[str, Outcome] = {}
    for check in edition.checks:
        if not isinstance(check, Length):
            continue
        count = _characters(report, edition.sections[check.section - 1].title)
        by_check[check.key] = "failed" if count > check.limit else "passed"
        if count > check.limit:
            details = {
                "section": edition.sections[check.section - 1].title,
                "count": count,
                "limit": check.limit,
            }
            findings.append(
                Finding(
                    code=check.code,
                    key=check.key,
                    level=check.level,
                    sentence=sentences.say("checks.length", **details),
                    arithmetic=f"{count}>{check.limit}",
                    basis=check.source.basis,
                    source=check.source.text,
                )
            )
    return Outcomes(tuple(findings), by_check)


def _characters(report: Report, title: str) -> int:
    """Characters of a section without its title, marks counted and spaces not."""
    return sum(len("".join(block.text.split())) for block in _section(report, title))


def _section(report: Report, title: str) -> Iterator[Block]:
    is_inside = False
    for block in report.blocks:
        if block.kind == "heading":
            is_inside = block.text == title
        elif is_inside:
            yield block
