"""Strict rendering of sentences and narrative templates; the only home of Jinja."""

from assistant.wording.sentences import Sentences
from assistant.wording.templates import LOOP_WORDS, Templates

__all__ = ["LOOP_WORDS", "Sentences", "Templates"]
