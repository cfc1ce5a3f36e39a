"""Findings of given answers: rules over figures, rules over own text, what is missing."""

from assistant.checks.engine import Outcome, Outcomes, run_checks
from assistant.checks.kinds import operands

__all__ = ["Outcome", "Outcomes", "operands", "run_checks"]
