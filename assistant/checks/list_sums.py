"""Arithmetic inside a sentence: lists against the total they follow, shares against both."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from assistant.checks.number_claims import legible
from assistant.values import Number, Value, find_numbers
from assistant.values.print_format import show, show_fixed

_LIST_START = re.compile(r"其中|包括|分别是|分别为|具体为")
_COMMA_LIST = re.compile(r"：|(?<=分别是)|(?<=分别为)|(?<=具体为)")
"""After these a list may be parted by commas alone."""
_OPEN_LIST = re.compile(r"等(?:[^级候待于]|$)|主要")
_COMPARES = re.compile(r"(?<!占)比(?![例重])|较|增|减|同期|[上去往前]年|持平")
_BRACKETED = re.compile(r"（[^（）]*）")
_SHARE = re.compile(r"占(?P<base>[^0-9，。；]{0,16}?)(?P<share>[0-9]+(?:\.[0-9]+)?)%(?P<more>.?)")
_ROUGHLY = re.compile(r"约|近|超|不足|接近|达到?以上")
_WHOLE_END = re.compile(r"其中|中(?=[，有])")


class _ListItem(NamedTuple):
    value: Value
    ends_group: bool
    """A comma or semicolon stands behind it, not 、."""


def breakdown_faults(statement: str) -> Iterator[str]:
    """What is wrong with the lists of a statement, as arithmetic: `8+13=21≠20`."""
    line = _BRACKETED.sub("", legible(statement))
    pieces = [line] if len(_LIST_START.findall(line)) == 1 else line.split("；")
    for piece in pieces:
        starts = list(_LIST_START.finditer(piece))
        if len(starts) == 1:
            fault = _breakdown_fault(piece, starts[0])
            if fault:
                yield fault


def _breakdown_fault(line: str, start: re.Match[str]) -> str:
    head, tail = line[: start.start()], line[start.end() :]
    totals = _exact_counts(head)
    if not totals or head.endswith("主要") or _OPEN_LIST.search(tail):
        return ""
    total = totals[-1]
    parts = _parts(tail, total.unit)
    if parts is None or len(parts) < 2:
        return ""
    sums: list[Value] = []
    for position, part in enumerate(parts, start=1):
        if part.ends_group and position > 1:
            sums.append(sum(each.value for each in parts[:position]))
    if total.value in sums:
        return ""
    listed = next(at for at, part in enumerate(parts, start=1) if part.ends_group)
    if listed == 1:
        if not _COMMA_LIST.match(line, start.end()):
            return ""  # 其中A，B，C: where the list ends cannot be told
        listed = len(parts)
    values = [part.value for part in parts[:listed]]
    return f"{'+'.join(map(show, values))}={show(sum(values))}≠{show(total.value)}"


def _parts(tail: str, unit: str) -> list[_ListItem] | None:
    """The listed numbers of one unit; `None` when one of them is vague."""
    parts: list[_ListItem] = []
    for match in re.finditer(r"([^，、；]+)([，、；]?)", tail.rstrip("。！？ \n")):
        piece, mark = match[1], match[2]
        numbers = [
            number
            for number in find_numbers(piece)
            if number.unit not in ("", "%") or (not number.unit and number.end == len(piece))
        ]
        if len(numbers) == 1 and numbers[0].is_vague:
            return None
        if _COMPARES.search(piece) or any(number.unit not in (unit, "") for number in numbers):
            break
        if len(numbers) == 1:
            parts.append(_ListItem(numbers[0].value, mark != "、"))
        elif numbers:
            break
        elif parts and mark != "、":
            parts[-1] = _ListItem(parts[-1].value, ends_group=True)
    if parts:
        parts[-1] = _ListItem(parts[-1].value, ends_group=True)
    return parts


def _exact_counts(text: str) -> list[Number]:
    """What a text counts, changes against last year left out; nothing when the last is vague."""
    numbers = [
        number
        for clause in re.split("[，、；。]", text)
        if not _COMPARES.search(clause)
        for number in find_numbers(clause)
        if number.unit not in ("", "%")
    ]
    return [] if numbers and numbers[-1].is_vague else numbers


def share_faults(sentence: str) -> Iterator[str]:
    """Shares that no total of the sentence yields: `528÷530=99.62%≠99.61%`."""
    line = legible(sentence)
    for match in _SHARE.finditer(line):
        around = line[max(0, match.start() - 1) : match.start()] + match["base"]
        if _ROUGHLY.search(around) or match["more"] in ("左", "以", "多"):
            continue
        ends = list(_WHOLE_END.finditer(line, 0, match.start()))
        if not ends:
            continue
        parts = _exact_counts(line[ends[-1].end() : match.start()])
        wholes = [
            number.value
            for number in _exact_counts(line[: ends[-1].start()])
            if parts and number.unit == parts[-1].unit and number.value >= parts[-1].value > 0
        ]
        places = len(match["share"].partition(".")[2])
        shares = [_share(parts[-1].value, whole, places) for whole in wholes]
        if shares and match["share"] not in shares:
            part, whole = show(parts[-1].value), show(wholes[-1])
            yield f"{part}÷{whole}={shares[-1]}%≠{match['share']}%"


def _share(part: Value, whole: Value, places: int) -> str:
    share = Decimal(part) * 100 / Decimal(whole)
    return show_fixed(share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)
