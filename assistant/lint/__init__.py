"""Proof of an edition: questions, rules, narrative and the expert's own examples."""

from assistant.lint.lint_edition import LintResult, lint
from assistant.lint.lint_shared_files import lint_sentences, lint_typography

__all__ = ["LintResult", "lint", "lint_sentences", "lint_typography"]
