"""Own text against the table, against itself and against the report year."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from assistant.checks.case import Case, Failure
from assistant.checks.kinds import Verdict
from assistant.schema import Edition, bare_quotes
from assistant.values import Number, Value, find_numbers, show, show_fixed

_SENTENCE_END = re.compile(r"(?<=[。；！？\n])")
_BEFORE_NUMBER = (
    r"(?:总数|数量|数)?(?:[为是有共计达约近逾]|共有|共计|总计|合计|累计|达到|超过|[：:])*"
)
_AFTER_NUMBER = r"(?:的|政府信息公开)?"
_LIST_START = re.compile(r"其中|包括|分别是|分别为|具体为")
_OPEN_LIST = re.compile(r"等(?:[^级候待于]|$)")
_SHARE = re.compile(r"占[^0-9，。；]{0,16}?(?P<share>[0-9]+(?:\.[0-9]+)?)[%％]")
_YEAR = re.compile(r"(?<![0-9〔（(第])([12][0-9]{3})年")
_NAMED = re.compile(r"《[^》]*》|〔[^〕]*〕")
_LOOKS_BACK = re.compile(r"比|较|上年|去年|以来|自|起施行|印发|公布|发布的")
_LOOKS_AHEAD = re.compile(r"将|计划|拟|下一步|明年|打算")
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{3,10})\1|的的|了了|[，。；、]{2,}")


def passages(case: Case) -> Iterator[tuple[str, str]]:
    """Every text answer that is the body's own: its cell and its text."""
    for fact in case.answers.edition.facts:
        value = case.answers.value(fact.id) if fact.span == "own" else None
        if isinstance(value, str):
            yield fact.id, value
        elif isinstance(value, tuple) and fact.kind == "list":
            lines = [
                entry
                for row in value
                if isinstance(row, dict)
                for entry in row.values()
                if isinstance(entry, str)
            ]
            yield fact.id, "\n".join(lines)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text with their closing marks."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


@lru_cache(maxsize=8)
def _lexicon(edition: Edition) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns that find a name directly before and directly behind a number."""
    words = sorted(edition.spoken_names, key=lambda word: -len(word))
    names = "|".join(re.escape(word) for word in words)
    return (
        re.compile(rf"(?P<name>{names}){_BEFORE_NUMBER}$"),
        re.compile(rf"{_AFTER_NUMBER}(?P<name>{names})"),
    )


def _named_cell(text: str, number: Number, case: Case) -> str:
    """The indicator that stands beside a number and has its unit; empty when none does."""
    edition = case.answers.edition
    before, behind = _lexicon(edition)
    clause = re.split(r"[，。；、：\n]", text[: number.start])[-1]
    found = before.search(clause) or behind.match(text, number.end)
    cell = edition.spoken_names[found["name"]] if found else ""
    return cell if cell and edition.unit(cell) == number.unit else ""


def _numbers_with_cells(case: Case) -> Iterator[tuple[str, str, Number, str]]:
    for slot, text in passages(case):
        for sentence in sentences_of(bare_quotes(text)):
            for number in find_numbers(sentence):
                cell = _named_cell(sentence, number, case)
                if cell and cell in case.numbers:
                    yield slot, sentence.strip(), number, cell


def check_text_number(_: Any, case: Case) -> Verdict:
    """Find exact numbers that name an indicator and differ from it."""
    return [
        _number_failure(slot, sentence, number, cell, case)
        for slot, sentence, number, cell in _numbers_with_cells(case)
        if not number.is_vague and Decimal(number.value) != case.numbers[cell]
    ]


def check_text_vague(_: Any, case: Case) -> Verdict:
    """Find vague numbers (140余条) where the table has the exact one."""
    return [
        _number_failure(slot, sentence, number, cell, case)
        for slot, sentence, number, cell in _numbers_with_cells(case)
        if number.is_vague
    ]


def _number_failure(slot: str, sentence: str, number: Number, cell: str, case: Case) -> Failure:
    value = show(case.numbers[cell])
    written = sentence[number.start : number.end]
    return Failure(
        (slot, cell),
        f"{written}≠{value}{number.unit}",
        f"{slot}.{cell}",
        {"excerpt": sentence, "written": written, "value": f"{value}{number.unit}"},
        {slot: sentence, cell: value},
    )


def check_text_list(_: Any, case: Case) -> Verdict:
    """Find lists that do not add up to the total they follow."""
    failures = []
    for slot, text in passages(case):
        for sentence in sentences_of(text):
            arithmetic = _list_fault(sentence)
            if arithmetic:
                failures.append(_sentence_failure(slot, sentence, arithmetic))
    return failures


def _list_fault(sentence: str) -> str:
    starts = list(_LIST_START.finditer(sentence))
    if len(starts) != 1 or _OPEN_LIST.search(sentence, starts[0].end()):
        return ""
    numbers = [number for number in find_numbers(sentence) if number.unit not in ("", "%")]
    heads = [number for number in numbers if number.end <= starts[0].start()]
    if not heads:
        return ""
    total = heads[-1]
    parts = [
        number.value
        for number in numbers
        if number.start >= starts[0].end() and number.unit == total.unit
    ]
    if len(parts) < 2 or sum(parts) == total.value:
        return ""
    terms = "+".join(show(part) for part in parts)
    return f"{terms}={show(sum(parts))}≠{show(total.value)}"


def check_text_share(_: Any, case: Case) -> Verdict:
    """Find shares that cannot be recomputed and years that are not the report's."""
    failures = []
    for slot, text in passages(case):
        for sentence in sentences_of(text):
            faults = [*_share_faults(sentence), *_year_faults(sentence, case.answers.year)]
            failures += [_sentence_failure(slot, sentence, fault) for fault in faults]
    return failures


