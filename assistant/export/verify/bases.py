"""The figures that a printed figure is worked out from."""

from collections.abc import Sequence

from assistant.answers import Answers
from assistant.export.verify.telling import Bases
from assistant.report import reference_to


def bases_of(answers: Answers) -> Bases:
    """How to have the figures that one is worked out from; of one that is not, itself."""
    edition = answers.edition

    def bases(cell: str) -> Sequence[str]:
        figure = reference_to(cell, answers)
        cells = figure.cells if figure is not None else (edition.owner(cell),)
        # no table prints the sum of a heading: it stands in the cells under it
        return [
            each
            for one in cells
            for each in ((one,) if one in edition.cells else edition.sums.get(one, (one,)))
        ]

    return bases
