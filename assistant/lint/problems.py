"""What is wrong with the data of an edition."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.messages import Sentences
from assistant.values import half_width_marks

_DOUBLED = re.compile(r"[，。；、：]{2,}|[\u4e00-\u9fff，。；] +[\u4e00-\u9fff，。；]|（）")


class Fault(NamedTuple):
    """One fault with the file to open."""

    file: str
    message: str


class ProblemList:
    """Collects faults, each said by its sentence of `wording.yaml`."""

    def __init__(self, sentences: Sentences) -> None:
        """Start without any."""
        self._sentences = sentences
        self.faults: list[Fault] = []

    def add(self, file: str, code: str, /, **details: object) -> None:
        """Add the fault of this code; one said twice is kept once."""
        fault = Fault(file, self._sentences.say(f"lint.{code}", **details))
        if fault not in self.faults:
            self.faults.append(fault)

    def check_marks(self, file: str, name: str, text: str) -> None:
        """Complain of half-width marks in Chinese text."""
        for mark in half_width_marks(text):
            self.add(file, "half_width", name=name, mark=mark)


def doubled_marks(text: str) -> Iterator[str]:
    """Doubled marks, stray spaces and empty brackets, with what stands around them."""
    for match in _DOUBLED.finditer(text):
        yield text[max(0, match.start() - 6) : match.end() + 6]
