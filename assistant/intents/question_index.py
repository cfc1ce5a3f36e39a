"""What people call the questions of an edition: labels, aliases, initials, places, numbers."""

import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from assistant.form.model import Edition, GridRow, Heading, Indicator, Term
from assistant.form.model.edition import bare_quotes
from assistant.values import MEASURES

_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_ORDINAL = re.compile(r"(?:第\s*)?(?P<number>[0-9]{1,3})\s*[题问]?")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)"
    r"|[0-9０-９]+[.．、]|其中[:：]?)+"
)
_UNIT = re.compile(rf"[（(](?:{'|'.join(MEASURES)})[）)]")
_LIMIT = 9
"""Candidates that can still be told apart on one screen."""
_MARKS = str.maketrans("", "", " ·\u3000\t“”‘’\"'（）()《》〈〉、，,。．.：:；;")
_AS_HEADING = re.compile(r"(?:的)?(?:情况|方面)$")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def unnumbered(label: str) -> str:
    """A label without the numbers that the form prints before it."""
    return _NUMBERING.sub("", label)


def as_said(label: str) -> str:
    """A label as the form or a list prints it, without numbers and unit: （一）收到申请数（件）."""
    return _UNIT.sub("", unnumbered(label))


def bare(text: str) -> str:
    """A name without spaces, marks and letter case, for comparing."""
    return bare_quotes(text).translate(_DIGITS).translate(_MARKS).lower()


