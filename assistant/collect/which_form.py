"""Which form, and for which year, the files of departments are: by what each says of itself."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.answers import Answers
from assistant.collect.department_files import DepartmentFile, FileTable
from assistant.collect.form_reading import FormReading, is_of_form, read_table
from assistant.collect.form_tag import FormTag
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.storage.errors import EditionError, FileError
from assistant.tables.which_report import candidates, read_title
from assistant.values.labels import squeezed
from assistant.values.language import phrase

Readings = Mapping[int, Sequence[FormReading]]
"""The tables of each file without our sheets, by its place among the files."""

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


class Wanted(NamedTuple):
    """What the person at the screen says of the files."""

    edition: str = ""
    year: int | None = None


NOTHING_WANTED = Wanted()


class _Said(NamedTuple):
    """A year, and who says it."""

    year: int
    file: DepartmentFile
    table: FileTable | None = None
    """None for the text of a document."""

    @property
    def place(self) -> str:
        """What people call the table; empty for the text."""
        return self.table.place if self.table else ""


class WhichForm:
    """Finds out what the files are."""

    def __init__(self, files: Sequence[DepartmentFile], library: Library) -> None:
        """Take the files."""
        self._files = files
        self._library = library
        self._readings: dict[str, Readings] = {}
        self._official = [at for at, file in enumerate(files) if file.tag is None]

    def decide(self, present: Answers | None, wanted: Wanted) -> tuple[Edition, FormTag, Readings]:
        """Form and year of all, and the tables by that form.

        Raises:
            FileError: A file has no table of a form, is of another form or year than the others,
                or nobody says the year, or the files say several.
            EditionError: The edition is unknown, can only be read, or does not serve the year.
        """
        fixed, known_year = self._known(present, wanted)
        said = {} if known_year else self._years_of_words()
        year = next(iter(said)) if len(said) == 1 else known_year
        edition, readings = self._by_tables(fixed, year)
        first = self._files[0].path
        if year is None:
            raise self._without_year(said)
        if edition.reading_only:
            raise EditionError("edition_reading_only", edition=edition.id, title=edition.title)
        if year not in edition.years:
            raise EditionError("form_year", path=str(first), edition=edition.id, year=year)
        tag = FormTag(edition.id, year)
        if present is not None and (present.edition is not edition or present.year != year):
            raise FileError(
                "form_other_answers", edition=edition.id, year=year,
                present=present.edition.id, present_year=present.year,
            )  # fmt: skip
        for at in self._official:
            self._prove_year(at, readings[at], year)
        return edition, tag, readings

    def _known(self, present: Answers | None, wanted: Wanted) -> tuple[Edition | None, int | None]:
        """Form and year as our own sheets say, else the answer file, else the person."""
        tag = next((file.tag for file in self._files if file.tag), None)
        if tag is not None:
            edition, year = self._library.edition_to_fill(tag.edition), tag.year
            if year not in edition.years:
                path = next(file.path for file in self._files if file.tag)
                raise EditionError("form_year", path=str(path), edition=edition.id, year=year)
        elif present is not None:
            edition, year = present.edition, present.year
        else:
            said = self._library.edition_to_fill(wanted.edition) if wanted.edition else None
            return said, wanted.year
        if (wanted.edition or edition.id) != edition.id or (wanted.year or year) != year:
            raise FileError(
                "form_not_wanted", edition=edition.id, year=year,
                wanted=wanted.edition or edition.id, wanted_year=wanted.year or year,
            )  # fmt: skip
        return edition, year

    def _years_of_words(self) -> dict[int, _Said]:
        """The years that the files say, each with who says it; in passing where no title does."""
        files = [self._files[at] for at in self._official]
        found: dict[int, _Said] = {}
        for tell in (_years_said, _year_in_passing):
            for said in (said for file in files for said in tell(file)):
                found.setdefault(said.year, said)
            if found:
                break
        return found

    def _without_year(self, said: Mapping[int, _Said]) -> FileError:
        """Why nobody knows the year: several are said, or none."""
        if not said:
            return FileError("form_no_year", path=str(self._files[self._official[0]].path))
        told = [{"path": str(each.file.path), "place": each.place, "year": each.year}
                for each in said.values()]  # fmt: skip
        return FileError("form_years", told=told)

    def _prove_year(self, at: int, readings: Sequence[FormReading], year: int) -> None:
        """Refuse a file whose text or one of whose tables of the form says another year."""
        of_form = {id(each.table) for each in readings if each.cells}
        for said in _years_said(self._files[at]):
            is_of_form = said.table is None or id(said.table) in of_form
            if said.year != year and is_of_form:
                raise FileError(
                    "form_other_year",
                    path=str(said.file.path), place=said.place, found=said.year, year=year,
                )  # fmt: skip

    def _by_tables(self, fixed: Edition | None, year: int | None) -> tuple[Edition, Readings]:
        """The form that most cells are of, among those whose marks the files bear."""
        if not self._official:
            assert fixed is not None  # noqa: S101  our own sheets said it
            return fixed, {}
        texts = (text for at in self._official for text in self._files[at].texts())
        likely = candidates(texts, year, self._library)
        if fixed is not None and (likely.marks[fixed.id] or not any(likely.marks.values())):
            return fixed, self._proved(fixed)
        best = likely.best(lambda each: _known_cells(self._read(each)))
        if fixed is not None and (best is fixed or not _known_cells(self._read(best))):
            return fixed, self._proved(fixed)
        if fixed is not None:
            raise FileError("form_other_table", path=str(self._files[self._official[0]].path),
                            title=best.title, wanted=fixed.title)  # fmt: skip
        return best, self._proved(best)

    def _read(self, edition: Edition) -> Readings:
        if edition.id not in self._readings:
            self._readings[edition.id] = {
                at: [read_table(table, edition) for table in self._files[at].tables]
                for at in self._official
            }
        return self._readings[edition.id]

    def _proved(self, edition: Edition) -> Readings:
        """The tables by a form; a file without one is refused."""
        readings = self._read(edition)
        for at, each in readings.items():
            if not is_of_form(each, edition):
                raise FileError("form_foreign", path=str(self._files[at].path))
        return readings


def _known_cells(readings: Readings) -> int:
    return sum(each.known for tables in readings.values() for each in tables)


def _years_said(file: DepartmentFile) -> Iterator[_Said]:
    """The year of the title of each table and of the text, where it names one alone."""
    for table in file.tables:
        cells = [table.place, *table.texts()]
        for year in _only(_said(cells, _OF_YEAR) or _of_title(cells[:_MOST_CELLS])):
            yield _Said(year, file, table)
    for year in _only(_of_title(file.lines) or _said(file.lines, _OF_YEAR)):
        yield _Said(year, file)


def _year_in_passing(file: DepartmentFile) -> Iterator[_Said]:
    """The year that a file names alone, where no title says one."""
    cells = [*file.cell_texts()]
    for pattern in _IN_PASSING:
        for texts in (cells, file.lines):
            for year in _only(_said(texts, pattern)):
                yield _Said(year, file)
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
