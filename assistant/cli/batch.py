"""The work on answer files, in this process or in several: judge, write, report back."""

import argparse
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers import load
from assistant.cli import console
from assistant.cli.console import CONFIRMS, EDITION, ERRORS, GOOD, USAGE
from assistant.cli.find_files import Job
from assistant.cli.run_files import RunFile, run_file
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.publish import Published, Publisher
from assistant.form.loader import open_library
from assistant.messages import Sentences
from assistant.published.last_year import with_last_year
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import AssistantError, EditionError, FileError
from assistant.storage.unforeseen import foreseen

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_SHARE = 16
"""Files handed to a process at a time."""
_AHEAD = 2
"""Shares of each process that are under way, so that what is kept does not grow with the files."""


def suffixes(text: str) -> tuple[str, ...]:
    """The formats of `--format`, in the order of writing.

    Raises:
        FileError: One is not known.
    """
    named = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not named or any(name not in FORMATS for name in named):
        raise FileError("format_unsupported", text=text, known=",".join(FORMATS))
    return tuple(name for name in FORMATS if name in named)


def exit_code(draft: Draft) -> int:
    """The exit code that one set of answers gives."""
    levels = {finding.level for finding in draft.findings if finding.is_open}
    return ERRORS if "error" in levels else CONFIRMS if "confirm" in levels else GOOD


class BatchRunner:
    """Turns jobs into drafts, documents and results; one in each process."""

    def __init__(self, options: argparse.Namespace, formats: tuple[str, ...]) -> None:
        """Take what the command asks for; no file is opened yet."""
        self.library = open_library(options.templates.resolve() if options.templates else None)
        self._rendering = RenderOptions(
            self.library, options.reference_doc, options.review, options.public
        )
        self._output: Path | None = options.output
        self._formats = formats
        self._is_final: bool = options.final
        self._publishers: dict[Path, Publisher] = {}

    def draft(self, job: Job) -> Draft:
        """Judge one file.

        Raises:
            AssistantError: It cannot be read, or whatever else went wrong with it.
        """
        beside = Path(job.previous) if job.previous else None
        with foreseen(Path(job.path)):
            reading = load(Path(job.path), self.library)
            reading, previous = with_last_year(reading, beside, self.library)
            return make_draft(reading, previous, self.library.sentences)

    def publish(self, job: Job, draft: Draft) -> list[Published]:
        """Write the documents of one draft into the output folder, if there is one to write to.

        Raises:
            AssistantError: The folder cannot be written, a proof failed, or whatever else went
                wrong.
        """
        if self._output is None or (self._is_final and draft.report.is_draft):
            return []
        place = self._output / job.place
        with foreseen(Path(job.path)):
            if place.parent not in self._publishers:
                self._publishers[place.parent] = Publisher(place.parent, self._rendering)
            return self._publishers[place.parent].publish(draft, place.name, self._formats)

    def work(self, job: Job) -> RunFile:
        """Judge and write one file; its faults are part of the result."""
        try:
            draft = self.draft(job)
            written = self.publish(job, draft)
            return run_file(job.path, exit_code(draft), draft, written)
        except AssistantError as fault:
            return _failed(job, fault, self.library.sentences)


def _failed(job: Job, fault: AssistantError, sentences: Sentences) -> RunFile:
    """The result of a file that could not be worked on."""
    code = EDITION if isinstance(fault, EditionError) else USAGE
    message = console.say_error(fault, sentences)
    return RunFile(path=job.path, exit=code, status="failed", message=message)


def work_on(
    options: argparse.Namespace, jobs: Sequence[Job], formats: tuple[str, ...]
) -> Iterator[RunFile]:
    """The results of all jobs in their order, one after the other or by several processes."""
    runner = BatchRunner(options, formats)
    processes = min(options.jobs, len(jobs))
    if processes == 1:
        return map(runner.work, jobs)
    start = partial(_start_process, options, formats)
    return _WorkerPool(processes, start, runner.library.sentences).results(jobs)


_runner_of_process: list[BatchRunner] = []


def _start_process(options: argparse.Namespace, formats: tuple[str, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the run ends it
    _runner_of_process.append(BatchRunner(options, formats))


def _work_in_process(share: Sequence[Job]) -> list[RunFile]:
    return [_runner_of_process[0].work(job) for job in share]


class _WorkerPool:
    """Processes that share the files of a run; one that dies takes no other's files along."""

    def __init__(self, size: int, start: Callable[[], None], sentences: Sentences) -> None:
        """Take how many processes there are, and what each of them does first."""
        self._size = size
        self._start = start
        self._sentences = sentences
        self._pool = self._open(size)
        self._under_way: deque[tuple[Sequence[Job], Future[list[RunFile]]]] = deque()

    def results(self, jobs: Sequence[Job]) -> Iterator[RunFile]:
        """The results of all jobs in their order."""
        try:
            for at in range(0, len(jobs), _SHARE):
                share = jobs[at : at + _SHARE]
                self._under_way.append((share, self._begin(share)))
                if len(self._under_way) > _AHEAD * self._size:
                    yield from self._next()
            while self._under_way:
                yield from self._next()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _open(self, size: int) -> "ProcessPoolExecutor":
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  only --jobs needs it
        from multiprocessing import get_context  # noqa: PLC0415

        way = "fork" if sys.platform == "linux" else "spawn"  # a fork has the library already
        return ProcessPoolExecutor(size, get_context(way), self._start)

    def _begin(self, share: Sequence[Job]) -> "Future[list[RunFile]]":
        try:
            return self._pool.submit(_work_in_process, share)
        except RuntimeError:  # a process has died meanwhile, which ends its pool
            self._pool.shutdown()
            self._pool = self._open(self._size)
            return self._pool.submit(_work_in_process, share)

    def _next(self) -> Iterator[RunFile]:
        share, future = self._under_way.popleft()
        try:
            yield from future.result()
        except RuntimeError:
            yield from self._one_by_one(share)

    def _one_by_one(self, share: Sequence[Job]) -> Iterator[RunFile]:
        """Work through a share whose process died, to find the file that does it."""
        pool = self._open(1)
        for job in share:
            try:
                yield from pool.submit(_work_in_process, [job]).result()
            except RuntimeError:
                yield _failed(job, FileError("file_lost", path=job.path), self._sentences)
                pool.shutdown()
                pool = self._open(1)
        pool.shutdown()
