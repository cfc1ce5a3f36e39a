"""The assistant's own sentences, by section and code."""

from collections.abc import Mapping
from pathlib import Path

from assistant.errors import LibraryError
from assistant.wording.templates import Templates


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
        self._templates = Templates(self._texts, path)

    def say(self, code: str, /, **details: object) -> str:
        """Make one sentence, `say("errors.file_missing", path="a.yaml")`.

        Raises:
            LibraryError: There is no such sentence, or it names something it was not given.
        """
        text = self._texts.get(code)
        if text is None:
            raise LibraryError("sentence_missing", name=code)
        return self._templates.render(code, details) if "{" in text else text

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
        return self._templates.names(code)
