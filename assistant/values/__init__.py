"""Text to number and back: the only door for what a person types, pastes or stores."""

from assistant.values.marks import half_width_marks, has_end
from assistant.values.numerals import NUMERAL_CHARACTERS, count_in_words, parse_numeral
from assistant.values.prose import Number, find_numbers
from assistant.values.reading import (
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
from assistant.values.shapes import Shape, read_shaped
from assistant.values.showing import show, show_date, show_fixed

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
    "show",
    "show_date",
    "show_fixed",
    "wordless",
]
