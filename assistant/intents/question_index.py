"""What people call the questions of an edition: labels, aliases, initials, places, numbers."""

import operator
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain

from assistant.form.model import Edition, GridRow, Indicator, Passage, Question, Term
from assistant.form.model.questions import bare_quotes
from assistant.values import MEASURES
from assistant.values.grouping import grouped
from assistant.values.language import phrase, words_for

_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_ORDINAL = phrase(r"(?:{nth} \s*+)? (?P<number>[0-9]{1,3}) \s*+ {item}?")
_NUMBERING = phrase(
    r"(?: {ordinal}+、 | （{ordinal}+） | \({ordinal}+\) | [0-9０-９]+[.．、] | {of_which} )+"
)
"""三、（一）1.其中："""
_UNIT = re.compile(rf"[（(](?:{'|'.join(MEASURES)})[）)]")
_LIMIT = 9
"""Candidates that can still be told apart on one screen."""
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_BARE = _DIGITS | str.maketrans("", "", " ·\u3000\t“”‘’\"'（）()《》〈〉、，,。．.：:；;")
_AS_HEADING = phrase(r"{as_heading}$")
PRINTED_TOTAL = words_for("printed_total")
"""What the forms call a total: 总计, 合计."""
TOTAL_WORDS = words_for("printed_total", "in_all")
"""The same, and what people say for it behind other figures: 共, 一共."""


def unnumbered(label: str) -> str:
    """A label without the numbers that the form prints before it."""
    numbering = _NUMBERING.match(label)
    return label[numbering.end() :] if numbering else label


def as_said(label: str) -> str:
    """A label as the form or a list prints it, without numbers and unit: （一）收到申请数（件）."""
    return _UNIT.sub("", unnumbered(label))


def bare(text: str) -> str:
    """A name without spaces, marks and letter case, for comparing."""
    return text.translate(_BARE).lower()


