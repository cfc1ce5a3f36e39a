"""The words of a report part by part, each by its heading, as own text of the form's parts."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
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


def words_by_part(lines: Sequence[str], edition: Edition) -> dict[str, list[str]]:
    """The paragraphs of a report by the own text that they belong to.

    What stands under a heading without an own text of its own goes under `""`, and so does what
    stands before the first heading.
    """
    found: dict[str, list[str]] = {}
    parts = parts_of(edition)
    at = Part("", "", "")
    for line in lines:
        place, rest = _follow(line.strip(), at, parts)
        at = place
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


def _follow(line: str, at: Part, parts: Sequence[Part]) -> tuple[Part, str]:
    """The part that a line belongs to, and its words without a heading before them."""
    marked = _NUMBERED.match(line.lstrip("# "))
    text = line.lstrip("# ")
    heading, rest = _split(text)
    if not marked and (rest or len(heading) > _LONGEST_HEADING):
        return at, line
    sections = list(dict.fromkeys(part.section for part in parts))
    if not marked or not marked["open"]:
        section = _best(heading, sections)
        if section is None and marked and at.section in ("", *sections):
            section = _by_number(marked["number"], heading, sections)
        if section is not None:
            return next(part for part in parts if part.section == section), rest
    inside = [part for part in parts if part.section == at.section and part.heading]
    best = _best(heading, [part.heading for part in inside])
    if best is not None:
        return next(part for part in inside if part.heading == best), rest
    return at, line


def _split(text: str) -> tuple[str, str]:
    """A heading and the words that follow it in the same paragraph."""
    for place, mark in enumerate(text[: _LONGEST_HEADING + 1]):
        if mark in _ENDS or (mark in " \u3000" and place > 3):
            return text[:place], text[place + 1 :].strip()
    return text, ""


def _best(heading: str, names: Sequence[str]) -> str | None:
    """The heading of the form that one is most like, or that it has in it."""
    said = _telling(heading)
    if not said:
        return None
    within = [name for name in names if (each := _telling(name)) and each in said]
    if within:
        return max(within, key=len)
    rated = [(SequenceMatcher(None, said, _telling(name)).ratio(), name) for name in names]
    ratio, name = max(rated, default=(0.0, ""))
    return name if ratio >= _LIKE else None


def _telling(heading: str) -> str:
    """A heading without what all headings of these reports say."""
    return _COMMON.sub("", folded_label(heading))


def _by_number(number: str, heading: str, sections: Sequence[str]) -> str | None:
    """The section of the same number, where a heading is one by its length."""
    place = (parse_numeral(number) or 0) - 1
    is_there = 0 <= place < len(sections) and len(heading) <= _LONGEST_HEADING
    return sections[place] if is_there else None
