"""The words of a report part by part, each by its heading, as own text of the form's parts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.form.model import Edition
from assistant.published.paragraphs import (
    NUMBERED,
    ProseLine,
    is_remains,
    is_signature,
    paragraphs,
    prose_line,
    unsigned,
)
from assistant.published.parts import (
    Section,
    part_like,
    place_headings,
    section_like,
    sections_of,
    telling,
)
from assistant.values import has_end, parse_numeral
from assistant.values.labels import plain

_LONGEST_HEADING = 40
_ENDS = "。：:；"


class Words(NamedTuple):
    """The words of a report."""

    slots: dict[str, list[str]]
    """By own text its paragraphs."""
    left: list[str]
    """Paragraphs and headings that belong to no own text."""


def words_by_part(lines: Sequence[str], edition: Edition, *, has_breaks: bool = False) -> Words:
    """The paragraphs of a report by the own text that they belong to.

    Headings, marks of Markdown and remains of tables are none of them.

    Args:
        lines: Its lines from the title on, without those of tables.
        edition: The form.
        has_breaks: Whether a line may end within a sentence, as in files of plain text.
    """
    words = Words({}, [])
    sections = sections_of(edition)
    for at, inside in _by_section(lines, edition):
        section = sections[at] if at >= 0 else None
        for below, slot in _by_heading(inside, section, words.left):
            texts = list(paragraphs(below, has_breaks=has_breaks))
            if section is not None and section.has_tables:
                texts = list(filter(has_end, texts))
            if at == len(sections) - 1:
                texts = unsigned(texts)
            if section is None:
                texts = [text for text in texts if not is_signature(text)]
            for text in texts:
                own = slot or (_slot_of(text, edition) if section else "")
                (words.slots.setdefault(own, []) if own else words.left).append(text)
    return words


def _slot_of(paragraph: str, edition: Edition) -> str:
    """The own text of the topic that a paragraph names most often; empty for none."""
    rated = [
        (sum(paragraph.count(noun) for noun in topic.nouns), topic.slots[0])
        for topic in edition.claims.topics
        if topic.slots
    ]
    count, slot = max(rated, key=lambda each: each[0], default=(0, ""))
    return slot if count else ""


def _by_section(lines: Sequence[str], edition: Edition) -> list[tuple[int, list[ProseLine]]]:
    """The lines of each section by its place in the form; -1 before the first."""
    found: list[tuple[int, list[ProseLine]]] = [(-1, [])]
    sections = sections_of(edition)
    for each in map(prose_line, lines):
        at = found[-1][0]
        to, rest = _section(each, at, sections)
        if to is not None:
            found.append((to, [ProseLine(rest)] if rest else []))
        elif each.text and (has_end(each.text) or not is_remains(each.text, edition)):
            found[-1][1].append(each)
    return found


def _section(line: ProseLine, at: int, sections: Sequence[Section]) -> tuple[int | None, str]:
    """The section that a line begins, and its words behind the heading."""
    marked = NUMBERED.match(line.text)
    heading, rest = _split(line.text)
    is_sentence = not marked and (bool(rest) or line.text.endswith("。"))
    if (marked and marked["open"]) or len(heading) > _LONGEST_HEADING or is_sentence:
        return None, ""
    like = section_like(heading, sections)
    is_same = like is not None and telling(heading) == telling(sections[like].title)
    if like is not None and (like > at or is_same):
        is_inside = not marked and at >= 0 and part_like(heading, sections[at]) is not None
        if not is_inside or plain(heading) == plain(sections[like].title):
            return like, rest
    if marked and parse_numeral(marked["number"]) == at + 2 <= len(sections):
        return at + 1, rest
    return None, ""


def _by_heading(
    lines: Sequence[ProseLine], section: Section | None, left: list[str]
) -> Iterator[tuple[list[ProseLine], str]]:
    """The lines of a section below each of its headings, with the own text they belong to.

    Args:
        lines: The lines.
        section: The section; none before the first.
        left: Where headings go that are none of the form.
    """
    said: list[str] = []
    stretches: list[list[ProseLine]] = [[]]
    number = 1
    for line in lines:
        heading, rest = _heading(line, number, section)
        if not heading:
            stretches[-1].append(line)
            continue
        marked = NUMBERED.match(heading)
        number = (parse_numeral(marked["number"]) or number) + 1 if marked else number
        said.append(heading)
        stretches.append([ProseLine(rest)] if rest else [])
    slot = section.parts[0].slot if section else ""
    yield stretches[0], slot
    placed = place_headings(said, section) if section else [None] * len(said)
    for heading, below, part in zip(said, stretches[1:], placed, strict=True):
        if part is None:
            left.append(heading)
        else:
            slot = part.slot
        yield below, slot


def _heading(line: ProseLine, number: int, section: Section | None) -> tuple[str, str]:
    """The heading that a line is or begins with, and the words behind it; nothing of any other.

    Where the form has no headings what stands with its words in one paragraph is no heading.

    Args:
        line: The line.
        number: What the next heading is numbered with.
        section: The section; none before the first.
    """
    marked = NUMBERED.match(line.text)
    heading, rest = _split(line.text)
    if section is None or len(heading) > _LONGEST_HEADING:
        return "", ""
    is_alone = not rest and not has_end(line.text)
    if marked and marked["open"]:
        place = parse_numeral(marked["number"]) or 0
        is_next = place == number or (place > number and part_like(heading, section) is not None)
        return (heading, rest) if is_next and (section.is_divided or is_alone) else ("", "")
    is_like = not marked and is_alone and part_like(heading, section) is not None
    return (heading, rest) if is_like or (line.is_marked and is_alone) else ("", "")


def _split(text: str) -> tuple[str, str]:
    """A heading and the words that follow it in the same paragraph."""
    for place, mark in enumerate(text[: _LONGEST_HEADING + 1]):
        if mark in _ENDS or (mark in " \u3000" and place > 3):
            return text[:place], text[place + 1 :].strip()
    return text, ""
