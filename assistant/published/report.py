"""From the contents of a document to the answers it was printed from, as far as they are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answer, Answers, occurred, read_entry
from assistant.claims.binding import with_figures
from assistant.export.formats import DocumentContents
from assistant.export.formats.document_lines import BORDER
from assistant.form.loader import Library
from assistant.form.model import Fact, options_named
from assistant.messages import Sentences
from assistant.published.contact import find_contacts
from assistant.published.document_tables import ENDS, certain, read_tables
from assistant.published.paragraphs import signed_on
from assistant.published.template_sentences import without_templates
from assistant.published.told_facts import told_facts, with_choices
from assistant.published.words import Words, words_by_part
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node
from assistant.tables.cell_texts import content_of, value_of
from assistant.tables.recognise import CellReading, TableReading, Unplaced
from assistant.tables.which_report import Title, candidates, read_title
from assistant.values import TEXT_LIMIT
from assistant.values.print_format import show

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
    """All its words by the own text they belong to, those too that templates print themselves."""
    notices: tuple[str, ...]
    """What a person should be told of the file, by code."""
    foreign: tuple[str, ...] = ()
    """Words of the forms of other years that it has."""
    left: tuple[str, ...] = ()
    """Its paragraphs and headings that went into no answer."""

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
    read = cache(lambda each: read_tables(contents, each))
    edition = likely.best(lambda each: certain(read(each)))
    tables, taken = read(edition)
    is_double = sum(each.why == "twice" for each in tables.cells.values()) >= _TWO_TABLES
    if year is None and len(years) > 1 and is_double:
        listed = "、".join(map(str, years))
        raise FileError("published_two", path=str(path), years=listed)
    if not tables.cells and title.line < 0:
        raise FileError("published_none", path=str(path))
    if found is None:
        raise FileError("published_no_year", path=str(path))
    below = enumerate(contents.lines[title.line + 1 :], title.line + 1)
    prose = [line for at, line in below if at not in taken and _is_prose(line)]
    words = words_by_part(prose, edition, has_breaks=contents.has_breaks)
    answers = _answers(Answers(edition, found), title, tables, prose, library.sentences)
    answers, left = _with_own_words(answers, words)
    missing = tuple(cell.id for cell in edition.indicators if cell.id not in tables.cells)
    return Published(
        answers, tables.cells, tables.unplaced, missing, title._replace(year=found),
        _joined(words.slots), contents.notices, likely.foreign(edition), left,
    )  # fmt: skip


def _is_prose(line: str) -> bool:
    """Whether a line is running text or a heading, and no remains of a table."""
    if line.rstrip().endswith(ENDS):
        return True
    return BORDER not in line and content_of(line) == "word"


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


# --- Answers


def _answers(
    answers: Answers, title: Title, tables: TableReading, prose: Sequence[str], sentences: Sentences
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
    for name, text in {**facts, **find_contacts(prose, edition, title.body)}.items():
        entry = read_entry(edition.questions[name], Node(text, 0))
        if isinstance(entry, Answer):
            given[name] = entry
    kind = edition.roles.body_kind
    asked = edition.questions[kind]
    named = options_named(asked.options, title.body) if isinstance(asked, Fact) else ()
    if len(named) == 1:
        given[kind] = Answer(named[0], remark=sentences.say("published.by_name"))
    signed = signed_on(prose, answers.year)
    given |= {edition.roles.signature_date: Answer(signed)} if signed else {}
    for grid in edition.grids:
        given |= occurred(grid, given, edition)
    made = answers.with_given(given)
    told = {name: each for name, each in given.items() if name not in made.absent}
    return replace(answers.with_given(told), claimed=claimed)


def _remark(reading: CellReading, sentences: Sentences) -> str:
    texts = "、".join(reading.texts)
    why = sentences.say(f"published.why_{reading.why}")
    return sentences.say("published.remark", texts=texts, why=why)


def _with_own_words(answers: Answers, words: Words) -> tuple[Answers, tuple[str, ...]]:
    """The answers with the words that are the body's own, and what of the words is in none.

    Counts that the text alone tells are answers, and so is what was chosen in the sentences that
    the templates print themselves.
    """
    remade = without_templates(answers, {**words.slots, "": words.left})
    own = dict(remade.texts)
    left = own.pop("", ())
    answers = with_choices(answers.with_given({**answers.given, **remade.told}))
    answers = answers.with_given({**told_facts(answers, own), **answers.given})
    return with_words(with_choices(answers), _joined(own)), tuple(left)


def with_words(answers: Answers, words: Mapping[str, str]) -> Answers:
    """The own texts of the form with the words of its parts, the certain numbers bound."""
    edition = answers.edition
    texts = {
        slot: answers.worded(slot, text) if slot in edition.wordings else Answer(text)
        for slot, text in words.items()
        if slot in edition.questions and 0 < len(text) <= TEXT_LIMIT
    }
    return with_figures(answers.with_given({**answers.given, **texts}), texts)


def _joined(paragraphs: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {slot: "\n".join(each) for slot, each in paragraphs.items()}


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
