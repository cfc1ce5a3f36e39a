"""What a typed line means: an answer, several answers, a command, a question. Pure."""

from assistant.intents.commands import Vocabulary, vocabulary
from assistant.intents.meaning import (
    Answered,
    AskAbout,
    Blank,
    Command,
    Going,
    Intent,
    InTurn,
    LeftOver,
    Pasted,
    Reading,
    Reply,
    Unclear,
    UnknownCommand,
    shown_first,
)
from assistant.intents.named_answers import is_free_text
from assistant.intents.parse_line import parse_line
from assistant.intents.pasted_table import names_rows
from assistant.intents.question_index import QuestionIndex, names_of
from assistant.intents.reason_line import read_lettered, read_reason
from assistant.intents.selection import LETTERS, is_number, pick, pick_letter
from assistant.intents.suggestions import complete, nearest
from assistant.intents.table_row import row_at_hand

__all__ = [
    "LETTERS",
    "Answered",
    "AskAbout",
    "Blank",
    "Command",
    "Going",
    "InTurn",
    "Intent",
    "LeftOver",
    "Pasted",
    "QuestionIndex",
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
    "row_at_hand",
    "shown_first",
    "vocabulary",
]
