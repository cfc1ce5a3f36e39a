"""A finished document against its report, and a report against its answers."""

from assistant.proof.agreement import DisproofError, prove_document, prove_report
from assistant.proof.comparison import Comparison, Difference, compare

__all__ = ["Comparison", "Difference", "DisproofError", "compare", "prove_document", "prove_report"]
