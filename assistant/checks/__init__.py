"""Findings of given answers: rules over figures, rules over own text, what is missing."""

from assistant.checks.runner import Outcome, Outcomes, run_checks

__all__ = ["Outcome", "Outcomes", "run_checks"]
