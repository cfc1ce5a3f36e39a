"""What own text claims of the table: numbers that name a counted answer, 未收到申请, 均按时办结.

What is not certain is left alone. A clause without a figure counts only when every word of it is
known here or names a cell, so that 未收到其他申请 or 各村未收到申请 say nothing of the table.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.form.model import AllOf, Edition, Indicator, Question, bare_quotes
from assistant.values import Number, Value, find_numbers
from assistant.values.language import any_of, words_for

_SENTENCE_END = re.compile(r"(?<=[。；！？;!?\n])(?![，、。；！？;!?\n])")
_LONGEST_SENTENCE = 1_000
"""Characters of a sentence; the work for one grows with its square."""
_LONGEST_CLAUSE = 60
"""Characters of a clause without a figure; longer ones say more than none or all."""
_HALF_WIDTH_COMMA = re.compile(r",(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_MARKS = str.maketrans(";:?!()０１２３４５６７８９．％", "；：？！（）0123456789.%")
_MARK = "，。；、！？（）\n"
_BOUNDARY = re.compile(f"[{_MARK}]")
_OF = any_of("of")
_DISCLOSURE = any_of("disclosure")

# --- Patterns of numbers

LEAD = re.compile(
    rf"(?:{any_of('own')}{any_of('body_short', 'year')}"  # 本镇, 全年
    rf"|{any_of('whole_year')}|[12][0-9]{{3}}{any_of('year')}"  # 年内, 2017年度
    rf"|{any_of('until')}[^，]{{0,{_LONGEST_CLAUSE}}}?{any_of('until_end')}"  # 截至12月底
    rf"|{any_of('in_all', 'linking', 'dealing')})*+"  # 其中, 累计, 收到
)
"""What may stand before a name without narrowing it to a part of the whole."""
_BEFORE_NUMBER = re.compile(  # 申请[的数量累计为]3件
    rf"(?:{_OF}?{any_of('total', 'total_amount')})?(?:{any_of('number_verb')}|：){{0,30}}+$"
)
_AFTER_NUMBER = re.compile(rf"{_OF}|{_DISCLOSURE}")  # 3件[的]申请
_EQUATION = re.compile(rf"，?{any_of('all')}{any_of('is')}")  # 申请3件，[均为]网络申请
_FOLLOW = re.compile(rf"$|[{_MARK}：]|{any_of('following', 'more_or_less')}")
"""What may stand behind a statement without narrowing it."""
_NARROWED = re.compile(  # 通过网站, 在网站; not 在指导下
    rf"{any_of('narrowing')}|{any_of('within')}(?!.*{any_of('under')}$)"
)
_THIS_YEAR = words_for("report_year")
_WHOLE_YEAR = re.compile(rf"^{any_of('since')}|1月1日|12月(?:31日|{any_of('end_of_month')})")
"""What speaks of the report year as a whole: 今年以来, from its first day to its last."""
_OTHER_TIME = re.compile(rf"{any_of('other_time', 'intention')}|[12][0-9]{{3}}年")
_ORDINAL = words_for("nth")
_SHORT_NAME = 4
"""Names up to this length (办结, 按时办结) take their sense from what was counted before."""

# --- Words of clauses without a figure

_CLAUSE_END = re.compile("[，。；！？：\n（）]")
_MAY_DENY, _MAY_SAY_ALL = re.compile(any_of("not", "nil")), re.compile(any_of("all"))
_AND = re.compile(rf"、|{any_of('and', 'or')}")
_DEEDS, _EXCEPT = words_for("deed"), words_for("except")


class _ClausePatterns(NamedTuple):
    """Patterns of what stands behind `LEAD`, made for the first text that may hold a clause."""

    none: re.Pattern[str]
    """`未收到任何政府信息公开申请`"""
    no: re.Pattern[str]
    """`无行政复议`; without a verb only the words that the edition has for running text count."""
    is_none: re.Pattern[str]
    """`行政复议、行政诉讼均为零`, `行政复议未发生过`"""
    all: re.Pattern[str]
    """`收到的申请均已按时办结`"""
    subject: re.Pattern[str]
    """What may stand before 均: `上述3件申请`."""
    about: re.Pattern[str]
    """What may stand before a name without narrowing it: `关于本镇信息公开工作方面的`."""
    kind_of: re.Pattern[str]
    """What may stand behind it: `案件的情况等`."""
    done: re.Pattern[str]
    """What may end it: `完毕`."""


@cache
def _clause_patterns() -> _ClausePatterns:
    of, disclosed, denied = any_of("of"), any_of("disclosure"), any_of("not", "nil")
    body = f"(?:{any_of('own')}{any_of('body_short')})?"
    also, happened = f"{any_of('all', 'also', 'so_far')}*+", any_of("happening")
    whatever = f"{any_of('any', 'past', 'reached')}*+"
    negated = f"(?:{disclosed}{any_of('work')}?)?{also}{denied}"
    about = (
        rf"(?:{any_of('mere', 'any')}"  # 有关, 任何
        rf"|{any_of('because')}[^、]{{1,20}}?{any_of('caused')}{of}?"  # 因公开引起的
        rf"|{any_of('concerning')}?{body}{any_of('disclosure', 'on_request')}{any_of('work')}?"
        rf"{any_of('relating')}*+{of}?"  # 关于本镇信息公开工作方面的
        rf"|{any_of('aimed_at')}{body}{of}?"  # 针对本镇的
        rf"|{any_of('applicant')}{of}?)*+"  # 公民提出的
    )
    return _ClausePatterns(
        none=re.compile(
            rf"{negated}{any_of('ever')}?(?:{any_of('because')}[^，]{{1,16}}?)?"  # 未曾因公开
            rf"{happened}{whatever}(?P<of>.+)"  # 收到任何申请
        ),
        no=re.compile(f"{negated}{whatever}(?P<of>.+)"),
        is_none=re.compile(
            rf"(?P<of>.{{1,{_LONGEST_CLAUSE}}}?){any_of('total', 'total_pieces')}?"  # 申请总数
            rf"{also}(?:{any_of('is_none')}|{denied}{happened}{any_of('past')}?)"  # 均为零
        ),
        all=re.compile(
            rf"(?P<subject>.*){any_of('all')}"  # 申请均
            rf"{any_of('already')}?{any_of('all_verb')}?(?P<claim>.+)"  # 已按时办结
        ),
        subject=re.compile(f"(?:{any_of('all_those')}|[0-9]+{any_of('piece')}|{about})*+"),
        about=re.compile(about),
        kind_of=re.compile(
            rf"(?:{of}?{any_of('case_noun')}|{any_of('occurring')}){{0,{_LONGEST_CLAUSE}}}+"
            rf"{any_of('and_so_on')}?$"
        ),
        done=re.compile(f"{of}?{any_of('way')}?{any_of('settled')}*+"),
    )


class Sentence(NamedTuple):
    """A sentence of own text."""

    text: str
    """As written, with its closing mark."""
    line: str
    """With full-width marks, half-width digits and without quotation marks."""


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


class WordClaim(NamedTuple):
    """What a clause says without a figure: 未收到申请 says 0 of the cells."""

    sentence: str
    written: str
    """The clause."""
    cells: tuple[str, ...]
    """All of them are 0; or the first is as much as the others together."""


class Lexicon(NamedTuple):
    """The names of what is counted, and how to find them."""

    names: dict[str, tuple[str, ...]]
    """Cells by every name that belongs to them alone."""
    behind_not: Mapping[str, tuple[str, ...]]
    """Those that stand right behind 未 or 无: what is not done, or nouns of running text."""
    reach: int
    """Characters of the longest name."""
    beginnings: frozenset[str]
    pairs: dict[str, frozenset[str]]
    """By cell: every two neighbouring characters of its names and those of the row above."""


def legible(text: str) -> str:
    """A text with full-width marks, half-width digits and without quotation marks."""
    return _HALF_WIDTH_COMMA.sub("，", bare_quotes(text).translate(_MARKS))


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, endless ones in pieces."""
    pieces = (
        part[at : at + _LONGEST_SENTENCE].strip()
        for part in _SENTENCE_END.split(text)
        for at in range(0, len(part), _LONGEST_SENTENCE)
    )
    return tuple(Sentence(piece, legible(piece)) for piece in pieces if piece)


