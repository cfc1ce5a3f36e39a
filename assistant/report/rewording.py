"""A passage in other words: the figures that the template printed in it stay bound to it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.answers import Answers, Reference, composed, listed_counts, places_of_references
from assistant.report.structure import Block, Report
from assistant.values import find_numbers
from assistant.values.characters import shared_start

_SHARE_PLACES = 1
"""Decimals of the shares that templates print."""
_AROUND = 8
"""Characters before a number by which one of several equal ones is known again."""
_DIGITS = re.compile(r"[.,，]?[0-9]")


class _Printed(NamedTuple):
    """A number that a template prints."""

    text: str
    """With its unit, as it stands there."""
    before: str
    """The words before it, backwards."""
    after: str
    """The character behind it: the unit, where it is printed without."""
    reference: Reference


def template_block(report: Report, passage: str) -> Block | None:
    """A passage as its template makes it, also where own words stand in its place."""
    blocks = (*report.replaced, *report.blocks)
    return next((each for each in blocks if each.passage == passage), None)


def with_template_figures(text: str, block: Block, answers: Answers) -> str:
    """Other words for a passage, in which its figures are references wherever they were moved.

    The block is the passage as its template makes it; references in the words stay.
    """
    left = list(_printed(block, answers))
    places: list[tuple[int, int, Reference]] = []
    written = places_of_references(text)
    candidates = [
        (-shared_start(_before(text, n.start), each.before), n.start, at)
        for n in find_numbers(text)
        if not any(begin <= n.start < end for begin, end in written)
        for at, each in enumerate(left)
        if _is_same(text, n.start, each)
    ]
    used: set[int] = set()
    taken: set[int] = set()
    for score, start, at in sorted(candidates):
        is_only = sum(other.text == left[at].text for other in left) == 1
        if at in used or start in taken or not (score or is_only):
            continue
        used.add(at)
        taken.add(start)
        end = start + len(left[at].text) - len(_unit(left[at].text))
        end += left[at].reference.has_percent and text.startswith("%", end)
        places.append((start, end, left[at].reference))
    for start, end, figure in sorted(places, reverse=True, key=lambda place: place[0]):
        text = text[:start] + str(figure) + text[end:]
    return text


def reference_to(name: str, answers: Answers) -> Reference | None:
    """What own text writes for a figure of a report, by its id; `None` for none.

    `open.total.share_of.result_total.total` is `{open.total/result_total.total:1}`.
    """
    edition = answers.edition
    if name in edition.numeric:
        return Reference("", (name,))
    if written := composed(name):  # of own text
        return written
    cell, share, whole = name.partition(".share_of.")
    if share and whole in edition.numeric:
        return Reference("", (cell,), (whole,), _SHARE_PLACES)
    cell, _, how = name.rpartition(".")
    if how == "previous":
        return Reference("last_year", (cell,))
    if how in ("difference", "rate"):
        return Reference("change" if how == "difference" else "rate", (cell,))
    fact, _, place = cell.partition(".")
    entries = list(listed_counts(answers).get(fact, ()))
    if place.isdecimal() and 0 < int(place) <= len(entries):
        return Reference("", (f"{fact}[{entries[int(place) - 1]}]",))
    return None


def _printed(block: Block, answers: Answers) -> Iterator[_Printed]:
    at, text = 0, block.text
    for span in block.spans:
        reference = reference_to(span.id, answers) if span.kind == "figure" else None
        if reference is not None and reference.is_legible:
            end = at + len(span.text)
            yield _Printed(span.text, _before(text, at), text[end : end + 1], reference)
        at += len(span.text)


def _before(text: str, at: int) -> str:
    """The nearest characters before a place, backwards."""
    return text[max(0, at - _AROUND) : at][::-1]


def _is_same(text: str, start: int, printed: _Printed) -> bool:
    """Whether a number is the printed one with its unit behind it: 4次, not 4月 or 40次."""
    end = start + len(printed.text)
    has_unit = bool(_unit(printed.text)) or printed.text.endswith("%")
    is_same_unit = has_unit or text[end : end + 1] == printed.after
    is_whole = not _DIGITS.match(text, end) and not text[:start][-1:].isdigit()
    return text.startswith(printed.text, start) and is_same_unit and is_whole


def _unit(text: str) -> str:
    return "" if text.endswith("%") else text.lstrip("0123456789.")
