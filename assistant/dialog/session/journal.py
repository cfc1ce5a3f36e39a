"""The changes of an answer file, kept beside it, so that 撤销 and 重做 outlive the session."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answers, Difference, canonical_text, difference, with_side
from assistant.dialog.interview import Interview, Moment
from assistant.dialog.session.hidden_file import HiddenFile
from assistant.storage import system
from assistant.storage.disk import discard, is_answer_name, read_present
from assistant.storage.errors import FileError

_SUFFIX = "undo"
_HEAD = b'{"undo": 1, '
_CHANGES, _BYTES = 100, 250_000
"""Changes that are kept, and bytes that they may take; those nearest to the present stay."""
_HOUR = 3600
_ODD = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What reading a journal raises that was not written here."""


class _State(NamedTuple):
    """Answers by what they say, and the question on the screen when they were left."""

    digest: str
    year: int
    at: str


class Journal:
    """The states of the answers in the order of the changes, and what differs between two.

    It is written before the answers are, so whichever of its states a killed session left on the
    disk is found there again. Answers that are none of its states were changed elsewhere: then
    it says nothing.
    """

    def __init__(self, answers: Path) -> None:
        """Name the journal of an answer file; nothing is read yet."""
        self._file = HiddenFile(answers, _SUFFIX, _is_own)
        self._moments: Sequence[Moment] = ()
        self._here = 0
        self._states: dict[int, str] = {}
        self._steps: dict[tuple[int, int], bytes] = {}

    def recall(self, interview: Interview) -> Interview:
        """A conversation that begins, with the changes of earlier sessions to go back to."""
        data = self._file.read()
        try:
            states, past, future = _around(data, interview.answers)
        except _ODD:
            return interview
        made = replace(interview, past=past, future=future)
        self._moments, self._here = _line_of(made)
        known = zip(self._moments, states, strict=True)
        self._states = {id(moment.answers): state.digest for moment, state in known}
        return made

    def keep(self, interview: Interview) -> None:
        """Keep the changes of a conversation, if there are others since the last time."""
        moments, here = _line_of(interview)
        before = [id(each.answers) for each in self._moments]
        if here == self._here and before == [id(each.answers) for each in moments]:
            return
        self._states = {
            id(each.answers): self._states.get(id(each.answers)) or _digest(each.answers)
            for each in moments
        }
        self._steps = {
            (id(old), id(new)): self._steps.get((id(old), id(new))) or _plain(difference(old, new))
            for (old, _), (new, _) in pairwise(moments)
        }
        self._moments, self._here = moments, here  # so all that is known by its id stays alive
        self._file.keep(self._text())

    def drop(self) -> None:
        """Forget the changes until there is another one."""
        self._file.keep(b"")

    def clear(self) -> None:
        """Remove what an earlier answer file of this name has left."""
        self._file.read()
        self.drop()

    def move(self, answers: Path) -> None:
        """Go with the answer file to another name."""
        self._file.move(answers)

    def _text(self) -> bytes:
        pairs = pairwise(id(each.answers) for each in self._moments)
        steps = [self._steps[pair] for pair in pairs]
        here, first, last, size = self._here, 0, len(steps), sum(map(len, steps))
        while last > first and (last - first > _CHANGES or size > _BYTES):
            is_past = here - first >= last - here
            size -= len(steps[first if is_past else last - 1])
            first, last = first + is_past, last - (not is_past)
        if first == last:
            return b""
        states = [
            _State(self._states[id(answers)], answers.year, at)
            for answers, at in self._moments[first : last + 1]
        ]
        head = _HEAD + b'"here": %d, "states": ' % (here - first)
        return head + _plain(states) + b', "steps": [' + b",\n".join(steps[first:last]) + b"]}\n"


def _line_of(interview: Interview) -> tuple[tuple[Moment, ...], int]:
    """The moments of a conversation in their order, and which of them is the present."""
    past, future = interview.past[-_CHANGES:], interview.future[-_CHANGES:]
    return (*past, Moment(interview.answers, interview.at), *reversed(future)), len(past)


class _Around(NamedTuple):
    """A journal, and its moments before and behind the present, the nearest at the end."""

    states: Sequence[_State]
    past: tuple[Moment, ...]
    future: tuple[Moment, ...]


def _around(data: bytes, now: Answers) -> _Around:
    """Find the answers as they are in a journal.

    Raises:
        _ODD: These bytes are no journal, or not of these answers.
    """
    kept = json.loads(data.decode("utf-8", "surrogatepass"))
    states = [_State(*each) for each in kept["states"]]
    steps = [Difference(*each) for each in kept["steps"]]
    if len(states) > _CHANGES + 1:
        raise ValueError(len(states))
    digest = _digest(now)
    fitting = [number for number, each in enumerate(states) if each.digest == digest]
    here = min(fitting, key=lambda number: abs(number - kept["here"]))
    past = [*_walk(now, states[:here][::-1], steps[:here][::-1], 0)]
    future = [*_walk(now, states[here + 1 :], steps[here:], 1)]
    return _Around(states, tuple(reversed(past)), tuple(reversed(future)))


def _walk(
    now: Answers, states: Sequence[_State], steps: Sequence[Difference], side: Literal[0, 1]
) -> Iterator[Moment]:
    """Go from the present from state to state."""
    for state, step in zip(states, steps, strict=True):
        now = with_side(now, state.year, step, side)
        if state.at and state.at not in now.edition.questions:
            raise ValueError(state.at)
        yield Moment(now, state.at)


def _digest(answers: Answers) -> str:
    return hashlib.sha256(canonical_text(answers).encode()).hexdigest()


def _plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _is_own(data: bytes) -> bool:
    """Whether it begins as a journal does, as far as the disk had it when the power failed."""
    return data.startswith(_HEAD) or _HEAD.startswith(data.rstrip(b"\0"))


def sweep_journals(folder: Path) -> None:
    """Remove journals whose answer file has been gone for an hour."""
    with suppress(OSError):
        names = system.listed(folder)
        for name in names:
            answers = name[1:].removesuffix(f".{_SUFFIX}")
            is_stray = name == f".{answers}.{_SUFFIX}" and answers not in names
            if is_stray and is_answer_name(Path(answers)):
                _remove_stray(folder / name)


def _remove_stray(path: Path) -> None:
    with suppress(FileError):
        present = read_present(path, follows=False)
        if _is_own(present.data) and time.time() - present.about.st_mtime > _HOUR:
            discard(path)
