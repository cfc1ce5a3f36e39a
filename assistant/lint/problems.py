"""What is wrong with the data of an edition."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from assistant.form.loader.edition_folder import file_of
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.values import half_width_marks


class Fault(NamedTuple):
    """One fault with the file to open."""

    file: str
    message: str


@dataclass
class ProblemList:
    """Collects faults, each said by its sentence of `wording.yaml`."""

    sentences: Sentences
    """Every sentence the assistant says."""
    edition: Edition | None = None
    """Whose files are looked at; None for those that all editions share."""
    faults: list[Fault] = field(default_factory=list)
    """What was found, in the order of finding."""

    def add(self, file: str, code: str, /, **details: object) -> None:
        """Add the fault of this code; one said twice is kept once."""
        if self.edition is not None:
            entry = str(details.get("owner") or details.get("key") or details.get("name") or "")
            path = file_of(self.edition.folders, file, entry.partition(".")[0])
            file = path.relative_to(Path(self.edition.folder).parent).as_posix()
        fault = Fault(file, self.sentences.say(f"lint.{code}", **details))
        if fault not in self.faults:
            self.faults.append(fault)

    def check_marks(self, file: str, name: str, text: str) -> None:
        """Complain of half-width marks in Chinese text."""
        for mark in half_width_marks(text):
            self.add(file, "half_width", name=name, mark=mark)
