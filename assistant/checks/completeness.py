"""Answers that are missing or provisional, and what single answers say."""

from datetime import date

from assistant.checks.check_kinds import Verdict
from assistant.checks.context import CheckContext, Failure
from assistant.form.model import BeginsWith, Fact, Inspection, Option
from assistant.values.print_format import show_date


def check_missing(_: Inspection, case: CheckContext) -> Verdict:
    """Find required answers that are missing, 暂缺 or unread."""
    failures: list[Failure] = []
    answers = case.answers
    for name, question in answers.edition.questions.items():
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


def own_texts(case: CheckContext) -> dict[str, str]:
    """The body's own text by slot; only multi-line slots, in the order of the edition."""
    texts = {}
    for fact in case.answers.edition.facts:
        value = case.answers.value(fact.id) if fact.kind == "text" else None
        if isinstance(value, str):
            texts[fact.id] = value
    return texts


def check_text_empty(_: Inspection, case: CheckContext) -> Verdict:
    """Find a report without any own text."""
    slots = tuple(fact.id for fact in case.answers.edition.facts if fact.kind == "text")
    return [] if own_texts(case) else [Failure(slots)]


def check_text_repeated(_: Inspection, case: CheckContext) -> Verdict:
    """Find own text that is word for word last year's."""
    if case.previous is None:
        return None
    return [
        Failure((slot,), suffix=slot)
        for slot, text in own_texts(case).items()
        if case.previous.value(slot) == text
    ]
