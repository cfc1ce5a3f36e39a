"""The entries of a form that are looked up by name, and what follows from them.

Nothing here raises: what is wrong in the entries is left for `lint` to name.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from assistant.form.entry import Limits, Strict
from assistant.form.model.checks import Carried, Check, Sum, expand_wildcards
from assistant.form.model.grids import Grid, GridRow
from assistant.form.model.passages import Passage, passage_versions, wording_facts
from assistant.form.model.questions import Fact, Heading, Indicator, Question, Row
from assistant.values import NUMBERS, Value
from assistant.values.grouping import grouped

Line = Heading | Indicator | GridRow
"""Anything that stands in a row of the form or is a cell of one."""


class FormIndex(Strict):
    """Rows, tables, facts, checks and passages; what follows from them is made when first asked."""

    rows: tuple[Row, ...] = ()
    """The rows of the annex, each with one number."""
    grids: tuple[Grid, ...] = ()
    """The tables of the sections, each with several numbers a row."""
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    templates: dict[str, Annotated[str, Limits(max_length=100_000)]] = field(default_factory=dict)
    """Narrative templates by file name."""
    passages: tuple[Passage, ...] = ()
    """The paragraphs of the narrative, in its order."""

    @cached_property
    def cells(self) -> Mapping[str, Indicator]:
        """Everything in the form that holds a number, computed or asked, in its order."""
        every = (*self._inside, *self.rows)
        return {each.id: each for each in every if isinstance(each, Indicator)}

    @cached_property
    def _inside(self) -> tuple[Indicator, ...]:
        """The cells of the tables of the sections."""
        return tuple(cell for grid in self.grids for cell in grid.by_place.values())

    @cached_property
    def _added(self) -> Mapping[str, tuple[Indicator, tuple[str, ...]]]:
        """The sums that no table prints, each with the cells that make it up."""
        return {name: each for grid in self.grids for name, each in grid.subtotals.items()}

    @cached_property
    def figures(self) -> Mapping[str, Indicator]:
        """The cells, and the sums over the rows under a heading, which no table prints."""
        return {**self.cells, **{name: cell for name, (cell, _) in self._added.items()}}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The cells that are asked, in the order of the form."""
        return tuple(cell for cell in self.cells.values() if not cell.computed)

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        """Every question by id, in the order of asking and of the answer file."""
        by_place = grouped((fact.place, fact) for fact in self.facts)
        ordered: list[Question] = [*by_place.get("before", ())]
        for grid in self.grids:
            ordered += by_place.get(grid.id, ())
            ordered += (cell for cell in grid.by_place.values() if not cell.computed)
        ordered += (cell for cell in self.indicators if not cell.grid)
        ordered += by_place.get("after", ())
        return {item.id: item for item in ordered}

    @cached_property
    def counted_lists(self) -> tuple[Fact, ...]:
        """The lists of one line and one count."""
        kinds = ["line", "count"]
        return tuple(fact for fact in self.facts if [each.kind for each in fact.columns] == kinds)

    @cached_property
    def wordings(self) -> Mapping[str, Fact]:
        """The own words that may be written for each passage, by id."""
        return wording_facts(self.passages)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Both: all that can have an answer, by id."""
        return {**self.asked, **self.wordings}

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """By passage what tells its words from those of another version of its template."""
        return passage_versions(self.templates)

    @cached_property
    def passages_by_id(self) -> Mapping[str, Passage]:
        """The passages by id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def grids_by_id(self) -> Mapping[str, Grid]:
        """The tables of the sections by id."""
        return {grid.id: grid for grid in self.grids}

    @cached_property
    def rows_by_id(self) -> Mapping[str, Line]:
        """Every row of the annex and of the grids, and every cell of the grids."""
        lines = (row for grid in self.grids for row in grid.rows)
        return {row.id: row for row in (*lines, *self._inside, *self.rows)}

    @cached_property
    def _printed(self) -> Mapping[str, str]:
        """Unit of every number that is asked or printed, list columns included."""
        found = {name: cell.unit for name, cell in self.cells.items()}
        for fact in self.facts:
            if fact.kind in NUMBERS:
                found[fact.id] = fact.unit
            counts = (column for column in fact.columns if column.kind == "count")
            found |= {f"{fact.id}.{column.id}": column.unit for column in counts}
        return found

    @cached_property
    def numeric(self) -> Mapping[str, str]:
        """Unit of everything that checks may name as a number, list columns included."""
        return {**self._printed, **{name: cell.unit for name, (cell, _) in self._added.items()}}

    @cached_property
    def rules(self) -> tuple[Check, ...]:
        """The checks, one for each row or column that an entry runs over."""
        return tuple(r for check in self.checks for r in expand_wildcards(check, self._printed))

    @cached_property
    def bound(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of every cell that must equal their sum, be it computed or asked."""
        bound: dict[str, tuple[str, ...]] = {}
        for rule in self.rules:
            if isinstance(rule, Sum) and rule.level == "error" and rule.total in self.cells:
                bound.setdefault(rule.total, rule.parts)
        return bound

    @cached_property
    def sums(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of every computed cell, those first that others are made of."""
        wanted = {total: parts for total, parts in self.bound.items() if self.cells[total].computed}
        ordered: dict[str, tuple[str, ...]] = {}
        while wanted:
            ready = [cell for cell, parts in wanted.items() if wanted.keys().isdisjoint(parts)]
            if not ready:  # sums that need each other; lint names them
                break
            ordered |= {cell: wanted.pop(cell) for cell in ready}
        return ordered | {name: parts for name, (_, parts) in self._added.items()}

    @cached_property
    def carried(self) -> Mapping[str, str]:
        """By cell the one of last year's report that was carried over into it."""
        return {rule.now: rule.before for rule in self.rules if isinstance(rule, Carried)}

    @cached_property
    def totals(self) -> Mapping[str, tuple[str, ...]]:
        """The computed cells that each cell counts in, nearest first.

        A sum that no table prints counts in those that all its parts do.
        """
        above = grouped((part, cell) for cell, parts in self.sums.items() for part in parts)
        found = {part: tuple(_all_totals(part, above)) for part in above}
        of_parts = {
            name: [found.get(part, ()) for part in parts]
            for name, (_, parts) in self._added.items()
        }
        return found | {
            name: tuple(t for t in first if t != name and all(t in each for each in others))
            for name, (first, *others) in of_parts.items()
        }

    @cached_property
    def rules_of(self) -> Mapping[str, tuple[Check, ...]]:
        """The checks that look at each cell, at its totals too, in their order."""
        found: dict[str, dict[int, Check]] = {name: {} for name in self.numeric}
        for number, rule in enumerate(self.rules):
            for operand in rule.operands:
                found.setdefault(operand, {})[number] = rule
        for cell, above in self.totals.items():
            for total in above:
                found[cell] |= found[total]
        return {cell: tuple(rules[at] for at in sorted(rules)) for cell, rules in found.items()}

    @cached_property
    def conditions(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The choices that each cell hangs on: `(("applicants", "natural"),)`.

        Where the fact is answered without the choice, the cell is zero and not asked.
        """
        options = {fact.id: {option.id for option in fact.options} for fact in self.facts}
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for cell in self.indicators:
            grid = self.grids_by_id.get(cell.grid)
            if grid is not None:
                sides = ((grid.rows_from, cell.row), (grid.columns_from, cell.column))
                if wanted := tuple(each for each in sides if each[1] in options.get(each[0], ())):
                    found[cell.id] = wanted
        return found

    @cached_property
    def off_tables(self) -> frozenset[str]:
        """The choices that are read off the tables: the rows and columns that occurred."""
        return frozenset(
            name for grid in self.grids for name in (grid.rows_from, grid.columns_from)
        )

    @cached_property
    def cells_of_choice(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The cells that hang on each choice: `{("applicants", "natural"): (…,)}`."""
        return grouped((each, cell) for cell, sides in self.conditions.items() for each in sides)

    @cached_property
    def zeros(self) -> Mapping[str, Value]:
        """The zero of every question and cell, of an amount with its decimals."""
        every = {**self.questions, **self.figures}
        return {name: Decimal(0) if each.kind == "amount" else 0 for name, each in every.items()}

    @cached_property
    def _line_names(self) -> Mapping[str, str]:
        """Rows and columns of grids in words; the first of one name counts, a row before all."""
        backwards = self.grids[::-1]
        columns = {each.id: each.label for grid in backwards for each in grid.columns[::-1]}
        return columns | {row.id: row.short for grid in backwards for row in grid.lines[::-1]}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """What messages call answers and columns of lists; of one label by their short names."""
        count = Counter(cell.name for cell in self.figures.values())
        names: dict[str, str] = {}
        for question in self.questions.values():
            if isinstance(question, Fact):
                names[question.id] = question.label
                for column in question.columns:
                    label = f"{question.label}·{column.label}"
                    names.setdefault(f"{question.id}.{column.id}", label)
        return names | {
            name: cell.short if count[cell.name] > 1 else cell.name
            for name, cell in self.figures.items()
        }

    @cached_property
    def _sums_by_cells(self) -> Mapping[frozenset[str], str]:
        """The sums that no table prints, by the cells that make them up."""
        return {frozenset(parts): name for name, (_, parts) in self._added.items()}


def _all_totals(part: str, above: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """The computed cells that a cell counts in at any remove, by those that it is a part of."""
    found: dict[str, None] = {}
    waiting = list(above[part])[::-1]
    while waiting:
        total = waiting.pop()
        if total not in found:
            found[total] = None
            waiting += above.get(total, ())[::-1]
    return found
