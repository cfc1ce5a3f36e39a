"""Own text against the table, against itself and against the report year."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from assistant.checks.check_kinds import Verdict
from assistant.checks.context import CheckContext, Failure
from assistant.claims.accounts import Account
from assistant.claims.line import Sentence, legible
from assistant.form.model import Inspection
from assistant.values import Number, Value, find_numbers, half_width_marks, has_end
from assistant.values.language import any_of, characters_of, words_for
from assistant.values.print_format import show, show_fixed

_STATEMENT_END = re.compile(rf"(?<=[。！？!?\n])(?!\s{{0,20}}+{any_of('list_goes_on')})")
"""A list may begin behind a full stop: 共20份。其中村务8份、财务12份。"""
_TITLED = re.compile(r"《[^》]{0,200}》|〔[^〕]{0,200}〕")
_OWN_YEAR = re.compile(
    rf"(?:^|[，。；、：！？\n])[^\S\n]*+(?P<until>{any_of('until')}{any_of('reached')}?)?"  # 截至
    rf"{any_of('in_time')}?(?:{any_of('own')}[^，。；]{{1,3}})?"  # 在本镇
    rf"(?P<year>[12][0-9]{{3}})年(?P<rest>[^，。；！？\n]*)"  # 2017年共公开3条
)
"""A year that says when the things told happened, not when a law or body came to be."""
_SINCE = re.compile(f"{any_of('year_of_other')}|[—-]")
_AHEAD, _DONE = re.compile(any_of("intention", "ahead")), re.compile(any_of("told_done"))
_DOUBLED = re.compile(
    rf"([\u4e00-\u9fff]{{3,30}})\1"  # 信息公开信息公开
    rf"|(?<![{characters_of('before_doubled_of')}]){any_of('doubled_of')}"
    rf"(?![{characters_of('after_doubled_of')}])"
    rf"|(?<![{characters_of('before_doubled_done')}]){any_of('doubled_done')}"
    rf"(?![{characters_of('after_doubled_done')}])"
    r"|[，。；、,]{2,}"
)
_BRACKETS = str.maketrans("[]（）()【】", "〔〕〔〕〔〕〔〕")

# --- Patterns of lists and shares

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


# --- Against the table


def check_text_number(_: Inspection, case: CheckContext) -> Verdict:
    """Find exact numbers that name a figure and differ from it."""
    return [
        _number_failure(each, case)
        for each in _accounts(case, "number", "contradicts")
        if not _is_vague(each)
    ]


def check_text_vague(_: Inspection, case: CheckContext) -> Verdict:
    """Find vague numbers (140余条) where the table has the exact one."""
    return [
        _number_failure(each, case)
        for each in _accounts(case, "number", "agrees", "contradicts")
        if _is_vague(each)
    ]


def check_text_denied(_: Inspection, case: CheckContext) -> Verdict:
    """Find what own text says there was none of and the table counts."""
    return [
        _word_failure(each, cell, f"0{unit}≠{show(case.numbers[cell])}{unit}", case)
        for each in _accounts(case, "none", "contradicts")
        for cell in each.cells
        if case.numbers.get(cell, 0) > 0
        for unit in (case.answers.edition.unit(cell),)
    ]


def check_text_all(_: Inspection, case: CheckContext) -> Verdict:
    """Find what own text says of all, where the table counts fewer than all."""
    found = []
    for each in _accounts(case, "all", "contradicts"):
        parts, wholes = each.claim.readings[0], each.claim.wholes[0]
        part, whole = case.sum(parts), case.sum(wholes)
        if part is not None and whole is not None:
            unit = case.answers.edition.unit(parts[0])
            sign = "<" if part < whole else ">"
            arithmetic = f"{show(part)}{unit}{sign}{show(whole)}{unit}"
            found.append(_word_failure(each, parts[0], arithmetic, case))
    return found


def check_text_open(_: Inspection, case: CheckContext) -> Verdict:
    """Find sentences with numbers of which it is not known whether they are figures."""
    unknown = [
        Failure((slot,), "、".join(names), slot, {"excerpt": "、".join(names)}, {slot: names[0]})
        for slot, names in case.own.unknown.items()
        if names
    ]
    sentences: dict[tuple[str, int], list[Account]] = {}
    for each in _accounts(case, "", "open"):
        sentences.setdefault((each.slot, each.claim.sentence.at), []).append(each)
    return unknown + [
        Failure(
            (slot,),
            "、".join(each.claim.written for each in told),
            slot,
            {"excerpt": told[0].claim.sentence.text, "count": len(told)},
            {slot: case.own.as_written(slot, told[0].claim.sentence)},
            tuple(told),
        )
        for (slot, _), told in sentences.items()
    ]


def _accounts(case: CheckContext, kind: str, *verdicts: str) -> list[Account]:
    """The accounts of one kind of claim, or of all, that came out in one of these ways."""
    return [
        each
        for each in case.own.accounts
        if kind in ("", each.claim.kind) and each.verdict in verdicts
    ]


def _is_vague(account: Account) -> bool:
    return account.claim.number is not None and account.claim.number.is_vague


def _number_failure(account: Account, case: CheckContext) -> Failure:
    slot, cells, written = account.slot, account.cells, account.claim.written
    edition, value = case.answers.edition, show(account.value or 0)
    values = {cell: show(case.numbers[cell]) for cell in cells if cell in case.numbers}
    return Failure(
        (slot, *cells),
        f"{written}≠{value}{edition.unit(cells[0])}",
        f"{slot}.{cells[0]}",
        {
            "excerpt": account.claim.sentence.text,
            "written": written,
            "value": value + edition.unit(cells[0]),
            "names": edition.quoted(cells),
            "is_several": len(cells) > 1,
        },
        {slot: case.own.as_written(slot, account.claim.sentence), **(values or {cells[0]: value})},
        (account,),
    )


def _word_failure(account: Account, cell: str, arithmetic: str, case: CheckContext) -> Failure:
    value = show(case.numbers[cell])
    return Failure(
        (account.slot, cell),
        arithmetic,
        f"{account.slot}.{cell}",
        {
            "excerpt": account.claim.sentence.text,
            "written": account.claim.written,
            "value": value + case.answers.edition.unit(cell),
        },
        {account.slot: case.own.as_written(account.slot, account.claim.sentence), cell: value},
        (account,),
    )


# --- Against itself and the report year


def check_text_list(_: Inspection, case: CheckContext) -> Verdict:
    """Find lists that do not add up to the total they follow."""
    return [
        _sentence_failure(slot, statement, fault)
        for slot, text in case.own.passages.items()
        for statement in _STATEMENT_END.split(text)
        for fault in _list_faults(statement)
    ]


def check_text_share(_: Inspection, case: CheckContext) -> Verdict:
    """Find shares that the figures or the text itself do not yield, and years not the report's."""
    told = [_share_failure(each, case) for each in _accounts(case, "share", "contradicts")]
    known = {failure.details["excerpt"] for failure in told}
    return told + [
        _sentence_failure(slot, sentence.text, fault)
        for slot, sentence in case.own.sentences
        for fault in (
            *(() if sentence.text in known else _share_faults(sentence.line.text)),
            *_year_faults(sentence, case.answers.year),
        )
    ]


