"""Where a conversation begins and how it goes on: to a question, a part, the reasons wanted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR
from types import MappingProxyType

from assistant.answers import Acknowledgement, Answers, format_answer
from assistant.dialog.interview.apply import take
from assistant.dialog.interview.change_findings import finding_event, judge_list
from assistant.dialog.interview.disambiguate import choices_of, disambiguate
from assistant.dialog.interview.implied_zeros import followers
from assistant.dialog.interview.numbers_of_text import (
    counted,
    finding_at_hand,
    findings_at_hand,
    has_several,
    is_about_numbers,
    is_open_numbers,
    numbers_at_hand,
    numbers_offered,
    slot_at_hand,
    told_number,
)
from assistant.dialog.interview.overview import recap, what_is_open
from assistant.dialog.interview.progress import (
    is_open,
    left_of,
    neighbour,
    next_open,
    parts,
    seldom_open,
)
from assistant.dialog.interview.prompt import ask
from assistant.dialog.interview.state import Interview, Turn, WantReason
from assistant.form.model import Fact
from assistant.intents import LETTERS, Going, is_free_text, names_of, option_said
from assistant.messages import Sentences
from assistant.messages.events import Choice, Event
from assistant.messages.findings import Finding
from assistant.values import Refusal, clean_text
from assistant.values.characters import first_line, is_chinese

_SHORTEST = 4
"""Chinese characters of a reason; fewer say nothing that a reader could check."""


def note(interview: Interview, code: str, **details: object) -> Event:
    """A remark of the conversation itself."""
    return Event("note", interview.say(code, **details))


def shows(interview: Interview, *events: Event) -> Turn:
    """Say something, then what is asked now."""
    if interview.unjudged not in ("", interview.at):
        interview, found = judge_list(interview, asks=False)
        events = (*events, *found)
    if isinstance(interview.pending, WantReason):
        key = interview.pending.keys[0]
        is_told = any(
            each.kind == "refusal" or (each.finding is not None and each.finding.key == key)
            for each in events
        )
        said = () if is_told or slot_at_hand(interview) else show_finding(interview, key)
        return Turn(interview, (*events, *said, _reason_wanted(interview)))
    is_told = any(each.kind == "refusal" and each.cell == interview.at for each in events)
    made = replace(interview, is_draft_told=True)
    return Turn(made, (*events, ask(made if is_told else interview)))


def go_to(interview: Interview, going: Going) -> Turn:
    """Go to a question that was named, in a row to its first cell; of several ask which.

    One that a number of zero answers is gone to like any other: what is named can be written.
    """
    settled = interview.answers.settled
    asked = (name for name in going.topics if _is_asked(interview, name) or name in settled)
    cells, fitting = interview.edition.cells, dict[str, str]()
    for name in asked:
        fitting.setdefault((name in cells and cells[name].row) or name, name)
    if len(fitting) == 1:
        return shows(interview.after_jump_to(*fitting.values()))
    if fitting:
        readings = [Going((name,), name) for name in fitting.values()]
        return disambiguate(interview, readings, going.words)
    if going.topics:
        edition, topic = interview.edition, going.topics[0]
        question = edition.questions[topic]
        choices = question.when if isinstance(question, Fact) else dict(edition.conditions[topic])
        names = "」「".join(map(edition.name, choices))
        said = note(interview, "not_asked", name=edition.name(topic), choices=names)
        return shows(interview, said)
    return shows(interview, note(interview, "nowhere", words=going.words))


def go_on(interview: Interview, events: Sequence[Event]) -> Turn:
    """After an answer: ask the reasons it wants; from a question answered to the next open one.

    Whoever came by a jump to mend it goes back, and at the end of the form stays there.
    """
    if isinstance(interview.pending, WantReason):
        return shows(interview, *events)
    name = interview.at
    is_written = bool(name) and interview.unjudged == name
    if is_written or (name and _is_asked(interview, name) and not interview.is_done):
        return shows(interview, *events)
    if name in interview.edition.wordings:  # one came here to reword, and goes back
        return shows(interview.at_question(interview.origin or ""), *events)
    if not name or interview.returns:
        return _back_from_jump(interview, events)
    return go_to_open(interview, name, events)


def go_to_open(interview: Interview, after: str, events: Sequence[Event] = ()) -> Turn:
    """Go to the next question without an answer; when all tables are filled the others follow."""
    if interview.only_tables and not next_open(interview, ""):
        interview = replace(interview, only_tables=False)
        still = left_of(interview.answers).said(interview.sentences)
        events = (*events, note(interview, "tables_filled", still=still))
    return shows(interview.at_question(next_open(interview, after)), *events)


def end_list(interview: Interview) -> Turn:
    """Leave a list that is written, saying what was held back meanwhile."""
    made, events = judge_list(interview, asks=True)
    if isinstance(made.pending, WantReason):
        return shows(made, *events)
    if interview.returns:
        return go_on(replace(made, unjudged="", is_done=True), events)
    return shows(made.at_question(neighbour(made, 1)), *events)


def _back_from_jump(interview: Interview, events: Sequence[Event]) -> Turn:
    """Where one was before a jump; at the end of the form with what is still open."""
    made = interview.at_question(interview.origin or "") if interview.at else interview
    is_news = interview.at or any(each.kind in ("echo", "finding") for each in events)
    still = what_is_open(made) if is_news and not made.at else ""
    return shows(made, *events, *([Event("note", still)] if still else ()))


def _is_asked(interview: Interview, name: str) -> bool:
    answers, edition = interview.answers, interview.edition
    return name in edition.wordings or answers.applies(edition.questions[name])


def reasons_at_hand(interview: Interview) -> tuple[str, ...]:
    """The reasons on the screen, to be chosen by letter; none where none is wanted."""
    finding = finding_at_hand(interview)
    return finding.reasons if finding and not slot_at_hand(interview) else ()


def _untold_choices(interview: Interview) -> tuple[Fact, ...]:
    """The choices that reasons are wanted for leaving untold; that of the first finding first."""
    wanted = interview.pending.keys if isinstance(interview.pending, WantReason) else ()
    found = {each.key: each for each in interview.findings if each.key in wanted}
    cells = (found[key].cells[:1] for key in wanted if key in found)
    named = (interview.edition.questions.get(cell) for first in cells for cell in first)
    return tuple(
        each
        for each in named
        if isinstance(each, Fact)
        and each.kind == "choice"
        and interview.answers.value(each.id) is None
    )


def place_of_reason(interview: Interview) -> str:
    """The text that a reason is wanted for, wherever one asked for it; empty for none."""
    finding = finding_at_hand(replace(interview, pending=interview.standing))
    cell = interview.edition.question_of(finding.cells[0]) if finding and finding.cells else ""
    return cell if is_free_text(interview.edition.questions.get(cell)) else ""


def _numbers_wanted(interview: Interview, slot: str) -> Event:
    """The question what the numbers of an own text are."""
    numbers = numbers_at_hand(interview)
    counts = counted(numbers)
    told = told_number(interview, numbers[0]) if len(numbers) == 1 else ""
    has_earlier = any(each.earlier for each in numbers)
    name = interview.edition.name(slot)
    text = interview.say("numbers_wanted", name=name, told=told, earlier=has_earlier, **counts)
    help_line = interview.say("numbers_help", **counts)
    choices = choices_of(interview, numbers_offered(interview))
    finding = finding_at_hand(interview)
    asked = Event("ask", text, "", (help_line,), slot, finding, choices=choices)
    return interview.with_text(asked)


def _reason_wanted(interview: Interview) -> Event:
    if slot := slot_at_hand(interview):
        return _numbers_wanted(interview, slot)
    finding = finding_at_hand(interview)
    code = finding.code if finding else ""
    cell = ""
    if finding is not None and finding.cells:
        cell = interview.edition.question_of(finding.cells[0])
    reasons = finding.reasons if finding else ()
    choices = tuple(Choice(letter, each) for letter, each in zip(LETTERS, reasons, strict=False))
    is_open = finding is None or finding.is_open
    has_fix = finding is not None and is_open and bool(finding.choices)
    is_text = is_free_text(interview.edition.questions.get(cell))
    untold = next((each for each in _untold_choices(interview) if each.id == cell), None)
    help_line = interview.say(
        "reason_help",
        untold=untold.name if untold else "",
        options="、".join(each.label for each in untold.options) if untold else "",
        has_choice=bool(reasons),
        has_fix=has_fix,
        is_text=is_text,
        is_open=is_open,
    )
    sums = finding.arithmetic if finding else ""
    alike = [each for each in interview.findings if each.is_open and each.code == code]
    name = interview.edition.name(cell) if cell and len(alike) > 1 else ""
    text = interview.say("reason_wanted", code=code, name=name, sums=sums)
    asked = Event("ask", text, "", (help_line,), cell, finding, choices=choices)
    return interview.with_text(asked)


def take_reason(interview: Interview, text: str) -> Turn:
    """Take the written reason for the first finding that wants one."""
    reason = clean_text(text)
    if isinstance(reason, Refusal):
        said = interview.sentences.say(f"refusals.{reason.code}", **reason.details)
        return shows(interview.with_draft(text), Event("refusal", said))
    finding = finding_at_hand(interview)
    for untold in _untold_choices(interview):
        if option := option_said(untold, reason):
            made, events = take(interview, [(untold.id, option.label)])
            return go_on(replace(made, is_done=interview.is_done), events)
    words = reason.rstrip("。")
    if (
        sum(map(is_chinese, reason)) < _SHORTEST
        or "\n" in reason
        or words in interview.say("no_reason_words").split()
    ):
        refusal = Event("refusal", interview.say("no_reason", typed=first_line(reason)))
        return shows(interview.with_draft(reason), refusal)
    if finding is None:
        return _next_reason(interview, ())
    if has_several(interview):
        refusal = Event("refusal", interview.say("number_first", typed=first_line(reason)))
        return shows(interview.with_draft(reason), refusal)
    together = findings_at_hand(interview)
    made, echo = _acknowledged(interview, together, reason)
    is_one = isinstance(interview.pending, WantReason) and interview.pending.at is not None
    rest = finding.cells[0] if is_one else ""
    return _next_reason(made, (echo,), {each.key for each in together}, rest)


def _acknowledged(
    interview: Interview, findings: Sequence[Finding], reason: str
) -> tuple[Interview, Event]:
    reasons = {**interview.answers.acknowledged}
    for each in findings:
        reasons[_place_of(interview, each)] = Acknowledgement(reason, each.values)
    made = interview.with_draft("").record(replace(interview.answers, acknowledged=reasons))
    sums = "、".join(each.arithmetic for each in findings if each.arithmetic)
    taken = interview.say("reason_taken", code=findings[0].code, sums=sums, reason=reason)
    return made, Event("echo", taken)


def _place_of(interview: Interview, finding: Finding) -> str:
    """Where a reason is stored: that of one number beside the reason of several, which stays."""
    stored, key, number = interview.answers.acknowledged, finding.key, 1
    is_one = finding not in interview.findings
    while is_one and key in stored:
        number += 1
        key = f"{finding.key}.{number}"
    return key


def put_off_reason(interview: Interview) -> Turn:
    """Leave a finding open; it is listed at the end. The body's own numbers are agreed to."""
    finding = finding_at_hand(interview)
    if slot_at_hand(interview):
        return _agree(interview)
    code = "reason_kept" if finding is not None and finding.reason else "reason_later"
    return _next_reason(interview, (note(interview, code),))


