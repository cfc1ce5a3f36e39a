"""Leaving a number of last year's words out: what goes with it, so that a sentence stays."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.values.language import any_of

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


class _Part(NamedTuple):
    start: int
    stop: int
    """Behind its mark."""
    text: str
    """With its mark; what stands in brackets and quotation marks is filled."""


def left_out(text: str, at: int) -> tuple[int, int]:
    """The part of a text that goes when the number at a place is left out: start and stop.

    It is the bracket around the number; else its clause with those that lean on it (其中…,
    占…%); and the whole sentence where nothing that can stand would be left of it.
    """
    for match in _KEPT_WHOLE.finditer(text):
        if match.start() < at < match.end() and match[0][0] == "（":
            return match.span()
    even = _KEPT_WHOLE.sub(lambda match: _filled(match[0]), text)
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


def _filled(name: str) -> str:
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
