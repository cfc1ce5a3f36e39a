"""Strict rendering of sentences and narrative templates; nothing else uses Jinja.

Templates stand in `assistant.messages.templates`: a start that needs only sentences reads no Jinja.
"""

from assistant.messages.sentences import Sentences