# --- Numbers


def number_claims(sentence: Sentence, edition: Edition, year: int) -> Iterator[NumberClaim]:
    """Every number of a sentence that states a cell of the report year."""
    line, known = sentence.line, lexicon(edition)
    strangers: list[frozenset[str]] = []
    behind = 0
    for number in find_numbers(line):
        if number.unit in ("", "%"):
            continue
        left, right = line[behind : number.start], line[number.end :]
        behind = number.end
        named = [
            (cells, value)
            for cells in _named_cells(left, number.unit, right, strangers, known)
            if _is_of_year(line[: number.start], year)
            and (value := _in_unit(number, edition.unit(cells[0]))) is not None
        ]
        if not named:
            strangers.append(_pairs(left + _BOUNDARY.split(right, maxsplit=1)[0]))
        written = line[number.start : number.end]
        for cells, value in named:
            yield NumberClaim(sentence.text, written, cells, value, number.is_vague)


def _in_unit(number: Number, unit: str) -> Value | None:
    """The number in the unit of a cell; `None` when it counts something else."""
    if number.unit == "元" and unit == "万元":
        return Decimal(number.value) / 10_000
    return number.value if number.unit == unit else None


def _is_of_year(before: str, year: int) -> bool:
    """Whether nothing ahead of a number speaks of another time or of intentions."""
    anew = (
        at + len(word) for word in (*_THIS_YEAR, f"{year}年") if (at := before.rfind(word)) >= 0
    )
    return not _OTHER_TIME.search(_WHOLE_YEAR.sub("", before[max(anew, default=0) :]))


