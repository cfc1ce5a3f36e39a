"""What options want besides: halves of rows their partners, own words the text of their part."""

from dataclasses import replace

from assistant.answers import find_option, split_chosen
from assistant.dialog.interview.apply import refusal_text, take
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.preview_changes import propose
from assistant.dialog.interview.state import Interview, Turn, WantPartner
from assistant.form.model import Fact, Option, Question
from assistant.intents.readers import beside_options
from assistant.messages.events import Event
from assistant.values import Refusal
from assistant.values.characters import with_end

_MOST_HALVES = 100
"""Pieces of a line that may choose halves of rows."""


def chosen_halves(question: Question, text: str) -> tuple[Option, ...]:
    """The left halves a line chooses, 1、3, where each has to go with a right one."""
    if not isinstance(question, Fact) or not any(each.goes_with for each in question.columns):
        return ()
    options = question.columns[0].options
    pieces = split_chosen(text)
    if len(pieces) > _MOST_HALVES:
        return ()
    found = [find_option(options, each) for each in (text, *pieces)]
    halves = found[:1] if found[0] is not None else found[1:]
    return tuple(dict.fromkeys(each for each in halves if each)) if all(halves) else ()


def ask_partners(interview: Interview, fact: Fact, lefts: tuple[Option, ...]) -> Turn:
    """Ask what goes with each of some left halves; one that has a row already is refused."""
    answer = interview.answers.given.get(fact.id)
    column, rows = fact.columns[0], answer.rows if answer is not None else ()
    used = [row[column.id] for row in rows if isinstance(row, dict)]
    doubled = [left for left in lefts if column.unique and left in used]
    refusals = []
    for left in doubled:
        refusal = Refusal("row_twice", {"row": len(rows) + 1, "entry": left.label})
        refusals.append(Event("refusal", refusal_text(interview, fact, refusal), cell=fact.id))
    wanted = tuple(left for left in lefts if left not in doubled)
    return shows(_waiting(replace(interview, pending=None), wanted), *refusals)


def take_partner(interview: Interview, fact: Fact, pending: WantPartner, text: str) -> Turn:
    """Take the right half of the first row; the next one is asked, after a refusal the same."""
    entry = (fact.id, f"{pending.lefts[0].label}：{text.strip()}")
    made, events = take(replace(interview, pending=None), [entry])
    is_taken = made.answers != interview.answers
    return shows(_waiting(made, pending.lefts[1:] if is_taken else pending.lefts), *events)


def leave_out(interview: Interview, pending: WantPartner) -> Turn:
    """Give up a left half whose partner is not chosen, and say so."""
    said = note(interview, "partner_left", left=pending.lefts[0].label)
    made = replace(interview, pending=None)
    return shows(_waiting(made, pending.lefts[1:]), said)


def _waiting(interview: Interview, lefts: tuple[Option, ...]) -> Interview:
    return replace(interview, pending=WantPartner(lefts)) if lefts else interview


def propose_beside(interview: Interview, question: Question, text: str) -> Turn | None:
    """Show what a line says beside the options of a question as own text of its part, if it does.

    Args:
        interview: The conversation.
        question: The question on the screen.
        text: What was typed: 保密审查，另对新媒体逐条审核.
    """
    if not isinstance(question, Fact) or not question.besides:
        return None
    labels, rest = beside_options(question, text)
    if not rest:
        return None
    before = interview.answers.value(question.besides)
    own = f"{with_end(before)}{rest}" if isinstance(before, str) else rest
    chosen = ((question.id, labels),) if labels else ()
    told = note(interview, "beside_options", name=interview.edition.name(question.besides))
    return propose(interview, (*chosen, (question.besides, own)), {}, (told,))