class QuestionIndex:
    """Finds the questions that words may mean."""

    def __init__(self, edition: Edition) -> None:
        """Collect every name of every question."""
        self.edition = edition
        self._order = {name: number for number, name in enumerate(edition.questions)}

    @cached_property
    def exact(self) -> Mapping[str, tuple[str, ...]]:
        """Question ids by bare name, several where the form uses a label twice."""
        found: dict[str, list[str]] = {}
        for name, words in self._words():
            ids = found.setdefault(words, [])
            if name not in ids:
                ids.append(name)
        return {words: tuple(ids) for words, ids in found.items()}

    def _words(self) -> Iterator[tuple[str, str]]:
        for name, question in self.edition.questions.items():
            words = [question.label, question.name, _NOTE.sub("", question.label)]
            words += question.aliases
            if isinstance(question, Indicator):
                words += [question.printed_label, question.short, _part_name(question)]
                words += self._row_names(question)
            for each in words:
                if bare(each):
                    yield name, bare(each)

    def _row_names(self, cell: Indicator) -> tuple[str, ...]:
        """The names of the row of a cell, with its column: 规章制发; alone in it 行政许可."""
        grid = self.edition.grids_by_id.get(cell.grid)
        if grid is None:
            return ()
        row = next(each for each in grid.lines if each.id == cell.row)
        if len(grid.columns) == 1:
            return row.label, row.short, *row.aliases
        said = next(each.said for each in grid.columns if each.id == cell.column)
        return tuple(f"{name}{said}" for name in (row.short, *row.aliases))

    @cached_property
    def _places(self) -> Mapping[str, str]:
        places = {name: bare(self.edition.place_of(name)) for name in self.edition.questions}
        return {place: name for name, place in reversed(places.items()) if place}

    def number_of(self, name: str) -> int:
        """The number of a question in the order of asking, from 1."""
        return self._order[name] + 1

    def part_of(self, name: str) -> str:
        """The topmost row of the form above a row; the question itself where it is no row."""
        row = self.edition.rows_by_id.get(name)
        return [row, *self.edition.ancestors(row)][-1].id if row else name

    def is_below(self, name: str, others: Iterable[str]) -> bool:
        """Whether a row of the form stands below one of some others."""
        row = self.edition.rows_by_id.get(name)
        return row is not None and any(each.id in others for each in self.edition.ancestors(row))

    def find(self, text: str) -> tuple[str, ...]:
        """The questions that a name, number, place or pinyin initials may mean, best first."""
        wanted = bare(text)
        number = _ORDINAL.fullmatch(text.translate(_DIGITS).strip())
        if number:
            position = int(number["number"]) - 1
            return tuple(self.edition.questions)[position : position + 1] if position >= 0 else ()
        if not wanted:
            return ()
        if text.strip() in self.edition.questions:  # an id, which may have a point in it
            return (text.strip(),)
        return self.exact.get(wanted) or self._by_place(wanted) or self._like(wanted)

    def _by_place(self, wanted: str) -> tuple[str, ...]:
        name = self._places.get(wanted)
        return (name,) if name else ()

    def _like(self, wanted: str) -> tuple[str, ...]:
        """Questions by initials, then by a piece of a name, then by two."""
        questions = self.edition.questions
        whole = [name for name, each in questions.items() if each.initials == wanted]
        if whole:
            return tuple(whole)
        begun = [name for name, each in questions.items() if each.initials.startswith(wanted)]
        if wanted.isascii():
            within = [name for name, each in questions.items() if wanted in each.initials]
            begun = begun or (within if len(wanted) > 1 else [])
        if begun and wanted.isascii():
            return tuple(begun[:_LIMIT])
        if len(wanted) < 2:
            return ()
        for fits in (operator.contains, _has_both):
            found = [
                name for words, ids in self.exact.items() if fits(words, wanted) for name in ids
            ]
            if found:
                return self._in_order(found)[:_LIMIT]
        return ()

    def below(self, text: str) -> tuple[str, ...]:
        """The cells below a heading or row of the form or a question, itself among them.

        `below("行政复议")` gives the total and its three outcomes, or what is asked of that row
        of a table; empty when nothing is meant.
        """
        wanted = bare(_AS_HEADING.sub("", text.strip()))
        rows = self.edition.rows_by_id.values()
        owners = {row.id for row in rows if _called(row, wanted)}
        owners |= {name for name in self.exact.get(wanted, ()) if self.edition.place_of(name)}
        if len(owners) != 1:
            return ()
        return tuple(
            row.id
            for row in self.edition.indicators
            if row.id in owners or any(above.id in owners for above in self.edition.ancestors(row))
        )

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The questions whose term a question names: 规范性文件 -> three of them."""
        wanted = bare(text)
        found = self.exact.get(wanted)
        return found or (self._like(wanted) if len(wanted) > 1 else ())

    def term(self, text: str) -> Term | None:
        """The term of the field that some words are."""
        wanted = bare(text)
        terms = self.edition.terms
        return next((each for each in terms if wanted in map(bare, each.words)), None)

    def _in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(dict.fromkeys(names), key=self._order.__getitem__))

    def shortest(self, name: str) -> str:
        """The shortest name that means this question alone."""
        own = [word for word in self._spoken(name) if self.exact[bare(word)] == (name,)]
        return min(own, key=len, default=str(self.number_of(name)))

    @cached_property
    def pattern(self) -> str:
        """An alternation of every name, longest first, for finding answers inside a line."""
        words = {text for name in self.edition.questions for text in self._spoken(name)}
        return "|".join(re.escape(word) for word in sorted(words, key=lambda each: -len(each)))

    def _spoken(self, name: str) -> Iterator[str]:
        """Every name as it may stand in a line, without the quotation marks within."""
        question = self.edition.questions[name]
        words = [question.label, question.name, *question.aliases]
        if isinstance(question, Indicator):
            words += [question.short, _part_name(question), *self._row_names(question)]
        yield from (bare_quotes(word) for word in words if word)


def _part_name(cell: Indicator) -> str:
    """What a cell is called beside its total; in a grid a column has that name in every row."""
    return "" if cell.grid else cell.as_part


def _called(row: Heading | GridRow | Indicator, wanted: str) -> bool:
    """Whether a heading or a row of several cells has this name."""
    if isinstance(row, Indicator) or not wanted:
        return False
    short = row.short if isinstance(row, GridRow) else row.label
    return wanted in (bare(_AS_HEADING.sub("", name)) for name in (row.label, short, *row.aliases))


def _has_both(words: str, wanted: str) -> bool:
    """Whether a name has two pieces, in any order: 规范性文件制发, 自然人新收."""
    if len(wanted) > len(words):
        return False  # there are as many splits as characters
    splits = ((wanted[:at], wanted[at:]) for at in range(2, len(wanted) - 1))
    return any(first in words and rest in words.replace(first, "\n", 1) for first, rest in splits)


@lru_cache(maxsize=8)
def names_of(edition: Edition) -> QuestionIndex:
    """The names of an edition, collected once."""
    return QuestionIndex(edition)
