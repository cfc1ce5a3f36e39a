"""The figures that a printed figure is worked out from."""

import re
from collections.abc import Sequence

from assistant.answers import Answers, listed_counts, reference
from assistant.export.verify.telling import Bases

_ROW = re.compile(r"(?P<list>[a-z0-9_]+)\.(?P<row>[1-9][0-9]{0,3})\.[a-z0-9_]+")
"""The count of a row of a list, which own text names by its entry: categories[财务]."""


def bases_of(answers: Answers) -> Bases:
    """How to have the figures that one is worked out from; of one that is not, itself."""
    edition = answers.edition
    listed = {name: list(rows) for name, rows in listed_counts(answers).items()}

    def bases(cell: str) -> Sequence[str]:
        row = _ROW.fullmatch(cell)
        if row is not None:
            entry = listed.get(row["list"], [])[int(row["row"]) - 1 : int(row["row"])]
            return [f"{row['list']}[{each}]" for each in entry] or (cell,)
        named = reference(cell)
        if named is not None and set(named.cells) <= edition.numeric.keys():
            return named.cells
        return (edition.owner(cell),)

    return bases
