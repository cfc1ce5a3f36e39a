"""Another report year for the answers at hand."""

from dataclasses import replace

from assistant.dialog.interview.change_findings import judge
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.state import Interview, Turn
from assistant.messages.events import Event


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
