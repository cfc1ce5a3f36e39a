"""The answers of one body for one year, and the file they live in."""

from assistant.answers.cells import find_option
from assistant.answers.entries import Entry, read_entry
from assistant.answers.keeper import Keeper
from assistant.answers.lines import line_of
from assistant.answers.model import (
    STATE_NAMES,
    STATE_WORDS,
    Acknowledgement,
    Answer,
    Answers,
    Given,
    ListRow,
    State,
)
from assistant.answers.published import answer_schema
from assistant.answers.reading import Reading, check_year, load, read_answers, read_given
from assistant.answers.rows import split_chosen
from assistant.answers.states import takes_remark
from assistant.answers.writing import write_answers

__all__ = [
    "STATE_NAMES",
    "STATE_WORDS",
    "Acknowledgement",
    "Answer",
    "Answers",
    "Entry",
    "Given",
    "Keeper",
    "ListRow",
    "Reading",
    "State",
    "answer_schema",
    "check_year",
    "find_option",
    "line_of",
    "load",
    "read_answers",
    "read_entry",
    "read_given",
    "split_chosen",
    "takes_remark",
    "write_answers",
]
