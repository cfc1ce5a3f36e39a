"""What is said of a change: what checks find new or settled, and what becomes of own text.

What is too long for a screen is told by its first lines; 看明细 lists all of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from assistant.checks.finding_format import heading, summary
from assistant.claims.line import sentences_of
from assistant.dialog.interview.numbers_of_text import (
    counted,
    finding_at_hand,
    is_about_numbers,
    name_of_figure,
    numbers_of,
    told_number,
)
from assistant.dialog.interview.state import Interview, WantReason
from assistant.form.model import Edition, Fact, Sum
from assistant.intents import Standing
from assistant.messages.events import Event
from assistant.messages.findings import LEVELS, Finding
from assistant.values.characters import clipped
from assistant.values.grouping import grouped

_FEW = 2
"""Findings of one change that are told one by one, with all that one needs to act on them."""
_NAMED = 6
"""Of more findings those that are named; figures of a text named one by one."""
_SHOWN = 60
"""Characters of a sentence that follows a change."""
_WHOLE = 9
"""Lines that are shown whole."""
_LONG = 76
"""Characters of a line beside what is asked that fills two of a narrow screen; longer ones wait."""
_ASKED, _BESIDE = 8, 3
"""Lines shown below what is asked, and below anything beside it, where all would be more."""
_SPOKEN_LATER = frozenset({"missing", "provisional", "text_empty"})
"""Kinds of check that say what was just said, or what only the end of the form can tell."""


def in_order(interview: Interview, finding: Finding) -> Finding:
    """A finding with its corrections so that none begins with undoing what was answered last."""
    given = interview.answers.given
    named = {name for choice in finding.choices for name in choice}
    moments = (each.answers.given for each in reversed(interview.past))
    news = ({name for name in named if before.get(name) != given.get(name)} for before in moments)
    last = next(filter(None, news), set())
    fixes = (
        replace(fix, choices=tuple(sorted(fix.choices, key=lambda each: not last.isdisjoint(each))))
        for fix in finding.fixes
    )
    is_undone = [any(not last.isdisjoint(each) for each in fix.choices) for fix in finding.fixes]
    kept = sorted(zip(is_undone, fixes, strict=True), key=itemgetter(0))
    return replace(finding, fixes=tuple(fix for _, fix in kept))


def finding_event(interview: Interview, finding: Finding) -> Event:
    """A finding as something said."""
    finding, edition = in_order(interview, finding), interview.edition
    lines = summary(finding, edition, interview.sentences)
    if finding.is_open and finding.choices:
        count = len(finding.choices)
        lines.append(interview.say("can_take", code=finding.code, count=count))
    text = heading(finding, interview.sentences)
    cell = edition.question_of(finding.cells[0]) if finding.cells else ""
    return Event("finding", text, lines=tuple(lines), cell=cell, finding=finding)


def standing_answers(interview: Interview) -> Standing:
    """What is answered, and what the finding speaks of that is asked about or was shown last."""
    edition, answers = interview.edition, interview.answers
    said = Standing(answers.active, answers.absent, interview.last_years_figure)
    shown = (each for each in interview.findings if each.is_open and each.key == interview.shown)
    finding = finding_at_hand(interview) or next(shown, None)
    if finding is None:
        return said
    spoken_of = tuple(dict.fromkeys(map(edition.question_of, finding.cells)))
    totals = (e.total for e in edition.checks if isinstance(e, Sum) and e.key == finding.key)
    total = next((each for each in totals if each in edition.questions), "")
    return replace(said, spoken_of=spoken_of, total=total)


def list_at_hand(interview: Interview) -> str:
    """Id of the question on the screen while it is a list with rows; else empty."""
    question = interview.question
    answer = interview.answers.given.get(interview.at)
    is_list = isinstance(question, Fact) and question.kind == "list"
    return interview.at if is_list and answer is not None and answer.rows else ""


def judge(
    before: Interview, made: Interview, unfinished: str = "", *, asks: bool = True
) -> tuple[Interview, list[Event]]:
    """Say what a change brought up and what it settled; ask the reasons it wants.

    Args:
        before: The conversation before the change.
        made: The conversation after it.
        unfinished: A list whose rows are still being written; what concerns it is said later.
        asks: Whether to ask for reasons.
    """
    old, new = _spoken(before, unfinished), _spoken(made, unfinished)
    fresh = [
        finding
        for key, finding in new.items()
        if key not in old or (finding.is_open and _differs(old[key], finding))
    ]
    settled = [
        finding.code
        for key, finding in old.items()
        if key not in new and finding.is_open and _has_answers(made, finding)
        if not finding.expired_reason or key in made.answers.acknowledged  # else told already
    ]
    open_codes = [each.code for each in new.values() if each.is_open]
    events = [
        Event("note", before.say("settled", code=code, left=open_codes.count(code)))
        for code in dict.fromkeys(settled)
    ]
    wanted = before.wanted_reason.keys if before.wanted_reason else ()
    still = tuple(key for key in wanted if key in new and new[key].is_open)
    return _say(made, fresh, events, still, asks=asks)


def _differs(before: Finding, now: Finding) -> bool:
    """Whether it speaks of other values now, or its reason does not hold any more."""
    return _of(before) != _of(now) or bool(before.reason and now.expired_reason)


def _of(finding: Finding) -> tuple[object, ...]:
    """What a finding speaks of; what stands beside the numbers of own text is not said."""
    said = {cell: finding.values.get(cell) for cell in finding.cells}
    return said, finding.sentence, finding.arithmetic, finding.excerpt


def without_needless(before: Interview, made: Interview) -> tuple[Interview, list[Event]]:
    """Take out the reasons of what a change settled; 撤销 brings them back with the answers."""
    reasons, now = made.answers.acknowledged, {each.key for each in made.findings}
    gone = [
        each
        for each in before.findings
        if (each.reason or each.expired_reason) and each.key in reasons and each.key not in now
        # of what is not answered, or not asked for any more, nothing is settled
        if _has_answers(made, each) and made.answers.idle.isdisjoint(each.cells)
    ]
    keys = {each.key for each in gone}
    kept = {key: each for key, each in reasons.items() if key not in keys}
    events = [
        Event("note", made.say("reason_out", code=code, reasons=reasons))
        for code, reasons in grouped((e.code, e.reason or e.expired_reason) for e in gone).items()
    ]
    return (made.with_answers(replace(made.answers, acknowledged=kept)) if gone else made), events


def _has_answers(interview: Interview, finding: Finding) -> bool:
    """Whether everything a finding spoke of has an answer: else nothing agrees, it waits."""
    answers, edition = interview.answers, interview.edition
    asked = {cell for cell in finding.cells if cell in edition.questions}
    return all(answers.given.get(cell) is not None or cell in answers.numbers for cell in asked)


def concerning(interview: Interview, name: str) -> tuple[Finding, ...]:
    """The open findings that speak of one answer's own words."""
    spoken = _spoken(interview, "").values()
    return tuple(each for each in spoken if each.is_open and each.cells[:1] == (name,))