def _named_cells(
    left: str, unit: str, right: str, strangers: list[frozenset[str]], known: Lexicon
) -> list[tuple[str, ...]]:
    """The cells a number states, given the text since the last number and all behind it."""
    *earlier, clause = _BOUNDARY.split(left)
    shares_its_number = len(left) > len(clause) and left[-len(clause) - 1] == "、" and earlier[-1]
    if shares_its_number or clause.endswith(_ORDINAL):
        return []
    if earlier and _NARROWED.match(earlier[-1]):
        return []
    clause = _BEFORE_NUMBER.sub("", clause).rpartition("：")[2]
    first = _name_around(clause, unit, right, strangers, known)
    equation = _EQUATION.match(right)
    if equation is None:
        return [first] if first else []
    rest = right[equation.end() :]
    second = _name_around("" if first else clause, "", rest, strangers, known)
    return [cells for cells in (first, second) if cells]


def _name_around(
    left: str, unit: str, right: str, strangers: list[frozenset[str]], known: Lexicon
) -> tuple[str, ...]:
    """The cells of the longest name that ends at a number, begins behind it, or goes around it.

    For example 收到3件申请, whose name is 收到申请, and 培训3人次, whose name ends in the unit.
    """
    filler = _AFTER_NUMBER.match(right)
    rights = [right, unit + right, right[filler.end() :] if filler else right]
    best = ""
    for start in range(max(0, len(left) - known.reach), len(left) + 1):
        beginning = left[start:]
        if beginning not in known.beginnings or not LEAD.fullmatch(left[:start]):
            continue
        for rest in rights:
            for end in range(min(len(rest), known.reach - len(beginning)) + 1):
                name = beginning + rest[:end]
                if name in known.names and len(name) > len(best) and _FOLLOW.match(rest, end):
                    best = name
    if not best or _is_anothers(best, strangers, known):
        return ()
    return known.names[best]


def _is_anothers(name: str, strangers: list[frozenset[str]], known: Lexicon) -> bool:
    """Whether a short name speaks of something else counted before it: 诉求20件，办结20件."""
    if len(name) > _SHORT_NAME:
        return False
    pairs = frozenset[str]().union(*(known.pairs[cell] for cell in known.names[name]))
    return any(map(pairs.isdisjoint, strangers))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


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
    return Lexicon(
        names,
        {name: names[name] for name in names if name.startswith(_DEEDS)} | edition.spoken,
        max(map(len, names)),
        frozenset(name[:at] for name in names for at in range(len(name) + 1)),
        {
            name: frozenset[str]().union(
                *map(_pairs, own | words.get(parents.get(name, ""), set()))
            )
            for name, own in words.items()
        },
    )


# --- Clauses without a figure


def denials(sentence: Sentence, edition: Edition, year: int) -> Iterator[WordClaim]:
    """Everything that a sentence says there was none of."""
    known = lexicon(edition)
    for before, clause in _clauses(sentence, year, _MAY_DENY):
        patterns, lead = _clause_patterns(), _lead(clause)
        for fits, names in (
            (patterns.none.fullmatch, known.names),
            (patterns.no.fullmatch, known.behind_not),
            (patterns.is_none.fullmatch, known.names),
        ):
            match = fits(clause, lead)
            found = [_named(item, names) for item in _AND.split(match["of"])] if match else []
            if any(found) and not before.startswith(_EXCEPT):
                cells = dict.fromkeys(cell for each in found for cell in each)
                yield WordClaim(sentence.text, clause, tuple(cells))
                break


def wholes(sentence: Sentence, check: AllOf, year: int) -> Iterator[WordClaim]:
    """Everything that a sentence says was true of all there were: 申请均按时办结."""
    for before, clause in _clauses(sentence, year, _MAY_SAY_ALL):
        patterns = _clause_patterns()
        match = patterns.all.fullmatch(clause)
        if match is None or not patterns.subject.fullmatch(
            match["subject"], _lead(match["subject"])
        ):
            continue
        about = match["subject"] or before
        words = [word for word in check.words if match["claim"].startswith(word)]
        word = max(words, key=len, default="")
        is_all = word and patterns.done.fullmatch(match["claim"].removeprefix(word))
        if is_all and any(each in about for each in check.about) and not before.startswith(_EXCEPT):
            yield WordClaim(sentence.text, clause, tuple(check.words[word]))


def _lead(text: str) -> int:
    """Where what `LEAD` takes of the beginning of a text ends."""
    match = LEAD.match(text)
    return match.end() if match else 0


def _clauses(sentence: Sentence, year: int, wanted: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The clause before and the clause, of the report year and short enough to be sure of.

    Args:
        sentence: A sentence of own text.
        year: The report year.
        wanted: What stands in every clause that counts.
    """
    before, at = "", 0
    for clause in _CLAUSE_END.split(sentence.line):
        is_short = len(clause) <= _LONGEST_CLAUSE and wanted.search(clause)
        if is_short and _is_of_year(sentence.line[: at + len(clause)], year):
            yield before, clause
        before = clause
        at += len(clause) + 1


def _named(item: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The cells of the longest name that an item is, with nothing before it that narrows it."""
    for words in (item, _clause_patterns().kind_of.sub("", item)):
        for at in range(len(words)):
            if words[at:] in names and _clause_patterns().about.fullmatch(words[:at]):
                return names[words[at:]]
    return ()
