"""A disk that breaks at any call: refusing it, refusing all from then on, or a kill there."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assistant.storage import system

CALLS = {
    name: call
    for name, call in vars(system).items()
    if callable(call) and not name.startswith("_") and call.__module__ == system.__name__
}
OPENING = ("open_for_reading", "open_new", "open_or_make", "open_at_end", "open_folder")
CHANGING = ("open_new", "open_at_end", "write", "sync", "replace", "link", "make_folders")
"""What a full or broken disk refuses again and again; removing and reading still work."""

How = Literal["once", "on", "kill"]


class Killed(BaseException):
    """The process is gone; nothing that follows is done."""


@dataclass
class Broken:
    """What is to happen, and what happened."""

    at: int
    how: How
    number: int = 0
    calls: list[str] = field(default_factory=list)
    opened: set[int] = field(default_factory=set)

    @property
    def failed(self) -> str:
        """The call that was made to fail first; empty when it was never reached."""
        return self.calls[self.at] if 0 <= self.at < len(self.calls) else ""

    def call(self, name: str, *arguments: object, **options: object) -> object:
        """Do a call of the system, or fail in its place."""
        at = len(self.calls)
        self.calls.append(name)
        if self.at >= 0 and self.how == "kill" and at >= self.at:
            raise Killed
        is_due = at == self.at or (self.how == "on" and 0 <= self.at <= at and name in CHANGING)
        if is_due and name != "close":
            raise OSError(self.number, "broken")
        made = (
            None if name == "sync" else CALLS[name](*arguments, **options)
        )  # waiting shows nothing
        if name in OPENING:
            self.opened.add(made)
        if name == "close":
            self.opened.discard(arguments[0])
            if is_due:
                raise OSError(self.number, "broken")
        return made


@contextmanager
def broken(at: int, how: How, number: int = 0) -> Iterator[Broken]:
    """Break the call of this position; -1 breaks none and only counts."""
    state = Broken(at, how, number)

    def stand_in(name: str) -> Callable[..., object]:
        return lambda *arguments, **options: state.call(name, *arguments, **options)

    for name in CALLS:
        setattr(system, name, stand_in(name))
    try:
        yield state
    finally:
        for name, call in CALLS.items():
            setattr(system, name, call)
        for each in state.opened:  # the system closes what a dead process had open
            with suppress(OSError):
                os.close(each)


def litter(folder: Path, *ends: str) -> list[str]:
    """Temporary files and locks that were left behind."""
    return [each.name for each in folder.iterdir() if each.name.endswith(ends)]