class QuestionIndex:
    """Finds the questions, rows and headings of one edition that words may mean.

    Each of its tables is made when it is first needed; none depends on what is typed.
    """

    def __init__(self, edition: Edition) -> None:
        """Take the edition whose names are to be found."""
        self.edition = edition
        self._order = {name: number for number, name in enumerate(edition.questions)}

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all checks."""
        return frozenset(each.code for each in self.edition.checks)

    @cached_property
    def exact(self) -> Mapping[str, tuple[str, ...]]:
        """Question ids by bare name, several where the form uses a label twice."""
        named: dict[tuple[str, str], None] = {}
        for name, question in self.edition.asked.items():
            words = [*self._spoken(question), _NOTE.sub("", question.label)]
            words += [question.printed_label] if isinstance(question, Indicator) else []
            named |= dict.fromkeys((word, name) for word in map(bare, words) if word)
        return grouped(named)

    def _spoken(self, question: Question) -> Iterator[str]:
        """Every name as it may stand in a line, without the quotation marks within."""
        words = [question.label, question.name, *question.aliases]
        if isinstance(question, Indicator):
            words += [question.short, "" if question.grid else question.as_part]
            words += self._row_names(question)
        yield from (bare_quotes(word) for word in words if word)

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
    def _total_names(self) -> Mapping[str, str]:
        """Every name of a computed cell that means no other: 予以公开总计, 自然人办结."""
        totals = [cell for cell in self.edition.cells.values() if cell.computed]
        found = grouped((name, cell.id) for cell in totals for name in self._names_of_total(cell))
        return {name: ids[0] for name, ids in found.items() if len({*ids}) == 1}

    def _names_of_total(self, cell: Indicator) -> Iterator[str]:
        """Row or column with a word for the total; a computed row has names of its own."""
        grid = self.edition.grids_by_id[cell.grid]
        row = next(each for each in grid.lines if each.id == cell.row)
        column = next(each for each in grid.columns if each.id == cell.column)
        if row.computed:
            yield from self._spoken(cell)
        names = (row.label, row.short, *row.aliases) if column.computed else (column.said,)
        for name in map(bare_quotes, names):
            yield from (f"{name}{mark}{word}" for mark in ("", "·") for word in PRINTED_TOTAL)

    @cached_property
    def totals(self) -> Mapping[str, str]:
        """The computed cell by bare name, where the name is no question's."""
        named = {bare(name): cell for name, cell in self._total_names.items()}
        return {name: cell for name, cell in named.items() if name not in self.exact}

    def total_over(self, names: Collection[str]) -> str | None:
        """The total that some cells count in, that of their row before any other."""
        cells = self.edition.cells
        found = [total for total, parts in self.edition.bound.items() if {*names} <= {*parts}]
        if not names or not found:
            return None
        row = cells[next(iter(names))].row
        return min(found, key=lambda total: cells[total].row != row)

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[frozenset[str], tuple[int, ...]]]:
        """By their first character the names that stand in a line, and their lengths falling."""
        spoken = chain.from_iterable(map(self._spoken, self.edition.asked.values()))
        by_first = grouped((word[0], word) for word in (*spoken, *self._total_names, *TOTAL_WORDS))
        return {
            first: (frozenset(words), tuple(sorted(set(map(len, words)), reverse=True)))
            for first, words in by_first.items()
        }

    def called(self, label: str) -> tuple[str, ...]:
        """The questions of a label, with its numbering or without."""
        return self.exact.get(bare(label)) or self.exact.get(bare(as_said(label)), ())

    def ends(self, line: str, start: int) -> Iterator[int]:
        """Where the names end that begin at a place of a line, the longest first."""
        words, lengths = self._lengths.get(line[start : start + 1], ((), ()))
        return (start + length for length in lengths if line[start : start + length] in words)

    @cached_property
    def longest(self) -> int:
        """Characters of the longest bare name."""
        return max(map(len, self.exact), default=0)

    @cached_property
    def _places(self) -> Mapping[str, str]:
        places = {name: bare(self.edition.place_of(name)) for name in self.edition.asked}
        return {place: name for name, place in reversed(places.items()) if place}

    @cached_property
    def _parts(self) -> Mapping[str, frozenset[str]]:
        """Ids of headings and rows of several cells by what may be said of all of them."""
        found: dict[str, set[str]] = {}
        for row in self.edition.rows_by_id.values():
            if not isinstance(row, Indicator):
                short = row.short if isinstance(row, GridRow) else row.label
                for name in (row.label, short, *row.aliases):
                    found.setdefault(bare(_AS_HEADING.sub("", name)), set()).add(row.id)
        found.pop("", None)
        return {name: frozenset(ids) for name, ids in found.items()}

    @cached_property
    def cells_below(self) -> Mapping[str, tuple[str, ...]]:
        """By heading, row or cell the cells that are asked below it, itself not among them."""
        cells, ancestors = self.edition.indicators, self.edition.ancestors
        return grouped((above.id, cell.id) for cell in cells for above in ancestors(cell))

    def number_of(self, name: str) -> int:
        """The number of a question in the order of asking, from 1."""
        return self._order[name] + 1

    def part_of(self, name: str) -> str:
        """The topmost row of the form above a row; the question itself where it is no row."""
        row = self.edition.rows_by_id.get(name)
        return [row, *self.edition.ancestors(row)][-1].id if row else name

    def find(self, text: str) -> tuple[str, ...]:
        """The questions that a name, number, place or pinyin initials may mean, best first."""
        said = text.strip()
        number = _ORDINAL.fullmatch(said.translate(_DIGITS))
        if number:
            position = int(number["number"]) - 1
            return tuple(self.edition.asked)[position : position + 1] if position >= 0 else ()
        wanted = bare(text)
        if not wanted:
            return ()
        if said in self.edition.questions:  # an id, which may have a point in it
            return (said,)
        return self.named(text) or self._like(wanted)

    def named(self, text: str) -> tuple[str, ...]:
        """The questions that have a name or place, or stand in the one row that has it."""
        place = self._places.get(bare(text))
        return self.exact.get(bare(text)) or ((place,) if place else self._row_called(text))

    def _row_called(self, text: str) -> tuple[str, ...]:
        """The cells of the one row of a table that has a name: 予以公开 is no 部分公开."""
        cells = self.below(text)
        rows = {self.edition.cells[each].row for each in cells if each in self.edition.cells}
        return cells if len(rows) == 1 else ()

    def _like(self, wanted: str) -> tuple[str, ...]:
        """Questions by initials, then by a piece of a name, then by two."""
        if len(wanted) > self.longest:
            return ()
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
            found = {name for word, ids in self.exact.items() if fits(word, wanted) for name in ids}
            if found:
                return tuple(sorted(found, key=self._order.__getitem__)[:_LIMIT])
        return ()

    def passages_called(self, text: str) -> list[Passage]:
        """The passages of a name, whole or in part: 用回原文 解读和互动."""
        said = bare(text)
        named = [
            (each, [*map(bare, (each.label, *each.aliases))]) for each in self.edition.passages
        ]
        exact = [each for each, names in named if said in (bare(each.id), *names)]
        return exact or [each for each, names in named if any(said in name for name in names)]

    def below(self, text: str) -> tuple[str, ...]:
        """The cells below a heading or row of the form or a question, itself among them.

        `below("行政复议")` gives the total and its three outcomes, or what is asked of that row
        of a table; empty when nothing is meant.
        """
        wanted = bare(_AS_HEADING.sub("", text.strip()))
        named = (name for name in self.exact.get(wanted, ()) if self.edition.place_of(name))
        owners = self._parts.get(wanted, frozenset()).union(named)
        if len(owners) != 1:
            return ()
        (owner,) = owners
        itself = (owner,) if owner in self.edition.questions else ()
        return itself + self.cells_below.get(owner, ())

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

    def shortest(self, name: str) -> str:
        """The shortest name that means this question alone, else its number."""
        spoken = self._spoken(self.edition.questions[name])
        own = [word for word in spoken if self.exact[bare(word)] == (name,)]
        return min(own, key=len, default=str(self.number_of(name)))


def _has_both(words: str, wanted: str) -> bool:
    """Whether a name has two pieces, in any order: 规范性文件制发, 自然人新收."""
    if len(wanted) > len(words):
        return False  # there are as many splits as characters
    splits = ((wanted[:at], wanted[at:]) for at in range(2, len(wanted) - 1))
    return any(first in words and rest in words.replace(first, "\n", 1) for first, rest in splits)


@lru_cache(maxsize=8)
def names_of(edition: Edition) -> QuestionIndex:
    """The names of an edition, which never changes once it is read; collected once."""
    return QuestionIndex(edition)
