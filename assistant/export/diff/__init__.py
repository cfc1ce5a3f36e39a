"""Two sets of answers: what differs, and which difference changed which sentence."""

from assistant.export.diff.answer_diff import Change, changed_answers
from assistant.export.diff.sentence_diff import Rewrite, rewritten

__all__ = ["Change", "Rewrite", "changed_answers", "rewritten"]
