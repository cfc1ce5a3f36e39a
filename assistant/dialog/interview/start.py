"""How a session begins: at the first open question, with what an earlier one left behind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import MAXYEAR
from types import MappingProxyType

from assistant.answers import Answers, format_answer
from assistant.dialog.interview.implied_zeros import followers
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.overview import recap
from assistant.dialog.interview.progress import asked, next_open, seldom_open
from assistant.dialog.interview.state import Interview, Turn, WantReason
from assistant.messages import Sentences


def begin(
    answers: Answers,
    previous: Answers | None,
    sentences: Sentences,
    *,
    unsent: Mapping[str, str] = MappingProxyType({}),
    resumes: bool,
    this_year: int = MAXYEAR,
) -> Turn:
    """Start at the first open question; one that resumes begins with a recap.

    Args:
        answers: What is answered already.
        previous: Last year's answers.
        sentences: The wording.
        unsent: Text typed in an earlier session and not taken, by question or finding, the last
            one at the end; the session goes on where that belongs.
        resumes: Whether there was an earlier session.
        this_year: The calendar year; reports are written for years before it.
    """
    interview = Interview(
        answers, previous, sentences, followed=followers(answers), this_year=this_year
    )
    for name, answer in answers.given.items():
        if answer.state == "unread":
            interview = interview.with_draft(
                format_answer(answer, answers.edition.questions[name]), name
            )
    wanting = [each.key for each in interview.findings if each.wants_reason] if unsent else []
    places = {*asked(answers), *answers.edition.wordings}
    kept = [name for name in unsent if name in wanting or name in places]
    for name in kept:
        interview = interview.with_draft(unsent[name], name, is_unsent=True)
    last = kept[-1] if kept else ""
    begin = last if last and last not in wanting else next_open(interview, "")
    interview = interview.at_question(begin)
    if last in wanting:
        reasons = [name for name in reversed(kept) if name in wanting]
        interview = replace(interview, pending=WantReason(tuple(reasons)))
    events = [recap(interview)] if resumes else []
    same = len(seldom_open(interview.answers, interview.previous))
    events += [note(interview, "same_offered", count=same)] if same > 1 else []
    return shows(interview, *events, *(note(interview, "unsent") for _ in kept[:1]))
