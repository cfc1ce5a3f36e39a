"""The files that a command line names: patterns, folders, `-`, and what is passed over."""

from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

from assistant.storage.disk import is_answer_name
from assistant.storage.errors import FileError, system_error
from assistant.storage.streams import is_standard

_OF_INPUT = "答案"
"""What documents are called whose answers came from standard input."""


class Job(NamedTuple):
    """One answer file to work on."""

    path: str
    """Text, as the others: a batch holds thousands of jobs, and a `Path` takes a kilobyte."""
    place: str
    """Where its documents go below the output folder, without suffix."""
    previous: str | None


class FoundJobs(NamedTuple):
    """What paths on a command line stand for."""

    jobs: list[Job]
    passed_over: list[str]
    """Files in the folders named that are no answer files by their names; hidden ones are none."""


def expanded(paths: Sequence[Path]) -> list[Path]:
    """Paths with the files that patterns stand for, `*.yaml`, where the shell left that to us.

    Raises:
        FileError: A pattern stands for nothing.
    """
    made: list[Path] = []
    for path in paths:
        if not has_magic(str(path)) or path.exists():
            made.append(path)
            continue
        found = sorted(glob(str(path), recursive=True))  # noqa: PTH207  it may be absolute
        if not found:
            raise FileError("pattern_nothing", path=str(path))
        made += map(Path, found)
    return made


def find_jobs(paths: Sequence[Path], previous: Path | None) -> FoundJobs:
    """The answer files named, folders searched to the bottom, in the order of their names.

    Raises:
        FileError: A folder holds no answer file, or cannot be searched; a pattern stands for
            nothing.
    """
    taken: set[str] = set()
    found = FoundJobs([], [])
    for job in (job for path in expanded(paths) for job in _jobs_of(path, previous, found)):
        place, number = job.place, 1
        while place in taken:
            number += 1
            place = f"{job.place}_{number}"
        taken.add(place)
        found.jobs.append(job._replace(place=place))
    return found


def _jobs_of(path: Path, previous: Path | None, found: FoundJobs) -> Iterator[Job]:
    folder = previous if previous is not None and previous.is_dir() else None
    if not path.is_dir():
        beside = folder / path.name if folder is not None else previous
        place = _OF_INPUT if is_standard(path) else path.stem
        yield Job(str(path), place, None if beside is None else str(beside))
        return
    try:
        files = sorted(
            file for file in path.rglob("*") if not file.name.startswith(".") and file.is_file()
        )
    except OSError as fault:
        raise system_error(fault, path) from fault
    if not any(map(is_answer_name, files)):
        raise FileError("nothing_found", path=str(path))
    for file in files:
        inside = file.relative_to(path)
        if not is_answer_name(file):
            found.passed_over.append(str(inside))
            continue
        beside = previous
        if folder is not None:  # where a new body has no file of last year
            beside = folder / inside if (folder / inside).exists() else None
        yield Job(str(file), str(inside.with_suffix("")), None if beside is None else str(beside))
