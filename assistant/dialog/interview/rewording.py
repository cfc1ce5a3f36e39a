"""The narrative in the body's own words: a passage reworded, left out, given back, added to."""

from dataclasses import replace

from assistant.answers import Answer
from assistant.dialog.interview.apply import put
from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.prompt import words_of_passage
from assistant.dialog.interview.state import Interview, Turn
from assistant.form.model import ANNEX, Passage
from assistant.intents import Command
from assistant.intents.question_index import names_of
from assistant.messages.events import Event
from assistant.values.characters import shortened

_SHOWN = 30
"""Characters of a passage in the list of them."""


def note_below_table(interview: Interview, words: str) -> Turn:
    """Go to the note of a table, which begins with the name of the cell or row that is meant.

    Args:
        interview: The conversation.
        words: The name of a cell, row or table; of none, the question on the screen is meant.
    """
    edition, index = interview.edition, names_of(interview.edition)
    found = index.find(words) or index.below(words) if words else (interview.at or "",)
    cell = edition.cells.get(found[0]) if found else None
    if cell is None:
        return at_passage("reword", interview, words)
    tables = (cell.grid, "" if cell.grid else ANNEX)
    passage = next((each for each in edition.passages if each.table and each.table in tables), None)
    if passage is None:
        return shows(interview, note(interview, "no_passage", words=words))
    is_row = len({edition.cells[each].row for each in found if each in edition.cells}) < len(found)
    name = edition.line_name(cell.row) if is_row else edition.name(cell.id)
    before = words_of_passage(interview, passage.id)
    draft = f"{before}{interview.say('note_begins', name=name)}"
    return shows(interview.after_jump_to(passage.id).with_draft(draft, passage.id))


def at_passage(name: str, interview: Interview, words: str) -> Turn:
    """Do a command at the passage that is named, or at that on the screen; of none, list them.

    Args:
        name: `reword`, `insert`, `insert_before`, `omit` or `restore`.
        interview: The conversation.
        words: What names the passage.
    """
    here = interview.edition.wordings.get(interview.at)
    if not words and here is None:
        return _list(interview)
    found = names_of(interview.edition).passages_called(words or (here.passage if here else ""))
    if not found:
        return shows(interview, note(interview, "no_passage", words=words))
    if len(found) > 1:
        return disambiguate(interview, [Command(name, each.label) for each in found], words)
    passage = found[0]
    if name == "omit":
        return _put(interview, passage, interview.answers.worded(passage.id, None))
    if name == "restore":
        return _put(interview, passage, None)
    places = {"reword": passage.id, "insert": passage.after, "insert_before": passage.before}
    made = interview.after_jump_to(places[name])
    if here is not None:  # one goes back to where the first rewording began
        made = replace(made, origin=interview.origin)
    return shows(made)


def _put(interview: Interview, passage: Passage, answer: Answer | None) -> Turn:
    """Leave a passage out, or give it back, and stay where one is."""
    if answer is None and passage.id not in interview.answers.given:
        return shows(interview, note(interview, "passage_is_whole", name=passage.label))
    code = "passage_restored" if answer is None else "passage_omitted"
    said = Event("echo", interview.say(code, name=passage.label), cell=passage.id)
    made, events = put(interview, passage.id, answer, said)
    return shows(made, *events)


def _list(interview: Interview) -> Turn:
    """Every passage with its beginning, own words and what is left out marked."""
    edition, answers = interview.edition, interview.answers
    blocks = reversed([*interview.report.blocks])  # of several the first counts
    texts = {block.passage: block.text for block in blocks}
    lines = tuple(
        interview.say(
            "passage_line",
            name=passage.label,
            text=shortened(texts.get(passage.id, ""), _SHOWN),
            is_own=passage.id in answers.given,
            is_omitted=answers.is_dropped(passage.id),
            added=sum(name in answers.given for name in (passage.before, passage.after)),
        )
        for passage in edition.passages
    )
    return shows(interview, Event("list", interview.say("passages"), lines=lines))


def is_as_it_stands(interview: Interview, text: str) -> bool:
    """Whether a text at a passage is what stands there already."""
    is_wording = interview.at in interview.edition.wordings
    return is_wording and text.strip() == words_of_passage(interview, interview.at)


def keep_words(interview: Interview) -> Turn:
    """Leave the words of a passage as they are, and go back to where one came from."""
    name = interview.edition.name(interview.at)
    said = note(interview, "reword_kept", name=name)
    return shows(interview.with_draft("").at_question(interview.origin or ""), said)
