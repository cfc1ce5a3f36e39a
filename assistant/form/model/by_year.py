"""What holds for some report years: laws, deadlines, words that do not fit."""

from datetime import date
from typing import Annotated

from assistant.form.entry import Limits, Strict

_Year = Annotated[int, Limits(ge=1900, le=2999)]
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

    def meets(self, other: "Years") -> bool:
        """Whether there is a report year that both have."""
        return self.first in other or other.first in self

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

    def __post_init__(self) -> None:
        """See that it is a day.

        Raises:
            ValueError: It is none.
        """
        date(_COMMON_YEAR, self.month, self.day)
