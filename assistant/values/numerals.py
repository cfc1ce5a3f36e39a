"""Chinese numerals: strict reading of 一百四十五, and the small counts of 两个方面."""

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
