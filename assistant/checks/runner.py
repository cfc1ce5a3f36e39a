"""Run every check of an edition and make findings of what fails."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from assistant.answers import Answers, told_text
from assistant.checks.agreed import Agreement, is_same, unnumbered
from assistant.checks.check_kinds import NUMERIC, SINGLE
from assistant.checks.context import CheckContext, Failure, OwnText
from assistant.checks.corrections import likely_fixes
from assistant.checks.own_text import TEXT
from assistant.claims.accounts import Account
from assistant.form.model import Check, Edition, Sum
from assistant.form.model.checks import POINTED
from assistant.messages import Sentences
from assistant.messages.findings import MOST, Finding, Level
from assistant.values.characters import shortened

Outcome = Literal["passed", "failed", "acknowledged", "waiting"]
_GRAVEST: tuple[Outcome, ...] = ("failed", "acknowledged", "waiting", "passed")
"""Of the checks that one entry stands for, the first of these counts."""

_KINDS = {**NUMERIC, **SINGLE, **TEXT}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the checks of an edition say of one set of answers."""

    findings: tuple[Finding, ...]
    by_check: Mapping[str, Outcome]
    """Outcome by key of the check, `{"R01": "failed", "S19": "waiting"}`."""
    accounts: tuple[Account, ...] = ()
    """What becomes of every number of own text; those that a reason excuses are the body's own."""
    told: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    """The numbers of own text that a finding speaks of, by its key."""

    def keys(self, outcome: Outcome) -> tuple[str, ...]:
        """The checks that had this outcome."""
        return tuple(key for key, each in self.by_check.items() if each == outcome)


def run_checks(
    answers: Answers,
    previous: Answers | None,
    sentences: Sentences,
    rules: Sequence[Check] | None = None,
) -> Outcomes:
    """Evaluate every check of the edition, or some; findings come in the order of `checks.yaml`."""
    case = CheckContext(answers, previous, answers.numbers, OwnText(answers, previous))
    printed = case
    if answers.claimed:
        claims = {cell: Decimal(str(claim.value)) for cell, claim in answers.claimed.items()}
        printed = replace(case, numbers={**case.numbers, **claims})
    findings: list[Finding] = []
    by_check: dict[str, Outcome] = {}
    following = _following(answers.edition)
    taken: set[str] = set()
    numbers: dict[str, tuple[Account, ...]] = {}
    for check in answers.edition.rules if rules is None else rules:
        judge = _KINDS.get(check.kind)
        if judge is None:
            continue  # judged on the written report
        follows = (check.key, check.at) in following
        is_claimed = follows and _is_claimed(check, answers)
        verdict = judge(check, printed if is_claimed else case)
        outcome: Outcome = "waiting" if verdict is None else "passed"
        failures = [] if follows and not is_claimed else verdict or []
        told = failures[:MOST] if check.kind in TEXT else failures
        for failure in told:
            made = _finding(check, failure, case, sentences, taken)
            findings.append(made)
            numbers[made.key] = failure.accounts
            outcome = "acknowledged" if made.reason and outcome != "failed" else "failed"
        if len(told) < len(failures):
            findings.append(_more(check, len(failures) - len(told), sentences))
            outcome = "failed"
        known = by_check.get(check.key, outcome)
        by_check[check.key] = min(known, outcome, key=_GRAVEST.index)
    findings += list(_stray_reasons(answers, findings, sentences))
    excused = {id(e) for each in findings if each.reason for e in numbers.get(each.key, ())}
    accounts = tuple(
        [e._replace(verdict="own") if id(e) in excused else e for e in case.own.accounts]
    )
    spoken = {key: each for key, each in numbers.items() if each}
    return Outcomes(tuple(findings), by_check, accounts, spoken)


def _is_claimed(check: Check, answers: Answers) -> bool:
    """Whether the file itself gives the totals that such a check compares."""
    named = (check.total,) if isinstance(check, Sum) else check.operands
    return all(cell in answers.claimed for cell in named)


@lru_cache(maxsize=8)
def _following(edition: Edition) -> frozenset[tuple[str, str]]:
    """The checks that hold of themselves, and speak only of totals that a file gives."""
    return frozenset(
        (check.key, check.at)
        for check in edition.rules
        if (isinstance(check, Sum) and check.total in edition.sums)
        or (check.at and all(operand in edition.sums for operand in check.operands))
    )