def _agree(interview: Interview) -> Turn:
    """Take the numbers of a text that the form does not count; what contradicts it stays open."""
    findings = findings_at_hand(interview)
    own = [each for each in findings if is_open_numbers(interview, each)]
    made, events = interview, list[Event]()
    for reason in dict.fromkeys(each.expired_reason or each.reasons[0] for each in own):
        agreed = [each for each in own if (each.expired_reason or each.reasons[0]) == reason]
        made, echo = _acknowledged(made, agreed, reason)
        events.append(echo)
    if len(own) < len(findings):
        events.append(note(interview, "reason_later"))
    return _next_reason(made, events, {each.key for each in findings})


def _next_reason(
    interview: Interview, events: Sequence[Event], answered: Collection[str] = (), rest: str = ""
) -> Turn:
    """Ask the next reason; where `rest` names a text, also what is left of its numbers."""
    pending = interview.pending
    keys = pending.keys if isinstance(pending, WantReason) else ()
    done = answered or keys[:1]
    keys = tuple(key for key in keys if key not in done)
    keys += tuple(  # of what one number was taken out of
        each.key
        for each in interview.findings
        if each.cells[:1] == (rest,) and each.key not in keys and is_about_numbers(interview, each)
    )
    made = replace(interview, pending=WantReason(keys) if keys else None)
    return go_on(made, events)


