"""Numbers of running text that name a counted answer; what is not certain is left alone."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.form.model import Edition, Indicator, Question, bare_quotes
from assistant.values import Number, Value, find_numbers

_SENTENCE_END = re.compile(r"(?<=[。；！？;!?\n])(?![，、。；！？;!?\n])")
_LONGEST = 1_000
"""Characters of a sentence; the work grows with its square."""
_HALF_WIDTH_COMMA = re.compile(r",(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_MARKS = str.maketrans(";:?!()０１２３４５６７８９．％", "；：？！（）0123456789.%")
_BOUNDARIES = "，。；、！？（）\n"
_UNIT_OF_BODY = "镇|乡|街道|区|县|市|局|委|办|院|单位|部门|机关"
LEAD = re.compile(
    rf"(?:[本我全](?:{_UNIT_OF_BODY}|年度?)|[今当]年|年内|年度|[12][0-9]{{3}}年度?"
    r"|截[至止][^，]*?[底末日]|总?共|一共|累计|合计|总计|其中|先后|已经?|以及|通过|收到|受理|接到"
    r"|举办|召开|组织|开展|发布|公开|办理|作出|处理|实施|发生|产生|征收|答复|办结|设置?|配备|安排|投入|收取|[还另并也即经以有为是和及与])*+"
)
"""What may stand before a name without narrowing it to a part of the whole."""
_BEFORE_NUMBER = re.compile(
    r"(?:的?(?:总数|数量|总量|数))?(?:[为是有共计达约近逾：]|累计|总计|合计|达到|超过)*$"
)
_AFTER_NUMBER = re.compile(r"的|(?:政府)?信息公开")
_EQUATION = re.compile(r"，?(?:均|都|全部?|皆)[是为]")
_FOLLOW = re.compile(rf"$|[{_BOUNDARIES}：]|[均都全已和及与比较同]|以及|左右|上下")
"""What may stand behind a statement without narrowing it."""
_NARROWED = re.compile(r"(?:通过|利用|借助|依托|运用|经由|在(?!.*下$)|由|对|针对|围绕|就|向)")
_WHOLE_YEAR = re.compile(r"^以来|1月1日|12月(?:31日|[底末])")
"""What speaks of the report year as a whole: 今年以来, from its first day to its last."""
_OTHER_TIME = re.compile(
    r"月|季度|半年|[上去往历前明来]年|以来|同期|每|平均|年均|计划|拟|将|下一步|力争|争取|目标"
    r"|[12][0-9]{3}年"
)


class NumberClaim(NamedTuple):
    """A number that names a cell, for example 主动公开政府信息140余条."""

    sentence: str
    written: str
    """The number with its unit as printed."""
    cells: tuple[str, ...]
    """What it counts, several cells together."""
    value: Value
    """In the unit of the cells."""
    is_vague: bool


class Lexicon(NamedTuple):
    """The names of what is counted, and how to find them."""

    names: dict[str, tuple[str, ...]]
    """Cells by every name that belongs to them alone."""
    reach: int
    """Characters of the longest name."""
    beginnings: frozenset[str]
    endings: frozenset[str]
    pairs: dict[str, frozenset[str]]
    """By cell: every two neighbouring characters of its names and those of the row above."""


def sentences_of(text: str) -> list[str]:
    """The sentences of a text with their closing marks, endless ones in pieces."""
    return [
        part[at : at + _LONGEST]
        for part in _SENTENCE_END.split(text)
        for at in range(0, len(part), _LONGEST)
        if part[at : at + _LONGEST].strip()
    ]


def legible(sentence: str) -> str:
    """The sentence with full-width marks, half-width digits and without quotation marks."""
    return _HALF_WIDTH_COMMA.sub("，", bare_quotes(sentence).translate(_MARKS))


@lru_cache(maxsize=64)
def mentions(text: str, edition: Edition, year: int) -> tuple[NumberClaim, ...]:
    """Every number of a text that states an indicator of the report year."""
    return tuple(
        mention
        for sentence in sentences_of(text)
        for mention in _mentions_of_sentence(sentence, edition, year)
    )


def _mentions_of_sentence(sentence: str, edition: Edition, year: int) -> Iterator[NumberClaim]:
    line = legible(sentence)
    counted = [number for number in find_numbers(line) if number.unit not in ("", "%")]
    strangers: list[str] = []
    behind = 0
    for number in counted:
        left, right = line[behind : number.start], line[number.end :]
        behind = number.end
        named = [
            (cells, value)
            for cells in _named_cells(left, number.unit, right, strangers, edition)
            if is_of_year(line[: number.start], year)
            and (value := _in_unit(number, edition.unit(cells[0]))) is not None
        ]
        if not named:
            strangers.append(left + re.split(f"[{_BOUNDARIES}]", right)[0])
        written = line[number.start : number.end]
        for cells, value in named:
            yield NumberClaim(sentence.strip(), written, cells, value, number.is_vague)


def _in_unit(number: Number, unit: str) -> Value | None:
    """The number in the unit of a cell; `None` when it counts something else."""
    if number.unit == "元" and unit == "万元":
        return Decimal(number.value) / 10_000
    return number.value if number.unit == unit else None


def is_of_year(before: str, year: int) -> bool:
    """Whether nothing ahead of a number speaks of another time or of intentions."""
    nearest = re.split(rf"今年|本年|当年|{year}年", before)[-1]
    return not _OTHER_TIME.search(_WHOLE_YEAR.sub("", nearest))


def _named_cells(
    left: str, unit: str, right: str, strangers: list[str], edition: Edition
) -> list[tuple[str, ...]]:
    """The cells a number states, given the text since the last number and all behind it."""
    *earlier, clause = re.split(f"[{_BOUNDARIES}]", left)
    shares_its_number = len(left) > len(clause) and left[-len(clause) - 1] == "、" and earlier[-1]
    if shares_its_number or clause.endswith("第"):
        return []
    if earlier and _NARROWED.match(earlier[-1]):
        return []
    clause = _BEFORE_NUMBER.sub("", clause).rpartition("：")[2]
    first = _name_around(clause, unit, right, strangers, edition)
    equation = _EQUATION.match(right)
    if equation is None:
        return [first] if first else []
    rest = right[equation.end() :]
    second = _name_around("" if first else clause, "", rest, strangers, edition)
    return [cells for cells in (first, second) if cells]


def _name_around(
    left: str, unit: str, right: str, strangers: list[str], edition: Edition
) -> tuple[str, ...]:
    """The cells of the longest name that ends at a number, begins behind it, or goes around it.

    For example 收到3件申请, whose name is 收到申请, and 培训3人次, whose name ends in the unit.
    """
    known = lexicon(edition)
    filler = _AFTER_NUMBER.match(right)
    rights = [right, unit + right, right[filler.end() :] if filler else right]
    best = ""
    for start in range(max(0, len(left) - known.reach), len(left) + 1):
        beginning = left[start:]
        if beginning not in known.beginnings or not LEAD.fullmatch(left[:start]):
            continue
        for rest in rights:
            for end in range(min(len(rest), known.reach) + 1):
                if rest[:end] not in known.endings:
                    continue
                name = beginning + rest[:end]
                if name in known.names and len(name) > len(best) and _FOLLOW.match(rest, end):
                    best = name
    if not best or _is_anothers(best, strangers, known):
        return ()
    return known.names[best]


_SHORT_NAME = 4
"""Names up to this length (办结, 按时办结) take their sense from what was counted before."""


def _is_anothers(name: str, strangers: list[str], known: Lexicon) -> bool:
    """Whether a short name speaks of something else counted before it: 诉求20件，办结20件."""
    if len(name) > _SHORT_NAME:
        return False
    pairs = frozenset[str]().union(*(known.pairs[cell] for cell in known.names[name]))
    return any(pairs.isdisjoint(_pairs(stranger)) for stranger in strangers)


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


@lru_cache(maxsize=8)
def lexicon(edition: Edition) -> Lexicon:
    """The names of everything that an edition counts, collected once."""
    owners: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    counted = [fact for fact in edition.facts if fact.kind in ("count", "amount")]
    items: list[Question] = [*edition.cells.values(), *counted]
    for item in items:
        short = item.short if isinstance(item, Indicator) else ""
        words[item.id] = {bare_quotes(word) for word in (*item.aliases, short, item.name) if word}
        for word in words[item.id]:
            owners.setdefault(word, set()).add(item.id)
    names = {word: tuple(cells) for word, cells in owners.items() if len(cells) == 1}
    names |= {bare_quotes(word): cells for word, cells in edition.spoken.items()}
    parents = {cell.id: cell.parent for cell in edition.cells.values()}
    pairs = {
        name: frozenset(
            pair for word in own | words.get(parents.get(name, ""), set()) for pair in _pairs(word)
        )
        for name, own in words.items()
    }
    beginnings = frozenset(name[:at] for name in names for at in range(len(name) + 1))
    endings = frozenset(name[at:] for name in names for at in range(len(name) + 1))
    return Lexicon(names, max(map(len, names)), beginnings, endings, pairs)
