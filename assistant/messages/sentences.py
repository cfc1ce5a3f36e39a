"""The assistant's own sentences, by section and code."""

import re
from collections.abc import Mapping
from functools import cached_property
from keyword import kwlist
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.storage.errors import LibraryError

if TYPE_CHECKING:
    from assistant.messages.templates import Templates

_SLOT = re.compile(r"\{\{ (\w+) \}\}")
"""A place to be filled with a detail as it is; all else in braces is for Jinja."""

_RESERVED = frozenset((*kwlist, "true", "false", "none"))
"""Words that are no names, in Python or in Jinja."""


class Sentences:
    """The assistant's own sentences, by section and code."""

    def __init__(self, sections: Mapping[str, Mapping[str, str]], path: Path) -> None:
        """Take the sections of `wording.yaml`."""
        self.sections = sections
        self._texts = {
            f"{section}.{code}": text
            for section, texts in sections.items()
            for code, text in texts.items()
        }
        self._path = path

    @cached_property
    def _templates(self) -> "Templates":
        from assistant.messages.templates import Templates  # noqa: PLC0415  many need only slots

        return Templates(self._texts, [self._path])

    def say(self, code: str, /, **details: object) -> str:
        """Make one sentence, `say("errors.file_missing", path="a.yaml")`.

        Raises:
            LibraryError: There is no such sentence, or it names something it was not given.
        """
        text = self._texts.get(code)
        if text is None:
            raise LibraryError("sentence_missing", name=code)
        if "{" not in text:
            return text
        names = _SLOT.findall(text)
        if "{" in _SLOT.sub("", text) or not details.keys() >= set(names):
            return self._templates.render(code, details)
        return _SLOT.sub(lambda slot: str(details[slot[1]]), text)

    def has(self, code: str) -> bool:
        """Whether there is a sentence of this code."""
        return code in self._texts

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all sentences, in the order of the file."""
        return tuple(self._texts)

    def words(self, code: str) -> str:
        """The literal words of a sentence.

        Raises:
            LibraryError: It does not parse.
        """
        return "".join(text for _, text in self._templates.literals(code))

    def names(self, code: str) -> frozenset[str]:
        """What a sentence wants to be given.

        Raises:
            LibraryError: It does not parse.
        """
        text = self._texts[code]
        names = frozenset(_SLOT.findall(text))
        is_plain = "{" not in _SLOT.sub("", text) and all(map(str.isidentifier, names))
        return names if is_plain and not names & _RESERVED else self._templates.names(code)
