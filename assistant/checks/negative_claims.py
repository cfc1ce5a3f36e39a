"""Statements of own text that need no figure: 未收到申请, 均按时办结; what is not certain is left.

A sentence is read clause by clause. It counts only when every word of the clause is known here
or names a cell, so that 未收到其他申请 or 各村未收到申请 say nothing of the table.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.checks.number_claims import LEAD, is_of_year, legible, lexicon, sentences_of
from assistant.form.model import AllOf, Edition

_CLAUSE_END = re.compile("[，。；！？：\n（）]")
_LONGEST = 60
"""Characters of a clause; longer ones say more than none."""
_ALSO = "(?:均|都|也|亦|尚|从|皆|并|还|暂|全部?)*+"
_OBJECT = "(?:任何(?:形式的)?|一[件例起次宗条个]|过|到|新的)*+"
_WHY = "(?:因[^，]{1,16}?)?"
_HAPPENED = (
    "(?:收到|接到|接收|受理|发生|出现|产生|涉及|收取|举办|召开|组织|开展|安排|提起|引起|引发"
    "|实施|作出|办理|存在)"
)
_NOT = "(?:未|没有|没|无|零)"
_MAY_DENY = re.compile("[未没无零]")
_MAY_SAY_ALL = re.compile("[均都皆全]")
_AND = re.compile("、|以及|或者|和|及|或|与")
_KIND_OF = re.compile(r"(?:的?(?:案件|情况|事项|情形|现象|事件|信件|来信)|发生|产生)*+等?$")
_BODY = "(?:(?:本|我|全)(?:镇|乡|街道|区|县|市|局|委|办|院|单位|部门|机关))?"
_ABOUT = (
    rf"(?:零|任何(?:形式的)?|一[件例起次宗条个]|有关|新的|因[^、]{{1,20}}?(?:引起|引发|产生|提起|导致)的?"
    rf"|(?:与|对|针对|就|由|因|涉及|关于)?{_BODY}(?:(?:政府)?信息公开|依申请公开)(?:工作)?"
    r"(?:信息|有关|相关|方面|引起|引发|提起)*+的?"
    rf"|(?:针对|涉及|对){_BODY}的?|(?:公民|法人|(?:其他|社会)组织|申请人|群众|当事人|被?提起|提出|被?申请)的?)*+"
)
"""What may stand before a name without narrowing it."""
_DEEDS = (
    "制发", "制定", "印发", "出台", "废止", "举办", "召开", "组织", "开展", "收取", "收到", "受理",
)  # fmt: skip
"""How a name begins that tells what was done."""
_BUT = ("除", "如", "若", "假如", "凡", "对于")
_DONE = re.compile("(?:的)?(?:方式|形式|途径|渠道)?(?:提出|提交|申请|受理|办理|完毕|答复)*+")


class _ClaimPatterns(NamedTuple):
    """Whole clauses, taken to pieces only for texts that may hold one: that takes a while."""

    none: re.Pattern[str]
    """未收到政府信息公开申请."""
    no: re.Pattern[str]
    """无行政复议; without a verb only the words that the edition has for running text count."""
    is_none: re.Pattern[str]
    """行政复议、行政诉讼均为零."""
    all: re.Pattern[str]
    """收到的申请均按时办结."""
    subject: re.Pattern[str]
    """What may stand before 均."""
    about: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _ClaimPatterns:
    begin = rf"{LEAD.pattern}(?:(?:政府)?信息公开(?:工作)?)?{_ALSO}{_NOT}"
    whose = rf"的|所有|全部|各类|上述|以上|这些?|[0-9]+件|{_ABOUT}|收到|办结|答复"
    return _ClaimPatterns(
        re.compile(rf"{begin}(?:曾|再)?{_WHY}{_HAPPENED}{_OBJECT}(?P<of>.+)"),
        re.compile(rf"{begin}{_OBJECT}(?P<of>.+)"),
        re.compile(
            rf"{LEAD.pattern}(?P<of>.+?)(?:总数|数量|件数|数)?{_ALSO}"
            rf"(?:为零|为无|{_NOT}{_HAPPENED}过?)"
        ),
        re.compile(
            r"(?P<subject>.*)(?:均|都|皆|全部|全)(?:已经?)?(?:是|为|能够?|由|通过|以)?(?P<claim>.+)"
        ),
        re.compile(rf"{LEAD.pattern}(?:{whose})*+"),
        re.compile(_ABOUT),
    )


class NegativeClaim(NamedTuple):
    """What a clause says without a figure: 未收到申请 says 0 of the cells."""

    sentence: str
    written: str
    """The clause."""
    cells: tuple[str, ...]
    """All of them are 0; or the first is as much as the others together."""


def denials(text: str, edition: Edition, year: int) -> Iterator[NegativeClaim]:
    """Everything that a text says there was none of."""
    named, spoken = lexicon(edition).names, _done(edition)
    for sentence, before, clause in _clauses(text, year, _MAY_DENY):
        none, no, is_none, *_ = _patterns()
        for pattern, names in ((none, named), (no, spoken), (is_none, named)):
            match = pattern.fullmatch(clause)
            found = [_named(item, names) for item in _AND.split(match["of"])] if match else []
            if any(found) and not before.startswith(_BUT):
                cells = dict.fromkeys(cell for each in found for cell in each)
                yield NegativeClaim(sentence, clause, tuple(cells))
                break


@lru_cache(maxsize=8)
def _done(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """The words that stand right behind 未 or 无: what is not done, or nouns of running text."""
    names = lexicon(edition).names
    return {name: names[name] for name in names if name.startswith(_DEEDS)} | edition.spoken


def wholes(text: str, check: AllOf, year: int) -> Iterator[NegativeClaim]:
    """Everything that a text says was true of all there were: 申请均按时办结."""
    for sentence, before, clause in _clauses(text, year, _MAY_SAY_ALL):
        match = _patterns().all.fullmatch(clause)
        if match is None or not _patterns().subject.fullmatch(match["subject"]):
            continue
        about = match["subject"] or before
        words = [word for word in check.words if match["claim"].startswith(word)]
        word = max(words, key=len, default="")
        is_all = word and _DONE.fullmatch(match["claim"].removeprefix(word))
        if is_all and any(each in about for each in check.about) and not before.startswith(_BUT):
            yield NegativeClaim(sentence, clause, tuple(check.words[word]))


def _clauses(text: str, year: int, wanted: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Sentence, clause before and clause, of the report year and short enough to be sure of.

    Args:
        text: Own text.
        year: The report year.
        wanted: What stands in every clause that counts.
    """
    for sentence in sentences_of(text):
        line = legible(sentence)
        before, at = "", 0
        for clause in _CLAUSE_END.split(line):
            is_short = len(clause) <= _LONGEST and wanted.search(clause)
            if is_short and is_of_year(line[: at + len(clause)], year):
                yield sentence.strip(), before, clause
            before = clause
            at += len(clause) + 1


def _named(item: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The cells of the longest name that an item is, with nothing before it that narrows it."""
    for words in (item, _KIND_OF.sub("", item)):
        for at in range(len(words)):
            if words[at:] in names and _patterns().about.fullmatch(words[:at]):
                return names[words[at:]]
    return ()