def _share_failure(account: Account, case: CheckContext) -> Failure:
    part, whole = account.claim.readings[0], account.claim.wholes[0]
    sums = [show(case.own.sum(cells) or 0) for cells in (part, whole)]
    places = len(account.claim.written.rstrip("%％").partition(".")[2])
    share = show_fixed(
        Decimal(account.value or 0).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places
    )
    excerpt = account.claim.sentence.text
    arithmetic = f"{sums[0]}÷{sums[1]}={share}%≠{account.claim.written}"
    cells = (account.slot, *account.cells)
    told = {account.slot: case.own.as_written(account.slot, account.claim.sentence)}
    return Failure(cells, arithmetic, account.slot, {"excerpt": excerpt}, told, (account,))


def _year_faults(sentence: Sentence, year: int) -> Iterator[str]:
    bare = _TITLED.sub("", sentence.line.text)
    if f"{year}年" in bare:
        return  # a comparison of two years
    for match in _OWN_YEAR.finditer(bare):
        named = int(match["year"])
        if named < year:
            is_told = match["until"] or not _SINCE.search(match["rest"])
        else:
            is_told = _DONE.search(bare) and not _AHEAD.search(bare)
        if is_told:
            yield f"{named}年≠{year}年"


def check_text_law(_: Inspection, case: CheckContext) -> Verdict:
    """Find laws and format documents that do not fit the report year."""
    terms = [
        (term, words)
        for term in case.answers.edition.outdated
        if case.answers.year in term.years
        and (words := term.words.translate(_BRACKETS))
        and any(words in text.translate(_BRACKETS) for text in case.own.passages.values())
    ]
    return [
        _sentence_failure(slot, sentence.text, "", say=term.say, words=term.words)
        for slot, sentence in case.own.sentences
        for term, words in terms
        if words in sentence.text.translate(_BRACKETS)
    ]


