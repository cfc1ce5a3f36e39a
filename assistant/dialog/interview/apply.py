"""Taking answers: read, echo, zeros that follow, what no longer applies, what checks now say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answers import (
    STATE_WORDS,
    Acknowledgement,
    Answer,
    Answers,
    RowChange,
    at_a_glance,
    row_changes,
    with_rows,
)
from assistant.claims.binding import bound_answer
from assistant.dialog.interview.change_findings import (
    about_own_text,
    concerning,
    judge,
    list_at_hand,
    without_needless,
)
from assistant.dialog.interview.implied_zeros import about_absent, filled, withdrawn
from assistant.dialog.interview.state import Interview
from assistant.form.model import Fact, Question
from assistant.intents import Read, read_typed
from assistant.messages.events import Event
from assistant.messages.findings import Finding
from assistant.report import template_block, with_template_figures
from assistant.values import Refusal
from assistant.values.characters import first_line, with_end

_NOT_AMONG = ("no_such_option", "no_such_part")
_APART = 3
"""Answers of one line that are echoed one by one."""
_TOLD = 8
"""Answers, lines of one, or questions that no longer apply, that are told; of more their number."""


def take(
    interview: Interview,
    entries: Sequence[tuple[str, str]],
    read: Mapping[str, Read] | None = None,
    *,
    is_shown: bool = False,
) -> tuple[Interview, list[Event]]:
    """Take answers given as text, `[("channel_website", "28")]`.

    Every text goes through the reader of the answer file, once. What is refused stays as the
    draft of its question; what follows from the rest is said.

    Args:
        interview: The conversation.
        entries: Questions with the text of their answers.
        read: What those texts were read as, by question, where the line was parsed.
        is_shown: Whether they have just been shown; many are not shown again.
    """
    events: list[Event] = []
    made = interview
    given = dict(interview.answers.given)
    named = {name for name, _ in entries}
    taken = set()
    for name, text in entries:
        answer = read_answer(interview, name, text, (read or {}).get(name))
        if isinstance(answer, Event):
            events.append(answer)
            made = made.with_draft(text, name)
            continue
        answer = with_references(interview, name, answer)
        taken.add(name)
        made = made.with_draft("", name)
        given[name] = answer
        answers = interview.answers.with_given(given)
        is_apart = len(entries) <= _APART
        events.append(echo(interview, answers, name, text, is_apart=is_apart))
        given = _follow(interview, answers, name, named, events)
    answers = interview.answers.with_given(given)
    return _settle(
        interview,
        made,
        answers,
        _gathered(interview, events, is_shown=is_shown),
        frozenset(taken),
        frozenset(taken),
    )


def _gathered(interview: Interview, events: list[Event], *, is_shown: bool) -> list[Event]:
    """Many echoes as one, a line each, at the last one's cell; the rest behind it."""
    echoes = [event for event in events if event.kind == "echo"]
    if len(echoes) <= _APART:
        return events
    most = 0 if is_shown else _TOLD
    told = echoes[:most] if len(echoes) > most + 1 else echoes
    lines = [line for echo in told for line in (echo.text, *echo.lines)]
    if told and len(told) < len(echoes):
        lines.append(interview.say("taken_more", count=len(echoes) - len(told)))
    text = interview.say("taken_many", count=len(echoes), is_told=bool(told))
    whole = Event("echo", text, "", tuple(lines), echoes[-1].cell)
    return [whole, *(event for event in events if event.kind != "echo")]


def foresee(interview: Interview, text: str) -> tuple[Finding, ...]:
    """What the checks would say of own text at the question on the screen, before it is sent."""
    question = interview.question
    if not isinstance(question, Fact) or question.span != "own":
        return ()
    answer = read_answer(interview, question.id, text)
    if isinstance(answer, Event):
        return ()
    answer = with_references(interview, question.id, answer)
    given = {**interview.answers.given, question.id: answer}
    foreseen = replace(interview, answers=interview.answers.with_given(given))
    return concerning(foreseen, question.id)


