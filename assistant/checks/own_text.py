"""Own text against the table, against itself and against the report year."""

import re
from collections.abc import Iterator, Mapping

from assistant.answers import share
from assistant.checks.agreed import Agreements
from assistant.checks.check_kinds import Verdict, by_kind, own_texts
from assistant.checks.context import CheckContext, Failure
from assistant.checks.text_arithmetic import STATEMENT_END, list_faults, share_faults
from assistant.claims.accounts import Account, decimals_of, goes
from assistant.claims.line import Sentence
from assistant.form.model import Inspection
from assistant.values import half_width_marks, has_end
from assistant.values.grouping import grouped
from assistant.values.language import any_of, characters_of
from assistant.values.print_format import show

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
    """Find what own text says there was none of and the table counts, or the other way round."""
    return [
        _word_failure(each, cell, f"0{unit}≠{show(case.numbers[cell])}{unit}", case)
        for each in _accounts(case, "none", "contradicts")
        for cell in each.cells
        if case.numbers.get(cell, 0) > 0
        for unit in (case.answers.edition.unit(cell),)
    ] + [
        _word_failure(each, each.cells[0], f"0{case.answers.edition.unit(each.cells[0])}", case)
        for each in _accounts(case, "some", "contradicts")
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


def check_text_open(check: Inspection, case: CheckContext) -> Verdict:
    """Find numbers of which it is not known whether they are figures, sentence by sentence."""
    numbers_open = _accounts(case, "", "open")
    sentences = grouped(((each.slot, each.claim.sentence.at), each) for each in numbers_open)
    agreements = Agreements(check.key, case.answers, case.own.figures)
    return [
        Failure(
            (slot,),
            "、".join([each.claim.written for each in numbers]),
            slot,
            {"excerpt": numbers[0].claim.sentence.text, "count": len(numbers)},
            values,
            tuple(numbers),
            agreed=agreed,
        )
        for (slot, _), told in sentences.items()
        for agreed, numbers, values in agreements.parted(
            case.own.as_written(slot, told[0].claim.sentence), told
        )
    ]


def check_text_gap(_: Inspection, case: CheckContext) -> Verdict:
    """Find references that print nothing: to a row that is gone, a share of none, last year's."""
    found = []
    for slot in case.own.written:
        gaps = list(case.own.gaps(slot))
        for is_gone in (True, False):
            told = {gap.text: names for gap, names in gaps if gap.is_gone == is_gone}
            if told:
                excerpt = case.own.sentence_with(slot, next(iter(told)))
                names = "、".join(dict.fromkeys(told.values()))
                details = {"excerpt": excerpt, "names": names, "is_gone": is_gone}
                found.append(Failure((slot,), "", slot, details))
    return found


def check_text_change(_: Inspection, case: CheckContext) -> Verdict:
    """Find changes against last year that a figure prints and that go the other way than is said.

    The number follows the figures, the words around it (增加, 减少) do not.
    """
    turned = grouped(
        ((each.slot, each.claim.sentence.at, each.cells), each)
        for each in _accounts(case, "", "bound")
        if each.claim.way and each.value is not None and not goes(each.claim.way, each.value)
    )
    return [
        Failure(
            (slot, *cells),
            "",
            f"{slot}.{cells[0]}",
            {
                "excerpt": told[0].claim.sentence.text,
                "written": "、".join([each.claim.written for each in told]),
                "said": told[0].claim.way,
                "names": case.answers.edition.quoted_sum(cells),
                "change": told[0].value,
            },
        )
        for (slot, _, cells), told in turned.items()
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
    cells, edition = account.cells, case.answers.edition
    number = show(account.value or 0)
    value = number + edition.unit(cells[0])
    values = {cell: show(case.numbers[cell]) for cell in cells if cell in case.numbers}
    details = {"value": value, "names": edition.quoted_sum(cells), "is_several": len(cells) > 1}
    arithmetic = f"{account.claim.written}≠{value}"
    return _failure(account, cells, arithmetic, details, values or {cells[0]: number}, case)


def _word_failure(account: Account, cell: str, arithmetic: str, case: CheckContext) -> Failure:
    value = show(case.numbers[cell])
    details = {"value": value + case.answers.edition.unit(cell)}
    return _failure(account, (cell,), arithmetic, details, {cell: value}, case)


def _failure(
    account: Account,
    cells: tuple[str, ...],
    arithmetic: str,
    details: Mapping[str, object],
    values: Mapping[str, str],
    case: CheckContext,
) -> Failure:
    """What is wrong with one number, or with words, of a sentence."""
    slot, claim = account.slot, account.claim
    return Failure(
        (slot, *cells),
        arithmetic,
        f"{slot}.{cells[0]}",
        {"excerpt": claim.sentence.text, "written": claim.written, **details},
        {slot: case.own.as_written(slot, claim.sentence), **values},
        (account,),
    )


# --- Against itself and the report year


def check_text_list(_: Inspection, case: CheckContext) -> Verdict:
    """Find lists that do not add up to the total they follow."""
    return [
        _sentence_failure(slot, statement, fault)
        for slot, text in case.own.passages.items()
        for statement in STATEMENT_END.split(text)
        for fault in list_faults(statement)
    ]


def check_text_share(_: Inspection, case: CheckContext) -> Verdict:
    """Find shares that the figures or the text itself do not yield, and years not the report's."""
    told = [_share_failure(each, case) for each in _accounts(case, "share", "contradicts")]
    known = {failure.details["excerpt"] for failure in told}
    return told + [
        _sentence_failure(slot, sentence.text, fault)
        for slot, sentence in case.own.sentences
        for fault in (
            *(() if sentence.text in known else share_faults(sentence.line.text)),
            *_year_faults(sentence, case.answers.year),
        )
    ]


def _share_failure(account: Account, case: CheckContext) -> Failure:
    part, whole = account.claim.readings[0], account.claim.wholes[0]
    sums = [show(case.own.figures.sum(cells) or 0) for cells in (part, whole)]
    places = decimals_of(account.claim)
    told_share = share(account.value or 0, 100, places)
    excerpt = account.claim.sentence.text
    arithmetic = f"{sums[0]}÷{sums[1]}={told_share}%≠{account.claim.written}"
    cells = (account.slot, *account.cells)
    told = {account.slot: case.own.as_written(account.slot, account.claim.sentence)}
    return Failure(cells, arithmetic, account.slot, {"excerpt": excerpt}, told, (account,))


def _year_faults(sentence: Sentence, year: int) -> Iterator[str]:
    if "年" not in sentence.line.text:
        return
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
    text = "\n".join(case.own.passages.values()).translate(_BRACKETS)
    terms = [
        (term, words)
        for term in case.answers.edition.outdated
        if case.answers.year in term.years and (words := term.words.translate(_BRACKETS)) in text
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
        _sentence_failure(slot, text.strip().rpartition("\n")[2], "", words="")
        for slot, text in own_texts(case).items()
        if not has_end(text)
    ]
    return failures


def _sentence_failure(slot: str, sentence: str, arithmetic: str, **details: object) -> Failure:
    excerpt = sentence.strip()
    return Failure((slot,), arithmetic, slot, {"excerpt": excerpt, **details}, {slot: excerpt})


TEXT = by_kind(
    *(check_text_number, check_text_vague, check_text_denied, check_text_all, check_text_open),
    *(check_text_gap, check_text_change, check_text_list, check_text_share, check_text_law),
    *(check_text_doubled, check_text_marks),
)
