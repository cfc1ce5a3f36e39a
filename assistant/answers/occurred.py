"""What occurred at all by the figures of a table: the rows and columns that are not zero alone."""

from collections.abc import Mapping

from assistant.answers.model import Answer
from assistant.form.model import Edition, Fact, Grid


def occurred(grid: Grid, given: Mapping[str, Answer], edition: Edition) -> dict[str, Answer]:
    """The rows and columns that occurred, as answers, where every cell of a table is given."""
    asked = [cell for cell in grid.by_place.values() if not cell.computed]
    if not all(cell.id in given and given[cell.id].value is not None for cell in asked):
        return {}
    found: dict[str, Answer] = {}
    facts = {fact.id: fact for fact in edition.facts}
    for name, side in ((grid.rows_from, "row"), (grid.columns_from, "column")):
        fact: Fact | None = facts.get(name)
        if fact is not None:
            told = {getattr(cell, side) for cell in asked if given[cell.id].value}
            found[name] = Answer(tuple(each for each in fact.options if each.id in told))
    return found
