"""What each command does; every one works in every state, and none validates or destroys."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.answers import Answer, line_of
from assistant.intents import Going, names_of, vocabulary
from assistant.interview.changing import clear, findings_of, ordered, take
from assistant.interview.events import Event
from assistant.interview.helping import explain, help_here, menu
from assistant.interview.moving import go_on, go_to, note, show_finding, shows, take_reason
from assistant.interview.progress import is_open, neighbour, next_open
from assistant.interview.review import overview, review
from assistant.interview.state import Interview, Moment, Turn, WantReason
from assistant.interview.zeros import siblings
from assistant.schema import Fact


def _back(interview: Interview, _: str) -> Turn:
    before = neighbour(interview.answers, interview.at, -1)
    if before == interview.at:
        return shows(interview, note(interview, "at_first"))
    return shows(interview.goes_to(before))


def _next(interview: Interview, _: str) -> Turn:
    if not interview.at:
        return shows(interview, note(interview, "at_last"))
    left_open = interview.at if is_open(interview.answers, interview.at) else ""
    moved = interview.goes_to(neighbour(interview.answers, interview.at, 1))
    if not left_open:
        return shows(moved)
    name = interview.edition.name(left_open)
    return shows(moved, note(interview, "left_open", name=name))


def _resume(interview: Interview, _: str) -> Turn:
    return shows(interview.goes_to(next_open(interview.answers, "")))


def _jump(interview: Interview, words: str) -> Turn:
    if not words:
        return shows(interview, note(interview, "jump_where"))
    for finding in findings_of(interview):
        if words.upper() in (finding.code, finding.key.upper()) and finding.cells:
            return shows(interview.goes_to(finding.cells[0].partition(".")[0]))
    return go_to(interview, Going(names_of(interview.edition).find(words), words))


def _help(interview: Interview, words: str) -> Turn:
    return explain(interview, words) if words else help_here(interview)


def _undo(interview: Interview, _: str) -> Turn:
    if not interview.past:
        return shows(interview, note(interview, "nothing_to_undo"))
    last = interview.past[-1]
    future = (*interview.future, Moment(interview.answers, interview.at))
    return _turned(interview, last, interview.past[:-1], future, "undone")


def _redo(interview: Interview, _: str) -> Turn:
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
    lines = tuple(_turned_line(interview, name, after.get(name)) for name in changed)
    made = replace(interview.goes_to(moment.at), answers=moment.answers, past=past, future=future)
    return shows(made, Event("echo", interview.say(code), lines=lines))


def _turned_line(interview: Interview, name: str, answer: Answer | None) -> str:
    question = interview.edition.questions[name]
    text = "" if answer is None else line_of(answer, question).replace("\n", "；")
    return interview.say("turned", name=interview.edition.name(name), text=text)


def _clear(interview: Interview, _: str) -> Turn:
    if interview.at not in interview.answers.given:
        return shows(interview, note(interview, "nothing_to_clear"))
    name = interview.edition.name(interview.at)
    made = replace(clear(interview, interview.at), pending=None)
    return shows(made, Event("echo", interview.say("cleared", name=name), cell=interview.at))


def _drop_row(interview: Interview, words: str) -> Turn:
    answer = interview.answers.given.get(interview.at)
    rows = answer.value if answer is not None else None
    wanted = words.strip("第行条 ")
    if not isinstance(rows, tuple) or not rows or not isinstance(rows[0], dict):
        return shows(interview, note(interview, "no_rows"))
    if not wanted.isdecimal() or not 1 <= int(wanted) <= len(rows):
        return shows(interview, note(interview, "which_row", count=len(rows)))
    kept = tuple(row for number, row in enumerate(rows, start=1) if number != int(wanted))
    if not kept:
        return _clear(interview, "")
    given = {**interview.answers.given, interview.at: Answer(kept)}
    made = interview.changes(ordered(interview.answers, given))
    return shows(made, note(interview, "row_dropped", number=int(wanted), count=len(kept)))


def _same(interview: Interview, _: str) -> Turn:
    """Take last year's answer of a fact, on request only; never a figure, never own text."""
    question = interview.question
    if not isinstance(question, Fact) or question.kind in ("text", "count", "amount", "date"):
        return shows(interview, note(interview, "same_not_here"))
    before = interview.previous.active.get(question.id) if interview.previous else None
    if before is None or before.state != "given":
        return shows(interview, note(interview, "same_unknown"))
    given = {**interview.answers.given, question.id: replace(before, line=0)}
    made = interview.changes(ordered(interview.answers, given))
    text = interview.say(
        "taken", name=question.name, text=line_of(before, question), unit="", typed="", state=""
    )
    return shows(
        made.goes_to(next_open(made.answers, question.id)), Event("echo", text, cell=question.id)
    )


