"""Last year's words with gaps where this year's numbers are wanted, and what goes with a gap."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.answers import Answers, FigureValues, Reference, printed_places
from assistant.claims.accounts import Account, accounts_of, says
from assistant.claims.binding import bind, figures_once_like
from assistant.dialog.interview.state import OwnNumber, WantOwnNumber
from assistant.values import first_clause, last_clause, read_year
from assistant.values.language import any_of

_DIGITS = "〇一二三四五六七八九"
_YEAR = re.compile(  # 2024年, 2024 年, 二〇二四年, the first of 2021—2025年
    rf"(?<![0-9{_DIGITS}零○.])(?P<year>[12][0-9]{{3}}|[一二][{_DIGITS}零○]{{3}})"
    r"(?=\s{0,3}年|\s?[-—–~～至到、和与]\s?[12][0-9]{3}\s{0,3}年)"
)
_NAME = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|（[^（）]*修[订正][^（）]*）")
"""Names of papers, whose years are no time."""
_DAY = re.compile(r"(?<![0-9年])[0-9]{1,2}\s?月(?:[0-9]{1,2}\s?日)?")
"""When something was, as stale as a number: 3月, 3月12日; not 2025年3月, where the year tells."""

_NO_NUMBER = re.compile(r"[^0-9]*")
_ENDS, _JOINTS = "。！？\n", "，；："
_KEPT_WHOLE = re.compile(r"（[^（）]*）|“[^“”]*”|《[^《》]*》|\{[^{}]*\}")
"""What no mark within it parts."""
_FILLER = "　"
_SENTENCE = re.compile(rf"[^{_ENDS}]*[{_ENDS}]?")
_CLAUSE = re.compile(rf"[^{_ENDS}{_JOINTS}]+[{_ENDS}{_JOINTS}]*")
_LEANS = re.compile(any_of("leans_on_number"))
_LEADS = re.compile(
    rf"(?:{any_of('means_words', 'leads_to_clause')}"
    rf"|(?:[12][0-9]{{3}} ?年度?|{any_of('time_of_report')})[{_JOINTS}]?$)"
)
_COUNTS = re.compile(r"[0-9{]")


class _Stop(NamedTuple):
    """A place of last year's words where others stand this year, or are asked for."""

    start: int
    stop: int
    written: str = ""
    """What stands there this year."""
    gap: OwnNumber | None = None
    """What is asked for."""


class _Part(NamedTuple):
    start: int
    stop: int
    """Behind its mark."""
    text: str
    """With its mark; what stands in brackets and quotation marks is filled."""


def with_gaps(previous: Answers, answers: Answers, name: str, text: str) -> WantOwnNumber:
    """The words of last year, its figures as references, with a gap for every other number."""
    bound = bind(previous, None, name, text)
    printed, places = printed_places(bound, FigureValues(previous))
    stops = [_Stop(place.start, place.end, str(place.reference)) for place in places]
    stops += _years(printed, previous.year, answers.year)
    told = accounts_of(previous, {name: printed}, {name: places})
    near = [cell for each in told for cell in each.cells]
    stops += _numbers(told, printed, previous, near)
    stops += [
        _Stop(*each.span(), gap=OwnNumber(0, each[0], "", "")) for each in _DAY.finditer(printed)
    ]
    made, at, left = "", 0, list[OwnNumber]()
    for stop in sorted(stops, key=lambda each: each.start):
        if stop.start < at:
            continue
        made += printed[at : stop.start]
        if stop.gap is not None:
            quoted = last_clause(printed[: stop.start]) + stop.gap.written + stop.gap.quoted
            left.append(stop.gap._replace(at=len(made), quoted=quoted))
        made += stop.gap.written if stop.gap else stop.written
        at = stop.stop
    return WantOwnNumber(name, made + printed[at:], tuple(left))


