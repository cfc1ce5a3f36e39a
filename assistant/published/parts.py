"""The parts of a form that own words stand in, by its headings and by those of other reports."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.form.model import Edition
from assistant.values.labels import folded_label
from assistant.values.language import any_of

_PIECE = re.compile(
    r"""^\#{2,3}\ +(?P<heading>[^\n{]+)$
    | ^@(?P<passage>[a-z][a-z0-9_.]*)
    | \{\{\ *(?P<name>[a-z][a-z0-9_]*)\ *\}\}""",
    re.MULTILINE | re.VERBOSE,
)
"""A heading of a template, the mark of a passage, or what it prints."""
_COMMON = re.compile(f"{any_of('in_every_heading')}")
_LIKE = 0.6
"""How alike a heading is to one of the form, at least."""
_SHARED = 0.3
"""How much of a heading of the form another one has, at least, to speak of the same."""
_SHORTEST_TELLING = 3
_BY_PLACE = 0.5
"""What it counts that a heading is the so-manieth, where a report has as many as the form."""


class Part(NamedTuple):
    """A place of the form for own words, with the heading that it stands under."""

    heading: str
    """Within the section; empty where that has none."""
    slot: str
    """The question of its own text; empty where it has none."""


class Section(NamedTuple):
    """A section of the form with its parts."""

    title: str
    parts: tuple[Part, ...]
    """In order, as its template prints them; the first is where words stand before any heading."""
    has_tables: bool

    @property
    def headed(self) -> tuple[Part, ...]:
        """Those with a heading."""
        return tuple(part for part in self.parts if part.heading)

    @property
    def is_divided(self) -> bool:
        """Whether its headings part own words from one another."""
        return len({part.slot for part in self.headed}) > 1


@lru_cache(maxsize=8)
def sections_of(edition: Edition) -> tuple[Section, ...]:
    """The sections of a form in order."""
    found: list[Section] = []
    for section in edition.sections:
        if section.template:
            parts = tuple(_printed(edition.templates.get(section.template, ""), edition))
        else:
            named = {"": section.texts.get("", ""), **section.texts}
            parts = tuple(Part(heading, slot) for heading, slot in named.items())
        found.append(Section(section.title, parts, bool(section.tables)))
    return tuple(found)


def _printed(source: str, edition: Edition) -> Iterator[Part]:
    """The parts that a template prints.

    A part without an own text has that of the part which speaks of the same, or the place that its
    template leaves for own words. One that is asked only where something else was chosen is none:
    what it was given would not be printed.
    """
    texts = (fact for fact in edition.own_texts if fact.kind == "text")
    own = {fact.id for fact in texts if not fact.passage and not fact.when}
    heading, slots = "", ["", "", ""]
    for match in _PIECE.finditer(source):
        passage = edition.passages_by_id.get(match["passage"] or "")
        if match["heading"]:
            part = Part(heading, next(filter(None, slots), ""))
            if any(part):
                yield part
            heading, slots = match["heading"].strip(), ["", "", ""]
        elif passage is not None:
            slots[1] = slots[1] or passage.topic
            slots[2] = slots[2] or (passage.id if passage.place else "")
        elif match["name"] in own:
            slots[0] = slots[0] or match["name"]
    yield Part(heading, next(filter(None, slots), ""))


def section_like(said: str, sections: Sequence[Section]) -> int | None:
    """The place of the section whose title a heading is most like, or has in it."""
    return _place_like(said, [each.title for each in sections])


def part_like(said: str, section: Section) -> Part | None:
    """The part whose heading one is most like, or has in it."""
    place = _place_like(said, [part.heading for part in section.headed])
    return None if place is None else section.headed[place]


def _place_like(said: str, headings: Sequence[str]) -> int | None:
    told = {telling(heading): at for at, heading in enumerate(headings) if telling(heading)}
    words = telling(said)
    within = [each for each in told if each in words]
    like = [max(within, key=len)] if within else get_close_matches(words, told, 1, _LIKE)
    return told[like[0]] if like else None


def telling(heading: str) -> str:
    """A heading without what all headings of these reports say."""
    return _COMMON.sub("", folded_label(heading))


def place_headings(said: Sequence[str], section: Section) -> list[Part | None]:
    """The part that each heading of a report speaks of, in the order of the form.

    Where a report has as many as the form, one that is like none is that of its place.

    Args:
        said: What the headings of one section say, from top to bottom.
        section: The section.

    Returns:
        By heading the part; `None` where it fits none.
    """
    parts = section.headed
    fits = _fits(said, section)
    best = [[0.0] * (len(parts) + 1) for _ in range(len(said) + 1)]
    for at in reversed(range(len(said))):
        for to in reversed(range(len(parts))):
            taken = fits[at][to] + best[at + 1][to + 1] if fits[at][to] else 0.0
            best[at][to] = max(taken, best[at + 1][to], best[at][to + 1])
    placed: list[Part | None] = []
    to = 0
    for at in range(len(said)):
        while to < len(parts) and best[at][to] == best[at][to + 1]:
            to += 1
        is_here = to < len(parts) and best[at][to] > best[at + 1][to]
        placed.append(parts[to] if is_here else None)
        to += is_here
    return placed


def _fits(said: Sequence[str], section: Section) -> list[list[float]]:
    """How well each heading fits each part; nothing where it does not."""
    parts = section.headed
    whole = [_pairs(folded_label(part.heading)) for part in parts]
    short = [_pairs(telling(part.heading)) for part in parts]
    common = Counter(pair for pairs in whole for pair in pairs)
    found: list[list[float]] = []
    for at, heading in enumerate(said):
        own = _pairs(folded_label(heading))
        row: list[float] = []
        for to, part in enumerate(parts):
            told = telling(part.heading)
            is_telling = len(told) >= _SHORTEST_TELLING
            shared = max(_share(own, whole[to], common),
                         _share(own, short[to], common) if is_telling else 0.0)  # fmt: skip
            alike = SequenceMatcher(None, telling(heading), told, autojunk=False).ratio()
            if alike >= _LIKE and is_telling:
                shared = max(shared, alike)
            by_place = _BY_PLACE if at == to and len(said) == len(parts) else 0.0
            row.append(1 + shared if shared >= _SHARED else by_place)
        found.append(row)
    return found


def _pairs(text: str) -> frozenset[str]:
    return frozenset("".join(pair) for pair in pairwise(text))


def _share(said: frozenset[str], wanted: frozenset[str], common: Mapping[str, int]) -> float:
    """How much of a heading another has; what several headings of a form have counts less."""
    total = sum(1 / max(common[pair], 1) for pair in wanted)
    return sum(1 / max(common[pair], 1) for pair in wanted & said) / total if total else 0.0
