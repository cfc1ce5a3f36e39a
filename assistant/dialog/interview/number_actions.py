"""What is done about the numbers of an own text: listed, changed to a figure, explained."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers import Acknowledgement, FigureValues, printed_places
from assistant.checks.agreed import is_same
from assistant.claims.binding import as_written, rebound
from assistant.claims.claim import Claim
from assistant.dialog.interview.apply import put
from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.navigation import go_on, note, show_finding, shows
from assistant.dialog.interview.numbers_of_text import (
    describe_number,
    find_number,
    listed,
    page_of,
    ways_of,
)
from assistant.dialog.interview.state import Interview, Turn, WantReason
from assistant.form.model import Fact
from assistant.intents import AboutNumber, Explained, NumberIs, NumbersOf, OneNumber, names_of
from assistant.messages.events import Event


def about_number(interview: Interview, meant: AboutNumber) -> Turn:
    """Do what was chosen about the numbers of an own text."""
    match meant:
        case NumbersOf():
            return _list(interview, meant)
        case OneNumber():
            return _ask_what(interview, meant)
        case NumberIs():
            return _change(interview, meant)
        case Explained(keys, at):
            wanted = interview.wanted_reason.keys if interview.wanted_reason else ()
            others = tuple(key for key in wanted if key not in keys)
            asking = replace(interview, pending=WantReason((*keys, *others), len(keys), at))
            return shows(asking, *show_finding(asking, keys[0]))


def list_numbers(interview: Interview, words: str) -> Turn:
    """List the numbers of the own text on the screen, or of one that is named."""
    called = names_of(interview.edition).find(words) if words else (interview.at,)
    texts = [name for name in called if _is_own(interview, name)]
    if not texts:
        return shows(interview, note(interview, "numbers_where"))
    return _list(interview, NumbersOf(texts[0]))


def _is_own(interview: Interview, name: str) -> bool:
    fact = interview.edition.questions.get(name)
    is_text = isinstance(fact, Fact) and fact.span == "own" and fact.kind == "text"
    return is_text and name in interview.answers.given


def _list(interview: Interview, page: NumbersOf) -> Turn:
    name, numbers = interview.edition.name(page.slot), listed(interview, page)
    if not numbers[page.first :]:
        return shows(interview, note(interview, "no_numbers", name=name))
    asked = interview.say("numbers_which", name=name)
    return disambiguate(interview, page_of(numbers, page), "", asked)


def _ask_what(interview: Interview, meant: OneNumber) -> Turn:
    number = find_number(interview, meant.slot, meant.at)
    if number is None:
        return shows(interview)
    asked = interview.say("number_which", told=describe_number(interview, meant))
    return disambiguate(interview, ways_of(interview, number), "", asked)


def _change(interview: Interview, meant: NumberIs) -> Turn:
    number = find_number(interview, meant.slot, meant.at)
    answer = interview.answers.given.get(meant.slot)
    if number is None or answer is None or not isinstance(answer.value, str):
        return shows(interview)
    figures = interview.figures
    text = rebound(figures, answer.value, number.account.claim, meant.figure)
    said = interview.say(
        "number_changed",
        name=interview.edition.name(meant.slot),
        written=number.account.claim.written,
        figure=describe_number(interview, meant) if meant.figure else "",
    )
    echo = Event("echo", said, cell=meant.slot)
    reasons = _reasons_kept(interview, meant, number.account.claim, figures)
    return go_on(*put(interview, meant.slot, replace(answer, value=text), echo, reasons))


def _reasons_kept(
    interview: Interview, meant: NumberIs, claim: Claim, figures: FigureValues
) -> Mapping[str, Acknowledgement]:
    """The reasons given for other numbers of the sentence; they hold for it as it now stands."""
    value = interview.answers.given[meant.slot].value
    _, places = printed_places(str(value), figures)
    before = as_written(claim.sentence, places)
    here = claim._replace(at=claim.at - claim.sentence.at)
    after = rebound(figures, before, here, meant.figure)
    return {
        key: replace(each, values={**each.values, meant.slot: after})
        if is_same(each.values.get(meant.slot, ""), before)
        else each
        for key, each in interview.answers.acknowledged.items()
    }
