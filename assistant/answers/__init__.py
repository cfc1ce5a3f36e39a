"""The answers of one body for one year, and the file they live in."""

from assistant.answers.entry import Entry, read_entry
from assistant.answers.given_values import find_option, split_chosen
from assistant.answers.json_schema import answer_schema
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
    can_be_none,
    is_nothing,
    may_be_empty,
    takes_remark,
)
from assistant.answers.occurred import occurred
from assistant.answers.references import (
    FigureValues,
    How,
    Piece,
    Place,
    Reference,
    composed,
    listed_counts,
    places_of_references,
    printed_places,
    printed_text,
    reference,
    share,
)
from assistant.answers.write_answers import canonical_text, format_answer, write_answers

__all__ = [
    "STATE_NAMES",
    "STATE_WORDS",
    "Acknowledgement",
    "Answer",
    "Answers",
    "Entry",
    "FigureValues",
    "Given",
    "How",
    "ListRow",
    "LoadedAnswers",
    "LockedAnswerFile",
    "Piece",
    "Place",
    "Reference",
    "State",
    "answer_schema",
    "can_be_none",
    "canonical_text",
    "check_year",
    "composed",
    "find_option",
    "findings_of_answers",
    "findings_of_edition",
    "format_answer",
    "is_nothing",
    "listed_counts",
    "load",
    "may_be_empty",
    "occurred",
    "places_of_references",
    "printed_places",
    "printed_text",
    "read_answers",
    "read_entry",
    "read_given",
    "reference",
    "share",
    "split_chosen",
    "takes_remark",
    "write_answers",
]