def show_finding(interview: Interview, key: str) -> tuple[Event, ...]:
    """The finding of a key once more."""
    at_hand = finding_at_hand(interview)
    found = [each for each in interview.findings if each.key == key]
    one = [at_hand] if at_hand is not None and at_hand.key == key else found
    return tuple(finding_event(interview, each) for each in one)


def skip_part(interview: Interview, _: str) -> Turn:
    """Go to the first question without an answer behind this part, saying what stays open in it."""
    here = [p for p in parts(interview.answers, interview.sentences) if interview.at in p.names]
    if not here:
        return shows(interview, note(interview, "at_last"))
    (part,) = here
    behind = next_open(interview, part.names[-1])
    order = names_of(interview.edition).number_of
    is_last = not behind or order(behind) <= order(part.names[-1])
    left = [name for name in part.names if is_open(interview.answers, name)]
    said = []
    if left:
        still = part.left.said(interview.sentences)
        place = order(left[0])
        said.append(note(interview, "part_left", title=part.title, still=still, place=place))
    return shows(interview.at_question("" if is_last else behind), *said)


def fill_tables(interview: Interview, _: str) -> Turn:
    """From now on ask what the tables need, and nothing else, until they are filled."""
    made = replace(interview, only_tables=True)
    said = [note(made, "only_tables")] if next_open(made, "") else []
    return go_to_open(made, "", said)


