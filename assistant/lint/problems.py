"""What is wrong with the data of an edition."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.values import half_width_marks

_ENTRIES = re.compile(r"\b(?:id|code): ([A-Za-z0-9_]+)")
"""The ids and codes of the entries of a file."""


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
            path = path_of(self.edition, file, entry)
            file = path.relative_to(Path(self.edition.folder).parent).as_posix()
        fault = Fault(file, self.sentences.say(f"lint.{code}", **details))
        if fault not in self.faults:
            self.faults.append(fault)

    def check_marks(self, file: str, name: str, text: str) -> None:
        """Complain of half-width marks in Chinese text."""
        for mark in half_width_marks(text):
            self.add(file, "half_width", name=name, mark=mark)


def path_of(edition: Edition, file: str, entry: str = "") -> Path:
    """The file of an edition that is there: its own, or one of the edition it is based on.

    Args:
        edition: The edition.
        file: A file, or a folder of them, as an edition names it: `checks.yaml`, `table`.
        entry: Id or code of an entry; the file that it stands in comes first.
    """
    places = [folder / file for folder in edition.folders]
    there = [place for place in places if place.exists()]
    wanted = entry.partition(".")[0]
    for place in there if wanted else ():
        for path in sorted(place.glob("*.yaml")) if place.is_dir() else [place]:
            if wanted in _ENTRIES.findall(path.read_text(encoding="utf-8")):
                return path
    return there[0] if there else places[0]
