"""Which body's report, for which year and of which form, a document is.

The title says body and year, else the period and the table; the form is that of the year, if its
marks and its cells do not speak for another one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.values import read_year
from assistant.values.labels import squeezed
from assistant.values.language import phrase

_DIGITS = "[0-9〇零○一二三四五六七八九]"
_TITLE = phrase(
    r"""(?P<before>.{0,60}?) (?P<digits>{digit}{digit}{digit}{digit}) {year}
    (?P<behind>.{0,60}?) {annual_report} (?: [(（] .{0,30} )?""",
    digit=_DIGITS,
)
"""示例县人民政府2025年政府信息公开工作年度报告; 2025年度示例县…年度报告."""
_PERIOD = re.compile(r"(?<![0-9])([12][0-9]{3})年(?:度\)|1月1日)")
"""（2017年度）; 自2017年1月1日起."""
_NAMED = phrase(
    r"({digit}{digit}{digit}{digit}) {year} [^。；]{0,20}? {disclosure} [^。；]{0,10}? {a_report}",
    digit=_DIGITS,
)
"""现公布本局2023年政府信息公开工作年度报告; 关于2022年度政府信息公开情况的报告."""
_FIRST_LINES = 60
"""Lines in which a title may stand, a site's menu before it."""
_LONGEST = 80
"""Characters of a title."""
_BODY = phrase(r"[\u4e00-\u9fff（）()·]{0,60}?{body_end}")


class Title(NamedTuple):
    """What a report says of itself."""

    year: int | None
    body: str
    """Empty where no title names it."""
    line: int
    """The line of the title, -1 for none."""
    years: tuple[int, ...]
    """All years that a title names; more than one where a file holds two reports."""


def read_title(lines: Sequence[str]) -> Title:
    """Find the title of a report; without one the period that it is for."""
    found = list(_titles(lines))
    if found:
        named = [each for each in found if each.body] or found
        years = tuple(dict.fromkeys(each.year for each in found if each.year))
        return named[0]._replace(years=years)
    told = [squeezed(line) for line in lines]
    said = [each for line in told for digits in _NAMED.findall(line) if (each := read_year(digits))]
    if said:
        most = Counter(said).most_common(1)[0][0]
        return Title(most, "", -1, (most,))
    periods = Counter(int(each) for line in told for each in _PERIOD.findall(line))
    year = periods.most_common(1)[0][0] if periods else None
    return Title(year, "", -1, () if year is None else (year,))


def _titles(lines: Sequence[str]) -> Iterator[Title]:
    """The titles of a document, each perhaps broken into two lines or three."""
    bare, at = list(map(_bare, lines)), 0
    while at < len(lines):
        for count in (1, 2, 3):
            parts = bare[at : at + count]
            text = "".join(parts)
            match = _TITLE.fullmatch(text) if len(text) <= _LONGEST else None
            year = read_year(match["digits"]) if match else None
            if match and year and (count == 1 or not any(map(_TITLE.fullmatch, parts))):
                is_first = at < _FIRST_LINES
                body = _body(match) or (_body_above(bare, at) if is_first else "")
                if is_first or body:
                    yield Title(year, body, at + count - 1, (year,))
                    at += count - 1
                break
        at += 1


def _bare(line: str) -> str:
    """A line without spaces and the marks that make it a heading."""
    return squeezed(line).strip("#*")


def _body_above(lines: Sequence[str], at: int) -> str:
    """The name of a body on the line above a title that has none."""
    text = lines[at - 1] if at else ""
    return text if _BODY.fullmatch(text) else ""


def _body(match: re.Match[str]) -> str:
    """The name of the body before or behind the year."""
    for said in (match["before"], match["behind"]):
        text = said.strip("·-—_|《》“”")
        if _BODY.fullmatch(text):
            return text
    return ""


_MOSTLY = (2, 3)
"""The share of the cells that another form would have, at least, which a form of the report year
is taken for: tables of two forms in one file are a fault of it, and no other form."""


class Candidates(NamedTuple):
    """The forms that the tables of a file may be of."""

    editions: tuple[Edition, ...]
    """Those of its year and those whose marks it has; all where there are none."""
    marks: Mapping[str, tuple[str, ...]]
    """By the id of every form the words that it alone prints and the file has."""
    of_year: frozenset[str]
    """The ids of those that serve the report year."""

    def best(self, known: Callable[[Edition], int]) -> Edition:
        """The form of the year, if it knows most of what any form does, else the one that does.

        Args:
            known: How many cells of a form the tables have.
        """

        def speaks(each: Edition) -> tuple[bool, bool, int, bool]:
            is_of_year, is_marked = each.id in self.of_year, bool(self.marks[each.id])
            return is_of_year, is_marked, len(each.cells), not each.is_special

        likely, largest = max(self.editions, key=speaks), max(len(e.cells) for e in self.editions)
        is_near = len(likely.cells) * _MOSTLY[1] >= largest * _MOSTLY[0]
        if is_near and known(likely) == len(likely.cells):
            return likely  # no other can have more that speaks for it
        counts = {each.id: known(each) for each in self.editions}
        most = max(counts.values())

        def rank(each: Edition) -> tuple[bool, bool, int, bool]:
            is_near = counts[each.id] * _MOSTLY[1] >= most * _MOSTLY[0]
            is_marked = bool(self.marks[each.id])
            is_of_year = is_near and each.id in self.of_year
            return is_of_year, is_near and is_marked, counts[each.id], not each.is_special

        return max(self.editions, key=rank)

    def foreign(self, edition: Edition) -> tuple[str, ...]:
        """The words of forms of other years than that of one."""
        others = (each for each in self.editions if each.years != edition.years)
        return tuple(mark for each in others for mark in self.marks[each.id])


def candidates(texts: Iterable[str], year: int | None, library: Library) -> Candidates:
    """The forms that some texts, in tables and around them, may be of.

    Raises:
        LibraryError: A file of a form is missing or wrong.
    """
    every = library.readable_editions()
    told = squeezed("".join(texts))
    marks = {
        each.id: tuple(mark for mark in each.marks if squeezed(mark) in told) for each in every
    }
    of_year = frozenset(each.id for each in every if year is not None and year in each.years)
    likely = tuple(each for each in every if marks[each.id] or each.id in of_year)
    return Candidates(likely or every, marks, of_year)
