"""The answers of one body for one year, and the file they live in."""

from assistant.answers.entry import Entry, read_entry
from assistant.answers.format_answer import format_answer
from assistant.answers.json_schema import answer_schema
from assistant.answers.list_values import split_chosen
from assistant.answers.load import (
    LoadedAnswers,
    check_year,
    findings_of_answers,
    findings_of_edition,
    load,
    read_answers,
    read_given,
)
from assistant.answers.locked_file import LockedAnswerFile
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
from assistant.answers.save import write_answers
from assistant.answers.single_values import find_option
from assistant.answers.states import takes_remark

__all__ = [
    "STATE_NAMES",
    "STATE_WORDS",
    "Acknowledgement",
    "Answer",
    "Answers",
    "Entry",
    "Given",
    "ListRow",
    "LoadedAnswers",
    "LockedAnswerFile",
    "State",
    "answer_schema",
    "check_year",
    "find_option",
    "findings_of_answers",
    "findings_of_edition",
    "format_answer",
    "load",
    "read_answers",
    "read_entry",
    "read_given",
    "split_chosen",
    "takes_remark",
    "write_answers",
]
