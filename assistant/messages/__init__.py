"""Strict rendering of sentences and narrative templates; the only home of Jinja.

Templates stand in `assistant.messages.templates`: a start that needs only sentences reads no Jinja.
"""

from assistant.messages.sentences import Sentences

__all__ = ["Sentences"]