def judge_list(interview: Interview, *, asks: bool) -> tuple[Interview, list[Event]]:
    """Say what was held back while the rows of a list were being written."""
    name = interview.unjudged
    made = replace(interview, unjudged="")
    if not name:
        return made, []
    spoken = _spoken(interview, "")
    held = [each for each in spoken.values() if each.is_open and _concerns(each, name)]
    return _say(made, held, [], (), asks=asks)


def _say(
    made: Interview,
    fresh: list[Finding],
    events: list[Event],
    still: tuple[str, ...],
    *,
    asks: bool,
) -> tuple[Interview, list[Event]]:
    open_keys = [each.key for each in fresh if each.wants_reason]
    wanted = (*still, *(key for key in open_keys if key not in still)) if asks else ()
    shown = next((each.key for each in fresh if each.choices), made.shown)
    pending = WantReason(wanted) if wanted else None if asks else made.pending
    told = list(_told_all(made, fresh, asks=asks))
    if len(told) > _FEW:
        made, told = _told_together(made, told, asks=asks)
    events += told
    return replace(made, pending=pending, shown=shown), events


def _told_together(
    made: Interview, told: list[Event], *, asks: bool
) -> tuple[Interview, list[Event]]:
    """Many findings as one event: what each of them is, the gravest first.

    Those that are asked about one by one are told then.
    """
    every, told = told, [e for e in told if not (asks and e.finding and e.finding.wants_reason)]
    if len(told) <= _FEW:
        return made, told
    ordered = sorted(told, key=lambda each: LEVELS.index(each.finding.level) if each.finding else 0)
    lines = [line for each in ordered for line in (each.text, *each.lines)]
    made = replace(made, details=tuple(lines))
    heads, count = [each.text for each in ordered], len(told)
    if count > _NAMED:
        heads = [*heads[:_NAMED], made.say("more_lines", count=count - _NAMED)]
    text = made.say("found_many", count=count, asked=len(every) - count)
    return made, [Event("finding", text, lines=tuple(heads), finding=ordered[0].finding)]


