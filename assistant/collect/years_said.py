"""Which year the files of departments are for, by what each table and each text says of itself."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.collect.department_files import DepartmentFile
from assistant.collect.file_tables import FileTable
from assistant.tables.title import read_title
from assistant.values.labels import squeezed
from assistant.values.language import phrase

_OF_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})年度")
_OF_TABLES = phrase(r"(?<![0-9])([12][0-9]{3})年[^0-9。]{0,60}{statistics}")
_IN_PASSING = (
    re.compile(r"(?<![0-9])([12][0-9]{3})年(?![0-9度])"),
    re.compile(r"(?<![0-9])([12][0-9]{3})年1月1日"),
)
"""How words say the year of a file that does not say it in any other way, the surest first."""
_LONGEST = 200
"""Characters of a text that is looked at for a year."""
_MOST_CELLS = 60
"""Cells of a table that its title may stand in."""


class Said(NamedTuple):
    """A year, and who says it."""

    year: int
    file: DepartmentFile
    table: FileTable | None = None
    """None for the text of a document."""

    @property
    def place(self) -> str:
        """What people call the table; empty for the text."""
        return self.table.place if self.table else ""


def years_said(file: DepartmentFile) -> Iterator[Said]:
    """The year of the title of each table and of the text, where it names one alone."""
    for table in file.tables:
        cells = [table.place, *(cell.text for cell in table.cells.values())]
        for year in _only(_said(cells, _OF_YEAR) or _of_title(cells[:_MOST_CELLS])):
            yield Said(year, file, table)
    for year in _only(_of_title(file.lines) or _said(file.lines, _OF_YEAR)):
        yield Said(year, file)


def year_in_passing(file: DepartmentFile) -> Iterator[Said]:
    """The year that a file names alone, where no title says one."""
    cells = [*file.cell_texts()]
    for pattern in _IN_PASSING:
        for texts in (cells, file.lines):
            for year in _only(_said(texts, pattern)):
                yield Said(year, file)
                return


def _of_title(texts: Sequence[str]) -> Collection[int]:
    """The years in the title of a report, or else of its tables."""
    title = read_title(texts)
    return title.years if title.line >= 0 else _said(texts, _OF_TABLES)


def _said(texts: Iterable[str], pattern: re.Pattern[str]) -> set[int]:
    return {int(year) for text in texts for year in pattern.findall(squeezed(text[:_LONGEST]))}


def _only(years: Collection[int]) -> Collection[int]:
    """The only one of several years, or none."""
    return years if len(years) == 1 else ()
