"""Proof of an edition: questions, rules, narrative and the expert's own examples."""

from assistant.lint.proving import Proof, lint

__all__ = ["Proof", "lint"]
