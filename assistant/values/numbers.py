"""Numbers: as people type them, as Chinese numerals, and inside running text."""

import re
from collections.abc import Mapping
from decimal import Decimal
from math import prod
from typing import Literal, NamedTuple

from assistant.values.language import any_of, characters_of, words_for

Kind = Literal["count", "amount", "change"]
NUMBERS = ("count", "amount")
"""Kinds of questions that a number answers."""
"""A change is a count with a sign, more or fewer than the year before; only read forms have one."""
Value = int | Decimal
"""A count or change is an `int`, an amount a `Decimal` without trailing zeros."""


class Refusal(NamedTuple):
    """Why a text was not understood, for example `Refusal("foreign_unit", {"unit": "条"})`.

    `code` is the key of the sentence in `wording.yaml`, section `refusals`.
    """

    code: str
    details: Mapping[str, object]


# --- Chinese numerals: strict reading of 一百四十五, and the small counts of 两个方面

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = (("亿", 10**8), ("万", 10**4))
_LENGTH_LIMIT = 30
"""Characters of a numeral; one below a million million has at most 23."""
NUMERAL_CHARACTERS = "零〇一二两三四五六七八九十百千万亿"


def parse_numeral(text: str) -> int | None:
    """Read a Chinese numeral, `"一百四十五"` -> 145; `None` when it is not exactly one.

    Colloquial short forms (一百二, 三万五) and digit strings (二〇一七) are not read: they can
    mean two numbers.
    """
    if len(text) > _LENGTH_LIMIT:
        return None
    for name, size in _MYRIADS:
        head, mark, tail = text.partition(name)
        if not mark:
            continue
        upper = parse_numeral(head) if head else None
        lower = _parse_lower(tail, size) if tail else 0
        if not upper or lower is None:
            return None
        return upper * size + lower
    return _parse_section(text)


