"""The answers of one body for one year, and the file they live in."""

from assistant.answers.model import (
    STATE_WORDS,
    Acknowledgement,
    Answer,
    Answers,
    Given,
    ListRow,
)
from assistant.answers.published import answer_schema
from assistant.answers.reading import Reading, load, read_answers, read_given
from assistant.answers.writing import save, write_answers

__all__ = [
    "STATE_WORDS",
    "Acknowledgement",
    "Answer",
    "Answers",
    "Given",
    "ListRow",
    "Reading",
    "answer_schema",
    "load",
    "read_answers",
    "read_given",
    "save",
    "write_answers",
]
