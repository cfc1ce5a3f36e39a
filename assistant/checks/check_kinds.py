"""Kinds of check over figures, with their arithmetic, and over what single answers say."""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.checks.context import CheckContext, Failure
from assistant.form.model import (
    Among,
    AtLeast,
    AtMost,
    Balance,
    BeginsWith,
    Carried,
    Fact,
    Inspection,
    Needs,
    Option,
    StockFlow,
    Sum,
    Unusual,
)
from assistant.values import Value
from assistant.values.print_format import show, show_date

Verdict = list[Failure] | None
"""Failures, none when the check holds, or `None` while it waits for an answer."""


def _cells(*operands: str) -> tuple[str, ...]:
    return tuple(operand for operand in operands if not operand[0].isdigit())


def check_sum(check: Sum, case: CheckContext) -> Verdict:
    """Judge total = sum of parts: `0+0+0+0=0≠3`."""
    lenient = check.on_missing == "fail"
    total = case.number(check.total, missing_is_zero=lenient)
    parts = case.sum(check.parts, missing_is_zero=lenient)
    if total is None or parts is None:
        return None
    if total == parts:
        return []
    arithmetic = f"{case.terms(check.parts)}={show(parts)}≠{show(total)}"
    cells, details = (check.total, *check.parts), {"count": len(check.parts)}
    reasons = check.reasons_over if parts > total else check.reasons_under
    return [Failure(cells, arithmetic, details=details, reasons=reasons)]


def check_at_most(check: AtMost, case: CheckContext) -> Verdict:
    """Judge left ≤ right, each left operand by itself where the check says so."""
    groups = [(operand,) for operand in check.left] if check.each else [check.left]
    failures: list[Failure] = []
    waits = False
    right = case.sum(check.right, missing_is_zero=check.on_missing == "fail")
    for group in groups:
        left = case.sum(group, missing_is_zero=check.on_missing == "fail")
        if left is None or right is None:
            waits = True
            continue
        sides = (case.rows(group[0]) if check.each else ()) or ((None, left),)
        over = [
            _times(
                case.worked(group) if label is None else f"{label}{show(value)}",
                value,
                check.left_times,
            )
            for label, value in sides
            if value * check.left_times > right
        ]
        if over:
            arithmetic = "、".join(f"{shown}>{case.worked(check.right)}" for shown in over)
            suffix = group[0] if check.each else ""
            failures.append(Failure(_cells(*group, *check.right), arithmetic, suffix))
    return None if waits and not failures else failures


def _times(shown: str, value: Value, times: Decimal) -> str:
    """A number in the unit that it is compared in: `2950×0.0001=0.295`."""
    return shown if times == 1 else f"{shown}×{show(times)}={show(value * times)}"


def check_at_least(check: AtLeast, case: CheckContext) -> Verdict:
    """Judge left ≥ right: `0+39=39<145`."""
    return _judge_sides(check, case, "<", operator.ge)


def check_balance(check: Balance, case: CheckContext) -> Verdict:
    """Judge left = right: `11428≠10890`."""
    return _judge_sides(check, case, "≠", operator.eq)


def _judge_sides(
    check: AtLeast | Balance, case: CheckContext, sign: str, holds: Callable[[Value, Value], bool]
) -> Verdict:
    lenient = check.on_missing == "fail"
    left = case.sum(check.left, missing_is_zero=lenient)
    right = case.sum(check.right, missing_is_zero=lenient)
    if left is None or right is None:
        return None
    if holds(left, right):
        return []
    arithmetic = f"{case.worked(check.left)}{sign}{case.worked(check.right)}"
    return [Failure(_cells(*check.left, *check.right), arithmetic)]


def check_needs(check: Needs, case: CheckContext) -> Verdict:
    """Judge: when all of these hold, then one of those; what is missing may count as not."""
    conditions = [case.holds(atom) for atom in check.when]
    if check.some:
        numbers = [case.number(cell) for cell in check.some]
        conditions.append(True if any(numbers) else None if None in numbers else False)
    if False in conditions:
        return []
    consequences = [case.holds(atom) for atom in check.then]
    if True in consequences:
        return []
    if None in conditions or (None in consequences and check.on_missing == "wait"):
        return None
    atoms = (*check.when, *check.then)
    sides = [*check.some, *(side for atom in atoms for side in (atom.left, atom.right))]
    cells = tuple(dict.fromkeys(side for side in sides if side in case.numbers))
    excuses = {cell: case.answers.printed(cell) for cell in cells}
    return [Failure((*_untold(check, case), *cells), excuses=excuses)]


