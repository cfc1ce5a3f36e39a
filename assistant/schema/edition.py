"""One official form with its questions, checks and narrative."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from assistant.schema.checks import Check
from assistant.schema.questions import Fact, Heading, Indicator, Question, Row, Strict


def bare_quotes(text: str) -> str:
    """Drop quotation marks, which people write or leave out at will: “三公”经费 -> 三公经费."""
    return text.replace("“", "").replace("”", "")


class Years(Strict):
    """Report years, both ends included."""

    first: int
    last: int

    def __contains__(self, year: int) -> bool:
        """Whether a report year lies within."""
        return self.first <= year <= self.last


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
    month: int
    day: int
    source: str


class Section(Strict):
    """One of the numbered sections of the narrative."""

    title: str
    template: str


class Edition(Strict):
    """Everything `prompts_templates/‹id›/` says, checked and frozen."""

    id: str
    title: str
    place: str
    years: Years
    form_title: str
    """Title of the statistical table."""
    preamble: str
    """Template of title and preamble."""
    sections: tuple[Section, ...]
    legal: tuple[LegalBasis, ...]
    deadlines: tuple[Deadline, ...]
    outdated: tuple[OutdatedTerm, ...]
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    templates: dict[str, str]
    """Narrative templates by file name."""
    folder: str
    """Where it was read from, for complaints about templates."""

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The rows that take a value, in the order of the form."""
        return tuple(row for row in self.rows if isinstance(row, Indicator))

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order of asking and of the answer file."""
        before = [fact for fact in self.facts if fact.place == "before"]
        after = [fact for fact in self.facts if fact.place == "after"]
        ordered: list[Question] = [*before, *self.indicators, *after]
        return {item.id: item for item in ordered}

    def __hash__(self) -> int:
        """Hash by identity: an edition is read once and never rebuilt."""
        return id(self)

    @cached_property
    def _rows_by_id(self) -> Mapping[str, Heading | Indicator]:
        return {row.id: row for row in self.rows}

    def ancestors(self, row: Heading | Indicator) -> Iterator[Heading | Indicator]:
        """The rows above a row, nearest first."""
        while row.parent:
            row = self._rows_by_id[row.parent]
            yield row

    def depth(self, row: Heading | Indicator) -> int:
        """Level of a row below the part it belongs to; 0 for the part itself."""
        return sum(1 for _ in self.ancestors(row))

    def place_of(self, cell: str) -> str:
        """Where a cell stands in the form, 三、（一）1.; empty for facts."""
        row = self._rows_by_id.get(cell)
        if row is None:
            return ""
        numbers = [above.number for above in self.ancestors(row)]
        place = "".join(reversed(numbers)) + row.number
        return place.rstrip("、：")

    def name(self, cell: str) -> str:
        """What messages call an answer, a list column included."""
        owner, _, column = cell.partition(".")
        question = self.questions.get(owner)
        if question is None:
            return cell
        if isinstance(question, Fact) and column:
            labels = [item.label for item in question.columns if item.id == column]
            return f"{question.label}·{labels[0]}" if labels else question.label
        if question.name in self._shared_names and isinstance(question, Indicator):
            return question.short
        return question.name

    @cached_property
    def _shared_names(self) -> frozenset[str]:
        """Labels that the form uses for several rows."""
        counts = Counter(item.name for item in self.indicators)
        return frozenset(name for name, count in counts.items() if count > 1)

    def unit(self, cell: str) -> str:
        """Unit of an answer or list column; empty for text."""
        owner, _, column = cell.partition(".")
        question = self.questions.get(owner)
        if isinstance(question, Fact) and column:
            return next((item.unit for item in question.columns if item.id == column), "")
        return question.unit if question else ""

    def legal_names(self, year: int) -> Mapping[str, str]:
        """The laws and documents a report of this year may cite, by template name."""
        return next((basis.names for basis in self.legal if year in basis.years), {})

    def deadline(self, year: int) -> Deadline | None:
        """The last day of publication for a report year, where the law names one."""
        return next((item for item in self.deadlines if year in item.years), None)