def put(
    interview: Interview,
    name: str,
    answer: Answer | None,
    said: Event,
    reasons: Mapping[str, Acknowledgement] | None = None,
    *,
    asks: bool = True,
) -> tuple[Interview, list[Event]]:
    """Put one answer that needs no reading, or take one away with `None`.

    Args:
        interview: The conversation.
        name: Id of the question.
        answer: What stands from now on.
        said: How it is said back.
        reasons: The written reasons that hold from now on; those of now when left out.
        asks: Whether to ask for the reasons that the change wants.
    """
    given = {key: each for key, each in interview.answers.given.items() if key != name}
    if answer is not None:
        given[name] = answer
    events = [said]
    given = _follow(interview, interview.answers.with_given(given), name, {name}, events)
    answers = interview.answers.with_given(given)
    if reasons is not None:
        answers = replace(answers, acknowledged=reasons)
    made = interview.with_draft("", name)
    return _settle(interview, made, answers, events, frozenset({name}), asks=asks)


def _settle(
    interview: Interview,
    made: Interview,
    answers: Answers,
    events: list[Event],
    named: frozenset[str],
    typed: frozenset[str] = frozenset(),
    *,
    asks: bool = True,
) -> tuple[Interview, list[Event]]:
    """Make the change one moment, and say what follows from it."""
    filled_in = answers.given.keys() - interview.answers.given.keys()
    followed = (made.followed | filled_in) - named
    made = replace(made.record(answers), is_done=made.at in named, followed=followed)
    if answers == interview.answers:
        return made, events
    events += about_facts(interview, answers, named)
    events += about_own_text(interview, made, named, typed)
    unfinished = list_at_hand(made) if made.at in named else ""
    made, needless = without_needless(interview, made)
    events += needless
    made, found = judge(interview, made, unfinished or interview.unjudged, asks=asks)
    return replace(made, unjudged=unfinished or made.unjudged), events + found


def refusal_text(interview: Interview, question: Question, refusal: Refusal) -> str:
    """The sentence of a refusal; it lists no options that stand on the screen."""
    if refusal.code in _NOT_AMONG and isinstance(question, Fact) and question.options:
        part, near = refusal.details.get("part", ""), refusal.details["near"]
        return interview.say("not_among", part=part, near=near)
    details_of = {"unit": interview.edition.unit(question.id), **refusal.details}
    return interview.sentences.say(f"refusals.{refusal.code}", **details_of)


def read_answer(
    interview: Interview, name: str, text: str, read: Read | None = None
) -> Answer | Event:
    """What a text would be as the answer of a question, or the refusal of it.

    Args:
        interview: The conversation.
        name: Id of the question.
        text: What was typed.
        read: What the text was read as, where that is known.
    """
    question = interview.edition.questions[name]
    present = interview.answers.given.get(name)
    answer = read or read_typed(question, text)
    is_row = not (isinstance(answer, Refusal) and answer.code == "yes_or_no")
    if is_row and present and present.rows:
        is_state = isinstance(answer, Answer) and answer.state != "given"
        if is_state or text.strip() in STATE_WORDS:
            reason = interview.say("rows_stand", count=len(present.rows), text=text.strip())
            return Event("refusal", reason, cell=name)
        given = answer if isinstance(answer, Answer) else None
        answer = read_typed(question, with_rows(question, present, text, given))
        if isinstance(answer, Answer):
            return replace(answer, state=present.state, remark=present.remark)
    if isinstance(answer, Answer):
        return answer
    reason = refusal_text(interview, question, answer)
    shown = interview.say("refused", name=interview.edition.name(name), typed=first_line(text))
    return Event("refusal", reason, title=shown, cell=name)


def with_references(interview: Interview, name: str, answer: Answer) -> Answer:
    """Own text with a reference for each number that is certain to be a figure of the form."""
    question = interview.edition.questions[name]
    if isinstance(question, Fact) and question.kind == "text" and isinstance(answer.value, str):
        answer = replace(answer, value=with_end(answer.value))
    if name in interview.edition.passages_by_id and isinstance(answer.value, str):
        answer = _in_other_words(interview, name, answer.value)
    answers = interview.answers.with_given({**interview.answers.given, name: answer})
    return bound_answer(answers, interview.previous, name)


def _in_other_words(interview: Interview, passage: str, text: str) -> Answer:
    """Own wording of a passage with the figures of the template in it bound."""
    block = template_block(interview.report, passage)
    if block is not None:
        text = with_template_figures(text, block, interview.answers)
    return interview.answers.worded(passage, text)


