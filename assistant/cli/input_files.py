"""Which files a command works on, and which file of last year goes with each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.answers import Answers, LoadedAnswers, load
from assistant.answers.last_year import load_last_year
from assistant.export.formats import FORMATS
from assistant.form.loader import Library
from assistant.storage import system_error
from assistant.storage.errors import FileError

_SUFFIXES = (".yaml", ".yml")


class Job(NamedTuple):
    """One answer file to work on."""

    path: str
    """Text, as the others: a batch holds thousands of jobs, and a `Path` takes a kilobyte."""
    place: str
    """Where its documents go below the output folder, without suffix."""
    previous: str | None


def find_jobs(paths: Sequence[Path], previous: Path | None) -> list[Job]:
    """The answer files named, folders searched to the bottom, in the order of their names.

    Raises:
        FileError: A folder holds no answer file, or cannot be searched.
    """
    taken: set[str] = set()
    jobs: list[Job] = []
    for job in (job for path in paths for job in _jobs_of(path, previous)):
        place, number = job.place, 1
        while place in taken:
            number += 1
            place = f"{job.place}_{number}"
        taken.add(place)
        jobs.append(job._replace(place=place))
    return jobs


def _jobs_of(path: Path, previous: Path | None) -> Iterator[Job]:
    if not path.is_dir():
        beside = previous / path.name if previous and previous.is_dir() else previous
        yield _job(path, Path(path.stem), beside)
        return
    try:
        found = sorted(
            file
            for file in path.rglob("*")
            if file.suffix in _SUFFIXES and not file.name.startswith(".") and file.is_file()
        )
    except OSError as fault:
        raise system_error(fault, path) from fault
    if not found:
        raise FileError("nothing_found", path=str(path))
    for file in found:
        inside = file.relative_to(path)
        beside = previous / inside if previous and previous.is_dir() else previous
        if (
            beside is not None
            and previous is not None
            and previous.is_dir()
            and not beside.exists()
        ):
            beside = None  # a new body has no file of last year
        yield _job(file, inside.with_suffix(""), beside)


def _job(path: Path, place: Path, previous: Path | None) -> Job:
    return Job(str(path), str(place), str(previous) if previous else None)


def load_pair(
    path: Path, previous: Path | None, library: Library
) -> tuple[LoadedAnswers, Answers | None]:
    """Read an answer file and last year's beside it.

    Raises:
        FileError: One cannot be read, or the other is not of the year before.
        EditionError: An edition does not serve its year, or the two differ.
    """
    reading = load(path, library)
    return (reading, None) if previous is None else with_previous(reading, previous, library)


def with_previous(
    reading: LoadedAnswers, previous: Path, library: Library
) -> tuple[LoadedAnswers, Answers]:
    """Read last year's file for answers that are read already.

    Raises:
        FileError: It cannot be read, or is not of the year before.
        EditionError: It is of another edition.
    """
    before, findings = load_last_year(previous, reading.answers, library)
    return reading._replace(findings=(*reading.findings, *findings)), before


def suffixes(text: str) -> tuple[str, ...]:
    """The formats of `--format`, in the order of writing.

    Raises:
        FileError: One is not known.
    """
    named = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not named or any(name not in FORMATS for name in named):
        raise FileError("format_unsupported", text=text, known=",".join(FORMATS))
    return tuple(name for name in FORMATS if name in named)
