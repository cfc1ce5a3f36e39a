"""Dates, years, lines and texts as people type them; lines of a fixed shape."""

import re
import unicodedata
from datetime import date
from typing import Literal

from assistant.values.characters import is_chinese, is_unseen
from assistant.values.language import words_for
from assistant.values.numbers import Refusal, parse_numeral, to_half_width

TEXT_LIMIT = 20_000
"""Characters of one text answer."""
_NO_ANSWERS = frozenset(words_for("no_answer"))
_DATE = re.compile(
    r"([0-9]{4})\s*(?:年|-|/|\.)\s*([0-9]{1,2})\s*(?:月|-|/|\.)\s*([0-9]{1,2})\s*日?"
)

_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DATE_IN_WORDS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def read_date(text: str) -> date | Refusal:
    """Read a date: `"2018年3月5日"`, `"2018-03-05"`, `"2018/3/5"`, `"二〇一八年三月五日"`."""
    line = to_half_width(text).strip()
    if not line:
        return Refusal("empty", {})
    match = _DATE.fullmatch(line)
    parts: list[int | None] = [int(part) for part in match.groups()] if match else []
    if in_words := _DATE_IN_WORDS.fullmatch(line):
        parts = [read_year(in_words[1]), *map(parse_numeral, in_words.groups()[1:])]
    if not parts or None in parts:
        return Refusal("not_a_date", {})
    try:
        return date(*map(int, filter(None, parts)))
    except (ValueError, TypeError):
        return Refusal("no_such_date", {})


def read_year(text: str) -> int | None:
    """Read a year in digits of either script: `"2017"`, `"２０１７"`, `"二〇一七"`."""
    digits = to_half_width(text).translate(_YEAR_DIGITS)
    return int(digits) if re.fullmatch("[0-9]{4}", digits) else None


def read_line(text: str) -> str | Refusal:
    """Read one line of text: no line breaks, no control characters, not empty."""
    line = _read_words(text)
    return Refusal("line_break", {}) if isinstance(line, str) and "\n" in line else line


def read_text(text: str) -> str | Refusal:
    """Read text of one or several lines, as typed but for outer white space and line ends."""
    words = _read_words(text)
    return wordless(words) or words if isinstance(words, str) else words


def wordless(text: str) -> Refusal | None:
    """The refusal of a text without words: a digit or a letter was meant for something else."""
    has_words = any(map(is_chinese, text)) or sum(map(str.isalpha, text)) > 1
    return None if has_words else Refusal("no_answer", {"text": text})


def _read_words(text: str) -> str | Refusal:
    cleaned = clean_text(text)
    if isinstance(cleaned, Refusal):
        return cleaned
    if not cleaned:
        return Refusal("empty", {})
    if cleaned.rstrip("。？?") in _NO_ANSWERS:
        return Refusal("no_answer", {"text": cleaned})
    return cleaned


def clean_text(text: str) -> str | Refusal:
    """Normalise line ends and tabs; refuse characters that a reader would not see.

    Control characters, terminal escapes, direction marks and the private-use characters
    that figures travel in are refused, never dropped.
    """
    if len(text) > TEXT_LIMIT:
        return Refusal("text_too_long", {"limit": TEXT_LIMIT})
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "\u3000")
    for character in () if lines.isprintable() else set(lines):
        if character != "\n" and is_unseen(character):
            return Refusal("control_character", {"number": f"U+{ord(character):04X}"})
    kept = (line.rstrip(" \u3000\u00a0") for line in lines.split("\n"))
    return "\n".join(line for line in kept if line).strip(" \u3000\u00a0\n")


Shape = Literal["postcode", "phone", "email", "url"]

_NUMBER = r"(?:\+?\(?[0-9](?:[() -]{0,2}[0-9]){6,14}(?:转[0-9]{1,6})?|1[0-9]{4})"
"""A telephone number of seven digits and more, or a hotline such as 12345."""
_SHAPES: dict[Shape, re.Pattern[str]] = {
    "postcode": re.compile(r"[0-9]{6}"),
    "phone": re.compile(rf"{_NUMBER}(?:[、,;/]{_NUMBER})*"),
    "email": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "url": re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/:?#]\S*)?"),
}

_CODES: dict[Shape, str] = {
    "postcode": "not_a_postcode",
    "phone": "not_a_phone",
    "email": "not_an_email",
    "url": "not_a_url",
}


def read_shaped(text: str, shape: Shape) -> str | Refusal:
    """Read a line of a shape; full-width letters, digits and marks become half-width.

    `read_shaped("１０００００", "postcode")` gives "100000"; the refusal's code names the
    shape, for example `not_a_postcode`.
    """
    line = read_line(text)
    if isinstance(line, Refusal):
        return line
    narrow = unicodedata.normalize("NFKC", line).replace("—", "-").replace("–", "-")
    if _SHAPES[shape].fullmatch(narrow) is None:
        return Refusal(_CODES[shape], {"text": line})
    return narrow
