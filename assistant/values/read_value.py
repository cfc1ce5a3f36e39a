"""The grammar of answers: what people type for a number, a date or a line of text."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import Literal, NamedTuple

from assistant.values.characters import is_chinese, is_unseen
from assistant.values.numerals import NUMERAL_CHARACTERS, parse_numeral

Kind = Literal["count", "amount"]
Value = int | Decimal
"""A count is an `int`, an amount a `Decimal` without trailing zeros."""


class Refusal(NamedTuple):
    """Why a text was not understood, for example `Refusal("foreign_unit", {"unit": "条"})`.

    `code` is the key of the sentence in `wording.yaml`, section `refusals`.
    """

    code: str
    details: Mapping[str, object]


DIGIT_LIMIT = 12
"""Digits before the decimal point; larger numbers are slips of the hand."""
DECIMAL_LIMIT = 6
"""Digits after the decimal point of an amount in 万元: cents stay exact."""
TEXT_LIMIT = 20_000
"""Characters of one text answer."""

_KEPT = 100
"""Characters of a text whose reading is kept for the next time."""
_NOTHING = frozenset({"无", "没有", "零", "〇", "无此情况"})
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_FULL_WIDTH = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．－＋％～"}
MEASURES = (
    "人次", "件", "条", "次", "篇", "个", "人", "项", "份", "起", "场", "期", "部", "名", "宗",
    "万元", "元",
)  # fmt: skip
"""Measure words, longer ones first."""
_FORM = re.compile(
    rf"(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?|[{NUMERAL_CHARACTERS}]+)"
    rf"\s*(?P<scale>[百千]?[万亿]?)\s*(?P<unit>{'|'.join(MEASURES)}|)"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?")
_VAGUE = re.compile(r"[余多几来]|约|左右|大概|大约|以上|以下|将近|接近|超过|近|不到|至少|[~～]")
_DATE = re.compile(
    r"([0-9]{4})\s*(?:年|-|/|\.)\s*([0-9]{1,2})\s*(?:月|-|/|\.)\s*([0-9]{1,2})\s*日?"
)

_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DATE_IN_WORDS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def size_of(scale: str) -> int:
    """What a number is multiplied by, `"百万"` -> 1000000; 1 when nothing is written."""
    return prod(_SCALES[mark] for mark in scale)


def to_half_width(text: str) -> str:
    """Turn full-width digits and signs into ASCII, character by character."""
    return text.translate(_FULL_WIDTH)


def read(text: str, kind: Kind, unit: str) -> Value | Refusal:
    """Read one number as typed: `"１２件"` -> 12 where the unit is 件.

    Args:
        text: What was typed, pasted or stored.
        kind: `count` (a whole number) or `amount` (万元, up to six decimals).
        unit: The unit of the answer, for example 件 or 万元.

    Returns:
        The value, or the refusal whose sentence tells what is expected.
    """
    reader = _read if len(text) <= _KEPT else _read.__wrapped__
    return reader(text, kind, unit)


@lru_cache(maxsize=4_000)
def _read(text: str, kind: Kind, unit: str) -> Value | Refusal:
    line = to_half_width(text).strip().strip("\u3000").removesuffix("。").strip()
    if not line:
        return Refusal("empty", {})
    if line in _NOTHING or line == f"无{unit}":
        return 0 if kind == "count" else Decimal(0)
    line = " ".join(line.split())  # a long gap may be split in as many ways as it has blanks
    match = _FORM.fullmatch(line)
    if match is None:
        return _refuse_form(line)
    number, scale, written = match["number"], match["scale"], match["unit"]
    if not written and unit == "万元" and re.search("[万亿]", number + scale):
        written = "元"  # 1.2万 and 十二万五千 in a 万元 cell are the money in full
    is_yuan = (written, unit) == ("元", "万元")
    if written not in ("", unit) and not is_yuan:
        return Refusal("foreign_unit", {"written": written})
    amount = _number(number, scale)
    if isinstance(amount, Refusal):
        return amount
    return _fit(amount / 10_000 if is_yuan else amount, kind)


def _number(written: str, scale: str) -> Decimal | Refusal:
    if written[0] in NUMERAL_CHARACTERS:
        numeral = parse_numeral(written + scale)
        return Refusal("odd_numeral", {}) if numeral is None else Decimal(numeral)
    if ("," in written or "，" in written) and not _GROUPED.fullmatch(written):
        return Refusal("odd_grouping", {})
    digits = written.replace(",", "").replace("，", "")
    if len(digits) > DIGIT_LIMIT + DECIMAL_LIMIT + 1:
        return Refusal("too_large", {})
    return Decimal(digits) * size_of(scale)


def _fit(number: Decimal, kind: Kind) -> Value | Refusal:
    if number >= 10**DIGIT_LIMIT:
        return Refusal("too_large", {})
    if kind == "count":
        return int(number) if number == int(number) else Refusal("not_whole", {})
    if number.quantize(Decimal(1).scaleb(-DECIMAL_LIMIT)) != number:
        return Refusal("too_fine", {"limit": DECIMAL_LIMIT})
    return Decimal(0) if number == 0 else number.normalize()


def _refuse_form(line: str) -> Refusal:
    if re.match(r"[-－−﹣负]\s*[0-9一二两三四五六七八九十]", line):
        return Refusal("negative", {})
    if _VAGUE.search(line) and re.search(rf"[0-9{NUMERAL_CHARACTERS}]", line):
        return Refusal("vague", {})
    if "%" in line or line.startswith("百分之"):
        return Refusal("percent", {})
    if (found := re.fullmatch(r"[0-9][0-9,.，]*\s*([\u4e00-\u9fffA-Za-z]{1,4})", line)) is not None:
        return Refusal("foreign_unit", {"written": found[1]})
    return Refusal("not_a_number", {})


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


_NO_ANSWERS = frozenset(
    {"不知道", "不清楚", "不会填", "同上", "去年的数", "同上年", "同去年"}
    | {"和去年一样", "和上年一样", "与去年相同", "与上年相同"}
)
"""What people type instead of a text; in a report it would be nonsense."""


def clean_text(text: str) -> str | Refusal:
    """Normalise line ends and tabs; refuse characters that a reader would not see.

    Control characters, terminal escapes, direction marks and the private-use characters
    that figures travel in are refused, never dropped.
    """
    if len(text) > TEXT_LIMIT:
        return Refusal("text_too_long", {"limit": TEXT_LIMIT})
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "\u3000")
    for character in set(lines):
        if character != "\n" and is_unseen(character):
            return Refusal("control_character", {"number": f"U+{ord(character):04X}"})
    kept = (line.rstrip(" \u3000\u00a0") for line in lines.split("\n"))
    return "\n".join(line for line in kept if line).strip(" \u3000\u00a0\n")
