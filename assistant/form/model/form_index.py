"""What follows from the entries of an edition and is looked up by name; built when one is loaded.

Nothing here raises: what is wrong in the entries is left for `lint` to name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.form.model.checks import Check, Sum
from assistant.form.model.grids import Grid
from assistant.form.model.questions import Fact, Indicator, Question
from assistant.values.grouping import grouped


def order_questions(
    facts: tuple[Fact, ...], grids: Iterable[Grid], cells: Mapping[str, Indicator]
) -> dict[str, Question]:
    """Every question by id, in the order of asking and of the answer file."""
    ordered: list[Question] = [fact for fact in facts if fact.place == "before"]
    for grid in grids:
        ordered += (fact for fact in facts if fact.place == grid.id)
        ordered += (cell for cell in grid.by_place.values() if not cell.computed)
    ordered += (cell for cell in cells.values() if not cell.computed and not cell.grid)
    ordered += (fact for fact in facts if fact.place == "after")
    return {item.id: item for item in ordered}


def units(cells: Mapping[str, Indicator], facts: Iterable[Fact]) -> dict[str, str]:
    """Unit of everything that checks may name as a number, list columns included."""
    found = {name: cell.unit for name, cell in cells.items()}
    for fact in facts:
        if fact.kind in ("count", "amount"):
            found[fact.id] = fact.unit
        counts = (column for column in fact.columns if column.kind == "count")
        found |= {f"{fact.id}.{column.id}": column.unit for column in counts}
    return found


def binding_sums(
    rules: Iterable[Check], cells: Mapping[str, Indicator]
) -> dict[str, tuple[str, ...]]:
    """The parts of every cell that must equal their sum, be it computed or asked."""
    bound: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        if isinstance(rule, Sum) and rule.level == "error" and rule.total in cells:
            bound.setdefault(rule.total, rule.parts)
    return bound


def order_sums(
    bound: Mapping[str, tuple[str, ...]], cells: Mapping[str, Indicator]
) -> dict[str, tuple[str, ...]]:
    """The parts of every computed cell, those first that others are made of."""
    wanted = {total: parts for total, parts in bound.items() if cells[total].computed}
    ordered: dict[str, tuple[str, ...]] = {}
    while wanted:
        ready = [cell for cell, parts in wanted.items() if wanted.keys().isdisjoint(parts)]
        if not ready:  # sums that need each other; lint names them
            break
        ordered |= {cell: wanted.pop(cell) for cell in ready}
    return ordered


def totals_above(sums: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The computed cells that each cell counts in, nearest first."""
    found = grouped((part, cell) for cell, parts in sums.items() for part in parts)
    return {part: tuple(_all_totals(part, found)) for part in found}


def sums_of_headings(
    grids: Iterable[Grid],
) -> tuple[dict[str, Indicator], dict[str, tuple[str, ...]]]:
    """The sums that no table prints, and the cells that make each of them up."""
    made = {name: each for grid in grids for name, each in grid.subtotals.items()}
    added = {name: cell for name, (cell, _) in made.items()}
    return added, {name: parts for name, (_, parts) in made.items()}


def totals_of_subtotals(
    subtotals: Mapping[str, tuple[str, ...]], totals: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The computed cells that each sum of a heading counts in: those that all its parts do."""
    return {
        name: tuple(
            each
            for each in totals.get(parts[0], ())
            if each != name and all(each in totals.get(part, ()) for part in parts)
        )
        for name, parts in subtotals.items()
    }


def _all_totals(part: str, found: Mapping[str, Sequence[str]]) -> dict[str, None]:
    above: dict[str, None] = {}
    waiting = list(found.get(part, ()))[::-1]
    while waiting:
        total = waiting.pop()
        if total not in above:
            above[total] = None
            waiting += found.get(total, ())[::-1]
    return above


def checks_by_cell(
    rules: Iterable[Check], names: Iterable[str], totals: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Check, ...]]:
    """The checks that look at each cell, at its totals too, in their order."""
    found: dict[str, dict[int, Check]] = {name: {} for name in names}
    for number, rule in enumerate(rules):
        for operand in rule.operands:
            found.setdefault(operand, {})[number] = rule
    for cell, above in totals.items():
        for total in above:
            found[cell] |= found[total]
    return {cell: tuple(looking[at] for at in sorted(looking)) for cell, looking in found.items()}


def choices_behind(
    cells: Mapping[str, Indicator], grids: Mapping[str, Grid], facts: Iterable[Fact]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """The choices that each cell of a grid hangs on: `(("applicants", "natural"),)`."""
    options = {fact.id: {option.id for option in fact.options} for fact in facts}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for cell in cells.values():
        grid = grids.get(cell.grid)
        if grid is not None and not cell.computed:
            sides = ((grid.rows_from, cell.row), (grid.columns_from, cell.column))
            wanted = tuple((fact, name) for fact, name in sides if name in options.get(fact, ()))
            if wanted:
                found[cell.id] = wanted
    return found


def line_names(grids: tuple[Grid, ...]) -> dict[str, str]:
    """Rows and columns of grids in words; of one name the first counts, and a row before all."""
    columns = {each.id: each.label for grid in grids[::-1] for each in grid.columns[::-1]}
    rows = {row.id: row.short for grid in grids[::-1] for row in grid.lines[::-1]}
    return columns | rows


def answer_names(
    cells: Mapping[str, Indicator], questions: Mapping[str, Question]
) -> dict[str, str]:
    """What messages call every answer and every column of a list; one label may be of several."""
    count = Counter(cell.name for cell in cells.values())
    names: dict[str, str] = {}
    for question in questions.values():
        if isinstance(question, Fact):
            names[question.id] = question.label
            for column in question.columns:
                names.setdefault(f"{question.id}.{column.id}", f"{question.label}·{column.label}")
    return names | {
        name: cell.short if count[cell.name] > 1 else cell.name for name, cell in cells.items()
    }
