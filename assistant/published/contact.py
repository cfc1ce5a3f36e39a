"""Where a report says that questions are answered: telephone, address, office, web page.

A fact is known by its shape and the words before it, or by the words that the templates of its form
print around it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.form.model import Edition, Fact
from assistant.values import Refusal, Shape, read_shaped
from assistant.values.language import words_for

_BETWEEN = r"[\s:为是(“\"]{0,4}?"
"""Between the words for something and the value, perhaps on the next line."""
_END = r"(?=$|[\s)(,;。、”|\u4e00-\u9fff])"
_NUMBER = (
    r"(?:(?:\([0-9]{3,4}\)|\+?[0-9])(?:[ -]{0,2}[0-9]){6,14}"
    r"|1[0-9]{4}(?=$|[\s),;。]))"  # a hotline
)
_SHAPES: dict[Shape, str] = {
    "phone": rf"{_NUMBER}(?:[、/]{_NUMBER}){{0,3}}(?:转[0-9]{{1,6}})?",
    "postcode": r"[0-9]{6}",
    "email": r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,100}",
    "url": r"(?:https?://)?[A-Za-z0-9\-]{1,60}(?:\.[A-Za-z0-9\-]{1,60}){1,6}(?:[/:?#][!-'*-~]{0,200})?",
}
_WORDS = r"[^\s:,;。()“”|【】]{2,60}"
"""A value that has no shape, an address or an office."""
_DASHES = str.maketrans(dict.fromkeys("—–―−", "-"))
_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff])\s{1,8}(?=[\u4e00-\u9fff:])")
_CLAUSE = r"[^{}%\n。，；、（）：]{0,20}"
_LEAST_AROUND = 2
"""Characters that a template prints before a fact, and behind it, by which it is known."""
_MOST_LINES = 5_000
_LONGEST_LINE = 2_000


def find_contacts(lines: Sequence[str], edition: Edition, body: str = "") -> dict[str, str]:
    """The contact facts of a form that a report prints, by id; the first of each.

    Args:
        lines: The lines of the report.
        edition: The form.
        body: The name of the body, which is no office of it.
    """
    told = "\n".join(_legible(line) for line in lines[:_MOST_LINES])
    found: dict[str, str] = {}
    for fact in contacts_of(edition):
        values = (
            match["value"]
            for pattern in _said(edition, fact.id)
            for match in pattern.finditer(told)
        )
        value = next((each for each in values if each != body and _fits(each, fact)), "")
        if value:
            found[fact.id] = value
    return found


def contacts_of(edition: Edition) -> Iterator[Fact]:
    """The facts that say where questions are answered; no names of the body."""
    names = {edition.roles.body_name, *(fact.or_else for fact in edition.facts)}
    for fact in edition.facts:
        is_name = fact.id in names or fact.or_else or fact.suggested
        if fact.span == "contact" and fact.kind == "line" and not is_name:
            yield fact


def _fits(value: str, fact: Fact) -> bool:
    is_shaped = fact.shape is None or not isinstance(read_shaped(value, fact.shape), Refusal)
    return is_shaped and len(value) <= fact.longest


def _legible(line: str) -> str:
    """A line with half-width marks and one kind of dash, without blanks within its words."""
    narrow = unicodedata.normalize("NFKC", line[:_LONGEST_LINE]).translate(_DASHES)
    return _BLANKS.sub("", narrow)


@lru_cache(maxsize=64)
def _said(edition: Edition, name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a fact, the surest first."""
    fact = next(each for each in edition.facts if each.id == name)
    names = {fact.label, *fact.aliases, *(words_for(f"says_{fact.shape}") if fact.shape else ())}
    named = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    value = _SHAPES[fact.shape] if fact.shape else _WORDS
    around = [
        re.compile(rf"{re.escape(before)}(?P<value>{value}){re.escape(behind)}")
        for before, behind in _printed(edition, fact)
    ]
    between = _BETWEEN if fact.shape else r"\s{0,4}:\s{0,4}"
    return (*around, re.compile(rf"(?:{named}){between}(?P<value>{value}){_END}"))


def _printed(edition: Edition, fact: Fact) -> Iterator[tuple[str, str]]:
    """What the templates of a form print right before and behind a fact, where it is enough."""
    place = re.compile(rf"({_CLAUSE})\{{\{{ *{fact.id} *\}}\}}({_CLAUSE})")
    for source in edition.templates.values():
        for match in place.finditer(source):
            before, behind = match[1].strip(), match[2].strip()
            if min(len(before), len(behind)) >= _LEAST_AROUND:
                yield before, behind
