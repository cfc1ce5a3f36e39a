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
from assistant.intents.line import Standing, is_free_text, read_typed
from assistant.intents.meaning import (
    AboutNumber,
    Answered,
    AskAbout,
    Blank,
    Command,
    Entries,
    Explained,
    Going,
    Intent,
    InTurn,
    Meant,
    NoSuchValue,
    NumberIs,
    NumbersOf,
    OneNumber,
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
from assistant.intents.plain_speech import option_said
from assistant.intents.question_index import QuestionIndex, names_of
from assistant.intents.row_answers import row_at_hand
