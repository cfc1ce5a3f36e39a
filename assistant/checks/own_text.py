"""Own text against the table, against itself and against the report year."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.checks.check_kinds import Verdict
from assistant.checks.context import CheckContext, Failure
from assistant.checks.list_sums import breakdown_faults, share_faults
from assistant.checks.negative_claims import NegativeClaim, denials, wholes
from assistant.checks.number_claims import NumberClaim, legible, mentions, sentences_of
from assistant.form.model import AllOf, Inspection
from assistant.values import half_width_marks, has_end
from assistant.values.print_format import show

_STATEMENT_END = re.compile(r"(?<=[。！？!?\n])(?!\s*(?:其中|分别))")
"""A list may begin behind a full stop: 共20份。其中村务8份、财务12份。"""
_NAMED = re.compile(r"《[^》]*》|〔[^〕]*〕")
_OWN_YEAR = re.compile(
    r"(?:^|[，。；、：！？\n])\s*(?P<until>截[至止]到?)?[到在于]?(?:[本我全][^，。；]{1,3})?"
    r"(?P<year>[12][0-9]{3})年(?P<rest>[^，。；！？\n]*)"
)
"""A year that says when the things told happened, not when a law or body came to be."""
_SINCE = re.compile(
    r"起|以来|[印颁]发|公布|发布|颁布|[施实]行|实施|制[定发]|修[订改]|出台|成立|设立|建[成立]|启用|开通"
    r"|同期|相比|以前|之前|[预决]算|审计|[年计]报|年度报告|[的至—-]"
)
_AHEAD = re.compile(r"将|计划|拟|下一步|明年|打算|力争|争取|[预目]标|规划|继续|进一步")
_DONE = re.compile(r"截[至止]|共|累计|已|了")
_DOUBLED = re.compile(
    r"([\u4e00-\u9fff]{3,30})\1|(?<![目标靶有确])的的(?!确)|(?<!除)(?<!为)了了(?![解然结却断])"
    r"|[，。；、,]{2,}"
)
_BRACKETS = str.maketrans("[]（）()【】", "〔〕〔〕〔〕〔〕")


def passages(case: CheckContext) -> Iterator[tuple[str, str]]:
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


def _mentions(case: CheckContext) -> Iterator[tuple[str, NumberClaim]]:
    """Every number of own text that states a cell whose value is known."""
    for slot, text in passages(case):
        for mention in mentions(text, case.answers.edition, case.answers.year):
            if all(cell in case.numbers for cell in mention.cells):
                yield slot, mention


def check_text_number(_: Inspection, case: CheckContext) -> Verdict:
    """Find exact numbers that name an indicator and differ from it."""
    return [
        _number_failure(slot, mention, case)
        for slot, mention in _mentions(case)
        if not mention.is_vague and mention.value != case.sum(mention.cells)
    ]


def check_text_vague(_: Inspection, case: CheckContext) -> Verdict:
    """Find vague numbers (140余条) where the table has the exact one."""
    return [
        _number_failure(slot, mention, case)
        for slot, mention in _mentions(case)
        if mention.is_vague
    ]


def _number_failure(slot: str, mention: NumberClaim, case: CheckContext) -> Failure:
    cells, written = mention.cells, mention.written
    value = show(case.sum(cells) or 0) + case.answers.edition.unit(cells[0])
    names = case.answers.edition.quoted(cells)
    return Failure(
        (slot, *cells),
        f"{written}≠{value}",
        f"{slot}.{cells[0]}",
        {
            "excerpt": mention.sentence,
            "written": written,
            "value": value,
            "names": names,
            "is_several": len(cells) > 1,
        },
        {slot: mention.sentence, **{cell: show(case.numbers[cell]) for cell in cells}},
    )


def check_text_denied(_: Inspection, case: CheckContext) -> Verdict:
    """Find what own text says there was none of and the table counts."""
    edition, year = case.answers.edition, case.answers.year
    return [
        _statement_failure(
            slot, statement, cell, f"0{edition.unit(cell)}≠{_printed(cell, case)}", case
        )
        for slot, text in passages(case)
        for statement in denials(text, edition, year)
        for cell in statement.cells
        if case.numbers.get(cell, 0) > 0
    ]


def check_text_all(check: AllOf, case: CheckContext) -> Verdict:
    """Find what own text says of all, where the table counts fewer than all."""
    edition, year = case.answers.edition, case.answers.year
    return [
        _statement_failure(
            slot, statement, part, f"{_printed(part, case)}<{show(whole)}{edition.unit(part)}", case
        )
        for slot, text in passages(case)
        for statement in wholes(text, check, year)
        for part in statement.cells[:1]
        if part in case.numbers
        and not _is_counted(part, statement, text, case)
        and (whole := case.sum(statement.cells[1:])) is not None
        and case.numbers[part] < whole
    ]


def _is_counted(cell: str, statement: NegativeClaim, text: str, case: CheckContext) -> bool:
    """Whether the sentence has a figure of the cell, which is compared by itself."""
    found = mentions(text, case.answers.edition, case.answers.year)
    return any(cell in each.cells and each.sentence == statement.sentence for each in found)


def _printed(cell: str, case: CheckContext) -> str:
    return show(case.numbers[cell]) + case.answers.edition.unit(cell)


def _statement_failure(
    slot: str, statement: NegativeClaim, cell: str, arithmetic: str, case: CheckContext
) -> Failure:
    return Failure(
        (slot, cell),
        arithmetic,
        f"{slot}.{cell}",
        {
            "excerpt": statement.sentence,
            "written": statement.written,
            "value": _printed(cell, case),
        },
        {slot: statement.sentence, cell: show(case.numbers[cell])},
    )


def check_text_list(_: Inspection, case: CheckContext) -> Verdict:
    """Find lists that do not add up to the total they follow."""
    return [
        _sentence_failure(slot, statement, fault)
        for slot, text in passages(case)
        for statement in _STATEMENT_END.split(text)
        for fault in breakdown_faults(statement)
    ]


def check_text_share(_: Inspection, case: CheckContext) -> Verdict:
    """Find shares that cannot be recomputed and years that are not the report's."""
    return [
        _sentence_failure(slot, sentence, fault)
        for slot, text in passages(case)
        for sentence in sentences_of(text)
        for fault in (*share_faults(sentence), *_year_faults(sentence, case.answers.year))
    ]


