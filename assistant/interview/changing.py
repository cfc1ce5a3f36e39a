"""Taking answers: read, echo, zeros that follow, what no longer applies, what checks now say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answers import Answer, Answers, Entry, line_of, read_entry
from assistant.checks import run_checks
from assistant.files import Node
from assistant.findings import Finding
from assistant.interview.events import Event
from assistant.interview.state import Interview, WantReason
from assistant.interview.zeros import filled, withdrawn
from assistant.schema import Edition, Fact, Question
from assistant.telling import gist, heading
from assistant.values import Refusal

_APART = 3
"""Answers of one line that are echoed one by one."""
_SPOKEN_LATER = frozenset({"missing", "provisional", "text_empty"})
"""Kinds of check that say what was just said, or what only the end of the form can tell."""


def take(interview: Interview, entries: Sequence[tuple[str, str]]) -> tuple[Interview, list[Event]]:
    """Take answers given as text, `[("channel_website", "28")]`.

    Every text goes through the reader of the answer file. What is refused stays as the draft
    of its question; what follows from the rest is said.
    """
    events: list[Event] = []
    made = interview
    given = dict(interview.answers.given)
    named = {name for name, _ in entries}
    for name, text in entries:
        answer = _read(interview, name, text)
        if isinstance(answer, Event):
            events.append(answer)
            made = made.keeps(text, name)
            continue
        made = made.keeps("", name)
        given[name] = answer
        answers = ordered(interview.answers, given)
        events.append(_echo(interview, answers, name, text))
        given = _follow(interview, answers, name, named, events)
    events = _gathered(interview, events)
    answers = ordered(interview.answers, given)
    made = made.changes(answers)
    if answers != interview.answers:
        events += _about_facts(interview, answers)
        made, found = _judge(interview, made)
        events += found
    return made, events


def _gathered(interview: Interview, events: list[Event]) -> list[Event]:
    """Many echoes as one, a line each; the rest behind it."""
    echoes = [event for event in events if event.kind == "echo"]
    if len(echoes) <= _APART:
        return events
    lines = tuple(line for echo in echoes for line in (echo.text, *echo.lines))
    whole = Event("echo", interview.say("taken_many", count=len(echoes)), lines=lines)
    return [whole, *(event for event in events if event.kind != "echo")]


def clear(interview: Interview, name: str) -> Interview:
    """Take an answer away; undo brings it back."""
    given = {key: answer for key, answer in interview.answers.given.items() if key != name}
    return interview.changes(ordered(interview.answers, given))


def ordered(answers: Answers, given: Mapping[str, Answer]) -> Answers:
    """The same answer file with other answers, in the order of the form."""
    order = answers.edition.questions
    return replace(answers, given={name: given[name] for name in order if name in given})


def refusal_text(interview: Interview, question: Question, refusal: Refusal) -> str:
    """The sentence of a refusal."""
    details_of = {"unit": interview.edition.unit(question.id), **refusal.details}
    return interview.sentences.say(f"refusals.{refusal.code}", **details_of)


def _read(interview: Interview, name: str, text: str) -> Answer | Event:
    question = interview.edition.questions[name]
    typed = _with_rows(interview, question, text)
    entry = read_entry(question, Node(typed, 0))
    if isinstance(entry, Entry):
        return entry.answer
    reason = refusal_text(interview, question, entry)
    shown = interview.say("refused", name=interview.edition.name(name), typed=text.strip())
    return Event("refusal", reason, title=shown, cell=name)


def _with_rows(interview: Interview, question: Question, text: str) -> str:
    """New rows of a list go below the rows that stand."""
    answer = interview.answers.given.get(question.id)
    if not isinstance(question, Fact) or question.kind != "list" or answer is None:
        return text
    if not isinstance(answer.value, tuple) or not answer.value:
        return text
    rows = [line_of(Answer((row,)), question) for row in answer.value if isinstance(row, dict)]
    added = text if "\n" in text else text.replace("；", "\n").replace(";", "\n")
    return "\n".join([*rows, added])


def _echo(interview: Interview, answers: Answers, name: str, text: str) -> Event:
    edition = interview.edition
    answer, question = answers.given[name], edition.questions[name]
    understood = line_of(answer, question)
    typed = text.strip()
    unit = edition.unit(name) if answer.state == "given" and name in answers.numbers else ""
    lines = tuple(understood.split("\n"))
    is_long = len(lines) > 1
    is_heard = typed in (understood, understood + unit) or is_long or _is_chosen(question)
    sentence = interview.say(
        "taken",
        name=edition.name(name),
        text="" if is_long else understood,
        unit=unit,
        typed="" if is_heard else typed,
        state=interview.say("none_taken") if answer.state == "none" else "",
    )
    return Event("echo", sentence, cell=name, lines=lines if is_long else ())


def _is_chosen(question: Question) -> bool:
    """Whether answers are picked from a list that stands on the screen."""
    return isinstance(question, Fact) and bool(
        question.options or any(column.options for column in question.columns)
    )


def _follow(
    interview: Interview, answers: Answers, name: str, named: set[str], events: list[Event]
) -> dict[str, Answer]:
    """Fill or take back the zeros that follow from a total."""
    edition = interview.edition
    given = dict(answers.given)
    again = [part for part in withdrawn(interview.answers, answers, name) if part not in named]
    zeros = {part: zero for part, zero in filled(answers, name).items() if part not in named}
    if again:
        for part in again:
            del given[part]
        events.append(Event("note", interview.say("asked_again", names=_listed(edition, again))))
    if zeros:
        given |= zeros
        text = interview.say(
            "zeros", name=edition.name(name), count=len(zeros), names=_listed(edition, list(zeros))
        )
        events.append(Event("note", text, cell=name))
    return given


def _listed(edition: Edition, names: Sequence[str]) -> str:
    return "、".join(f"「{edition.name(name)}」" for name in names)


def _about_facts(interview: Interview, answers: Answers) -> Iterator[Event]:
    """What no longer applies, or applies again."""
    before = set(interview.answers.given) & set(interview.answers.active)
    gone = [name for name in before if name in answers.given and name not in answers.active]
    back = [
        name
        for name in interview.answers.given
        if name not in interview.answers.active and name in answers.active
    ]
    for code, names in (("inactive", gone), ("active_again", back)):
        if names:
            ordered_names = [name for name in answers.edition.questions if name in names]
            text = interview.say(code, names=_listed(answers.edition, ordered_names))
            yield Event("note", text)


def findings_of(interview: Interview) -> tuple[Finding, ...]:
    """What the checks say of the answers as they stand."""
    return run_checks(interview.answers, interview.previous, interview.sentences).findings


def finding_event(interview: Interview, finding: Finding) -> Event:
    """A finding as something said."""
    lines = gist(finding, interview.edition, interview.sentences)
    if finding.fixes and finding.fixes[0].changes:
        lines.append(interview.say("can_take", code=finding.code))
    cell = finding.cells[0].partition(".")[0] if finding.cells else ""
    text = heading(finding, interview.sentences)
    return Event("finding", text, lines=tuple(lines), cell=cell, finding=finding)


def spoken_later(edition: Edition) -> frozenset[str]:
    """Codes of the checks that are left for the end of the form."""
    return frozenset(check.code for check in edition.checks if check.kind in _SPOKEN_LATER)


def _judge(before: Interview, made: Interview) -> tuple[Interview, list[Event]]:
    """Say what the change brought up and what it settled; ask reasons for what wants one."""
    later = spoken_later(before.edition)
    old = {each.key: each for each in findings_of(before) if each.code not in later}
    new = {each.key: each for each in findings_of(made) if each.code not in later}
    fresh = [
        finding
        for key, finding in new.items()
        if key not in old or (old[key].values != finding.values and not finding.reason)
    ]
    events = [
        Event("note", before.say("settled", code=key, sentence=finding.sentence))
        for key, finding in old.items()
        if key not in new and finding.is_open
    ]
    events += [finding_event(made, finding) for finding in fresh]
    wanted = tuple(each.key for each in fresh if each.level == "confirm" and each.is_open)
    shown = next((each.key for each in fresh if each.fixes and each.fixes[0].changes), made.shown)
    return replace(made, pending=WantReason(wanted) if wanted else None, shown=shown), events