def _follow(
    interview: Interview, answers: Answers, name: str, named: set[str], events: list[Event]
) -> dict[str, Answer]:
    """Fill or take back the zeros that follow from a total."""
    edition = interview.edition
    given = dict(answers.given)
    again = [
        part
        for part in withdrawn(interview.answers, answers, name)
        if part not in named and part in interview.followed
    ]
    zeros = {part: zero for part, zero in filled(answers, name).items() if part not in named}
    if again:
        for part in again:
            del given[part]
        events.append(Event("note", interview.say("asked_again", names=edition.quoted(again))))
    if zeros:
        given |= zeros
        details = {"name": edition.name(name), "count": len(zeros)}
        text = interview.say("zeros", **details, names=edition.quoted(zeros))
        short = interview.say("zeros_short", **details)
        events.append(Event("note", text, cell=name, short=short))
    return given


def _counted(interview: Interview, names: Sequence[str]) -> str:
    """Cells with their figures: 「新收政府信息公开申请·商业企业」1件."""
    answers, edition = interview.answers, interview.edition
    given = [name for name in edition.questions if name in names]
    return "、".join(
        f"{edition.quoted([each])}{answers.printed(each)}{edition.unit(each)}" for each in given
    )


def about_facts(
    interview: Interview, answers: Answers, named: frozenset[str] = frozenset()
) -> Iterator[Event]:
    """What no longer applies, or applies again; of answers just named also what never did.

    With it what a choice says of cells that are not asked one by one.
    """
    before = set(interview.answers.given) & set(interview.answers.active) | named
    gone = [name for name in before if name in answers.idle]
    inactive = interview.answers.given.keys() - interview.answers.active.keys()
    back = inactive & answers.active.keys()
    for code, names in (("inactive", gone), ("active_again", back)):
        if names:
            ordered = [name for name in answers.edition.questions if name in names]
            quoted = answers.edition.quoted(ordered if len(ordered) <= _TOLD else ())
            yield Event("note", interview.say(code, names=quoted, count=len(ordered)))
    counted = [name for name in gone if interview.answers.numbers.get(name)]
    if counted:
        yield Event("note", interview.say("inactive_counted", names=_counted(interview, counted)))
    yield from about_absent(interview, answers)


def echo(
    interview: Interview, answers: Answers, name: str, text: str, *, is_apart: bool = True
) -> Event:
    """Say an answer back: of a list only the rows that are new, of other words also those typed.

    Args:
        interview: The conversation before the answer.
        answers: The answers with it.
        name: Id of the question.
        text: What was typed.
        is_apart: Whether it is said at length, not as one of many.
    """
    edition = interview.edition
    answer, question = answers.given[name], edition.questions[name]
    given = interview.answers.given.get(name)
    changes = tuple(row_changes(question, given, answer))
    if changes and (len(changes) < len(answer.rows) or len(changes) > _TOLD):
        return _echo_rows(interview, question, changes)
    understood = replace(interview, answers=answers).printed(answer, question)
    typed = other_words(question, understood, text)
    if not is_apart and not answer.rows and isinstance(answer.value, tuple):
        understood = at_a_glance(answer, question, interview.sentences)
    lines = tuple(understood.split("\n"))
    sentence = interview.say(
        "taken",
        name=edition.name(name),
        text="" if len(lines) > 1 else understood,
        unit=answers.unit_behind(name),
        typed="" if len(lines) > 1 or answer.state == "none" else typed,
    )
    below = _first_of(interview, lines) if len(lines) > 1 else ()
    return Event("echo", sentence, cell=name, lines=below)


def _first_of(interview: Interview, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines of one answer, of many the first ones and how many there are more."""
    if len(lines) <= _TOLD + 1:
        return lines
    return (*lines[:_TOLD], interview.say("rows_more", count=len(lines) - _TOLD))


def other_words(question: Question, understood: str, text: str) -> str:
    """What was typed, where what was understood is told in other words; else empty."""
    typed = text.strip()
    is_heard = typed in (understood, understood + question.unit, understood.rstrip("。"))
    is_picked = isinstance(question, Fact) and (question.kind == "list" or bool(question.options))
    return "" if is_heard or is_picked else typed


def _echo_rows(interview: Interview, question: Question, changes: Sequence[RowChange]) -> Event:
    lines = tuple(
        interview.say("row_taken", number=each.number, text=each.text) for each in changes
    )
    name = question.name
    if len(lines) == 1:
        sentence = interview.say("taken", name=name, text=lines[0], unit="", typed="")
        return Event("echo", sentence, cell=question.id)
    sentence = interview.say("rows_taken", name=name, count=len(lines))
    return Event("echo", sentence, "", _first_of(interview, lines), question.id)
