"""Every number once: taken, derived, rounded half up, printed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NoReturn

from assistant.answers import Answers
from assistant.form.model import Edition, Fact
from assistant.values import NUMBERS, Value, count_in_words
from assistant.values.print_format import show, show_fixed

OPEN, CLOSE = "\U000f0000", "\U000f0001"
"""Marks around a printed figure; refused in input as private-use characters."""
WHOLE_BASE = 0xF4000
"""As MARK_BASE, for words that say a figure without its number: 均延期办结."""
MARK_BASE = 0xF0100
"""The character after OPEN carries the position of the figure in its `Figures`."""
SHARE_PLACES = 1
"""Decimals of every share and growth rate of a report."""
SMALL_BASE = 5
"""Below this last year's value a change is told as a difference, never as a rate."""


@dataclass(slots=True, eq=False)
class Figure:
    """A number ready to print, for text and table alike.

    `str(figure)` is the marked number with its unit, for templates; `text` is the bare print.
    """

    _home: "Figures"
    id: str
    label: str
    unit: str
    """Measure word printed after the number, for example 件; may be empty."""
    value: Value | None
    """None while the answer is missing."""
    text: str = ""
    """The printed number without unit; empty while missing."""
    as_part: str = ""
    """What an enumeration calls it, for example 当面申请."""
    as_whole: str = ""
    """How a sentence says that it makes up the whole, for example 均延期办结."""
    previous_value: Value | None = None
    _position: int = field(init=False)

    def __post_init__(self) -> None:
        """Find the words that nobody gave, and register with the home."""
        self.as_part = self.as_part or self.label
        self.as_whole = self.as_whole or f"均为{self.as_part}"
        self.text = self.text or ("" if self.value is None else show(self.value))
        self._position = self._home.add(self)

    def __bool__(self) -> NoReturn:
        """Refuse: a template must say which question it asks of a figure."""
        raise TypeError(self.id)

    def __str__(self) -> str:
        """The marked number with its unit, as people say it: 1275元, not 0.1275万元; 536万次."""
        said, value = self, self.value or 0
        if self.unit == "万元" and 0 < value < 1:
            said = self._derive("in_yuan", Decimal(value) * 10_000, "元")
        elif (
            value and isinstance(value, int) and not value % 10_000 and self.unit not in ("", "元")
        ):
            said = self._derive("in_myriads", value, self.unit, f"{show(value // 10_000)}万")
        return f"{said.bare}{said.unit}"

    @property
    def bare(self) -> str:
        """The marked number without its unit, for own text, which has its own."""
        return f"{OPEN}{chr(MARK_BASE + self._position)}{self.text}{CLOSE}"

    @property
    def in_words(self) -> str:
        """The marked words that this figure makes up the whole it is part of; one is no 均."""
        words = self.as_whole.replace("均", "") if self.value == 1 else self.as_whole
        return f"{OPEN}{chr(WHOLE_BASE + self._position)}{words}{CLOSE}"

    @property
    def is_zero(self) -> bool:
        """Given, and zero."""
        return self.value is not None and not self.value

    @property
    def is_some(self) -> bool:
        """Given, and not zero."""
        return bool(self.value)

    @property
    def is_one(self) -> bool:
        """Given, and one."""
        return self.value == 1

    @property
    def is_missing(self) -> bool:
        """No answer yet."""
        return self.value is None

    @property
    def has_previous(self) -> bool:
        """Both this year's and last year's number are known."""
        return self.value is not None and self.previous_value is not None

    @property
    def previous(self) -> "Figure":
        """Last year's number."""
        return self._derive("previous", self.previous_value, self.unit)

    @property
    def rose(self) -> bool:
        """More than last year."""
        return self._change > 0

    @property
    def fell(self) -> bool:
        """Less than last year."""
        return self._change < 0

    @property
    def _change(self) -> Decimal:
        if self.value is None or self.previous_value is None:
            return Decimal(0)
        return Decimal(self.value) - self.previous_value

    @property
    def difference(self) -> "Figure":
        """The change against last year without its sign; missing while a year is."""
        change = abs(self._change)
        value = int(change) if isinstance(self.value, int) else change
        return self._derive("difference", value if self.has_previous else None, self.unit)

    @property
    def has_rate(self) -> bool:
        """Whether last year's number is large enough for a rate of change."""
        return self.previous_value is not None and self.previous_value >= SMALL_BASE

    @property
    def rate(self) -> "Figure":
        """The change as a percentage of last year's number, half up, without its sign.

        Raises:
            ValueError: Last year's number is too small; a template must ask `has_rate` first.
        """
        if self.previous_value is None or not self.has_rate:
            raise ValueError(self.id)
        return self._percent("rate", abs(self._change), Decimal(self.previous_value))

    def share_of(self, whole: "Figure") -> "Figure | None":
        """The share of a larger figure as a percentage, half up; `None` without a whole."""
        if self.value is None or not whole.value:
            return None
        return self._percent(f"share_of.{whole.id}", Decimal(self.value), Decimal(whole.value))

    def _percent(self, how: str, part: Decimal, whole: Decimal) -> "Figure":
        step = Decimal(1).scaleb(-SHARE_PLACES)
        value = (part * 100 / whole).quantize(step, ROUND_HALF_UP)
        return self._derive(how, value, "%", show_fixed(value, SHARE_PLACES))

    def _derive(self, how: str, value: Value | None, unit: str, text: str = "") -> "Figure":
        name = f"{self.id}.{how}"
        known = self._home.find(name)
        if known is not None:
            return known
        return Figure(self._home, name, self.label, unit, value, text)