def _untold(check: Needs, case: CheckContext) -> tuple[str, ...]:
    """The choice whose answer alone is missing for a check to hold; what it asks leads there."""
    names = tuple(dict.fromkeys(atom.left for atom in check.then if case.holds(atom) is None))
    question = case.answers.edition.questions.get(names[0]) if len(names) == 1 else None
    return names if question is not None and question.kind == "choice" else ()


def check_unusual(check: Unusual, case: CheckContext) -> Verdict:
    """Judge the change of each cell against last year: `36-3=33>10`."""
    if case.previous is None:
        return None
    failures: list[Failure] = []
    is_compared = False
    for cell in check.cells:
        now, before = case.numbers.get(cell), case.previous.numbers.get(cell)
        if now is None or before is None:
            continue
        is_compared = True
        change = abs(Decimal(now) - Decimal(before))
        if change > check.floor and change > check.ratio * Decimal(before):
            larger, smaller = max(now, before), min(now, before)
            shown = show(int(change) if isinstance(now, int) else change)
            arithmetic = f"{show(larger)}-{show(smaller)}={shown}"
            details = {"now": show(now), "before": show(before)}
            failures.append(Failure((cell,), arithmetic, cell, details))
    return failures if is_compared else None


def check_carried(check: Carried, case: CheckContext) -> Verdict:
    """Judge this year's cell against last year's: `4≠5`."""
    now = case.number(check.now)
    before = case.previous.numbers.get(check.before) if case.previous else None
    if now is None or before is None:
        return None
    if now == before:
        return []
    details = {
        "now": show(now),
        "before": show(before),
        "source": case.answers.edition.name(check.before),
    }
    return [Failure((check.now,), f"{show(now)}≠{show(before)}", details=details)]


def check_rolled(check: StockFlow, case: CheckContext) -> Verdict:
    """Judge a stock against last year's with what came and went: `11+2-1=12≠13`."""
    now, plus, minus = (case.number(check.stock), case.sum(check.plus), case.sum(check.minus))
    before = case.previous.numbers.get(check.stock) if case.previous else None
    if now is None or before is None or plus is None or minus is None:
        return None
    due = before + plus - minus
    if now == due:
        return []
    terms = f"{show(before)}+{case.terms(check.plus)}-{case.terms(check.minus).replace('+', '-')}"
    shown = show(due) if due >= 0 else f"-{show(-due)}"
    details = {"now": show(now), "before": show(before)}
    cells = (check.stock, *check.plus, *check.minus)
    return [Failure(cells, f"{terms}={shown}≠{show(now)}", details=details)]


# --- Single answers


def check_missing(_: Inspection, case: CheckContext) -> Verdict:
    """Find required answers that are missing, 暂缺 or unread."""
    failures: list[Failure] = []
    answers = case.answers
    for name, question in answers.edition.asked.items():
        answer = answers.active.get(name)
        if answer is not None and answer.state in ("given", "provisional"):
            continue
        if not answers.applies(question) or (isinstance(question, Fact) and not question.required):
            continue
        if answer is not None and answer.state == "unread":
            continue  # already found where it stands
        details = {"remark": answer.remark if answer else "", "is_absent": answer is not None}
        failures.append(Failure((name,), suffix=name, details=details))
    return failures


def check_provisional(_: Inspection, case: CheckContext) -> Verdict:
    """Find answers marked 待核实."""
    return [
        Failure((name,), suffix=name, details={"remark": answer.remark})
        for name, answer in case.answers.active.items()
        if answer.state == "provisional"
    ]


def check_signed(_: Inspection, case: CheckContext) -> Verdict:
    """Judge the signature date: after the report year, and not after the deadline."""
    year, roles = case.answers.year, case.answers.edition.roles
    kind = case.answers.value(roles.body_kind)
    deadline = case.answers.edition.deadline(year, kind.id if isinstance(kind, Option) else "")
    signed = case.answers.value(roles.signature_date)
    if deadline is None and isinstance(kind, Option):
        return []  # the day is set locally
    if not isinstance(signed, date) or deadline is None:
        return None
    last = deadline.day_for(year)
    if date(year + 1, 1, 1) <= signed <= last:
        return []
    details = {"written": show_date(signed), "deadline": show_date(last)}
    return [Failure((roles.signature_date,), details=details)]


