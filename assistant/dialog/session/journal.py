"""The changes of an answer file, kept beside it, so that 撤销 and 重做 outlive the session."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answers, Difference, difference, fingerprint, shift, with_side
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
    """Answers by their fingerprint and year, and the question on the screen when they were left."""

    fingerprint: int
    year: int
    at: str


class _Entry(NamedTuple):
    """A state that is known, with what differs from the one before."""

    state: _State
    answers: Answers
    before: Answers | None = None
    step: bytes = b""


class Journal:
    """The states of the answers in the order of the changes, and what differs between two.

    It is written before the answers are, so whichever of its states a killed session left on the
    disk is found there again. Answers that are none of its states were changed elsewhere: then
    it says nothing.
    """

    def __init__(self, answers: Path) -> None:
        """Name the journal of an answer file; nothing is read yet."""
        self._file = HiddenFile(answers, _SUFFIX, _is_own)
        self._entries: Sequence[_Entry] = ()
        self._here = 0

    def recall(self, interview: Interview) -> Interview:
        """A conversation that begins, with the changes of earlier sessions to go back to."""
        data = self._file.read()
        with suppress(*_ODD):
            states, made = _continued(data, interview)
            entries = self._entries_of(_line_of(made))
            if [each[:2] for each in states] == [each.state[:2] for each in entries]:
                self._entries, self._here = entries, len(made.past)
                return made
        return interview

    def keep(self, interview: Interview) -> None:
        """Keep the changes of a conversation, if there are others since the last time."""
        moments, here = _line_of(interview), len(interview.past[-_CHANGES:])
        before = [id(each.answers) for each in self._entries]
        if here != self._here or before != [id(each.answers) for each in moments]:
            self._entries, self._here = self._entries_of(moments), here
            self._file.keep(self._text())

    def _entries_of(self, moments: Sequence[Moment]) -> list[_Entry]:
        """The entries of moments; what differs is looked for only where it is not known."""
        known = {id(each.answers): each for each in self._entries}
        entries: list[_Entry] = []
        for answers, at in moments:
            entry, last = known.get(id(answers)), entries[-1] if entries else None
            if last is not None and (entry is None or entry.before is not last.answers):
                apart = difference(last.answers, answers)
                state = _State(shift(apart, last.state.fingerprint), answers.year, at)
                entry = _Entry(state, answers, last.answers, _plain(apart))
            elif entry is None:
                entry = _Entry(_State(fingerprint(answers), answers.year, at), answers)
            entries.append(entry._replace(state=entry.state._replace(at=at)))
        return entries

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
        """The entries nearest to the present, as many as there is room for; empty for no change."""
        entries, here = self._entries, self._here
        first, last, size = 0, len(entries) - 1, sum(len(each.step) for each in entries[1:])
        while last > first and (last - first > _CHANGES or size > _BYTES):
            is_past = here - first >= last - here
            size -= len(entries[first + 1 if is_past else last].step)
            first, last = first + is_past, last - (not is_past)
        if first == last:
            return b""
        head = _HEAD + b'"here": %d, "states": ' % (here - first)
        states = _plain([each.state for each in entries[first : last + 1]])
        steps = b",\n".join(each.step for each in entries[first + 1 : last + 1])
        return head + states + b', "steps": [' + steps + b"]}\n"


def _line_of(interview: Interview) -> Sequence[Moment]:
    """The moments of a conversation in their order, the present among them."""
    past, future = interview.past[-_CHANGES:], interview.future[-_CHANGES:]
    return (*past, Moment(interview.answers, interview.at), *reversed(future))


def _continued(data: bytes, interview: Interview) -> tuple[list[_State], Interview]:
    """Find the answers of a conversation in a journal: its states, and the conversation in it.

    Raises:
        _ODD: These bytes are no journal, or not of these answers.
    """
    kept = json.loads(data.decode("utf-8", "surrogatepass"))
    states = [_State(*each) for each in kept["states"]]
    steps = [Difference(*each) for each in kept["steps"]]
    now = interview.answers
    present = (fingerprint(now), now.year)
    fitting = [number for number, each in enumerate(states) if each[:2] == present]
    here = min(fitting, key=lambda number: abs(number - kept["here"]))
    past = [*_walk(now, states[:here][::-1], steps[:here][::-1], 0)]
    future = [*_walk(now, states[here + 1 :], steps[here:], 1)]
    made = replace(interview, past=tuple(reversed(past)), future=tuple(reversed(future)))
    return states, made


def _walk(
    now: Answers, states: Sequence[_State], steps: Sequence[Difference], side: Literal[0, 1]
) -> Iterator[Moment]:
    """Go from the present from state to state."""
    for state, step in zip(states, steps, strict=True):
        now = with_side(now, int(state.year), step, side)
        if state.at and state.at not in now.edition.questions:
            raise ValueError(state.at)
        yield Moment(now, state.at)


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
