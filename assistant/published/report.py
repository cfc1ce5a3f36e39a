"""From the contents of a document to the answers it was printed from, as far as they are read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answer, Answers, Entry, occurred, read_entry
from assistant.claims.binding import with_figures
from assistant.export.formats import DocumentContents
from assistant.export.formats.document_lines import BORDER
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.published.contact import find_contacts
from assistant.published.words import words_by_part
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node
from assistant.tables.cell_grid import CellGrid, GridCell
from assistant.tables.cell_texts import content_of, value_of
from assistant.tables.form_lines import form_lines
from assistant.tables.recognise import CellReading, TableReading, Unplaced, recognise
from assistant.tables.text_rows import rows_of_text
from assistant.tables.title import Title, read_title
from assistant.tables.which_edition import candidates
from assistant.values import TEXT_LIMIT
from assistant.values.labels import squeezed
from assistant.values.print_format import show

_MOST_BETWEEN = 12
"""Lines of words between two rows of a table, or above the first of them."""
_LONGEST_LABEL = 60
"""Characters of the longest cell with words in a table of the form."""
_YEAR = re.compile(r"^\(?[12][0-9]{3}年")
_ENDS = ("。", "；", "！")
_TWO_TABLES = 3
"""Cells with two figures that are more than a slip."""


class Published(NamedTuple):
    """A report as it was published, read back."""

    answers: Answers
    """Its figures, facts and words; printed totals are claims, what is uncertain is 暂缺."""
    cells: Mapping[str, CellReading]
    """Every cell of the form that stands in it, read or not."""
    unplaced: tuple[Unplaced, ...]
    """Rows with figures that are no rows of the form."""
    missing: tuple[str, ...]
    """The asked cells that do not stand in it."""
    title: Title
    words: Mapping[str, str]
    """Its words by the own text they belong to; those of no part under an empty name."""
    notices: tuple[str, ...]
    """What a person should be told of the file, by code."""
    foreign: tuple[str, ...] = ()
    """Words of the forms of other years that it has."""

    @property
    def read(self) -> Mapping[str, CellReading]:
        """The cells that are certain."""
        return {name: each for name, each in self.cells.items() if each.is_read}

    @property
    def uncertain(self) -> Mapping[str, CellReading]:
        """The cells that stand there and are not certain; a blank total is that of its parts."""
        numbers = self.answers.numbers
        return {
            name: each
            for name, each in self.cells.items()
            if not each.is_read and not (each.why == "blank" and name in numbers)
        }


def read_report(
    contents: DocumentContents,
    path: Path,
    library: Library,
    year: int | None = None,
    *,
    rather: int | None = None,
) -> Published:
    """Read a published report.

    Args:
        contents: What its file holds.
        path: The file, for messages.
        library: The editions and sentences.
        year: The report year, where the file does not say it or holds several.
        rather: The year to take of several.

    Raises:
        FileError: It is none, says no year, or holds two reports of which none was chosen.
    """
    title = read_title(contents.lines)
    years = title.years
    if year is None and rather in years:
        year = rather
    if year is not None and len(years) > 1:
        contents = _only(contents, year)
        title = read_title(contents.lines)
    found = year or title.year
    likely = candidates(contents.lines, found, library)
    read = {each.id: _read_tables(contents, each) for each in likely.editions}
    edition = likely.best(lambda each: _certain(read[each.id]))
    tables, taken = read[edition.id]
    is_double = sum(each.why == "twice" for each in tables.cells.values()) >= _TWO_TABLES
    if year is None and len(years) > 1 and is_double:
        listed = "、".join(map(str, years))
        raise FileError("published_two", path=str(path), years=listed)
    if not tables.cells and title.line < 0:
        raise FileError("published_none", path=str(path))
    if found is None:
        raise FileError("published_no_year", path=str(path))
    left = (line for at, line in enumerate(contents.lines) if at not in taken)
    prose = [line for line in left if _is_prose(line)]
    words = {slot: "\n".join(each) for slot, each in words_by_part(prose, edition).items()}
    answers = _answers(Answers(edition, found), title, tables, contents, library.sentences)
    answers = _with_words(answers, words)
    missing = tuple(cell.id for cell in edition.indicators if cell.id not in tables.cells)
    return Published(
        answers, tables.cells, tables.unplaced, missing, title._replace(year=found), words,
        contents.notices, likely.foreign(edition),
    )  # fmt: skip


def _only(contents: DocumentContents, year: int) -> DocumentContents:
    """The part of a document from the title of one year to that of the next."""
    titles: list[Title] = []
    at = 0
    while (title := read_title(contents.lines[at:])).line >= 0:
        at += title.line + 1
        titles.append(title._replace(line=at - 1))
    ends = [*(each.line for each in titles[1:]), len(contents.lines)]
    for title, end in zip(titles, ends, strict=False):
        if title.year == year:
            return _slice(contents, title.line, end)
    return contents


def _slice(contents: DocumentContents, start: int, end: int) -> DocumentContents:
    tables = []
    for grid in contents.tables:
        first = next((at for at in grid.lines if at >= 0), -1)
        if start <= first < end:
            moved = tuple(at - start if at >= 0 else -1 for at in grid.lines)
            tables.append(grid._replace(lines=moved))
    return contents._replace(lines=contents.lines[start:end], tables=tuple(tables))


# --- Tables


class _Tables(NamedTuple):
    """What the tables of a document say of a form, and which of its lines they take."""

    reading: TableReading
    lines: frozenset[int]


def _certain(tables: _Tables) -> int:
    return sum(reading.is_read for reading in tables.reading.cells.values())


def _read_tables(contents: DocumentContents, edition: Edition) -> _Tables:
    """What all tables of a document say of a form; lines of text where no table has a cell."""
    cells: dict[str, CellReading] = {}
    unplaced: list[Unplaced] = []
    taken: set[int] = set()
    for table in contents.tables:
        grid = _with_title(table, contents, edition)
        found = recognise(grid, edition)
        unplaced += _told(found)
        if not found.cells:
            continue  # it only places things beside one another
        taken |= {at for at in grid.lines if at >= 0 and not _is_sentence(contents.lines[at])}
        for name, reading in found.cells.items():
            cells[name] = _both(cells[name], reading) if name in cells else reading
    merged = cells
    if len(cells) < len(edition.cells):
        lines = ["" if at in taken else line for at, line in enumerate(contents.lines)]
        rows = rows_of_text(lines)
        text = recognise(rows, edition)
        unplaced += _told(text._replace(cells={}))
        told = {name: each for name, each in text.cells.items() if name not in cells}
        places = sorted(rows.lines[each.place.row] for each in told.values())
        taken |= set(_around(places, lines)) if places else set()
        merged = {**told, **cells}
    ordered = {name: merged[name] for name in edition.cells if name in merged}
    return _Tables(TableReading(ordered, tuple(unplaced)), frozenset(taken))


def _is_sentence(line: str) -> bool:
    """Whether a row of a table is running text: a document may put all of itself into one."""
    return len(line) > _LONGEST_LABEL and line.rstrip().endswith(_ENDS)


def _is_prose(line: str) -> bool:
    """Whether a line is running text or a heading, and no remains of a table."""
    if line.rstrip().endswith(_ENDS):
        return True
    return BORDER not in line and content_of(line) == "word"


def _with_title(grid: CellGrid, contents: DocumentContents, edition: Edition) -> CellGrid:
    """A table with the line above it as a row, where that says what the table is."""
    first = next((at for at in grid.lines if at >= 0), 0)
    inside = {at for each in contents.tables for at in each.lines}
    if not first or first - 1 in inside:
        return grid
    title = contents.lines[first - 1]
    if not form_lines(edition).is_title(title):
        return grid
    width = max(sum(cell.columns for cell in row) for row in grid.rows)
    rows = ((GridCell(title, width),), *grid.rows)
    return grid._replace(rows=rows, lines=(first - 1, *grid.lines))


def _told(found: TableReading) -> Iterator[Unplaced]:
    """The rows that are none of the form; of what is no table of it those under its columns."""
    for row in found.unplaced:
        if _says_something(row) and (found.cells or row.is_under_columns):
            yield row


def _says_something(row: Unplaced) -> bool:
    """Whether a row that is none of the form holds more than a zero or the year of the table."""
    return bool(row.words or row.text.strip(" 0０")) and not _YEAR.search(squeezed(row.text))


def _around(places: Sequence[int], lines: Sequence[str]) -> Iterator[int]:
    """The lines of rows, with those between and right above them that are no sentences."""
    before = places[0] - _MOST_BETWEEN
    for at in places:
        between = range(max(before + 1, at - _MOST_BETWEEN), at)
        sentences = [n for n in between if lines[n].rstrip().endswith(_ENDS)]
        yield from range(sentences[-1] + 1 if sentences else between.start, at + 1)
        before = at


def _both(one: CellReading, other: CellReading) -> CellReading:
    """A cell that stands in two tables: where they differ it is not certain."""
    if not one.texts or not other.texts:
        return one if one.texts else other
    if one.texts == other.texts:
        return one if one.is_read else other
    return one._replace(texts=tuple(dict.fromkeys((*one.texts, *other.texts))), why="twice")


# --- Answers


def _answers(
    answers: Answers,
    title: Title,
    tables: TableReading,
    contents: DocumentContents,
    sentences: Sentences,
) -> Answers:
    edition = answers.edition
    given: dict[str, Answer] = {}
    claimed: dict[str, Answer] = {}
    for name, reading in tables.cells.items():
        cell = edition.cells[name]
        value = value_of(cell, reading.texts[0]) if reading.is_read else None
        if value is not None and cell.computed:
            claimed[name] = Answer(value)
        elif value is not None:
            given[name] = Answer(value)
        elif not cell.computed:
            given[name] = Answer(None, "absent", _remark(reading, sentences))
    facts = {edition.roles.body_name: title.body} if title.body else {}
    for name, text in {**facts, **find_contacts(contents.lines, edition)}.items():
        entry = read_entry(edition.questions[name], Node(text, 0))
        if isinstance(entry, Entry):
            given[name] = entry.answer
    for grid in edition.grids:
        given |= occurred(grid, given, edition)
    made = answers.with_given(given)
    told = {name: each for name, each in given.items() if name not in made.absent}
    return replace(answers.with_given(told), claimed=claimed)


def _remark(reading: CellReading, sentences: Sentences) -> str:
    texts = "、".join(reading.texts)
    why = sentences.say(f"published.why_{reading.why}")
    return sentences.say("published.remark", texts=texts, why=why)


def _with_words(answers: Answers, words: Mapping[str, str]) -> Answers:
    """The own texts of the form with the words of its parts, the certain numbers bound."""
    texts = {
        slot: Answer(text)
        for slot, text in words.items()
        if slot in answers.edition.questions and 0 < len(text) <= TEXT_LIMIT
    }
    return with_figures(answers.with_given({**answers.given, **texts}), texts)


def figures_of(published: Published) -> dict[str, str]:
    """The figures as they are understood, by cell; a total left blank is that of its parts."""
    answers = published.answers
    printed = {name: each.value for name, each in answers.claimed.items()}
    found = {**answers.numbers, **printed}
    return {
        name: show(value)
        for name in answers.edition.cells
        if isinstance(value := found.get(name), int | Decimal)
    }


def possible_of(published: Published, name: str) -> list[str]:
    """The figures that a cell may have, as they are understood."""
    cell = published.answers.edition.cells[name]
    values = (value_of(cell, text) for text in published.cells[name].texts)
    return [show(value) for value in values if value is not None]


def differing(published: Published) -> Iterator[str]:
    """The printed totals that are not what their parts make up."""
    numbers = published.answers.numbers
    for name, claim in published.answers.claimed.items():
        if name in numbers and numbers[name] != claim.value:
            yield name
