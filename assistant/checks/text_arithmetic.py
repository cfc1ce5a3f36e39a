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
_GOES_ON = re.compile(f"[，；](?:{any_of('begins_anew')})")
_LAST_ITEM = re.compile(f"，{any_of('and_at_last')}")
_NUMBER_SIZE = 24
"""Characters that a number with its unit has at most."""
_GROWTH = re.compile(  # 2024年公布1975份，2025年公布2180份，增长10.4%
    r"[12][0-9]{3}年(?P<then>[^，。；]{0,30})，(?:[12][0-9]{3}年)?(?P<now>[^，。；]{0,30})，"
    rf"(?:{any_of('compared_with')})?(?P<way>{any_of('grown', 'shrunk')})了?"
    rf"(?P<share>[0-9]+(?:\.[0-9]+)?)%(?P<more>.?)"
)


class _ListItem(NamedTuple):
    value: Value
    ends_group: bool
    """A comma or semicolon stands behind it, not 、."""


def list_faults(statement: str) -> Iterator[str]:
    """What is wrong with the lists of a statement, as arithmetic: `8+13=21≠20`."""
    is_listed = _LIST_START.search(statement) is not None
    if not is_listed and "（" not in statement and "(" not in statement:
        return
    line = legible(statement).text
    for bracket in _BRACKETED.finditer(line):
        yield from _bracket_faults(line[: bracket.start()], bracket[0][1:-1])
    if not is_listed:
        return
    line = _BRACKETED.sub("", line)
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
        is_closed = start[0] in _LISTS_BY_COMMA or line.startswith("：", start.end())
        if not is_closed and not _is_too_much(parts, total, tail):
            return ""  # 其中A，B，C: where the list ends cannot be told
        listed = len(parts)
    values = [part.value for part in parts[:listed]]
    return f"{'+'.join(map(show, values))}={show(sum(values))}≠{show(total.value)}"


def _is_too_much(parts: list[_ListItem], total: Number, tail: str) -> bool:
    """Whether parts exceed their whole wherever the list ends: 其中A1744条，B393条，C21条."""
    values = [part.value for part in parts]
    if sum(values) <= total.value or _GOES_ON.search(tail):
        return False
    return max(values) < total.value or _LAST_ITEM.search(tail) is not None


def _bracket_faults(before: str, listed: str) -> Iterator[str]:
    """What is wrong with a list right behind its total: 40条（网站30条、微信20条）."""
    numbers = find_numbers(before[-_NUMBER_SIZE:])
    if not numbers or numbers[-1].end != len(before[-_NUMBER_SIZE:]) or numbers[-1].is_vague:
        return
    total, parts = numbers[-1], _parts(listed, numbers[-1].unit)
    pieces = sum(1 for piece in _PIECE.finditer(listed))
    if not parts or len(parts) < 2 or len(parts) < pieces or _OPEN_LIST.search(listed):
        return
    values = [part.value for part in parts]
    if sum(values) != total.value:
        yield f"{'+'.join(map(show, values))}={show(sum(values))}≠{show(total.value)}"


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

    What clauses were found to count before is known; new ones are added.
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
    yield from _growth_faults(line)
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


def _growth_faults(line: str) -> Iterator[str]:
    """Changes between two years that their counts do not yield: `(2180-1975)÷1975=10.4%≠20.4%`."""
    for match in _GROWTH.finditer(line):
        clauses = (match["then"], match["now"])
        counts = [number for clause in clauses for number in find_numbers(clause)]
        if len(counts) != 2 or counts[0].unit != counts[1].unit or match["more"] in _MORE:
            continue
        then, now = (each[: count.start] for each, count in zip(clauses, counts, strict=True))
        if not then.startswith(now) or any(count.is_vague for count in counts):
            continue  # 走访160人次，培训200人次
        before, after = counts[0].value, counts[1].value
        least, most = sorted((before, after))
        places = len(match["share"].partition(".")[2])
        grown = share(most - least, before, places) if before > 0 else match["share"]
        if grown != match["share"]:
            yield f"（{show(most)}-{show(least)}）÷{show(before)}={grown}%≠{match['share']}%"