def _parse_lower(tail: str, size: int) -> int | None:
    """Read what follows 万 or 亿; a gap in the places needs 零, and ten is 一十 there."""
    has_zero = tail[0] in "零〇"
    rest = tail[1:] if has_zero else tail
    number = parse_numeral(rest)
    if number is None or number >= size or number == 0 or rest.startswith("十"):
        return None
    if has_zero != (number < size // 10):
        return None
    return number


def _parse_section(text: str) -> int | None:
    """Read a numeral below ten thousand."""
    if text in ("零", "〇"):
        return 0
    total, last_place, gap, rest = 0, 10_000, False, text
    while rest:
        if rest[0] in "零〇":
            if gap or not total:
                return None
            gap, rest = True, rest[1:]
            continue
        step = _take_step(rest, is_first=not total)
        if step is None:
            return None
        digit, place, rest = step
        if place >= last_place or gap != (total > 0 and place < last_place // 10):
            return None
        total, last_place, gap = total + digit * place, place, False
    return None if gap or not text else total


def _take_step(rest: str, *, is_first: bool) -> tuple[int, int, str] | None:
    """Take one digit with its place, `"四十五"` -> `(4, 10, "五")`."""
    if rest[0] == "十" and is_first:
        return 1, 10, rest[1:]
    digit = _DIGITS.get(rest[0], 0)
    if not digit:
        return None
    place = _PLACES.get(rest[1:2], 1)
    if rest[0] == "两" and (place == 10 or (place == 1 and not is_first)):
        return None
    return digit, place, rest[2:] if place > 1 else rest[1:]


_SMALL = "零一二三四五六七八九十"


def count_in_words(number: int) -> str:
    """Write a count from 1 to 99 before a measure word, 2 -> `"两"`, 12 -> `"十二"`.

    Raises:
        ValueError: The number lies outside 1 to 99.
    """
    if number == 2:
        return "两"
    if not 1 <= number <= 99:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    words = "" if tens == 0 else "十" if tens == 1 else _SMALL[tens] + "十"
    return words + (_SMALL[ones] if ones else "")


# --- One number as typed

DIGIT_LIMIT = 12
"""Digits before the decimal point; larger numbers are slips of the hand."""
DECIMAL_LIMIT = 6
"""Digits after the decimal point of an amount in 万元: cents stay exact."""
MEASURES = words_for("measure")
"""Measure words, longer ones first."""
_MEASURE = any_of("measure")
_ZERO = frozenset(words_for("nothing", "zero"))
_NONE_OF = words_for("none_of")
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_SCALE = "[百千]?[万亿]?"
_FULL_WIDTH = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．－＋％～"}
_FORM = re.compile(  # 1,234件; 1.2 万 元; 一百四十五
    rf"(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?|[{NUMERAL_CHARACTERS}]+)"
    rf" ?(?P<scale>{_SCALE}) ?(?P<unit>{_MEASURE}|)"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?")
_VAGUE = re.compile(rf"{any_of('some_more', 'about', 'fewer', 'around', 'bound')}|[~～]")
_NEGATIVE = re.compile(rf"(?:[-－−﹣]|{any_of('minus')})\s*[0-9一二两三四五六七八九十]")
_CHANGED = re.compile(  # +3, -2项, 减少2, 增3
    rf"(?:(?P<down>[-−﹣]|{any_of('minus', 'change_down')})|[+]|{any_of('change_up')}) ?(?=[^ ])"
)
_FOREIGN = re.compile(r"[0-9][0-9,.，]*\s*([\u4e00-\u9fffA-Za-z]{1,4})")  # 3 桶


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
        kind: `count` (a whole number), `amount` (万元, up to six decimals) or `change` (a whole
            number, perhaps with a sign).
        unit: The unit of the answer, for example 件 or 万元.

    Returns:
        The value, or the refusal whose sentence tells what is expected.
    """
    if kind == "change":
        return _read_change(text, unit)
    if len(text) <= DIGIT_LIMIT and text.isascii() and text.isdecimal():  # nearly every answer
        return int(text) if kind == "count" else _fit(Decimal(text), kind)
    line = to_half_width(text).strip().strip("\u3000").removesuffix("。").strip()
    if not line:
        return Refusal("empty", {})
    if line in _ZERO or (line.endswith(unit) and line.removesuffix(unit) in _NONE_OF):
        return 0 if kind == "count" else Decimal(0)
    line = " ".join(line.split())  # a long gap may be split in as many ways as it has blanks
    match = _FORM.fullmatch(line)
    if match is None:
        return _refuse_form(line)
    number, scale, written = match["number"], match["scale"], match["unit"]
    if not written and unit == "万元" and re.search("[万亿]", number + scale):
        written = "元"  # 1.2万 and 十二万五千 in a 万元 cell are the money in full
    is_yuan = (written, unit) == ("元", "万元")
    is_any = kind == "count" and written in _ANY_MEASURE
    if written not in ("", unit) and not is_yuan and not is_any:
        return Refusal("foreign_unit", {"written": written})
    amount = _number(number, scale)
    if isinstance(amount, Refusal):
        return amount
    return _fit(amount / 10_000 if is_yuan else amount, kind)


def _read_change(text: str, unit: str) -> Value | Refusal:
    """Read a count with the sign before it, `"减少2项"` -> -2."""
    line = to_half_width(text).strip()
    sign = _CHANGED.match(line)
    number = read(line[sign.end() :] if sign else line, "count", unit)
    is_down = sign is not None and sign["down"] and not isinstance(number, Refusal)
    return -number if is_down else number  # type: ignore[operator]


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
    if _NEGATIVE.match(line):
        return Refusal("negative", {})
    if _VAGUE.search(line) and re.search(rf"[0-9{NUMERAL_CHARACTERS}]", line):
        return Refusal("vague", {})
    if "%" in line or line.startswith(words_for("percent")):
        return Refusal("percent", {})
    if (found := _FOREIGN.fullmatch(line)) is not None:
        return Refusal("foreign_unit", {"written": found[1]})
    return Refusal("not_a_number", {})


# --- Numbers inside running text

_ARABIC = re.compile(  # 1,234余 条; 3百万次; 99.61%
    rf"(?P<some>)(?P<digits>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)(?P<scale>{_SCALE})"
    rf"(?P<vague>{any_of('some_more')}?)\s*(?P<unit>{_MEASURE}|%|)"
)
_CHINESE = re.compile(  # 三件; 数十件; not 第三条, 一次性
    rf"(?<![{characters_of('before_ordinal')}{NUMERAL_CHARACTERS}])"
    rf"(?P<some>(?<!{any_of('before_sum')}){any_of('some_tens')}(?=[十百千万亿])|)"
    rf"(?P<digits>[{NUMERAL_CHARACTERS}]+)(?P<scale>)(?P<vague>{any_of('some_more')}?)"
    rf"(?P<unit>{_MEASURE})(?!{any_of('no_measure')})"
)
_LONGEST = 100
"""Digits of a number that is worked out."""
_ENDLESS = Decimal(10) ** _LONGEST
"""What a longer one is taken for: more than anything that is counted."""
_ROUGHLY = re.compile(rf"{any_of('about', 'about_next_to')}\s?$")
_ANY_MEASURE = words_for("any_measure")
_MORE_OR_LESS = words_for("more_or_less")


class Number(NamedTuple):
    """A number in a text, for example 140余条 -> `Number(3, 8, 140, "条", True)`."""

    start: int
    end: int
    """Just behind the unit."""
    value: Value
    unit: str
    """Measure word, `%`, or empty."""
    is_vague: bool
    low: Value = 0
    """The least that it may stand for; itself where it is exact."""
    high: Value = 0
    """The most, itself included."""

    def may_be(self, value: Value) -> bool:
        """Whether it may stand for a value: 140余 for 145, 145 for nothing else."""
        return self.low <= value <= self.high if self.is_vague else value == self.value


def find_numbers(text: str) -> list[Number]:
    """Every number of a text in order; Chinese numerals only before a measure word."""
    line = to_half_width(text)
    found = [
        number
        for pattern in (_ARABIC, _CHINESE)
        for match in pattern.finditer(line)
        if (number := _read_match(match, line)) is not None
    ]
    return sorted(found)


def _read_match(match: re.Match[str], line: str) -> Number | None:
    digits, scale, unit = match["digits"], match["scale"], match["unit"]
    value: Value
    if digits[0] in NUMERAL_CHARACTERS:
        numeral = parse_numeral(digits)
        if numeral is None:
            return None
        value = numeral
    else:
        plain = digits.replace(",", "")
        scaled = Decimal(plain) * size_of(scale) if len(plain) <= _LONGEST else _ENDLESS
        if unit == "元" and scale.endswith("万"):
            scaled, unit = scaled / 10_000, "万元"
        value = int(scaled) if scaled == int(scaled) and unit != "万元" else scaled.normalize()
    start, end = match.span()
    before = _ROUGHLY.search(line[:start][-4:]) if start else None
    is_around = end < len(line) and line.startswith(_MORE_OR_LESS, end)
    is_more = bool(match["some"] or match["vague"])
    if not (is_more or before or is_around):
        return Number(start, end, value, unit, False, value, value)  # noqa: FBT003
    step = _last_place(digits, scale) if is_more else 0
    low, high = _reach(value, step, before[0].strip() if before else "")
    return Number(start, end, value, unit, True, low, high)  # noqa: FBT003


def _last_place(digits: str, scale: str) -> Decimal:
    """The size of the last place that is written and not zero: 10 of 140, 1000 of 1.5万."""
    if digits[0] in NUMERAL_CHARACTERS:
        return Decimal(10)
    whole, _, places = digits.replace(",", "").partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(size_of(scale)).scaleb(-len(places) if places else zeros)


def _reach(value: Value, step: Decimal | int, word: str) -> tuple[Value, Value]:
    """The least and the most that a vague number stands for."""
    exact = Decimal(value)
    if step:
        return value, exact + step
    if word in words_for("about_below"):
        return exact * Decimal("0.8"), value
    if word in words_for("about_above"):
        return value, exact * Decimal("1.2")
    return exact * Decimal("0.95"), exact * Decimal("1.05")