def fill_everything(interview: Interview, _: str) -> Turn:
    """Ask everything again, from the first question without an answer."""
    was_whole = not interview.only_tables
    made = replace(interview, only_tables=False)
    return go_to_open(made, "", [note(made, "not_only" if was_whole else "whole_form")])


def begin(
    answers: Answers,
    previous: Answers | None,
    sentences: Sentences,
    *,
    unsent: Mapping[str, str] = MappingProxyType({}),
    resumes: bool,
    this_year: int = MAXYEAR,
) -> Turn:
    """Start at the first open question; one that resumes begins with a recap.

    Args:
        answers: What is answered already.
        previous: Last year's answers.
        sentences: The wording.
        unsent: Text typed in an earlier session and not taken, by question or finding, the last
            one at the end; the session goes on where that belongs.
        resumes: Whether there was an earlier session.
        this_year: The calendar year; reports are written for years before it.
    """
    interview = Interview(
        answers, previous, sentences, followed=followers(answers), this_year=this_year
    )
    for name, answer in answers.given.items():
        if answer.state == "unread":
            interview = interview.with_draft(
                format_answer(answer, answers.edition.questions[name]), name
            )
    wanting = [each.key for each in interview.findings if each.wants_reason] if unsent else []
    places = {*answers.asked, *answers.edition.wordings}
    kept = [name for name in unsent if name in wanting or name in places]
    for name in kept:
        interview = interview.with_draft(unsent[name], name, is_unsent=True)
    last = kept[-1] if kept else ""
    begin = last if last and last not in wanting else next_open(interview, "")
    interview = interview.at_question(begin)
    if last in wanting:
        reasons = [name for name in reversed(kept) if name in wanting]
        interview = replace(interview, pending=WantReason(tuple(reasons)))
    events = [recap(interview)] if resumes else []
    same = len(seldom_open(interview.answers, interview.previous))
    events += [note(interview, "same_offered", count=same)] if same > 1 else []
    return shows(interview, *events, *(note(interview, "unsent") for _ in kept[:1]))
