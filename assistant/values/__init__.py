"""Text to number and back: the only way in for what a person types, pastes or stores."""

from assistant.values.characters import first_clause, half_width_marks, has_end, last_clause
from assistant.values.numbers import (
    MEASURES,
    NUMBERS,
    NUMERAL_CHARACTERS,
    Kind,
    Number,
    Refusal,
    Value,
    count_in_words,
    find_numbers,
    parse_numeral,
    read,
    to_half_width,
)
from assistant.values.shares import find_shares
from assistant.values.texts import (
    TEXT_LIMIT,
    Shape,
    clean_text,
    read_date,
    read_line,
    read_shaped,
    read_text,
    read_year,
    wordless,
)
