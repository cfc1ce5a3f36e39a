"""The figures that a printed figure is worked out from."""

from collections.abc import Sequence

from assistant.answers import Answers
from assistant.export.verify.telling import Bases
from assistant.report import reference_to


def bases_of(answers: Answers) -> Bases:
    """How to have the figures that one is worked out from; of one that is not, itself."""

    def bases(cell: str) -> Sequence[str]:
        figure = reference_to(cell, answers)
        return figure.cells if figure is not None else (answers.edition.owner(cell),)

    return bases
