"""Lines of a report as paragraphs: marks of Markdown off, broken sentences whole, tables gone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from assistant.form.model import Edition
from assistant.tables.form_lines import form_lines
from assistant.values import Refusal, has_end, read_date
from assistant.values.labels import plain, squeezed
from assistant.values.language import any_of, phrase

_MARK = re.compile(r"^(?P<heading>#{1,6}\s+)|^[-*+>]\s+")
_STRESS = re.compile(r"\*\*(?=\S)([^*]{1,400})\*\*")
NUMBERED = re.compile(
    rf"(?P<open>[（(])?(?P<number>{any_of('ordinal')}{{1,3}})(?(open)[)）]、?|[、.．])"
)
"""The number of a heading or an entry: 三、 or （三）."""
_ENTRY = phrase(
    r"""{ordinal} [是、] | [（(] [0-9一二三四五六七八九十]{1,3} [）)] | [0-9]{1,2} [.、．]"""
)
_PAIRS = ("“”", "（）", "《》", "()", "‘’")
_CLAUSE = "，、；：,;:"
_LONGEST_LEAD = 40
"""Characters of a line that leads into those below it."""
_SHORTEST_BROKEN = 20
"""Characters of a line without a mark that a break may end."""
_ANNEX = re.compile(f"^{any_of('annex')}[0-9]?")
_BODY_END = re.compile(f"{any_of('body_end')}$")


class ProseLine(NamedTuple):
    """A line of running text, or a heading."""

    text: str
    """Without marks of Markdown."""
    is_marked: bool = False
    """Whether Markdown marks it as a heading."""


def prose_line(line: str) -> ProseLine:
    """A line without the marks that Markdown puts before and around words."""
    text = line.strip()
    mark = _MARK.match(text)
    bare = text[mark.end() :] if mark else text
    return ProseLine(_STRESS.sub(r"\1", bare).strip(), bool(mark and mark["heading"]))


def is_remains(text: str, edition: Edition) -> bool:
    """Whether a line is only what the tables of a form print: titles, labels, names of columns."""
    said = plain(text)
    return _ANNEX.sub("", said) in _printed(edition) or bool(
        said and form_lines(edition).called(text)
    )


@lru_cache(maxsize=8)
def _printed(edition: Edition) -> frozenset[str]:
    found = {edition.form_title}
    for grid in edition.grids:
        found |= {grid.title, grid.stub, grid.over}
        for column in grid.columns:
            found |= {column.label, column.group, *column.printed}
    return frozenset(map(plain, found)) - {""}


def paragraphs(lines: Iterable[ProseLine], *, has_breaks: bool) -> Iterator[str]:
    """The paragraphs that lines make up.

    Args:
        lines: The lines in order.
        has_breaks: Whether a line may end within a sentence, as in files of plain text.
    """
    whole = ""
    is_lead = False
    opened = Counter[str]()
    for line in lines:
        if whole and (is_lead or (has_breaks and _goes_on(whole, opened, line))):
            whole += line.text
        else:
            if whole:
                yield whole
            whole = line.text
            opened.clear()
        opened.update(
            {pair: line.text.count(pair[0]) - line.text.count(pair[1]) for pair in _PAIRS}
        )
        is_lead = line.is_marked and len(line.text) <= _LONGEST_LEAD and has_end(line.text)
    if whole:
        yield whole


def _goes_on(text: str, opened: Mapping[str, int], below: ProseLine) -> bool:
    """Whether a text ended only because its line was full, with so many marks of a pair open."""
    if has_end(text) or below.is_marked or NUMBERED.match(below.text) or is_signed(below.text):
        return False
    if any(each > 0 for each in opened.values()) or text[-1] in _CLAUSE[:2]:
        return True
    return not _ENTRY.match(below.text) and len(text) >= _SHORTEST_BROKEN


def is_signed(text: str) -> bool:
    """Whether a line is a date alone, below which a report has no words."""
    said = squeezed(text).strip("()")
    return len(said) <= _LONGEST_LEAD and not isinstance(read_date(said), Refusal)


def signed_on(lines: Iterable[str], year: int) -> date | None:
    """The date below a report of a year, where its lines that are a date alone say one."""
    said = (squeezed(prose_line(line).text).strip("()") for line in lines)
    dates = {read_date(text) for text in said if is_signed(text)}
    later = {each for each in dates if isinstance(each, date) and each.year > year}
    return later.pop() if len(later) == 1 else None


def is_signature(text: str) -> bool:
    """Whether a line is the name of a body or a date alone, as below a title or a report."""
    is_short = len(text) <= _LONGEST_LEAD and not has_end(text)
    return is_signed(text) or (is_short and bool(_BODY_END.search(text)))


def unsigned(lines: list[str]) -> list[str]:
    """The words of the last part without the signature and what stands below it."""
    signed = next((at for at, line in enumerate(lines) if is_signed(line)), len(lines))
    kept = lines[:signed]
    while kept and len(kept[-1]) <= _LONGEST_LEAD and not has_end(kept[-1]):
        if not any(map(str.isdigit, kept[-1])) and not _BODY_END.search(kept[-1]):
            break
        kept.pop()
    return kept
