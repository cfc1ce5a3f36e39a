"""Part by part: the rest of a part is passed, or only the tables are asked."""

from dataclasses import replace

from assistant.dialog.interview.navigation import go_to_open, note, shows
from assistant.dialog.interview.progress import is_open, next_open, parts
from assistant.dialog.interview.state import Interview, Turn
from assistant.intents import names_of


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
