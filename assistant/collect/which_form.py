"""Which form, and for which year, the files of departments are: by what each says of itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.answers import Answers
from assistant.collect.department_files import DepartmentFile
from assistant.collect.form_reading import FormReading, is_of_form, read_table
from assistant.collect.form_tag import FormTag
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.storage.errors import EditionError, FileError
from assistant.tables.which_edition import candidates
from assistant.values.labels import squeezed
from assistant.values.language import phrase

_YEARS = (
    re.compile(r"(?<![0-9])([12][0-9]{3})年度"),
    phrase(r"(?<![0-9])([12][0-9]{3})年[^0-9。]{0,60}{annual_report}"),
    re.compile(r"(?<![0-9])([12][0-9]{3})年(?![0-9度])"),
    re.compile(r"(?<![0-9])([12][0-9]{3})年1月1日"),
)
"""How words say the year of a table, the surest first."""
_LONGEST = 200
"""Characters of a text that is looked at for a year."""
Readings = Mapping[int, Sequence[FormReading]]
"""The tables of each file without our sheets, by its place among the files."""


class Wanted(NamedTuple):
    """What the person at the screen says of the files."""

    edition: str = ""
    year: int | None = None


NOTHING_WANTED = Wanted()


class _Known(NamedTuple):
    """Form and year as far as they are known before tables are read."""

    edition: Edition | None
    year: int | None


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
                or nobody says the year.
            EditionError: The edition is unknown, can only be read, or does not serve the year.
        """
        known = self._known(present, wanted)
        year = known.year or self._year_of_words()
        edition, readings = self._by_tables(known.edition, year)
        first = self._files[0].path
        if year is None:
            path = self._files[self._official[0]].path
            raise FileError("form_no_year", path=str(path))
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
            self._prove_year(self._files[at], year)
        return edition, tag, readings

    def _known(self, present: Answers | None, wanted: Wanted) -> _Known:
        """What our own sheets say, then the answer file, then the person."""
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
            return _Known(said, wanted.year)
        if (wanted.edition or edition.id) != edition.id or (wanted.year or year) != year:
            raise FileError(
                "form_not_wanted", edition=edition.id, year=year,
                wanted=wanted.edition or edition.id, wanted_year=wanted.year or year,
            )  # fmt: skip
        return _Known(edition, year)

    def _year_of_words(self) -> int | None:
        """The one year that the tables say."""
        years = {each for at in self._official for each in [_year_of(self._files[at])] if each}
        return years.pop() if len(years) == 1 else None

    def _prove_year(self, file: DepartmentFile, year: int) -> None:
        found = _said(file.texts(), _YEARS[0])
        if len(found) == 1 and year not in found:
            raise FileError("form_other_year", path=str(file.path), found=found.pop(), year=year)

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
        sentences = self._library.sentences
        if edition.id not in self._readings:
            self._readings[edition.id] = {
                at: [read_table(table, edition, sentences) for table in self._files[at].tables]
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


def _year_of(file: DepartmentFile) -> int | None:
    """The year that a file says, by the surest words that name but one."""
    cells = [*file.cell_texts()]
    for pattern in _YEARS:
        for texts in (cells, file.lines):
            found = _said(texts, pattern)
            if len(found) == 1:
                return found.pop()
    return None


def _said(texts: Iterable[str], pattern: re.Pattern[str]) -> set[int]:
    return {int(year) for text in texts for year in pattern.findall(squeezed(text[:_LONGEST]))}