def _numbers(
    told: list[Account], printed: str, previous: Answers, near: list[str]
) -> Iterator[_Stop]:
    """The numbers of last year's words that no figure of that year prints."""
    for each in told:
        claim, number = each.claim, each.claim.number
        if number is None or each.verdict == "bound":
            continue
        stop = claim.at + len(claim.written)
        figures = tuple(_named(each, previous) or figures_once_like(each, previous, near))
        rest = _NO_NUMBER.findall(first_clause(printed[stop:]))[0]
        yield _Stop(claim.at, stop, gap=OwnNumber(0, claim.written, number.unit, rest, figures))


def _named(account: Account, previous: Answers) -> list[Reference]:
    """The figure that a number names; of several, where none can be told, the likeliest."""
    claim = account.claim
    if claim.kind != "number" or claim.doubt or not claim.readings:
        return []
    is_told = account.value is not None and says(claim, account.value, "")
    cells = account.cells if is_told else claim.readings[0]
    return [FigureValues(previous).refer(cells)]


def _years(text: str, before: int, now: int) -> Iterator[_Stop]:
    """The years of last year's words: those around its report year move, others are asked about.

    Of the name of a paper only those that move are a time.

    Args:
        text: The words, as last year printed them.
        before: The report year of last year.
        now: The report year of this one.
    """
    names = [match.span() for match in _NAME.finditer(text)]
    for match in _YEAR.finditer(text):
        year = read_year(match["year"])
        if year is not None and abs(year - before) <= 1:
            yield _Stop(*match.span(), _written(year + now - before, match["year"]))
        elif not any(start <= match.start() < stop for start, stop in names):
            yield _Stop(*match.span(), gap=OwnNumber(0, match["year"], "", "", is_year=True))


def _written(year: int, like: str) -> str:
    """A year in the digits that another one is written in."""
    digits = str(year)
    return digits if like.isascii() else "".join(_DIGITS[int(each)] for each in digits)


def left_out(text: str, at: int) -> tuple[int, int]:
    """The part of a text that goes when the number at a place is left out: start and stop.

    It is the bracket around the number; else its clause with those that lean on it (其中…,
    占…%); and the whole sentence where nothing that can stand would be left of it.
    """
    for match in _KEPT_WHOLE.finditer(text):
        if match.start() < at < match.end() and match[0][0] == "（":
            return match.span()
    even = _KEPT_WHOLE.sub(lambda match: _evened(match[0]), text)
    sentence = next(each for each in _parts(_SENTENCE, even, 0) if at < each.stop)
    clauses = list(_parts(_CLAUSE, sentence.text, sentence.start))
    first = next(n for n, each in enumerate(clauses) if at < each.stop)
    after = first + 1
    while after < len(clauses) and _LEANS.match(clauses[after].text):
        after += 1
    if any(each.text.endswith("：") for each in clauses[first:after]):
        after = len(clauses)
    if not (_stands_before(clauses[:first]) or _stands_behind(clauses, after)):
        return sentence.start, sentence.stop
    start, stop = clauses[first].start, clauses[after - 1].stop
    if after == len(clauses):  # the mark of the sentence stays, not that of the clause before
        stop -= len(sentence.text) - len(sentence.text.rstrip(_ENDS))
        start -= text[start - 1] in _JOINTS
    return start, stop


def _evened(name: str) -> str:
    """A name without its marks, as long as it was; what a figure prints still counts."""
    mark = "{" if name[0] == "{" else _FILLER
    return mark * len(name)


def _parts(pattern: re.Pattern[str], text: str, start: int) -> Iterator[_Part]:
    for match in pattern.finditer(text):
        if match[0]:
            yield _Part(start + match.start(), start + match.end(), match[0])


def _stands_before(clauses: list[_Part]) -> bool:
    """Whether one of some clauses can stand alone: it tells more than when or by what means."""
    return any(not _LEADS.match(each.text) for each in clauses)


def _stands_behind(clauses: list[_Part], after: int) -> bool:
    """Whether what follows a clause can begin a sentence: it counts something, or stands apart."""
    if after >= len(clauses):
        return False
    return clauses[after - 1].text.endswith("；") or bool(_COUNTS.search(clauses[after].text))
