"""The words of a report part by part, each by its heading, as own text of the form's parts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from assistant.form.model import Edition
from assistant.values import has_end, parse_numeral
from assistant.values.labels import folded_label
from assistant.values.language import any_of

_NUMBERED = re.compile(
    rf"(?P<open>[（(])?(?P<number>{any_of('ordinal')}{{1,3}})(?(open)[)）]、?|[、.．])"
)
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
_BODY_END = re.compile(f"{any_of('body_end')}$")
_LONGEST_HEADING = 40
_ENDS = "。：:；"


class Part(NamedTuple):
    """A place of the form for own words, with the headings that it stands under."""

    section: str
    heading: str
    """Within the section; empty where that has none."""
    slot: str
    """The question of its own text; empty where it has none."""


@lru_cache(maxsize=8)
def parts_of(edition: Edition) -> tuple[Part, ...]:
    """The parts of a form in order, as its templates print them.

    A part without an own text has that of the part which speaks of the same.
    """
    own = {fact.id for fact in edition.own_texts if fact.kind == "text" and not fact.passage}
    found: list[Part] = []
    for section in edition.sections:
        if not section.template:
            named = {"": section.texts.get("", ""), **section.texts}
            found += [Part(section.title, heading, slot) for heading, slot in named.items()]
            continue
        part = Part(section.title, "", "")
        topic = ""
        for match in _PIECE.finditer(edition.templates.get(section.template, "")):
            if match["heading"]:
                found += [part._replace(slot=part.slot or topic)] if part.heading or topic else []
                part, topic = Part(section.title, match["heading"].strip(), ""), ""
            elif match["passage"] in edition.passages_by_id:
                topic = topic or edition.passages_by_id[match["passage"]].topic
            elif match["name"] in own:
                part = part._replace(slot=part.slot or match["name"])
        found.append(part._replace(slot=part.slot or topic))
    return tuple(found)


class _Outline(NamedTuple):
    """The headings of a form, each by what it says beside what all headings say."""

    sections: Mapping[str, str]
    inside: Mapping[str, Mapping[str, str]]
    """By section those within it."""
    first: Mapping[str, Part]
    """By section its first part."""
    parts: Mapping[tuple[str, str], Part]
    """By section and heading, the first of those that share them."""


@lru_cache(maxsize=8)
def _outline(edition: Edition) -> _Outline:
    parts = parts_of(edition)
    sections = list(dict.fromkeys(part.section for part in parts))
    inside = {
        each: _by_telling(part.heading for part in parts if part.section == each and part.heading)
        for each in sections
    }
    backwards = parts[::-1]
    first = {part.section: part for part in backwards}
    named = {(part.section, part.heading): part for part in backwards}
    return _Outline(_by_telling(sections), inside, first, named)


def _by_telling(headings: Iterable[str]) -> dict[str, str]:
    told = ((_telling(heading), heading) for heading in headings)
    return {telling: heading for telling, heading in told if telling}


def words_by_part(lines: Sequence[str], edition: Edition) -> dict[str, list[str]]:
    """The paragraphs of a report by the own text that they belong to.

    What stands under a heading without an own text of its own goes under `""`, and so does what
    stands before the first heading.
    """
    found: dict[str, list[str]] = {}
    outline = _outline(edition)
    at = Part("", "", "")
    for line in lines:
        at, rest = _follow(line.strip(), at, outline)
        if rest:
            slot = at.slot or (_slot_of(rest, edition) if at.section else "")
            found.setdefault(slot, []).append(rest)
    if at.slot:
        found[at.slot] = _unsigned(found.get(at.slot, []))
    return {slot: lines for slot, lines in found.items() if lines}


def _unsigned(lines: list[str]) -> list[str]:
    """The words of the last part without the signature and the date below them."""
    kept = list(lines)
    while kept and len(kept[-1]) <= _LONGEST_HEADING and not has_end(kept[-1]):
        if not any(map(str.isdigit, kept[-1])) and not _BODY_END.search(kept[-1]):
            break
        kept.pop()
    return kept


def _slot_of(paragraph: str, edition: Edition) -> str:
    """The own text of the topic that a paragraph names most often; empty for none."""
    rated = [
        (sum(paragraph.count(noun) for noun in topic.nouns), topic.slots[0])
        for topic in edition.claims.topics
        if topic.slots
    ]
    count, slot = max(rated, key=lambda each: each[0], default=(0, ""))
    return slot if count else ""


def _follow(line: str, at: Part, outline: _Outline) -> tuple[Part, str]:
    """The part that a line belongs to, and its words without a heading before them."""
    text = line.lstrip("# ")
    marked = _NUMBERED.match(text)
    heading, rest = _split(text)
    if not marked and (rest or len(heading) > _LONGEST_HEADING):
        return at, line
    telling = _telling(heading)
    if not marked or not marked["open"]:
        section = _best(telling, outline.sections)
        if section is None and marked:
            section = _by_number(marked["number"], heading, list(outline.first))
        if section is not None:
            return outline.first[section], rest
    best = _best(telling, outline.inside.get(at.section, {}))
    return (at, line) if best is None else (outline.parts[at.section, best], rest)


def _split(text: str) -> tuple[str, str]:
    """A heading and the words that follow it in the same paragraph."""
    for place, mark in enumerate(text[: _LONGEST_HEADING + 1]):
        if mark in _ENDS or (mark in " \u3000" and place > 3):
            return text[:place], text[place + 1 :].strip()
    return text, ""


def _best(said: str, headings: Mapping[str, str]) -> str | None:
    """The heading of the form that one is most like, or that it has in it."""
    within = [telling for telling in headings if telling in said]
    like = [max(within, key=len)] if within else get_close_matches(said, headings, 1, _LIKE)
    return headings[like[0]] if like else None


def _telling(heading: str) -> str:
    """A heading without what all headings of these reports say."""
    return _COMMON.sub("", folded_label(heading))


def _by_number(number: str, heading: str, sections: Sequence[str]) -> str | None:
    """The section of the same number, where a heading is one by its length."""
    place = (parse_numeral(number) or 0) - 1
    is_there = 0 <= place < len(sections) and len(heading) <= _LONGEST_HEADING
    return sections[place] if is_there else None
