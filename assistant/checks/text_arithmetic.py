"""Lists and shares of a text worked out by themselves: `8+13=21≠20`, `528÷530=99.62%≠99.61%`."""

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from assistant.answers import share
from assistant.claims.line import legible
from assistant.values import Number, Value, find_numbers
from assistant.values.language import any_of, characters_of, words_for
from assistant.values.print_format import show

STATEMENT_END = re.compile(rf"(?<=[。！？!?\n])(?!\s{{0,20}}+{any_of('list_goes_on')})")
"""A list may begin behind a full stop: 共20份。其中村务8份、财务12份。"""

_LIST_START = re.compile(any_of("list_start", "list_of"))
_LISTS_BY_COMMA = words_for("list_of")
_OPEN_LIST = re.compile(  # 网络申请等
    rf"{any_of('and_so_on')}(?:[^{characters_of('not_and_so_on')}]|$)|{any_of('mainly')}"
)
_COMPARES = re.compile(  # 比上年增加; not 占比, 比例
    rf"(?<!{any_of('share')}){any_of('than')}(?!{any_of('ratio')})|{any_of('compared')}"
)
_BRACKETED = re.compile(r"（[^（）]*）")
_PIECE = re.compile(r"([^，、；]+)([，、；]?)")
_CLAUSE_END = re.compile("[，、；。]")
_SHARE = re.compile(  # 占申请总数99.61%
    rf"{any_of('share')}(?P<base>[^0-9，。；]{{0,16}}?)(?P<share>[0-9]+(?:\.[0-9]+)?)%(?P<more>.?)"
)
_ROUGHLY, _MORE = re.compile(any_of("about_share")), words_for("more_share")
_WHOLE_END = re.compile(rf"{any_of('among')}|{any_of('part_of')}(?=，|{any_of('has')})")
_MAINLY = words_for("mainly")


class _ListItem(NamedTuple):
    value: Value
    ends_group: bool
    """A comma or semicolon stands behind it, not 、."""


def list_faults(statement: str) -> Iterator[str]:
    """What is wrong with the lists of a statement, as arithmetic: `8+13=21≠20`."""
    if not _LIST_START.search(statement):
        return
    line = _BRACKETED.sub("", legible(statement).text)
    pieces = [line] if len(_LIST_START.findall(line)) == 1 else line.split("；")
    for piece in pieces:
        starts = list(_LIST_START.finditer(piece))
        if len(starts) == 1:
            fault = _list_fault(piece, starts[0])
            if fault:
                yield fault


def _list_fault(line: str, start: re.Match[str]) -> str:
    head, tail = line[: start.start()], line[start.end() :]
    totals = _exact_counts(head, {})
    if not totals or head.endswith(_MAINLY) or _OPEN_LIST.search(tail):
        return ""
    total = totals[-1]
    parts = _parts(tail, total.unit)
    if parts is None or len(parts) < 2:
        return ""
    sums = list(accumulate(part.value for part in parts))
    if any(part.ends_group and sums[at] == total.value for at, part in enumerate(parts) if at):
        return ""
    listed = next(at for at, part in enumerate(parts, start=1) if part.ends_group)
    if listed == 1:
        if start[0] not in _LISTS_BY_COMMA and not line.startswith("：", start.end()):
            return ""  # 其中A，B，C: where the list ends cannot be told
        listed = len(parts)
    values = [part.value for part in parts[:listed]]
    return f"{'+'.join(map(show, values))}={show(sum(values))}≠{show(total.value)}"


def _parts(tail: str, unit: str) -> list[_ListItem] | None:
    """The listed numbers of one unit; `None` when one of them is vague."""
    parts: list[_ListItem] = []
    for match in _PIECE.finditer(tail.rstrip("。！？ \n")):
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


def _exact_counts(text: str, known: dict[str, list[Number]]) -> list[Number]:
    """What a text counts, changes against last year left out; nothing when the last is vague.

    Args:
        text: A part of a sentence.
        known: What clauses were found to count before; new ones are added.
    """
    numbers: list[Number] = []
    for clause in _CLAUSE_END.split(text):
        if clause not in known:
            found = [] if _COMPARES.search(clause) else find_numbers(clause)
            known[clause] = [number for number in found if number.unit not in ("", "%")]
        numbers += known[clause]
    return [] if numbers and numbers[-1].is_vague else numbers


def share_faults(line: str) -> Iterator[str]:
    """Shares that no total of a sentence yields: `528÷530=99.62%≠99.61%`."""
    if "%" not in line:
        return
    known: dict[str, list[Number]] = {}
    ends = list(_WHOLE_END.finditer(line))
    for match in _SHARE.finditer(line):
        around = line[max(0, match.start() - 1) : match.start()] + match["base"]
        if _ROUGHLY.search(around) or match["more"] in _MORE:
            continue
        before = bisect(ends, match.start(), key=re.Match.end)
        if not before:
            continue
        end = ends[before - 1]
        parts = _exact_counts(line[end.end() : match.start()], known)
        wholes = [
            number.value
            for number in (_exact_counts(line[: end.start()], known) if parts else ())
            if number.unit == parts[-1].unit and number.value >= parts[-1].value > 0
        ]
        if not wholes:
            continue
        written, part = match["share"], parts[-1].value
        places = len(written.partition(".")[2])
        if all(share(part, whole, places) != written for whole in dict.fromkeys(wholes)):
            last = share(part, wholes[-1], places)
            yield f"{show(part)}÷{show(wholes[-1])}={last}%≠{written}%"
