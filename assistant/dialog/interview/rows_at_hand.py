"""The list on the screen while its rows are written: a row changed, the list left."""

from dataclasses import replace

from assistant.answers import Answer, row_changes
from assistant.dialog.interview.apply import read_answer
from assistant.dialog.interview.change_findings import judge_list
from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.navigation import go_on, shows
from assistant.dialog.interview.progress import neighbour
from assistant.dialog.interview.state import Interview, Turn, WantReason
from assistant.intents import Answered, Reply


def changed_rows(interview: Interview, reply: Reply) -> Turn | None:
    """Show rows that stand and are written again with something else; `None` of any others."""
    name, question = interview.at, interview.edition.questions[interview.at]
    answer = read_answer(interview, name, reply.text, reply.read)
    if not isinstance(answer, Answer):
        return None
    changes = row_changes(question, interview.answers.given[name], answer)
    if not any(each.old for each in changes):
        return None
    return disambiguate(interview, (Answered(((name, reply.text),)),), reply.text)


def end_list(interview: Interview) -> Turn:
    """Leave a list that is written, saying what was held back meanwhile."""
    made, events = judge_list(interview, asks=True)
    if isinstance(made.pending, WantReason):
        return shows(made, *events)
    if interview.returns:
        return go_on(replace(made, unjudged="", is_done=True), events)
    return shows(made.at_question(neighbour(made, 1)), *events)
