"""Which form tables are of: by what it alone prints, the report year, and the cells it knows."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.values.labels import squeezed

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
