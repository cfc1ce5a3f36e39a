"""What a typed line means: an answer, several answers, a command, a question. Pure."""

from assistant.intents.commands import (
    LETTERS,
    Vocabulary,
    complete,
    is_number,
    nearest,
    pick,
    pick_letter,
    read_lettered,
    vocabulary,
)
from assistant.intents.line import is_free_text, read_typed
from assistant.intents.meaning import (
    Answered,
    AskAbout,
    Blank,
    Command,
    Entries,
    Going,
    Intent,
    InTurn,
    LeftOver,
    Pasted,
    Read,
    Reading,
    Reply,
    Unclear,
    UnknownCommand,
    shown_first,
)
from assistant.intents.parse_line import parse_line, read_reason
from assistant.intents.pasted_table import names_rows
from assistant.intents.question_index import QuestionIndex, names_of
from assistant.intents.row_answers import row_at_hand

__all__ = [
    "LETTERS",
    "Answered",
    "AskAbout",
    "Blank",
    "Command",
    "Entries",
    "Going",
    "InTurn",
    "Intent",
    "LeftOver",
    "Pasted",
    "QuestionIndex",
    "Read",
    "Reading",
    "Reply",
    "Unclear",
    "UnknownCommand",
    "Vocabulary",
    "complete",
    "is_free_text",
    "is_number",
    "names_of",
    "names_rows",
    "nearest",
    "parse_line",
    "pick",
    "pick_letter",
    "read_lettered",
    "read_reason",
    "read_typed",
    "row_at_hand",
    "shown_first",
    "vocabulary",
]