def _take(interview: Interview, words: str) -> Turn:
    """Take a proposed correction: of the finding shown last, or of one named by code."""
    code, _, number = words.upper().partition(" ")
    if code.isdecimal():
        code, number = "", code
    for finding in findings_of(interview):
        fits = finding.key == interview.shown if not code else code in (finding.code, finding.key)
        fixes = [fix for fix in finding.fixes if fix.changes]
        place = int(number) - 1 if number.isdecimal() else 0
        if fits and 0 <= place < len(fixes):
            made, events = take(interview, list(fixes[place].changes.items()))
            return go_on(made, events)
    return shows(interview, note(interview, "nothing_to_take"))


def _reason(interview: Interview, words: str) -> Turn:
    """Give a reason: 说明 L02 理由; without words, for whatever still wants one."""
    wanted = [each for each in findings_of(interview) if each.level == "confirm" and each.is_open]
    code, _, text = words.partition(" ")
    chosen = [each for each in wanted if not code or code.upper() in (each.code, each.key.upper())]
    if not chosen:
        return shows(interview, note(interview, "no_reason_wanted"))
    asking = replace(interview, pending=WantReason(tuple(each.key for each in chosen)))
    if text.strip():
        return take_reason(asking, text)
    return shows(asking, *show_finding(asking, chosen[0].key))


def _rest(interview: Interview, _: str) -> Turn:
    group = siblings(interview.edition, interview.at) if interview.at else ()
    waiting = [name for name in group if is_open(interview.answers, name)]
    if not waiting:
        return shows(interview, note(interview, "no_rest"))
    made, events = take(interview, [(name, "0") for name in waiting])
    return go_on(made, events)


def _change(interview: Interview, _: str) -> Turn:
    return shows(interview, note(interview, "change_how"))


def _says(wish: str) -> Callable[[Interview, str], Turn]:
    return lambda interview, _: Turn(interview, (), wish)  # type: ignore[arg-type]


def _review(interview: Interview, _: str) -> Turn:
    return shows(interview, *review(interview))._replace(wish="findings")


def _overview(interview: Interview, _: str) -> Turn:
    return shows(interview, *overview(interview))


def _finish(interview: Interview, _: str) -> Turn:
    return Turn(interview.goes_to(""), tuple(review(interview)), "write")


def _menu(interview: Interview, _: str) -> Turn:
    return shows(interview, menu(interview, vocabulary(interview.sentences)))


def _save(interview: Interview, _: str) -> Turn:
    return shows(interview, note(interview, "saved"))


COMMANDS: Mapping[str, Callable[[Interview, str], Turn]] = {
    "back": _back,
    "next": _next,
    "resume": _resume,
    "jump": _jump,
    "help": _help,
    "ask": _help,
    "same": _same,
    "rest": _rest,
    "clear": _clear,
    "drop_row": _drop_row,
    "undo": _undo,
    "redo": _redo,
    "take": _take,
    "reason": _reason,
    "change": _change,
    "review": _review,
    "overview": _overview,
    "narrative": _says("narrative"),
    "table": _says("table"),
    "menu": _menu,
    "save": _save,
    "finish": _finish,
    "quit": _says("quit"),
}
