"""Two sets of answers: what differs, and which difference changed which sentence."""

from assistant.compare.answers import Change, changed_answers
from assistant.compare.sentences import Rewrite, rewritten

__all__ = ["Change", "Rewrite", "changed_answers", "rewritten"]
