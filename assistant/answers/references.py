"""References in own text to figures of the form: 收到申请{new_received.total}件.

Few forms are known, and nothing else is worked out: a cell, a sum of cells, a share of one in
another with up to two decimals, last year's figure, and the change against it without its sign,
as a number or in percent of it.

    {open.total}    {open.total+partial.total}    {categories[财务]}    {last_year:open.total}
    {change:open.total}    {rate:open.total}    {open.total/result_total.total}
    {open.total/result_total.total:1}

What is in braces and is none of these is text like any other.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from assistant.answers.model import Answers
from assistant.messages import Sentences
from assistant.values import Value
from assistant.values.print_format import show, show_fixed

How = Literal["", "last_year", "change", "rate"]
_CELL = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?(?:\[[^\[\]{}\n]{1,60}\])?"
_CELLS = rf"{_CELL}(?:\+{_CELL}){{0,40}}+"
_REFERENCE = re.compile(
    rf"\{{(?P<how>last_year:|change:|rate:)?(?P<part>{_CELLS})"
    rf"(?(how)|(?:/(?P<whole>{_CELLS})(?::(?P<places>[0-2]))?)?)\}}"
)
_LIKE_ONE = re.compile(r"\{[^{}\n]{0,400}+\}?")
_NAME = re.compile(_CELL)
_COMPOSED = frozenset("+/:[")
"""What only references have in their names."""
_PLACES = 2
"""Decimals of a share that names none."""


class Reference(NamedTuple):
    """A figure that a text refers to."""

    how: How
    part: tuple[str, ...]
    """The cells that are counted together."""
    whole: tuple[str, ...] = ()
    """Of a share, what it is a share of; empty otherwise."""
    places: int = _PLACES

    def __str__(self) -> str:
        """As it stands in a text."""
        how = f"{self.how}:" if self.how else ""
        share = f"/{'+'.join(self.whole)}" if self.whole else ""
        places = f":{self.places}" if share and self.places != _PLACES else ""
        return f"{{{how}{'+'.join(self.part)}{share}{places}}}"

    @property
    def has_percent(self) -> bool:
        """Whether its print ends in %, as that of a share and of a rate of change does."""
        return bool(self.whole) or self.how == "rate"

    @property
    def is_legible(self) -> bool:
        """Whether it is read as it is written; a row of a list may have braces in its name."""
        return reference(str(self)[1:-1]) == self

    @property
    def cells(self) -> tuple[str, ...]:
        """All cells it speaks of."""
        return tuple(dict.fromkeys((*self.part, *self.whole)))


class Piece(NamedTuple):
    """A stretch of a text, or a figure in it."""

    text: str
    """As printed; empty for a figure that is missing."""
    reference: Reference | None = None


class Place(NamedTuple):
    """Where a printed text has a figure."""

    start: int
    end: int
    reference: Reference


class Gap(NamedTuple):
    """Something written like a reference for which nothing can be printed."""

    text: str
    """As it stands in the text."""
    cells: tuple[str, ...]
    """What it needs; of one that names what is not there, that alone, empty where none is told."""
    is_gone: bool
    """It names no figure of the form, or a row that its list does not have."""


class FigureValues:
    """The figures that own text may refer to, rows of lists and last year's among them."""

    def __init__(
        self,
        answers: Answers,
        previous: Answers | None = None,
        numbers: Mapping[str, Value] | None = None,
    ) -> None:
        """Take them; other numbers than those of the answers try out a change."""
        self._edition = answers.edition
        self._values = {**_values(answers), **(numbers or {})}
        self._before = _values(previous) if previous is not None else {}

    def sum(self, cells: tuple[str, ...]) -> Value | None:
        """The sum of cells; `None` while one is missing."""
        return _sum(cells, self._values)

    def refer(
        self,
        part: tuple[str, ...],
        whole: tuple[str, ...] = (),
        *,
        how: How = "",
        places: int = _PLACES,
    ) -> Reference:
        """The reference to some cells; all those under a heading are its sum, `{deny.total}`."""
        together = self._edition.together
        return Reference(how, together(part), together(whole), places)

    def change(self, cells: tuple[str, ...]) -> Decimal | None:
        """The change of a sum against last year, signed; `None` while a figure is missing."""
        now, before = self.sum(cells), _sum(cells, self._before)
        return None if now is None or before is None else Decimal(now) - before

    def unit(self, cell: str) -> str:
        """The unit of a cell."""
        return self._edition.unit(cell)

    def rows(self, cells: tuple[str, ...]) -> frozenset[str]:
        """The rows of the form that cells stand in; what stands in none is a row of its own."""
        known = self._edition.cells
        return frozenset(known[cell].row if cell in known else cell for cell in cells)

    def printed(self, reference: Reference) -> str:
        """What a reference prints, without a unit but for %; empty while a figure is missing."""
        part = self.sum(reference.part)
        if reference.whole:
            whole = self.sum(reference.whole)
            return "" if part is None or not whole else share(part, whole, reference.places) + "%"
        before = _sum(reference.part, self._before) if reference.how else None
        if reference.how == "last_year":
            part = before
        elif reference.how:
            change = self.change(reference.part)
            part = None if change is None else abs(change)
        if reference.how == "rate":
            return share(part, before, 1) + "%" if part is not None and before else ""
        return "" if part is None else show(part)

    def pieces(self, text: str) -> list[Piece]:
        """A text with its references printed, in order; it is its own only piece without any."""
        found: list[Piece] = []
        at = 0
        for match in _REFERENCE.finditer(text) if "{" in text else ():
            reference = _reference(match)
            if all(self._is_known(cell) for cell in reference.cells):
                found.append(Piece(text[at : match.start()]))
                found.append(Piece(self.printed(reference), reference))
                at = match.end()
        found.append(Piece(text[at:]))
        return [piece for piece in found if piece.text or piece.reference]

    def quoted(self, gap: Gap) -> str:
        """The names of what a gap needs; as it is written where it names nothing."""
        return self._edition.quoted(gap.cells) or f"“{gap.text}”"

    def gaps(self, text: str) -> list[Gap]:
        """What is written like a reference and prints nothing, in order."""
        matches = _LIKE_ONE.finditer(text) if "{" in text else ()
        return [gap for match in matches if (gap := self._gap(match[0])) is not None]

    def _gap(self, text: str) -> Gap | None:
        """What is lacking where something in braces prints nothing; `None` for all else."""
        piece = self.pieces(text)[0]
        if piece.reference is not None:
            return None if piece.text else Gap(text, piece.reference.cells, is_gone=False)
        match = _REFERENCE.fullmatch(text)
        names = [found[0].partition("[")[0] for found in _NAME.finditer(text)]
        if match is None:
            known = (name for name in names if name in self._edition.numeric)
            is_like_one = any(known) or any(name in self._edition.questions for name in names)
            return Gap(text, (), is_gone=True) if is_like_one else None
        cells = (cell for cell in _reference(match).cells if not self._is_known(cell))
        return Gap(text, tuple(cells), is_gone=True)

    def _is_known(self, cell: str) -> bool:
        if "[" in cell:
            return cell in self._values
        return cell in self._edition.numeric


