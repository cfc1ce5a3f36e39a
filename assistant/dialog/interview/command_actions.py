"""What each command does; every one works in every state, and none validates or destroys."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from assistant.answers import format_answer
from assistant.dialog.interview.apply import put, take
from assistant.dialog.interview.change_findings import details_told, finding_event, in_order, judge
from assistant.dialog.interview.copy_text import copy
from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.help import explain, help_here, menu
from assistant.dialog.interview.implied_zeros import siblings
from assistant.dialog.interview.last_year_text import offer_text, take_all
from assistant.dialog.interview.navigation import (
    fill_everything,
    fill_tables,
    go_on,
    go_to,
    go_to_open,
    note,
    place_of_reason,
    show_finding,
    shows,
    skip_part,
    take_reason,
)
from assistant.dialog.interview.number_actions import list_numbers
from assistant.dialog.interview.overview import overview, review, unsent_lines
from assistant.dialog.interview.progress import is_open, neighbour
from assistant.dialog.interview.prompt import may_repeat
from assistant.dialog.interview.rewording import at_passage, note_below_table
from assistant.dialog.interview.state import Action, Interview, Turn, WantReason
from assistant.dialog.interview.undo import redo, undo
from assistant.intents import (
    Answered,
    Command,
    Going,
    Reply,
    names_of,
    pick,
    pick_letter,
    read_reason,
)
from assistant.messages.events import Event, UiRequest
from assistant.messages.themes import change_theme


def _back(interview: Interview, _: str) -> Turn:
    if interview.wanted_reason is not None:  # back from the reason is the question behind it
        return shows(interview.at_question(place_of_reason(interview) or interview.at))
    before = neighbour(interview, -1)
    if before == interview.at:
        return shows(interview, note(interview, "at_first"))
    return shows(interview.at_question(before))


def _next(interview: Interview, _: str) -> Turn:
    if not interview.at:
        return shows(interview, note(interview, "at_last"))
    left_open = interview.at if is_open(interview.answers, interview.at) else ""
    moved = interview.at_question(neighbour(interview, 1))
    if not left_open:
        return shows(moved)
    name = interview.edition.name(left_open)
    return shows(moved, note(interview, "left_open", name=name))


def _jump(interview: Interview, words: str) -> Turn:
    if not words:
        return shows(interview, note(interview, "jump_where"))
    for finding in interview.findings:
        if words.upper() in (finding.code, finding.key.upper()) and finding.cells:
            made = interview.after_jump_to(interview.edition.question_of(finding.cells[0]))
            wants_reason = finding.is_open and finding.level == "confirm"
            told = [note(interview, "jump_confirm", check=finding.key)] if wants_reason else []
            return shows(made, finding_event(interview, finding), *told)
    if any(words.upper() == check.code for check in interview.edition.checks):
        return shows(interview, note(interview, "jump_quiet", check=words.upper()))
    return go_to(interview, Going(names_of(interview.edition).find(words), words))


def _return(interview: Interview, _: str) -> Turn:
    """Go back to where the last jump began."""
    if interview.origin is None:
        return shows(interview, note(interview, "no_origin"))
    return shows(interview.after_jump_to(interview.origin))


def _help(interview: Interview, words: str) -> Turn:
    return explain(interview, words) if words else help_here(interview)


def _clear(interview: Interview, _: str) -> Turn:
    if interview.at not in interview.answers.given:
        return shows(interview, note(interview, "nothing_to_clear"))
    name = interview.edition.name(interview.at)
    said = Event("echo", interview.say("cleared", name=name), cell=interview.at)
    made, events = put(replace(interview, pending=None), interview.at, None, said, asks=False)
    return shows(made, *events)


def _drop_row(interview: Interview, words: str) -> Turn:
    """Take a row of a list away, asked which; without rows the answer."""
    answer = interview.answers.given.get(interview.at)
    wanted = words.strip("第行条 ")
    if answer is None or not answer.rows:
        return shows(interview, note(interview, "no_rows")) if wanted else _clear(interview, "")
    rows = answer.rows
    place = pick(wanted, len(rows))
    if place is None and wanted:
        return shows(interview, note(interview, "which_row", count=len(rows)))
    if place is None:
        readings = [Command("drop_row", str(number + 1)) for number in range(len(rows))]
        asked = interview.say("which_to_drop", count=len(rows))
        return disambiguate(interview, [*readings, Command("clear")], words, asked)
    kept = (*rows[:place], *rows[place + 1 :])
    if not kept:
        return _clear(interview, "")
    said = note(interview, "row_dropped", number=place + 1, count=len(kept))
    made, events = put(interview, interview.at, replace(answer, value=kept), said)
    return shows(made, *events)


def _same(interview: Interview, _: str) -> Turn:
    """Take last year's answer of a fact, on request only; its own text with this year's figures."""
    question = interview.question
    previous = interview.previous
    is_like = previous is not None and previous.edition is interview.edition
    before = previous.active.get(interview.at) if previous is not None and is_like else None
    is_text = question is not None and question.kind == "text"
    if is_text and before is not None and isinstance(before.value, str):
        return offer_text(interview, interview.at, before.value)
    if question is None or not may_repeat(question):
        return shows(interview, note(interview, "same_not_here"))
    if before is None or before.state not in ("given", "none"):
        return shows(interview, note(interview, "same_unknown"))
    text = format_answer(before, question)
    taken = interview.say("taken", name=question.name, text=text, unit="", typed="")
    said = Event("echo", taken, cell=question.id)
    return go_on(*put(interview, question.id, replace(before, line=0), said))


def _take(interview: Interview, words: str) -> Turn:
    """Take a proposed correction: of the open finding shown last, or of those named by code.

    It is taken at once only where it is the only one there is; of several one is chosen. Where one
    finding alone proposes something it is meant, and shown before anything is taken.
    """
    code, _, number = words.upper().partition(" ")
    if code.isdecimal():
        code, number = "", code
    proposing = [each for each in interview.findings if each.is_open and each.choices]
    named = [each for each in proposing if code in (each.code, each.key.upper())]
    shown = [each for each in proposing if each.key == interview.shown]
    only = proposing if len(proposing) == 1 else []
    chosen = named if code else shown or only
    if not chosen:
        codes = "、".join(dict.fromkeys(each.code for each in proposing))
        return shows(interview, note(interview, "nothing_to_take", codes=codes))
    chosen = [in_order(interview, each) for each in chosen]
    finding, *further = sorted(chosen, key=lambda each: each.key != interview.shown)
    choices = [*finding.choices, *(choice for each in further for choice in each.choices)]
    place = pick(number, len(choices))
    if place is None:
        place = pick_letter(number, len(choices))
    is_seen = bool(code or shown)
    if place is None and len(choices) == len(finding.fixes) == 1 and not number and is_seen:
        place = 0
    if place is not None:
        return go_on(*take(interview, list(choices[place].items())))
    said = () if is_seen else show_finding(interview, finding.key)
    readings = [Answered(tuple(choice.items())) for choice in choices]
    asked = interview.say("which_fix", check=finding.code, count=len(choices))
    return disambiguate(interview, readings, words, asked).behind(*said)


def _reason(interview: Interview, words: str) -> Turn:
    """Give a reason, or another one: 说明 L02 理由; without words, for whatever still wants one."""
    found = interview.findings
    wanted = [each for each in found if each.wants_reason]
    code, _, text = words.partition(" ")
    is_coded = any(code.upper().startswith(check.code) for check in interview.edition.checks)
    named = [each for each in found if code.upper() in (each.code, each.key.upper())]
    fitting = [each for each in named if each.wants_reason] or [e for e in named if e.reason]
    chosen = fitting if is_coded else wanted
    reason = text.strip() if is_coded else words.strip()
    errors = (each.code for each in found if each.level == "error")
    if not chosen and code.upper() in errors:
        return shows(interview, note(interview, "must_correct", check=code.upper()))
    if not chosen:
        return shows(interview.with_draft(reason), note(interview, "no_reason_wanted"))
    keys = tuple(each.key for each in chosen)
    is_named = is_coded and len(keys) == 1
    asking = replace(interview, pending=WantReason(keys, 1 if is_named else 0))
    if not reason or len(chosen) > 1:
        said = show_finding(asking, chosen[0].key)
        return shows(asking.with_draft(reason) if reason else asking, *said)
    meant = read_reason(reason, chosen[0].reasons)
    if isinstance(meant, Reply):
        return take_reason(asking, meant.text)
    return disambiguate(asking, meant.readings, reason)


def _rest(interview: Interview, _: str) -> Turn:
    group = siblings(interview.edition, interview.at) if interview.at else ()
    absent = interview.answers.absent
    waiting = [name for name in group if is_open(interview.answers, name) and name not in absent]
    if not waiting:
        return shows(interview, note(interview, "no_rest"))
    return go_on(*take(interview, [(name, "0") for name in waiting]))


def _change(interview: Interview, words: str) -> Turn:
    """Change an answer by any name that 跳到 would find: 改 审计 1."""
    called, _, text = words.replace("\u3000", " ").rpartition(" ")
    if not called.strip():
        return shows(interview, note(interview, "change_how"))
    found = names_of(interview.edition).find(called)
    if not found:
        return shows(interview.with_draft(words), note(interview, "nowhere", words=called.strip()))
    asked = [name for name in found if name not in interview.answers.absent] or list(found)
    if len(asked) > 1:
        return disambiguate(interview, [Answered(((name, text),)) for name in asked], words)
    return go_on(*take(interview, [(asked[0], text)]))


def _asks(ui_request: UiRequest) -> Action:
    """What the session or the front end does, with the words behind the command."""
    return lambda interview, words: Turn(interview, (), ui_request, argument=words)


def _fill_table(interview: Interview, _: str) -> Turn:
    """Go to the table; a reason is not asked for there, where it would be heard unseen."""
    later = () if interview.wanted_reason is None else (note(interview, "reason_later"),)
    return Turn(replace(interview, pending=None), later, "grid")


def _review(interview: Interview, _: str) -> Turn:
    return shows(interview, *review(interview))._replace(ui_request="findings")


def _overview(interview: Interview, words: str) -> Turn:
    """List the answers; what of them is not in the documents is told with all of them alone."""
    turn = shows(interview, *overview(interview, words))
    return turn if words else turn._replace(ui_request="outdated")


def _finish(interview: Interview, _: str) -> Turn:
    """Write the documents; text that was not sent would be missing, and is told once before."""
    waiting = interview.waiting
    told = frozenset(waiting.items())
    if told - interview.warned_of:
        lines = tuple(unsent_lines(interview))
        said = Event("refusal", interview.say("unsent_first"), lines=lines)
        return shows(replace(interview, warned_of=told), said)
    return Turn(interview.at_question(""), tuple(review(interview)), "write")


def _look(interview: Interview, words: str) -> Turn:
    said, ui_request = change_theme(words, interview.sentences)
    return Turn(interview, said, ui_request)


def change_year(interview: Interview, words: str) -> Turn:
    """Change the year within those of the form, every answer staying; without words, say it."""
    answers = interview.answers
    year = int(words) if words else answers.year
    if year == answers.year:
        return shows(interview, note(interview, "year_now", year=year, other=year - 1))
    if year >= interview.this_year:
        return shows(interview, Event("refusal", interview.say("year_not_over", year=year)))
    if year not in answers.edition.years:
        return shows(interview, Event("refusal", interview.say("year_elsewhere", year=year)))
    made = interview.record(replace(answers, year=year))
    said = Event("echo", interview.say("year_changed", year=year, before=answers.year))
    judged, found = judge(interview, made, made.unjudged, asks=False)
    return shows(judged, said, *found)


COMMANDS: Mapping[str, Action] = {
    "back": _back,
    "next": _next,
    "resume": lambda interview, _: go_to_open(interview, ""),
    "skip_part": skip_part,
    "only_tables": fill_tables,
    "whole_form": fill_everything,
    "jump": _jump,
    "return": _return,
    "help": _help,
    "ask": _help,
    "same": _same,
    "same_all": take_all,
    "rest": _rest,
    "clear": _clear,
    "drop_row": _drop_row,
    "undo": undo,
    "redo": redo,
    "take": _take,
    "reason": _reason,
    "change": _change,
    "year": change_year,
    "numbers": list_numbers,
    "reword": partial(at_passage, "reword"),
    "omit": partial(at_passage, "omit"),
    "restore": partial(at_passage, "restore"),
    "insert": partial(at_passage, "insert"),
    "insert_before": partial(at_passage, "insert_before"),
    "note": note_below_table,
    "review": _review,
    "overview": _overview,
    "details": lambda interview, _: shows(interview, details_told(interview)),
    "narrative": _asks("narrative"),
    "table": _asks("table"),
    "grid": _fill_table,
    "look": _look,
    "menu": lambda interview, _: shows(interview, menu(interview)),
    "save": lambda interview, _: shows(interview, note(interview, "saved")),
    "finish": _finish,
    "read_back": _asks("read_back"),
    "copy": copy,
    "delegate": _asks("delegate"),
    "quit": _asks("quit"),
}
