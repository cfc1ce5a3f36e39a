"""Proof of an edition: questions, rules, narrative and the expert's own examples."""

from assistant.lint.proving import Proof, lint
from assistant.lint.sentences import lint_sentences
from assistant.lint.typography import lint_typography

__all__ = ["Proof", "lint", "lint_sentences", "lint_typography"]
