"""What is wrong with the data of an edition."""

from typing import NamedTuple

from assistant.messages import Sentences
from assistant.values import half_width_marks


class Fault(NamedTuple):
    """One fault with the file to open."""

    file: str
    message: str


class ProblemList:
    """Collects faults, each said by its sentence of `wording.yaml`.

    Attributes:
        sentences: Every sentence the assistant says.
        faults: What was found, in the order of finding.
    """

    def __init__(self, sentences: Sentences) -> None:
        """Start without any."""
        self.sentences = sentences
        self.faults: list[Fault] = []

    def add(self, file: str, code: str, /, **details: object) -> None:
        """Add the fault of this code; one said twice is kept once."""
        fault = Fault(file, self.sentences.say(f"lint.{code}", **details))
        if fault not in self.faults:
            self.faults.append(fault)

    def check_marks(self, file: str, name: str, text: str) -> None:
        """Complain of half-width marks in Chinese text."""
        for mark in half_width_marks(text):
            self.add(file, "half_width", name=name, mark=mark)
