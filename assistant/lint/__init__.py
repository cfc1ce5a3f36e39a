"""Proof of an edition: questions, rules, narrative and the expert's own examples."""

from assistant.lint.lint_edition import Proof, lint
from assistant.lint.lint_sentences import lint_sentences
from assistant.lint.lint_typography import lint_typography

__all__ = ["Proof", "lint", "lint_sentences", "lint_typography"]
