"""Run every check of an edition and make findings of what fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from assistant.answers import Answers
from assistant.checks.case import Case, Failure
from assistant.checks.fixes import likely_fixes
from assistant.checks.kinds import NUMERIC, Verdict
from assistant.checks.state import (
    check_missing,
    check_provisional,
    check_signed,
    check_text_empty,
    check_text_repeated,
)
from assistant.checks.text import TEXT
from assistant.findings import Finding
from assistant.schema import Check
from assistant.wording import Sentences

Outcome = Literal["passed", "failed", "acknowledged", "waiting"]

_KINDS: Mapping[str, Callable[[Any, Case], Verdict]] = {
    **NUMERIC,
    **TEXT,
    "missing": check_missing,
    "provisional": check_provisional,
    "signed": check_signed,
    "text_empty": check_text_empty,
    "text_repeated": check_text_repeated,
}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the checks of an edition say of one set of answers."""

    findings: tuple[Finding, ...]
    by_check: Mapping[str, Outcome]
    """Outcome by key of the check, `{"R01": "failed", "S19": "waiting"}`."""

    def keys(self, outcome: Outcome) -> tuple[str, ...]:
        """The checks that had this outcome."""
        return tuple(key for key, each in self.by_check.items() if each == outcome)


def run_checks(answers: Answers, previous: Answers | None, sentences: Sentences) -> Outcomes:
    """Evaluate every check of the edition; findings come in the order of `checks.yaml`."""
    case = Case(answers, previous, answers.numbers)
    findings: list[Finding] = []
    by_check: dict[str, Outcome] = {}
    taken: set[str] = set()
    for check in answers.edition.checks:
        verdict = _KINDS[check.kind](check, case)
        if verdict is None:
            by_check[check.key] = "waiting"
            continue
        made = [_finding(check, failure, case, sentences, taken) for failure in verdict]
        findings += made
        if any(not finding.reason for finding in made):
            by_check[check.key] = "failed"
        else:
            by_check[check.key] = "acknowledged" if made else "passed"
    findings += _stray_reasons(answers, findings, sentences)
    return Outcomes(tuple(findings), by_check)


def _finding(
    check: Check, failure: Failure, case: Case, sentences: Sentences, taken: set[str]
) -> Finding:
    answers, edition = case.answers, case.answers.edition
    key = _free_key(f"{check.key}.{failure.suffix}" if failure.suffix else check.key, taken)
    names = [edition.name(cell) for cell in failure.cells]
    details = {
        "name": names[0] if names else "",
        "rest": "、".join(f"「{name}」" for name in names[1:]),
        "last": names[-1] if names else "",
        "arithmetic": failure.arithmetic,
        **failure.details,
    }
    values = failure.excuses or {cell: answers.printed(cell) for cell in failure.cells}
    return Finding(
        code=check.code,
        key=key,
        level=check.level,
        sentence=_sentence(check, details, sentences),
        cells=failure.cells,
        excerpt=str(failure.details.get("excerpt", "")),
        arithmetic=failure.arithmetic,
        fixes=likely_fixes(check, failure, case, sentences),
        reasons=check.reasons,
        values=values,
        **_reasons(key, check, values, answers),
        line=_line(answers, failure.cells),
        basis=check.source.basis,
        source=check.source.text,
    )


def _free_key(key: str, taken: set[str]) -> str:
    """A key of its own, so that each finding can be given its reason: the second is `….2`."""
    free, number = key, 1
    while free in taken:
        number += 1
        free = f"{key}.{number}"
    taken.add(free)
    return free


def _sentence(check: Check, details: Mapping[str, object], sentences: Sentences) -> str:
    if check.say:
        return check.say
    return sentences.say(f"checks.{check.kind}", **details)


def _line(answers: Answers, cells: tuple[str, ...]) -> int:
    first = answers.given.get(cells[0].partition(".")[0]) if cells else None
    return first.line if first else 0


def _reasons(
    key: str, check: Check, values: Mapping[str, str], answers: Answers
) -> Mapping[str, Any]:
    """The reason that still holds: given for these very values; what it leaves out was zero."""
    given = answers.acknowledged.get(key)
    if given is None or check.level != "confirm":
        return {}
    holds = all(_same(given.values.get(cell, "0"), value) for cell, value in values.items())
    if holds:
        return {"reason": given.reason}
    return {"expired_reason": given.reason, "excused": given.values}


def _same(stored: str, value: str) -> bool:
    """Whether an excused value is today's; 0.50 and 0.5 are one number."""
    if stored == value:
        return True
    digits = (stored.replace(".", "", 1), value.replace(".", "", 1))
    return all(map(str.isdecimal, digits)) and Decimal(stored) == Decimal(value)


def _stray_reasons(
    answers: Answers, findings: list[Finding], sentences: Sentences
) -> list[Finding]:
    """Reasons that excuse nothing: said, so that nothing in the file goes unseen."""
    levels = {finding.key: finding.level for finding in findings}
    codes = {
        key: "F09" if key in levels else "F08"
        for key in answers.acknowledged
        if levels.get(key) != "confirm"
    }
    return [
        Finding(code, f"{code}.{key}", "notice", sentences.say(f"file_findings.{code}", name=key))
        for key, code in codes.items()
    ]
