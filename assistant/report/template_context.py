"""How templates see facts, and the few functions they may call: joining, never computing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from assistant.answers import Answers, FigureValues, Reference
from assistant.form.model import Edition, Fact, Option
from assistant.report.figures import CLOSE, OPEN, SMALL_BASE, WHOLE_BASE, Figure, Figures
from assistant.report.structure import SpanKind
from assistant.values import NUMBERS, count_in_words
from assistant.values.print_format import show_date

LEAST_SHARE = 1_000
"""A part of which more would be needed to make up the whole has no share: it is below 0.1%."""
TEXT_BASE = 0xF8000
"""The character after OPEN carries the position of the words in their `SpanMarks`."""


class SpanMarks:
    """Marks words that do not come from the template with their source, and reads all marks."""

    def __init__(self, figures: Figures) -> None:
        """Start without any, beside the figures that have marks of their own."""
        self.figures = figures
        self._sources: list[tuple[SpanKind, str]] = []

    def mark(self, kind: SpanKind, text: str, name: str = "") -> str:
        """Wrap words in marks that carry their source."""
        self._sources.append((kind, name))
        return f"{OPEN}{chr(TEXT_BASE + len(self._sources) - 1)}{text}{CLOSE}"

    def source(self, mark: str) -> tuple[SpanKind, str]:
        """The source that a mark character stands for."""
        if ord(mark) >= TEXT_BASE:
            return self._sources[ord(mark) - TEXT_BASE]
        return ("whole" if ord(mark) >= WHOLE_BASE else "figure"), self.figures.at(mark).id


@dataclass(frozen=True, slots=True, eq=False)
class TextFact:
    """A text, date or single choice as a template sees it."""

    _text: str
    """Marked."""
    is_given: bool
    id: str = ""
    """Id of the chosen option; empty for text."""

    def __str__(self) -> str:
        """The marked text, or the gap where it is missing."""
        return self._text


@dataclass(frozen=True, slots=True, eq=False)
class RowVoice:
    """A row of a grid as a template sees it: `open.total` is the figure of that cell."""

    _id: str
    _figures: Figures

    def __getitem__(self, column: str) -> Figure:
        """The figure of a column."""
        return self._figures[f"{self._id}.{column}"]

    def __str__(self) -> str:
        """Refuse to be printed: only its cells can be."""
        raise TypeError(self._id)


class ListFact(NamedTuple):
    """Several choices or rows as a template sees them."""

    rows: tuple[Any, ...]
    """Choices as their words, or rows as mappings by column."""
    number: Figure | None
    """The count in words before a measure word; None without rows."""
    gap: str
    """What to print when the answer is missing; empty when it was given."""

    @property
    def is_given(self) -> bool:
        """Answered, possibly with nothing."""
        return not self.gap

    @property
    def is_single(self) -> bool:
        """Exactly one row."""
        return len(self.rows) == 1


class OwnWords:
    """Own text as templates see it: its words marked as such, its references as figures."""

    def __init__(self, answers: Answers, previous: Answers | None, words: SpanMarks) -> None:
        """Take the figures that it may refer to, and where words are marked."""
        self._values = FigureValues(answers, previous)
        self._edition = answers.edition
        self.words = words

    def mark(self, text: str, name: str) -> str:
        """The marked text of a question."""
        return "".join(
            self.words.mark("own", piece.text, name)
            if piece.reference is None
            else self._figure(piece.reference, piece.text)
            for piece in self._values.pieces(text)
        )

    def _figure(self, reference: Reference, text: str) -> str:
        """The marked figure of a reference, with the cells it is made of as its id."""
        is_cell = not reference.how and not reference.whole and len(reference.part) == 1
        name = reference.part[0] if is_cell else str(reference)[1:-1]
        figures = self.words.figures
        figure = figures.find(name)
        if figure is None:
            label, unit = self._edition.quoted(reference.cells), "%" if reference.whole else ""
            value = self._values.sum(reference.part) if text else None
            figure = Figure(figures, name, label, unit, value, text.removesuffix("%"))
        return str(figure) if reference.whole else figure.bare


def make_voices(answers: Answers, own: OwnWords) -> Mapping[str, Any]:
    """Every fact under its id, as templates see it; numeric facts are figures already."""
    voices: dict[str, Any] = {}
    words = own.words
    for fact in answers.edition.facts:
        if fact.kind in NUMBERS:
            continue
        value = answers.value(fact.id)
        is_gap = value is None and fact.required
        gap = words.mark("gap", f"【待补充：{fact.label}】", fact.id) if is_gap else ""
        if fact.kind in ("choices", "list"):
            rows = value if isinstance(value, tuple) else ()
            shown = tuple(_row(fact, row, at, own) for at, row in enumerate(rows, 1))
            number = words.figures.find(f"{fact.id}.number")
            voices[fact.id] = ListFact(shown, number, gap)
        elif value is None:
            voices[fact.id] = TextFact(gap, is_given=False)
        else:
            voices[fact.id] = _text_fact(fact, value, own)
    for fact in answers.edition.facts:
        if fact.or_else and answers.value(fact.id) is None:
            voices[fact.id] = voices[fact.or_else]
    return voices


def all_own_words(answers: Answers) -> TextFact:
    """All own text of a report as one, to ask whether it speaks of something."""
    given, slots = answers.active, (fact.id for fact in answers.edition.own_texts)
    values = [given[slot].value for slot in slots if slot in given]
    said = "\n".join([value for value in values if isinstance(value, str)])
    return TextFact(said, is_given=bool(said))


def _text_fact(fact: Fact, value: object, own: OwnWords) -> TextFact:
    if isinstance(value, Option):
        text = own.words.mark("plain", value.text or value.label)
        return TextFact(text, is_given=True, id=value.id)
    text = show_date(value) if isinstance(value, date) else str(value)
    marked = (
        own.mark(text, fact.id) if fact.span == "own" else own.words.mark("contact", text, fact.id)
    )
    return TextFact(marked, is_given=True)


def _row(fact: Fact, row: object, at: int, own: OwnWords) -> object:
    if isinstance(row, Option):
        marked = own.words.mark("plain", row.text or row.label)
        return TextFact(marked, is_given=True, id=row.id)
    assert isinstance(row, dict)  # noqa: S101  a list fact has rows
    cells: dict[str, object] = {}
    for column in fact.columns:
        value = row[column.id]
        if isinstance(value, Option):
            cells[column.id] = own.words.mark("plain", value.text or value.label)
        elif column.kind == "count":
            cells[column.id] = own.words.figures[f"{fact.id}.{at}.{column.id}"]
        else:
            cells[column.id] = own.mark(str(value), fact.id)
    return cells


def make_legal(edition: Edition, year: int, words: SpanMarks) -> Mapping[str, str]:
    """The laws and documents of the report year, marked as such."""
    names = edition.legal_names(year)
    return {name: words.mark("legal", text) for name, text in names.items()}


def _told(figures: Iterable[Figure]) -> list[Figure]:
    """What an enumeration names: everything but zeros."""
    return [figure for figure in figures if not figure.is_zero]


def listed(figures: Iterable[Figure]) -> str:
    """Enumerate what is not zero: 当面申请2件、网络申请1件; empty when all are zero."""
    told = _told(figures)
    mark = "；" if any(pause in figure.as_part for figure in told for pause in "、，") else "、"
    return mark.join(f"{figure.as_part}{figure}" for figure in told)


def parts_of(figures: Iterable[Figure], whole: Figure, lead: str = "其中") -> str:
    """Tell the parts of a total: 其中当面申请2件、网络申请1件; 均为当面申请; zeros go unsaid."""
    told = _told(figures)
    if not told:
        return ""
    return told[0].in_words if _is_whole(told, whole) else lead + listed(told)


def shares_of(
    figures: Iterable[Figure], whole: Figure, lead: str = "其中", least: int = SMALL_BASE
) -> str:
    """Tell the parts with their shares: 其中当面申请2件，占66.7%；网络申请1件，占33.3%.

    Shares are left out where the total is small, or the parts do not make it up; and each that
    is too small itself.

    Args:
        figures: The parts.
        whole: Their total.
        lead: What stands before them.
        least: The smallest total whose shares are told.
    """
    told = _told(figures)
    is_small = whole.value is None or whole.value < least
    if is_small or len(told) < 2 or not make_up(told, whole):
        return parts_of(told, whole, lead)
    return lead + "；".join(f"{figure.as_part}{figure}{_share(figure, whole)}" for figure in told)


def _share(figure: Figure, whole: Figure) -> str:
    if not figure.value or not whole.value or figure.value * LEAST_SHARE < whole.value:
        return ""
    return f"，占{figure.share_of(whole)}"


def counted(rows: Iterable[Mapping[str, object]], name: str, number: str) -> str:
    """Tell the rows of a list by two of its columns: 政府网站260条、政务新媒体118条."""
    return "、".join(f"{row[name]}{row[number]}" for row in rows)


def out_of(part: Figure, whole: Figure, verb: str, otherwise: str) -> str:
    """Tell how many of some: 采纳9条; all of them: 均已采纳; none of them: 没有采纳."""
    if part.is_zero:
        return otherwise
    return part.in_words if _is_whole([part], whole) else f"{verb}{part}"


def _is_whole(told: list[Figure], whole: Figure) -> bool:
    return len(told) == 1 and told[0].value is not None and told[0].value == whole.value


def any_told(figures: Iterable[Figure]) -> bool:
    """Whether an enumeration of these figures has anything to name."""
    return bool(_told(figures))


def make_up(parts: Iterable[Figure], whole: Figure) -> bool:
    """Whether parts add up to exactly a whole that is known."""
    return sum(part.value or 0 for part in parts) == whole.value


def fall_short(parts: Iterable[Figure], whole: Figure) -> bool:
    """Whether parts are known to be less than a whole, so that it has others."""
    return sum(part.value or 0 for part in parts) < (whole.value or 0)


def exceed(parts: Iterable[Figure], whole: Figure) -> bool:
    """Whether parts are more than a whole that is known, so that some were counted twice."""
    return whole.value is not None and sum(part.value or 0 for part in parts) > whole.value


def joined(texts: Iterable[object]) -> str:
    """Join words: 甲、乙和丙."""
    parts = [str(text) for text in texts]
    if len(parts) < 2:
        return "".join(parts)
    return "、".join(parts[:-1]) + "和" + parts[-1]


def in_turn(texts: Iterable[object], mark: str = "，") -> str:
    """Put clauses one behind the other: 指定专人维护，在各科室设联络员."""
    return mark.join(str(text) for text in texts)


def led_by(fact: TextFact, lead: str) -> str:
    """An answer behind words that say what it is, 电话：010-00000000; empty without one."""
    return f"{lead}{fact}" if fact.is_given else ""


def given(texts: Iterable[str]) -> list[str]:
    """Those that say anything."""
    return [text for text in texts if text]


def chosen(rows: Iterable[TextFact], name: str) -> bool:
    """Whether an option is among those chosen."""
    return any(row.id == name for row in rows)


def without(rows: Iterable[TextFact], name: str) -> list[TextFact]:
    """The options chosen but for one."""
    return [row for row in rows if row.id != name]


def titled(texts: Iterable[object]) -> str:
    """Join titles of documents without marks between them: 《甲》《乙》."""
    return "".join(f"《{text}》" for text in texts)


def speaks_of(fact: TextFact, *words: str) -> bool:
    """Whether an answer in free words has one of these: 副镇长任副组长 speaks of 组长."""
    return fact.is_given and any(word in str(fact) for word in words)


def column(rows: Iterable[Mapping[str, object]], name: str) -> list[object]:
    """One column of the rows of a list."""
    return [row[name] for row in rows]


def numbered(items: Iterable[object]) -> Iterator[tuple[str, object]]:
    """Number items as prose does: (一是, first), (二是, second)."""
    for position, item in enumerate(items, start=1):
        yield ("二" if position == 2 else count_in_words(position)) + "是", item


FILTERS: Mapping[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        *(listed, parts_of, shares_of, any_told, counted, out_of, joined, in_turn, led_by),
        *(given, chosen, without, titled, column, speaks_of, numbered),
        *(make_up, fall_short, exceed),
    )
}
"""What templates may call, by name."""