def _year_faults(sentence: str, year: int) -> Iterator[str]:
    bare = _NAMED.sub("", legible(sentence))
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
    terms = [term for term in case.answers.edition.outdated if case.answers.year in term.years]
    return [
        _sentence_failure(slot, sentence, "", say=term.say, words=term.words)
        for slot, text in passages(case)
        for sentence in sentences_of(text)
        for term in terms
        if term.words.translate(_BRACKETS) in sentence.translate(_BRACKETS)
    ]


def check_text_doubled(_: Inspection, case: CheckContext) -> Verdict:
    """Find doubled words and marks."""
    return [
        _sentence_failure(slot, sentence, "", words=match[0])
        for slot, text in passages(case)
        for sentence in sentences_of(text)
        for match in _DOUBLED.finditer(sentence)
    ]


def check_text_marks(_: Inspection, case: CheckContext) -> Verdict:
    """Find half-width marks, once a sentence, and texts whose last sentence has no end."""
    failures = [
        _sentence_failure(slot, sentence, "", words=marks[0])
        for slot, text in passages(case)
        for sentence in sentences_of(text)
        if (marks := list(half_width_marks(sentence)))
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


TEXT: Mapping[str, Callable[[Any, CheckContext], Verdict]] = {
    "text_number": check_text_number,
    "text_vague": check_text_vague,
    "text_denied": check_text_denied,
    "text_all": check_text_all,
    "text_list": check_text_list,
    "text_share": check_text_share,
    "text_law": check_text_law,
    "text_doubled": check_text_doubled,
    "text_marks": check_text_marks,
}