def _share_faults(sentence: str) -> Iterator[str]:
    numbers = [number for number in find_numbers(sentence) if number.unit not in ("", "%")]
    for match in _SHARE.finditer(sentence):
        parts = [number for number in numbers if number.end <= match.start()]
        wholes = [number for number in parts[:-1] if number.unit == parts[-1].unit]
        if not wholes:
            continue
        part, whole = parts[-1].value, wholes[0].value
        written = match["share"]
        if whole and part <= whole:
            true = _share(part, whole, len(written.partition(".")[2]))
            if true != written:
                yield f"{show(part)}÷{show(whole)}={true}%≠{written}%"


def _share(part: Value, whole: Value, places: int) -> str:
    share = Decimal(part) * 100 / Decimal(whole)
    return show_fixed(share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)


def _year_faults(sentence: str, year: int) -> Iterator[str]:
    bare = _NAMED.sub("", sentence)
    for match in _YEAR.finditer(bare):
        named = int(match[1])
        looks_back = named < year and _LOOKS_BACK.search(bare)
        looks_ahead = named > year and _LOOKS_AHEAD.search(bare)
        if named != year and not looks_back and not looks_ahead:
            yield f"{named}年≠{year}年"


def check_text_law(_: Any, case: Case) -> Verdict:
    """Find laws and format documents that do not fit the report year."""
    terms = [term for term in case.answers.edition.outdated if case.answers.year in term.years]
    return [
        _sentence_failure(slot, sentence, "", say=term.say, words=term.words)
        for slot, text in passages(case)
        for sentence in sentences_of(text)
        for term in terms
        if term.words in sentence
    ]


def check_text_doubled(_: Any, case: Case) -> Verdict:
    """Find doubled words and marks."""
    return [
        _sentence_failure(slot, sentence, "", words=match[0])
        for slot, text in passages(case)
        for sentence in sentences_of(text)
        for match in _DOUBLED.finditer(sentence)
    ]


def _sentence_failure(slot: str, sentence: str, arithmetic: str, **details: object) -> Failure:
    excerpt = sentence.strip()
    return Failure((slot,), arithmetic, slot, {"excerpt": excerpt, **details}, {slot: excerpt})


TEXT = {
    "text_number": check_text_number,
    "text_vague": check_text_vague,
    "text_list": check_text_list,
    "text_share": check_text_share,
    "text_law": check_text_law,
    "text_doubled": check_text_doubled,
}
