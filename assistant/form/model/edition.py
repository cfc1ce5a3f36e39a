"""One official form with its questions, checks and narrative."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field

from assistant.form.model.checks import Carried, Check, Sum
from assistant.form.model.grids import Grid, GridRow
from assistant.form.model.questions import Fact, Heading, Indicator, Question, Row, Strict
from assistant.form.model.terms import Deadline, LegalBasis, OutdatedTerm, Section, Term, Years
from assistant.form.model.wildcards import expand_wildcards


def bare_quotes(text: str) -> str:
    """Drop quotation marks, which people write or leave out at will: “三公”经费 -> 三公经费."""
    return text.replace("“", "").replace("”", "")


Line = Heading | Indicator | GridRow
"""Anything that stands in a row of the form or is a cell of one."""


class Roles(Strict):
    """Which facts the program itself must know, by id; all else it takes from the data as it is.

    Every role is needed, and no two are played by one fact; the loader sees to it.
    """

    body_name: str
    """The line with the full name of the body: asked first, names the file and the screen."""
    body_kind: str
    """The choice of the kind of body, whose options `deadlines` name."""
    signature_date: str
    """The date that the check of kind `signed` holds against the deadline."""


ROLE_KINDS = {"body_name": "line", "body_kind": "choice", "signature_date": "date"}
"""The kind that the fact of each role must have."""


class Edition(Strict):
    """Everything `prompts_templates/‹id›/` says, checked and frozen."""

    id: str
    title: str
    place: str
    """Where it holds, as people say it."""
    is_special: bool = False
    """It holds for its place alone; elsewhere the edition of the year that is not special does."""
    years: Years
    reconstructed: str = ""
    """Why its rows are not certain; empty where the printed form was at hand."""
    form_title: str = ""
    """Title of the statistical table, an annex; empty when all tables stand in sections."""
    roles: Roles
    preamble: str
    """Template of title and preamble."""
    sections: tuple[Section, ...]
    legal: tuple[LegalBasis, ...]
    deadlines: tuple[Deadline, ...]
    outdated: tuple[OutdatedTerm, ...]
    terms: tuple[Term, ...] = ()
    spoken: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What running text calls cells, beside their names; several count together."""
    rows: tuple[Row, ...] = ()
    """The rows of the annex, each with one number."""
    grids: tuple[Grid, ...] = ()
    """The tables of the sections, each with several numbers a row."""
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    templates: dict[str, Annotated[str, Field(max_length=100_000)]]
    """Narrative templates by file name."""
    folder: str
    """Where it was read from, for complaints about templates."""
    based_on: str = ""
    """Folder of the edition whose entries it shares; empty when it stands alone."""
    omitted: frozenset[str] = frozenset()
    """Ids and codes of that edition which it leaves out."""

    @cached_property
    def cells(self) -> Mapping[str, Indicator]:
        """Everything in the form that holds a number, computed or asked, in its order."""
        inside = (cell for grid in self.grids for cell in grid.by_place.values())
        annexed = (row for row in self.rows if isinstance(row, Indicator))
        return {cell.id: cell for cell in (*inside, *annexed)}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The cells that are asked, in the order of the form."""
        return tuple(cell for cell in self.cells.values() if not cell.computed)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order of asking and of the answer file."""
        ordered: list[Question] = [fact for fact in self.facts if fact.place == "before"]
        for grid in self.grids:
            ordered += (fact for fact in self.facts if fact.place == grid.id)
            ordered += (cell for cell in grid.by_place.values() if not cell.computed)
        ordered += (cell for cell in self.indicators if not cell.grid)
        ordered += (fact for fact in self.facts if fact.place == "after")
        return {item.id: item for item in ordered}

    @cached_property
    def grids_by_id(self) -> Mapping[str, Grid]:
        """The tables of the sections by id."""
        return {grid.id: grid for grid in self.grids}

    @cached_property
    def numeric(self) -> Mapping[str, str]:
        """Unit of everything that checks may name as a number, list columns included."""
        units = {name: cell.unit for name, cell in self.cells.items()}
        for fact in self.facts:
            if fact.kind in ("count", "amount"):
                units[fact.id] = fact.unit
            counts = (column for column in fact.columns if column.kind == "count")
            units |= {f"{fact.id}.{column.id}": column.unit for column in counts}
        return units

    @cached_property
    def rules(self) -> tuple[Check, ...]:
        """The checks, one for each row or column that an entry runs over."""
        return tuple(
            rule for check in self.checks for rule in expand_wildcards(check, self.numeric)
        )

    @cached_property
    def sums(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of every computed cell, those first that others are made of."""
        binding = (rule for rule in self.rules if isinstance(rule, Sum) and rule.level == "error")
        wanted: dict[str, tuple[str, ...]] = {}
        for rule in binding:
            if rule.total in self.cells and self.cells[rule.total].computed:
                wanted.setdefault(rule.total, rule.parts)
        ordered: dict[str, tuple[str, ...]] = {}
        while wanted:
            ready = [cell for cell, parts in wanted.items() if wanted.keys().isdisjoint(parts)]
            if not ready:  # sums that need each other; lint names them
                break
            ordered |= {cell: wanted.pop(cell) for cell in ready}
        return ordered

    @cached_property
    def carried(self) -> Mapping[str, str]:
        """By cell the one of last year's report that was carried over into it."""
        return {rule.now: rule.before for rule in self.rules if isinstance(rule, Carried)}

    @cached_property
    def totals(self) -> Mapping[str, tuple[str, ...]]:
        """The computed cells that each cell counts in, nearest first."""
        found: dict[str, list[str]] = {}
        for cell, parts in self.sums.items():
            for part in parts:
                found.setdefault(part, []).append(cell)
        return {part: tuple(self._all_totals(part, found)) for part in found}

    def _all_totals(self, part: str, found: Mapping[str, list[str]]) -> dict[str, None]:
        above: dict[str, None] = {}
        waiting = found.get(part, [])[::-1]
        while waiting:
            total = waiting.pop()
            if total not in above:
                above[total] = None
                waiting += found.get(total, [])[::-1]
        return above

    @cached_property
    def rules_of(self) -> Mapping[str, tuple[Check, ...]]:
        """The checks that look at each cell, at its totals too."""
        found: dict[str, dict[int, Check]] = {name: {} for name in self.numeric}
        for number, rule in enumerate(self.rules):
            for operand in rule.operands:
                found.setdefault(operand, {})[number] = rule
        for cell, totals in self.totals.items():
            for total in totals:
                found[cell] |= found[total]
        return {cell: tuple(rules[at] for at in sorted(rules)) for cell, rules in found.items()}

    @cached_property
    def conditions(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The choices that each cell hangs on: `(("applicants", "natural"),)`.

        Where the fact is answered without the choice, the cell is zero and not asked.
        """
        options = {fact.id: {option.id for option in fact.options} for fact in self.facts}
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for cell in self.cells.values():
            grid = self.grids_by_id.get(cell.grid)
            if grid is not None and not cell.computed:
                sides = ((grid.rows_from, cell.row), (grid.columns_from, cell.column))
                found[cell.id] = tuple(
                    (fact, name) for fact, name in sides if name in options.get(fact, ())
                )
        return {cell: wanted for cell, wanted in found.items() if wanted}

    def __repr__(self) -> str:
        """The name alone; all the rest would fill pages."""
        return f"Edition({self.id!r})"

    def __hash__(self) -> int:
        """Hash by identity: an edition is read once and never rebuilt."""
        return id(self)

    @cached_property
    def rows_by_id(self) -> Mapping[str, Line]:
        """Every row of the annex and of the grids, and every cell of the grids."""
        inside = (row for grid in self.grids for row in grid.rows)
        cells = (cell for grid in self.grids for cell in grid.by_place.values())
        return {row.id: row for row in (*inside, *cells, *self.rows)}

    def ancestors(self, row: Line) -> Iterator[Line]:
        """The rows above a row, nearest first; those of a cell begin with its own row."""
        while row.parent:
            row = self.rows_by_id[row.parent]
            yield row

    def depth(self, row: Line) -> int:
        """Level of a row below the part it belongs to; 0 for the part itself."""
        return sum(1 for _ in self.ancestors(row))

    def place_of(self, cell: str) -> str:
        """Where a cell stands in the form, 三、（一）1.; empty for facts."""
        row = self.rows_by_id.get(cell)
        if row is None:
            return ""
        numbers = [above.number for above in self.ancestors(row)]
        place = "".join(reversed(numbers)) + row.number
        grid = self.grids_by_id.get(row.grid) if isinstance(row, Indicator) else None
        return place.rstrip("、：") or (grid.title if grid else "")

    def part_title(self, question: Question) -> str:
        """The part of the form that a question belongs to; empty for facts before and after."""
        grid = question.place if isinstance(question, Fact) else question.grid
        if grid in self.grids_by_id:
            return next(each.title for each in self.sections if grid in each.tables)
        if isinstance(question, Fact):
            return ""
        return [question, *self.ancestors(question)][-1].printed_label

    def owner(self, cell: str) -> str:
        """The question that a cell belongs to, itself or that of a list column or derived figure.

        `owner("categories.count")` is `categories`, `owner("open.total.rate")` is `open.total`.
        """
        name = cell
        while name and name not in self.cells and name not in self.questions:
            name = name.rpartition(".")[0]
        return name or cell.partition(".")[0]

    def question_of(self, cell: str) -> str:
        """The question to go to for a cell: of a computed one, the first it is made of."""
        owner = self.owner(cell)
        while owner in self.sums:
            owner = self.sums[owner][0]
        return owner

    def name(self, cell: str) -> str:
        """What messages call an answer, a list column included."""
        owner = self.owner(cell)
        column = cell.removeprefix(owner).removeprefix(".")
        question = self.cells.get(owner) or self.questions.get(owner)
        if question is None:
            return cell
        if isinstance(question, Fact) and column:
            labels = [item.label for item in question.columns if item.id == column]
            return f"{question.label}·{labels[0]}" if labels else question.label
        if question.name in self._shared_names and isinstance(question, Indicator):
            return question.short
        return question.name

    def line_name(self, line: str) -> str:
        """What messages call a row or column of a grid; empty for none."""
        return self._line_names.get(line, "")

    @cached_property
    def _line_names(self) -> Mapping[str, str]:
        grids = tuple(reversed(self.grids))  # of one name the first counts, and a row before all
        columns = {each.id: each.label for grid in grids for each in reversed(grid.columns)}
        rows = {row.id: row.short for grid in grids for row in reversed(grid.lines)}
        return columns | rows

    @cached_property
    def _shared_names(self) -> frozenset[str]:
        """Labels that the form uses for several rows."""
        counts = Counter(item.name for item in self.cells.values())
        return frozenset(name for name, count in counts.items() if count > 1)

    def quoted(self, cells: Iterable[str]) -> str:
        """The names of answers as sentences list them, 「收到申请数」、「年末实有申请数」."""
        return "、".join(f"「{self.name(cell)}」" for cell in cells)

    def unit(self, cell: str) -> str:
        """Unit of an answer or list column; empty for text."""
        unit = self.numeric.get(cell)
        question = self.questions.get(cell)
        return unit if unit is not None else question.unit if question else ""

    def legal_names(self, year: int) -> Mapping[str, str]:
        """The laws and documents a report of this year may cite, by template name."""
        return next((basis.names for basis in self.legal if year in basis.years), {})

    def deadline(self, year: int, kind: str = "") -> Deadline | None:
        """The last day of publication for a report year, where the law names one.

        Args:
            year: The report year.
            kind: The kind of body by id; without it only what holds for all is found.
        """
        fitting = (each for each in self.deadlines if year in each.years)
        return next((each for each in fitting if not each.kinds or kind in each.kinds), None)