def check_text_doubled(_: Inspection, case: CheckContext) -> Verdict:
    """Find doubled words and marks."""
    return [
        _sentence_failure(slot, sentence.text, "", words=match[0])
        for slot, sentence in case.own.sentences
        for match in _DOUBLED.finditer(sentence.text)
    ]


def check_text_marks(_: Inspection, case: CheckContext) -> Verdict:
    """Find half-width marks, once a sentence, and texts whose last sentence has no end."""
    failures = [
        _sentence_failure(slot, sentence.text, "", words=marks[0])
        for slot, sentence in case.own.sentences
        if (marks := list(half_width_marks(sentence.text)))
    ]
    failures += [
        _sentence_failure(fact.id, text, "", words="")
        for fact in case.answers.edition.facts
        if fact.span == "own" and fact.kind == "text"
        if isinstance(text := case.answers.value(fact.id), str) and not has_end(text)
    ]
    return failures


def _sentence_failure(slot: str, sentence: str, arithmetic: str, **details: object) -> Failure:
    excerpt = sentence.strip()
    return Failure((slot,), arithmetic, slot, {"excerpt": excerpt, **details}, {slot: excerpt})


# --- Lists and shares


class _ListItem(NamedTuple):
    value: Value
    ends_group: bool
    """A comma or semicolon stands behind it, not 、."""


def _list_faults(statement: str) -> Iterator[str]:
    """What is wrong with the lists of a statement, as arithmetic: `8+13=21≠20`."""
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


def _share_faults(line: str) -> Iterator[str]:
    """Shares that no total of a sentence yields: `528÷530=99.62%≠99.61%`."""
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
        if all(_share(part, whole, places) != written for whole in dict.fromkeys(wholes)):
            last = _share(part, wholes[-1], places)
            yield f"{show(part)}÷{show(wholes[-1])}={last}%≠{written}%"


def _share(part: Value, whole: Value, places: int) -> str:
    share = Decimal(part) * 100 / Decimal(whole)
    return show_fixed(share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)


TEXT: Mapping[str, Callable[[Any, CheckContext], Verdict]] = {
    "text_number": check_text_number,
    "text_vague": check_text_vague,
    "text_denied": check_text_denied,
    "text_all": check_text_all,
    "text_open": check_text_open,
    "text_list": check_text_list,
    "text_share": check_text_share,
    "text_law": check_text_law,
    "text_doubled": check_text_doubled,
    "text_marks": check_text_marks,
}