def _told_all(made: Interview, fresh: list[Finding], *, asks: bool) -> Iterator[Event]:
    """The findings one by one, but those about numbers of a text as one.

    What the question about a text's numbers says itself is not told before; where no reason is
    asked for, the way to one is.
    """
    about: list[Finding] = []
    for finding in fresh:
        if is_about_numbers(made, finding):
            about.append(finding)
        else:
            event = finding_event(made, finding)
            way = (made.say("can_explain", code=finding.code),)
            is_whole = asks or not finding.wants_reason
            yield event if is_whole else event._replace(lines=event.lines + way)
    for slot, found in () if asks else grouped((e.cells[0], e) for e in about).items():
        numbers = numbers_of(made, slot, [each.key for each in found])
        text = made.say("numbers_told", name=made.edition.name(slot), **counted(numbers))
        lines = tuple(told_number(made, each) for each in numbers)
        first = found[0]
        yield Event("finding", text, lines=lines, cell=slot, finding=first)


def _spoken(interview: Interview, unfinished: str) -> dict[str, Finding]:
    """Findings by key that are said as soon as they are there."""
    later = spoken_later(interview.edition)
    return {
        each.key: each
        for each in interview.findings
        if each.code not in later and not (unfinished and _concerns(each, unfinished))
    }


def _concerns(finding: Finding, name: str) -> bool:
    return any(cell.partition(".")[0] == name for cell in finding.cells)


def spoken_later(edition: Edition) -> frozenset[str]:
    """Codes of the checks that are left for the end of the form."""
    return frozenset(check.code for check in edition.checks if check.kind in _SPOKEN_LATER)


def about_own_text(
    before: Interview, made: Interview, named: frozenset[str], typed: frozenset[str]
) -> Iterator[Event]:
    """The figures of texts just typed, and the sentences of others that print other figures.

    Args:
        before: The conversation before the change.
        made: The conversation after it.
        named: The questions whose answers were changed.
        typed: Those of them whose answers were typed.
    """
    for name in made.answers.given:
        answer = made.answers.given[name]
        if not isinstance(answer.value, str):
            continue
        if name in typed:
            yield from _bound(made, name)
        elif name not in named and "{" in answer.value:
            yield from _followed(before, made, name, answer.value)


def _bound(made: Interview, name: str) -> Iterator[Event]:
    told = dict.fromkeys(
        f"{each.claim.written}＝{name_of_figure(made, each.reference)}"
        for each in made.outcomes.accounts
        if each.slot == name and each.verdict == "bound" and each.reference
    )
    if told:
        figures, rest = "，".join([*told][:_NAMED]), len(told) - _NAMED
        text = made.say("numbers_bound", figures=figures, name=made.edition.name(name), rest=rest)
        yield Event("note", text, cell=name)


def _followed(before: Interview, made: Interview, name: str, text: str) -> Iterator[Event]:
    old, new = (
        [sentence.text for sentence in sentences_of(each.told(text, each.figures))]
        for each in (before, made)
    )
    for sentence in (clipped(each, _SHOWN) for each in new if each not in old):
        text = made.say("text_follows", name=made.edition.name(name), sentence=sentence)
        yield Event("note", text, cell=name)


def summarised(
    interview: Interview, events: Sequence[Event]
) -> tuple[Interview, tuple[Event, ...]]:
    """Some events so that they fit on a screen, and the conversation that knows them whole."""
    beside = [line for each in events if each.kind != "ask" for line in each.lines]
    count = sum(len(each.lines) for each in events)
    if count <= _WHOLE and all(len(line) <= _LONG for line in beside):
        return interview, tuple(events)
    heads = [() if each.kind == "ask" else (each.text,) for each in events]
    lines = [
        line for head, each in zip(heads, events, strict=True) for line in (*head, *each.lines)
    ]
    made = replace(interview, details=tuple(lines))
    return made, tuple(_shortened(interview, each) for each in events)


def _shortened(interview: Interview, event: Event) -> Event:
    if event.kind == "ask":
        most, short = _ASKED, list(event.lines)
    else:
        most, short = _BESIDE, [line for line in event.lines if len(line) <= _LONG]
    if len(short) == len(event.lines) <= most + 1:
        return event
    shown = short[:most]
    more = interview.say("more_lines", count=len(event.lines) - len(shown))
    return event._replace(lines=(*shown, more))


def details_told(interview: Interview) -> Event:
    """All that was summarised last."""
    if not interview.details:
        return Event("note", interview.say("no_details"))
    return Event("list", interview.say("details"), lines=interview.details)
