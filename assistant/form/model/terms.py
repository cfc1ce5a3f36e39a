"""For which years an edition holds, what it may cite then, when it is due; terms explained."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from assistant.form.model.questions import Rule, Strict

_Year = Annotated[int, Field(ge=1900, le=2999)]
_COMMON_YEAR = 2001
"""Without a 29 February, so that its days are there in every year."""


class Years(Strict):
    """Report years, both ends included."""

    first: _Year
    last: _Year | None = None
    """None while the form is in force."""

    def __contains__(self, year: int) -> bool:
        """Whether a report year lies within."""
        return self.first <= year and (self.last is None or year <= self.last)

    @property
    def known(self) -> range:
        """The years that are certain: all, or the first of a form in force."""
        return range(self.first, (self.last or self.first) + 1)


class LegalBasis(Strict):
    """What the narrative may cite for some report years, by the name templates use."""

    years: Years
    names: dict[str, str]
    """For example `{"regulation": "《中华人民共和国政府信息公开条例》"}`."""
    source: str


class OutdatedTerm(Strict):
    """Words that do not fit some report years, such as a later format document."""

    years: Years
    words: str
    say: str


class Deadline(Strict):
    """The last day of publication, in the year after the report year."""

    years: Years
    kinds: tuple[str, ...] = ()
    """The kinds of body it holds for; empty for all."""
    month: int
    day: int
    source: str

    def day_for(self, year: int) -> date:
        """The last day for the report of a year: one of the year that follows."""
        return date(year + 1, self.month, self.day)

    @model_validator(mode="after")
    def _is_a_day(self) -> "Deadline":
        date(_COMMON_YEAR, self.month, self.day)
        return self


class Section(Strict):
    """One of the numbered sections of the narrative."""

    title: str
    template: str
    tables: tuple[str, ...] = ()
    """Ids of the grids that are printed behind its text."""


class Term(Strict):
    """What a term of the field means, for those who ask in the conversation."""

    words: tuple[str, ...]
    rule: Rule
