"""Proof of an edition: questions, rules, narrative and the expert's own examples."""

from assistant.lint.proving import Proof, lint
from assistant.lint.sentences import lint_sentences

__all__ = ["Proof", "lint", "lint_sentences"]
