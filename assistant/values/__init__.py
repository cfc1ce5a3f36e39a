"""Text to number and back: the only door for what a person types, pastes or stores."""

from assistant.values.contact_shapes import Shape, read_shaped
from assistant.values.numbers_in_text import Number, find_numbers
from assistant.values.numerals import NUMERAL_CHARACTERS, count_in_words, parse_numeral
from assistant.values.punctuation import half_width_marks, has_end
from assistant.values.read_value import (
    MEASURES,
    TEXT_LIMIT,
    Kind,
    Refusal,
    Value,
    clean_text,
    read,
    read_date,
    read_line,
    read_text,
    read_year,
    wordless,
)

__all__ = [
    "MEASURES",
    "NUMERAL_CHARACTERS",
    "TEXT_LIMIT",
    "Kind",
    "Number",
    "Refusal",
    "Shape",
    "Value",
    "clean_text",
    "count_in_words",
    "find_numbers",
    "half_width_marks",
    "has_end",
    "parse_numeral",
    "read",
    "read_date",
    "read_line",
    "read_shaped",
    "read_text",
    "read_year",
    "wordless",
]