def check_begins_with(check: BeginsWith, case: CheckContext) -> Verdict:
    """Judge the beginning of a text answer."""
    text = case.answers.value(check.cell)
    if not isinstance(text, str):
        return None
    return [Failure((check.cell,))] if text.startswith(check.words) else []


def check_among(check: Among, case: CheckContext) -> Verdict:
    """Judge the words of a list column against what was chosen."""
    owner, _, column = check.words.rpartition(".")
    rows, chosen = case.answers.value(owner), case.answers.value(check.chosen)
    if not isinstance(rows, tuple) or not isinstance(chosen, tuple):
        return None
    words = [str(row[column]) for row in rows if isinstance(row, dict)]
    labels = [option.label for option in chosen if isinstance(option, Option)]
    called = [
        *labels,
        *(each for option in chosen if isinstance(option, Option) for each in option.also),
    ]
    strange = [word for word in words if not any(word in each or each in word for each in called)]
    if not strange:
        return []
    told = {"words": "”“".join(strange), "labels": "、".join(labels)}
    excuses = {check.words: "、".join(strange), check.chosen: told["labels"]}
    return [Failure((check.words, check.chosen), details=told, excuses=excuses)]


def own_texts(case: CheckContext) -> dict[str, str]:
    """The body's own text by slot; only multi-line slots, in the order of the edition."""
    asked = case.answers.edition.questions
    return {slot: text for slot, text in case.own.written.items() if asked[slot].kind == "text"}


def check_text_empty(_: Inspection, case: CheckContext) -> Verdict:
    """Find a report without own text and without a problem or measure in own words."""
    facts, active = case.answers.edition.facts, case.answers.active
    slots = tuple(fact.id for fact in facts if fact.kind == "text")
    own = [(fact.id, column.id) for fact in facts for column in fact.columns if column.own]
    rows = ((row, column) for name, column in own if name in active for row in active[name].rows)
    has_own = any(isinstance(row[column], str) for row, column in rows)
    return [] if has_own or own_texts(case) else [Failure(slots)]


def check_text_repeated(_: Inspection, case: CheckContext) -> Verdict:
    """Find own text that is word for word last year's."""
    if case.previous is None:
        return None
    return [
        Failure((slot,), suffix=slot)
        for slot, text in own_texts(case).items()
        if case.previous.value(slot) == text
    ]


def check_passage_dropped(_: Inspection, case: CheckContext) -> Verdict:
    """Find passages that are left out although an article wants them told."""
    edition = case.answers.edition
    return [
        Failure((passage.id,), suffix=passage.id, details={"article": passage.article})
        for passage in edition.passages
        if passage.article and case.answers.is_dropped(passage.id)
    ]


def check_passage_changed(_: Inspection, case: CheckContext) -> Verdict:
    """Find own wording for words of a template that has other words now."""
    versions = case.answers.edition.versions
    return [
        Failure((name,), suffix=name)
        for name, answer in case.answers.active.items()
        if answer.template and answer.template != versions.get(name)
    ]


def check_passage_calls(_: Inspection, case: CheckContext) -> Verdict:
    """Find own wording that calls the body by another name than the report, and never by that."""
    called, names = case.answers.called, case.answers.edition.self_names
    if not called:
        return None
    return [
        Failure((name,), suffix=name, details={"word": word, "called": called})
        for name, answer in case.answers.active.items()
        if answer.template and isinstance(answer.value, str) and called not in answer.value
        for word in [each for each in names if each in answer.value][:1]
    ]


Judge = Callable[[Any, CheckContext], Verdict]


def by_kind(*judges: Judge) -> dict[str, Judge]:
    """What judges the checks of a kind, `{"sum": check_sum}`."""
    return {judge.__name__.removeprefix("check_"): judge for judge in judges}


NUMERIC = by_kind(
    *(check_sum, check_at_most, check_at_least, check_balance),
    *(check_needs, check_unusual, check_carried, check_rolled),
)
SINGLE = by_kind(
    *(check_begins_with, check_among, check_missing, check_provisional, check_signed),
    *(check_text_empty, check_text_repeated, check_passage_dropped, check_passage_changed),
    check_passage_calls,
)
