"""Which body's report for which year a document is, by its title, its period and its table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
    at = 0
    while at < len(lines):
        for count in (1, 2, 3):
            text = _bare("".join(lines[at : at + count]))
            match = _TITLE.fullmatch(text) if len(text) <= _LONGEST else None
            year = read_year(match["digits"]) if match else None
            is_broken = not any(_TITLE.fullmatch(_bare(each)) for each in lines[at : at + count])
            if match and year and (count == 1 or is_broken):
                is_first = at < _FIRST_LINES
                body = _body(match) or (_body_above(lines, at) if is_first else "")
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
    text = _bare(lines[at - 1]) if at else ""
    return text if _BODY.fullmatch(text) else ""


def _body(match: re.Match[str]) -> str:
    """The name of the body before or behind the year."""
    for said in (match["before"], match["behind"]):
        text = said.strip("·-—_|《》“”")
        if _BODY.fullmatch(text):
            return text
    return ""
