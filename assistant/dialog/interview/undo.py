"""Undo and redo: from one moment of the answers to another, saying what differs."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.answers import Answer
from assistant.dialog.interview.apply import about_facts
from assistant.dialog.interview.change_findings import judge
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.state import Interview, Moment, Turn
from assistant.messages.events import Event


def undo(interview: Interview, _: str) -> Turn:
    """Go back before the last change."""
    if not interview.past:
        return shows(interview, note(interview, "nothing_to_undo"))
    last = interview.past[-1]
    future = (*interview.future, Moment(interview.answers, interview.at))
    return _turned(interview, last, interview.past[:-1], future, "undone")


def redo(interview: Interview, _: str) -> Turn:
    """Do again what was undone last."""
    if not interview.future:
        return shows(interview, note(interview, "nothing_to_redo"))
    last = interview.future[-1]
    past = (*interview.past, Moment(interview.answers, interview.at))
    return _turned(interview, last, past, interview.future[:-1], "redone")


def _turned(
    interview: Interview,
    moment: Moment,
    past: tuple[Moment, ...],
    future: tuple[Moment, ...],
    code: str,
) -> Turn:
    """Step to another moment and say which answers differ."""
    questions = interview.edition.questions
    before, after = interview.answers.given, moment.answers.given
    changed = [name for name in questions if before.get(name) != after.get(name)]
    lines = [_turned_line(interview, name, after.get(name)) for name in changed]
    lines += _reason_lines(interview, moment)
    if moment.answers.year != interview.answers.year:
        lines.append(interview.say("turned_year", year=moment.answers.year))
    gone = interview.at_question(moment.at).with_answers(moment.answers)
    made = replace(gone, past=past, future=future)
    applies = about_facts(interview, moment.answers)
    made, found = judge(interview, made, made.unjudged, asks=False)
    return shows(made, Event("echo", interview.say(code), lines=tuple(lines)), *applies, *found)


def _reason_lines(interview: Interview, moment: Moment) -> Iterator[str]:
    """The reasons that differ, by the code of the rule and the first cell it speaks of."""
    before, after = interview.answers.acknowledged, moment.answers.acknowledged
    moved = replace(interview, answers=moment.answers)
    found = {each.key: each for each in (*moved.findings, *interview.findings)}
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            cells = found[key].cells if key in found else ()
            yield interview.say(
                "turned_reason",
                code=found[key].code if key in found else key.partition(".")[0],
                name=interview.edition.name(cells[0]) if cells else "",
                reason=after[key].reason if key in after else "",
            )


def _turned_line(interview: Interview, name: str, answer: Answer | None) -> str:
    question = interview.edition.questions[name]
    text = "" if answer is None else interview.printed(answer, question).replace("\n", "；")
    is_wording = name in interview.edition.wordings
    return interview.say(
        "turned", name=interview.edition.name(name), text=text, is_wording=is_wording
    )
