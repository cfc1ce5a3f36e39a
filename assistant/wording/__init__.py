"""Strict rendering of sentences and narrative templates; the only home of Jinja.

Templates stand in `assistant.wording.templates`: a start that needs only sentences reads no Jinja.
"""

from assistant.wording.sentences import Sentences

__all__ = ["Sentences"]