class Figures:
    """All figures of one report, `{"received_total": Figure(text="3", unit="件")}`."""

    def __init__(self) -> None:
        """Start without any."""
        self._all: list[Figure] = []
        self._by_id: dict[str, Figure] = {}

    def add(self, figure: Figure) -> int:
        """Take in a new figure and return its position."""
        self._all.append(figure)
        self._by_id[figure.id] = figure
        return len(self._all) - 1

    def find(self, name: str) -> Figure | None:
        """The figure of this id, if there is one."""
        return self._by_id.get(name)

    def at(self, mark: str) -> Figure:
        """The figure a mark character stands for."""
        number = ord(mark)
        return self._all[number - (WHOLE_BASE if number >= WHOLE_BASE else MARK_BASE)]

    def __getitem__(self, name: str) -> Figure:
        """The figure of this id."""
        return self._by_id[name]

    def __iter__(self) -> Iterator[Figure]:
        """All figures, indicators first."""
        return iter(self._all)


def make_figures(answers: Answers, previous: Answers | None = None) -> Figures:
    """Make the figures of indicators, numeric facts, list rows and the report year."""
    figures = Figures()
    numbers = answers.numbers
    before = previous.numbers if previous else {}
    for name, label, unit, part, whole in _of_form(answers.edition):
        Figure(figures, name, label, unit, numbers.get(name), "", part, whole, before.get(name))
    year = answers.year
    Figure(figures, "year", "年度", "年", year)
    Figure(figures, "period", "统计期限", "", year, f"{year}年1月1日至12月31日")
    Figure(figures, "year_end", "统计期末", "", year, f"{year}年12月31日")
    for fact in answers.edition.facts:
        if fact.kind in NUMBERS:
            Figure(
                figures,
                fact.id,
                fact.name,
                fact.unit,
                numbers.get(fact.id),
                as_whole=fact.as_whole,
                previous_value=before.get(fact.id),
            )
        elif fact.kind in ("list", "choices"):
            _make_list(figures, fact, answers)
    return figures


@lru_cache(maxsize=8)
def _of_form(edition: Edition) -> tuple[tuple[str, str, str, str, str], ...]:
    """Id, label, unit and the words for a part and a whole of every figure of the form."""
    return tuple(
        (name, edition.name(name), item.unit, item.as_part or item.short, item.as_whole)
        for name, item in edition.figures.items()
    )


def _make_list(figures: Figures, fact: Fact, answers: Answers) -> None:
    rows = answers.value(fact.id)
    rows = rows if isinstance(rows, tuple) else ()
    if 1 <= len(rows) <= 99:
        words = count_in_words(len(rows))
        Figure(figures, f"{fact.id}.number", fact.name, "", len(rows), words)
    for column in fact.columns:
        if column.kind != "count":
            continue
        for position, row in enumerate(rows, start=1):
            assert isinstance(row, dict)  # noqa: S101  a list fact has rows
            name = f"{fact.id}.{position}.{column.id}"
            Figure(figures, name, fact.name, column.unit, int(row[column.id]))