def _finding(
    check: Check, failure: Failure, case: CheckContext, sentences: Sentences, taken: set[str]
) -> Finding:
    answers, edition = case.answers, case.answers.edition
    key = ".".join(filter(None, (check.key, check.at, failure.suffix)))
    agreed = failure.agreed
    if agreed is not None and agreed.key and agreed.key not in taken:
        key = agreed.key
        taken.add(key)
    else:
        key = _free_key(key, taken, answers.acknowledged if agreed is not None else ())
    names = [edition.name(cell) for cell in failure.cells] or [""]
    details = {
        "name": names[0],
        "rest": "、".join([f"「{name}」" for name in names[1:]]),
        "last": names[-1],
        "arithmetic": failure.arithmetic,
        "at": edition.line_name(check.at),
        **failure.details,
    }
    excerpt = str(failure.details.get("excerpt", ""))
    is_following = (check.key, check.at) in _following(edition)
    values = failure.excuses
    if values is None:
        values = {cell: answers.printed(cell) for cell in failure.cells}
    return Finding(
        code=check.code,
        key=key,
        level=check.level,
        sentence=_sentence(check, details, sentences),
        cells=failure.cells,
        excerpt=told_text(excerpt, case.own.figures, sentences),
        arithmetic=failure.arithmetic,
        fixes=() if is_following else likely_fixes(check, failure, case, sentences),
        reasons=(*failure.reasons, *[each for each, holds in _usual(check, answers) if holds]),
        values=values,
        **_reasons(agreed or _agreed(key, values, answers), check, answers),
        line=_line(answers, failure.cells),
        basis=check.source.basis,
        source=check.source.text,
    )


def _more(check: Check, count: int, sentences: Sentences) -> Finding:
    """How many were not told one by one; no reason holds for what nobody has seen."""
    level: Level = "notice" if check.level == "notice" else "error"
    key, sentence = f"{check.key}.more", sentences.say("checks.more", count=count)
    basis, source = check.source.basis, check.source.text
    return Finding(check.code, key, level, sentence, basis=basis, source=source)


def _free_key(key: str, taken: set[str], kept: Container[str]) -> str:
    """A key of its own, so that each finding can be given its reason: the second is `….2`."""
    free, number = key, 1
    while free in taken or free in kept:
        number += 1
        free = f"{key}.{number}"
    taken.add(free)
    return free


def _sentence(check: Check, details: Mapping[str, object], sentences: Sentences) -> str:
    if check.say:
        return check.say.replace("{at}", str(details["at"]))
    if all(isinstance(each, str | bool) for each in details.values()):
        return _said(sentences, check.kind, tuple(details.items()))
    return sentences.say(f"checks.{check.kind}", **details)


@lru_cache(maxsize=4_000)
def _said(sentences: Sentences, kind: str, names: tuple[tuple[str, object], ...]) -> str:
    """A sentence without numbers; most are said anew after every answer: 还没有填写."""
    return sentences.say(f"checks.{kind}", **dict(names))


def _line(answers: Answers, cells: tuple[str, ...]) -> int:
    owner = answers.edition.owner(cells[0]) if cells else ""
    first = answers.claimed.get(owner) or answers.given.get(owner)
    return first.line if first else 0


def _usual(check: Check, answers: Answers) -> Iterator[tuple[str, bool]]:
    """The usual reasons, and whether each can hold: 写在“{own_oversight}”里 not with that empty."""
    for reason in check.reasons:
        named = POINTED.findall(reason)
        given = [answers.given[name] for name in named if name in answers.given]
        text = POINTED.sub(lambda place: answers.edition.name(place[1]), reason)
        yield text, all(each.state != "none" and each.value != "" for each in given)


def _agreed(key: str, values: Mapping[str, str], answers: Answers) -> Agreement:
    """The reason given for a finding: it holds for these very values; what it leaves out was 0."""
    given = answers.acknowledged.get(key)
    then = given.values if given else {}
    holds = all(is_same(then.get(cell, "0"), each) for cell, each in values.items())
    return Agreement(key, holds, then)


def _reasons(agreed: Agreement, check: Check, answers: Answers) -> Mapping[str, Any]:
    """The reason given, where it still holds; else that it did, with what it was given for."""
    given = answers.acknowledged.get(agreed.key)
    if given is None or check.level != "confirm":
        return {}
    if agreed.holds and (given.reason, False) not in _usual(check, answers):
        return {"reason": given.reason}
    return {"expired_reason": given.reason, "excused": agreed.excused}


def _stray_reasons(
    answers: Answers, findings: list[Finding], sentences: Sentences
) -> Iterator[Finding]:
    """Reasons that excuse nothing: said, so that nothing in the file goes unseen.

    Rule and cell are named as a reader knows them; what is neither, as it is written.
    """
    levels, edition = {finding.key: finding.level for finding in findings}, answers.edition
    for key in answers.acknowledged:
        if levels.get(key) == "confirm":
            continue
        code = "F09" if key in levels else "F08"
        rule, _, rest = key.partition(".")
        cell = unnumbered(rest)
        owner = edition.owner(cell)
        is_known = owner in edition.figures or owner in edition.questions
        at = edition.name(cell) if is_known else ""
        name = rule if is_known else shortened(key)
        has_rule = any(rule == check.code for check in edition.checks)
        text = sentences.say(f"file_findings.{code}", name=name, at=at, has_rule=has_rule)
        yield Finding(code, f"{code}.{key}", "notice", text)
