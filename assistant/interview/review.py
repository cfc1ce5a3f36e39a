"""What is open, and all answers by part with their states."""

from collections.abc import Iterator, Sequence

from assistant.answers import line_of
from assistant.events import Event
from assistant.intents import names_of
from assistant.interview.judging import finding_event, findings_of
from assistant.interview.progress import asked, parts
from assistant.interview.state import Interview

_SHOWN = 12
"""Missing questions listed by name; more are counted."""


def review(interview: Interview) -> Iterator[Event]:
    """What stands in the way of a final report, missing answers gathered into one event."""
    findings = findings_of(interview)
    codes = _missing_codes(interview)
    missing = _missing(interview, [each.cells[0] for each in findings if each.code in codes])
    others = [finding for finding in findings if finding.code not in codes]
    open_others = [finding for finding in others if finding.is_open]
    yield Event(
        "list",
        interview.say(
            "review",
            missing=len(missing),
            error=sum(finding.level == "error" for finding in open_others),
            confirm=sum(finding.level == "confirm" for finding in open_others),
            notice=sum(finding.level == "notice" for finding in others),
            acknowledged=sum(bool(finding.reason) for finding in others),
        ),
    )
    if missing:
        lines = tuple(_missing_line(interview, name) for name in missing[:_SHOWN])
        rest = len(missing) - len(lines)
        more = (interview.say("more_missing", count=rest),) if rest else ()
        yield Event("note", interview.say("missing"), lines=lines + more, cell=missing[0])
    for finding in others:
        yield finding_event(interview, finding)


def _missing(interview: Interview, wanted: Sequence[str]) -> list[str]:
    """Questions that keep the report from being final: without a value, or not understood."""
    answers = interview.answers.active
    unread = {name for name, answer in answers.items() if answer.state == "unread"}
    return [name for name in interview.edition.questions if name in unread or name in wanted]


def _missing_line(interview: Interview, name: str) -> str:
    answer = interview.answers.given.get(name)
    question = interview.edition.questions[name]
    return interview.say(
        "missing_line",
        number=names_of(interview.edition).number_of(name),
        name=interview.edition.name(name),
        state="" if answer is None else answer.state,
        text="" if answer is None else line_of(answer, question),
    )


def overview(interview: Interview) -> Iterator[Event]:
    """Every part with its answers and their states."""
    answers = interview.answers
    for part in parts(answers, interview.sentences):
        yield Event(
            "list",
            interview.say("part", title=part.title, total=len(part.names), left=part.open),
            lines=tuple(_answer_line(interview, name) for name in part.names),
            cell=part.names[0],
        )


def _answer_line(interview: Interview, name: str) -> str:
    answer = interview.answers.given.get(name)
    text = "" if answer is None else line_of(answer, interview.edition.questions[name])
    unit = interview.edition.unit(name) if name in interview.answers.numbers else ""
    return interview.say(
        "answer_line",
        name=interview.edition.name(name),
        text=text.replace("\n", "；"),
        unit=unit if answer is not None and answer.state == "given" else "",
        is_unread=answer is not None and answer.state == "unread",
    )


def recap(interview: Interview) -> Event:
    """Where a resumed conversation stands."""
    names = asked(interview.answers)
    left = sum(part.open for part in parts(interview.answers, interview.sentences))
    lines = tuple(
        interview.say("recap_part", title=part.title, total=len(part.names), left=part.open)
        for part in parts(interview.answers, interview.sentences)
    )
    body = interview.answers.value("body_name")
    text = interview.say(
        "recap",
        body=body or "",
        year=interview.answers.year,
        done=len(names) - left,
        left=left,
        open=_open_errors(interview),
    )
    return Event("note", text, lines=lines)


def _open_errors(interview: Interview) -> int:
    """Errors other than missing answers."""
    codes = _missing_codes(interview)
    findings = findings_of(interview)
    return sum(each.level == "error" and each.code not in codes for each in findings)


def _missing_codes(interview: Interview) -> frozenset[str]:
    checks = interview.edition.checks
    return frozenset(check.code for check in checks if check.kind == "missing")
