"""Last year's words with this year's figures; numbers of the body's own are asked for anew."""

from dataclasses import replace

from assistant.answers import FigureValues, format_answer
from assistant.dialog.interview.disambiguate import choices_of
from assistant.dialog.interview.last_year_words import left_out, with_gaps
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.preview_changes import propose
from assistant.dialog.interview.progress import seldom_open
from assistant.dialog.interview.state import Interview, OwnNumber, Turn, WantOwnNumber
from assistant.intents import (
    Command,
    Meant,
    NumberIs,
    Unclear,
    UnknownCommand,
    is_number,
    pick_letter,
)
from assistant.messages.events import Event
from assistant.values import NUMERAL_CHARACTERS
from assistant.values.characters import shortened
from assistant.values.language import words_for

LEFT_OUT = words_for("left_out")
"""What leaves a number out with the words around it."""


def offer_text(interview: Interview, name: str, text: str) -> Turn:
    """Ask for this year's numbers in the words of last year, then show them to be taken."""
    assert interview.previous is not None  # noqa: S101  it has the words
    wanted = with_gaps(interview.previous, interview.answers, name, text)
    return _ask_or_propose(interview, wanted._replace(behind=interview.standing))


def take_own_number(interview: Interview, pending: WantOwnNumber, line: str) -> Turn:
    """Take this year's number or figure, or leave out the words around it."""
    number, answer = pending.left[0], line.strip()
    place = pick_letter(answer, len(number.figures))
    if place is not None:
        figure = f"{number.figures[place]}{number.unit}"
        return _ask_or_propose(interview, _filled(pending, figure))
    if not answer and number.is_year:
        return _ask_or_propose(interview, _filled(pending, number.written))
    if not answer:
        return ask_own_number(interview, pending)
    if answer in LEFT_OUT:
        return _ask_or_propose(interview, _without(pending))
    if not has_number(answer):
        refused = Event("refusal", interview.say("no_own_number", text=shortened(answer, 20)))
        return ask_own_number(interview, pending).behind(refused)
    following = pending.text[number.at + len(number.written) :]
    unit = number.unit if is_number(answer) else ""
    said = _without_shared_end(answer, following) + unit
    return _ask_or_propose(interview, _filled(pending, said))


def command_for_number(meant: Meant, line: str) -> Command | UnknownCommand | None:
    """The command that was said where a number is wanted, also one that a text could be."""
    if isinstance(meant, Unclear) and not has_number(line):
        return next((each for each in meant.readings if isinstance(each, Command)), None)
    return meant if isinstance(meant, Command | UnknownCommand) else None


def has_number(text: str) -> bool:
    """Whether an answer has a number in it, in digits or in words."""
    return any(each.isdigit() or each in NUMERAL_CHARACTERS for each in text)


def _filled(pending: WantOwnNumber, words: str) -> WantOwnNumber:
    """The words of this year with some in the place of the first number left."""
    number, *others = pending.left
    stop = number.at + len(number.written)
    text = pending.text[: number.at] + words + pending.text[stop:]
    return pending._replace(text=text, left=_moved(others, len(words) - len(number.written)))


def _without(pending: WantOwnNumber) -> WantOwnNumber:
    """The words of this year without those that only the first number left is told for."""
    start, stop = left_out(pending.text, pending.left[0].at)
    kept = [each for each in pending.left if each.at >= stop]
    text = pending.text[:start] + pending.text[stop:]
    return pending._replace(text=text, left=_moved(kept, start - stop))


def _moved(numbers: list[OwnNumber], by: int) -> tuple[OwnNumber, ...]:
    return tuple(each._replace(at=each.at + by) for each in numbers)


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
    last = questions[names[-1]].label
    look = note(interview, "same_look", year=previous.year, name=last)
    return propose(interview, entries, read, (look,))


def _ask_or_propose(interview: Interview, pending: WantOwnNumber) -> Turn:
    if pending.left:
        return ask_own_number(interview, pending)
    made = replace(interview, pending=interview.standing)
    shown = made.told(pending.text, made.figures)
    answer = made.answers.worded(pending.name, pending.text)
    return propose(made, ((pending.name, shown),), {pending.name: answer})


def ask_own_number(interview: Interview, pending: WantOwnNumber) -> Turn:
    """Ask for the first number that is still last year's, with the figures it may be."""
    number, previous = pending.left[0], interview.previous
    assert previous is not None  # noqa: S101  it has the words
    words = interview.told(number.quoted, FigureValues(previous))
    text = interview.say("own_number", words=words, year=previous.year, is_year=number.is_year)
    count = len(number.figures)
    help_line = interview.say("own_number_help", figures=count, is_year=number.is_year)
    figures = [NumberIs(pending.name, number.at, each) for each in number.figures]
    choices = choices_of(interview, figures)
    made = replace(interview, pending=pending)
    return Turn(made, (Event("ask", text, lines=(help_line,), cell=pending.name, choices=choices),))