def share(part: Value, whole: Value, places: int) -> str:
    """A share in percent, half up, without its sign: `"51.85"`."""
    percent = Decimal(part) * 100 / Decimal(whole)
    return show_fixed(percent.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)


def reference(text: str) -> Reference | None:
    """The reference that a text is, without its braces; `None` when it is none."""
    match = _REFERENCE.fullmatch(f"{{{text}}}")
    return _reference(match) if match else None


def composed(name: str) -> Reference | None:
    """The reference that a composed id is (`open.total+partial.total`), `None` for other ids."""
    return None if _COMPOSED.isdisjoint(name) else reference(name)


def places_of_references(text: str) -> list[tuple[int, int]]:
    """Where references stand in a text, and what is written like one."""
    return [match.span() for match in _LIKE_ONE.finditer(text)] if "{" in text else []


def printed_text(text: str, figures: FigureValues) -> str:
    """A text as it is printed; a missing figure leaves its reference."""
    return printed_places(text, figures)[0]


def told_text(text: str, figures: FigureValues, sentences: Sentences) -> str:
    """A text as people read it: a figure that is not there by its name, never by its id."""
    printed = printed_text(text, figures)
    for gap in figures.gaps(printed):
        code = "figure_gone" if gap.is_gone else "figure_to_come"
        said = sentences.say(f"interview.{code}", names=figures.quoted(gap))
        printed = printed.replace(gap.text, said, 1)
    return printed


def printed_places(text: str, figures: FigureValues) -> tuple[str, list[Place]]:
    """A text as it is printed, and where figures stand in it."""
    printed, places = "", list[Place]()
    for piece in figures.pieces(text):
        if piece.reference and piece.text:
            end = len(printed) + len(piece.text)
            places.append(Place(len(printed), end, piece.reference))
        printed += piece.text or str(piece.reference)
    return printed, places


def listed_counts(answers: Answers) -> dict[str, dict[str, int]]:
    """The rows of the counted lists, by list: `{"categories": {"财务": 12}}`."""
    found: dict[str, dict[str, int]] = {}
    for fact in answers.edition.counted_lists:
        rows = answers.value(fact.id)
        if isinstance(rows, tuple):
            entry, count = (column.id for column in fact.columns)
            cells = [row for row in rows if isinstance(row, dict)]
            found[fact.id] = {str(row[entry]): int(row[count]) for row in cells}
    return found


def _values(answers: Answers) -> dict[str, Value]:
    values: dict[str, Value] = dict(answers.numbers)
    for fact, rows in listed_counts(answers).items():
        values |= {f"{fact}[{entry}]": count for entry, count in rows.items()}
    return values


def _sum(cells: tuple[str, ...], values: Mapping[str, Value]) -> Value | None:
    total: Value = 0
    for cell in cells:
        number = values.get(cell)
        if number is None:
            return None
        total += number
    return total


def _reference(match: re.Match[str]) -> Reference:
    said = (match["how"] or "").rstrip(":")
    how: How = said  # type: ignore[assignment]
    whole = _cells(match["whole"]) if match["whole"] else ()
    places = int(match["places"]) if match["places"] else _PLACES
    return Reference(how, _cells(match["part"]), whole, places)


def _cells(sum_of: str) -> tuple[str, ...]:
    """The cells of a sum; a row of a list may have a + in its own name."""
    return tuple(match[0] for match in _NAME.finditer(sum_of))
