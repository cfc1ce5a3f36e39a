"""Proof of an edition: questions, rules, words for figures, narrative, and the examples of each."""

from assistant.lint.lint_edition import LintResult, lint
from assistant.lint.lint_shared_files import lint_sentences, lint_typography
