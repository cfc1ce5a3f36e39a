"""A report against its answers, and a document, also an edited one, against its report."""

from assistant.export.verify.bases import bases_of
from assistant.export.verify.comparison import (
    CHARACTERS_LIMIT,
    NUMBERS_LIMIT,
    compare,
    see_measure,
)
from assistant.export.verify.differences import Comparison, Difference, Shortening
from assistant.export.verify.proof import VerificationError, prove_document, prove_report

__all__ = [
    "CHARACTERS_LIMIT",
    "NUMBERS_LIMIT",
    "Comparison",
    "Difference",
    "Shortening",
    "VerificationError",
    "bases_of",
    "compare",
    "prove_document",
    "prove_report",
    "see_measure",
]
