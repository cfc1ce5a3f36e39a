"""Last year's words with this year's figures; numbers of the body's own are asked for anew."""

import re
from dataclasses import replace

from assistant.answers import (
    Answers,
    FigureValues,
    format_answer,
    printed_places,
    printed_text,
)
from assistant.claims.accounts import accounts_of
from assistant.claims.binding import bind
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.preview_changes import propose
from assistant.dialog.interview.progress import seldom_open
from assistant.dialog.interview.state import Interview, OwnNumber, Turn, WantOwnNumber
from assistant.intents import Command, Meant, Unclear, UnknownCommand, is_number
from assistant.messages.events import Event
from assistant.values import NUMERAL_CHARACTERS, first_clause, has_clause_end, last_clause
from assistant.values.characters import shortened
from assistant.values.language import words_for

_LEFT_OUT = words_for("left_out")
_DAY = re.compile(r"(?<![0-9年])[0-9]{1,2}月(?:[0-9]{1,2}日)?")
"""When something was, as stale as a number: 3月, 3月12日; not 2025年3月, where the year tells."""
_ENDS = tuple("。；！？")
_JOINTS = ("，", "、", "：")


def offer_text(interview: Interview, name: str, text: str) -> Turn:
    """Ask for this year's numbers in the words of last year, then show them to be taken."""
    assert interview.previous is not None  # noqa: S101  it has the words
    wanted = _with_gaps(interview.previous, interview.answers.year, name, text)
    return _ask_or_propose(interview, wanted._replace(behind=interview.standing))


def take_own_number(interview: Interview, pending: WantOwnNumber, line: str) -> Turn:
    """Take this year's number, or leave out the words around it."""
    number, *others = pending.left
    answer = line.strip()
    if not answer:
        return _asked(interview, pending)
    if answer in _LEFT_OUT:
        return _ask_or_propose(interview, _without_clause(pending))
    if not has_number(answer):
        again = _asked(interview, pending)
        refused = Event("refusal", interview.say("no_own_number", text=shortened(answer, 20)))
        return again._replace(events=(refused, *again.events))
    following = others[0].before if others else pending.tail
    unit = number.unit if is_number(answer) else ""
    done = pending.done + number.before + _without_shared_end(answer, following) + unit
    return _ask_or_propose(interview, pending._replace(done=done, left=tuple(others)))


def command_for_number(meant: Meant, line: str) -> Command | UnknownCommand | None:
    """The command that was said where a number is wanted, also one that a text could be."""
    if isinstance(meant, Unclear) and not has_number(line):
        return next((each for each in meant.readings if isinstance(each, Command)), None)
    return meant if isinstance(meant, Command | UnknownCommand) else None


def has_number(text: str) -> bool:
    """Whether an answer has a number in it, in digits or in words."""
    return any(each.isdigit() or each in NUMERAL_CHARACTERS for each in text)


def _without_clause(pending: WantOwnNumber) -> WantOwnNumber:
    """Last year's words without the clause around the first number left, others in it included."""
    number, *others = pending.left
    written = pending.done + number.before
    kept = written.removesuffix(last_clause(written))
    following = [each.before for each in others] + [pending.tail]
    while len(following) > 1 and not has_clause_end(following[0]):
        following.pop(0)
    rest = following[0].removeprefix(first_clause(following[0]))
    if kept.endswith(_JOINTS) and rest.startswith(_ENDS):
        kept = kept[:-1]
    elif not kept or kept.endswith((*_JOINTS, *_ENDS)):
        rest = rest[1:]
    left = others[len(others) - len(following) + 1 :]
    if not left:
        return pending._replace(done=kept, left=(), tail=rest)
    return pending._replace(done=kept, left=(left[0]._replace(before=rest), *left[1:]))


def _without_shared_end(answer: str, following: str) -> str:
    """An answer without the words that stand behind it anyway: 280册 before 册，均当场说明."""
    for size in range(min(len(answer), len(following)), 0, -1):
        if answer.endswith(following[:size]) and not following[:size].isdigit():
            return answer[:-size]
    return answer


def take_all(interview: Interview, _: str) -> Turn:
    """Offer last year's answers of all open facts that seldom change, in one list."""
    previous = interview.previous
    names = seldom_open(interview.answers, previous)
    if previous is None or not names:
        return shows(interview, note(interview, "nothing_the_same"))
    read = {name: replace(previous.active[name], line=0) for name in names}
    questions = interview.edition.questions
    entries = tuple((name, format_answer(read[name], questions[name])) for name in names)
    return propose(interview, entries, read)


def _ask_or_propose(interview: Interview, pending: WantOwnNumber) -> Turn:
    if pending.left:
        return _asked(interview, pending)
    text = pending.done + pending.tail
    made = replace(interview, pending=interview.standing)
    shown = printed_text(text, FigureValues(made.answers, made.previous))
    return propose(
        made, ((pending.name, shown),), {pending.name: made.answers.worded(pending.name, text)}
    )


def _asked(interview: Interview, pending: WantOwnNumber) -> Turn:
    number = pending.left[0]
    words = last_clause(number.before) + number.written
    year = interview.answers.year - 1
    text = interview.say("own_number", words=words, year=year)
    help_line = interview.say("own_number_help")
    made = replace(interview, pending=pending)
    return Turn(made, (Event("ask", text, lines=(help_line,), cell=pending.name),))


def _with_gaps(previous: Answers, year: int, name: str, text: str) -> WantOwnNumber:
    """The words of last year, its figures as references, with a gap for every other number."""
    figures = FigureValues(previous)
    bound = bind(previous, None, name, text)
    printed, places = printed_places(bound, figures)
    stops: list[tuple[int, int, str, OwnNumber | None]] = [
        (place.start, place.end, str(place.reference), None) for place in places
    ]
    for each in accounts_of(previous, {name: printed}, {name: places}):
        number, at = each.claim.number, each.claim.at
        if number is not None and each.verdict != "bound":
            gap = OwnNumber("", each.claim.written, number.unit)
            stops.append((at, at + len(each.claim.written), "", gap))
    stops += [(*each.span(), "", OwnNumber("", each[0], "")) for each in _DAY.finditer(printed)]
    done, at, left = "", 0, list[OwnNumber]()
    for start, end, reference, number_gap in sorted(stops, key=lambda stop: stop[0]):
        if start < at:
            continue
        done += printed[at:start].replace(f"{year - 1}年", f"{year}年") + reference
        if number_gap is not None:
            left.append(number_gap._replace(before=done))
            done = ""
        at = end
    tail = done + printed[at:].replace(f"{year - 1}年", f"{year}年")
    return WantOwnNumber(name, "", tuple(left), tail)
