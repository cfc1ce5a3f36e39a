"""The work on answer files, in this process or in several: judge, write, report back."""

import argparse
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.cli import console
from assistant.cli.exit_codes import CONFIRMS, EDITION, ERRORS, GOOD, USAGE
from assistant.cli.input_files import Job, load_pair
from assistant.cli.json_results import FileResult, file_result
from assistant.cli.unforeseen_faults import foreseen
from assistant.export.formats import RenderOptions
from assistant.export.publish import Publisher
from assistant.form.loader import library
from assistant.messages import Sentences
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import AssistantError, EditionError, FileError


def exit_code(draft: Draft) -> int:
    """The exit code that one set of answers gives."""
    if draft.open_errors:
        return ERRORS
    return CONFIRMS if draft.open_confirms else GOOD


class BatchRunner:
    """Turns jobs into results; one in each process."""

    def __init__(
        self,
        templates: Path | None,
        output: Path | None,
        formats: tuple[str, ...],
        *,
        is_final: bool,
        reference: Path | None = None,
        has_review: bool = False,
    ) -> None:
        """Take what the command asks for; no file is opened yet."""
        self.library = library(templates)
        self.office = RenderOptions(self.library, reference, has_review)
        self._output = output
        self._formats = formats
        self._is_final = is_final
        self._publishers: dict[Path, Publisher] = {}

    def draft(self, job: Job) -> Draft:
        """Judge one file.

        Raises:
            AssistantError: It cannot be read, or whatever else went wrong with it.
        """
        beside = Path(job.previous) if job.previous else None
        with foreseen(job.path):
            reading, previous = load_pair(Path(job.path), beside, self.library)
            return make_draft(reading, previous, self.library.sentences)

    def publish(self, job: Job, draft: Draft, result: FileResult) -> None:
        """Write the documents of one draft into the output folder, if there is one to write to.

        Raises:
            AssistantError: The folder cannot be written, a proof failed, or whatever else went
                wrong.
        """
        if self._output is None or (self._is_final and draft.report.is_draft):
            return
        place = self._output / job.place
        with foreseen(job.path):
            publisher = self._publisher(place.parent)
            for published in publisher.publish(draft, place.name, self._formats):
                result["renamed" if published.is_renamed else "written"].append(str(published.path))

    def _publisher(self, folder: Path) -> Publisher:
        if folder not in self._publishers:
            self._publishers[folder] = Publisher(folder, self.office)
        return self._publishers[folder]

    def work(self, job: Job) -> FileResult:
        """Judge and write one file; its faults are part of the result."""
        sentences = self.library.sentences
        try:
            draft = self.draft(job)
            result = file_result(job.path, exit_code(draft), draft)
            self.publish(job, draft, result)
        except AssistantError as fault:
            return failed(job, fault, sentences)
        return result


def failed(job: Job, fault: AssistantError, sentences: Sentences) -> FileResult:
    """The result of a file that could not be worked on."""
    code = EDITION if isinstance(fault, EditionError) else USAGE
    message = console.say_error(fault, sentences)
    return {"path": job.path, "exit": code, "status": "failed", "message": message}


def make_runner(options: argparse.Namespace, formats: tuple[str, ...]) -> BatchRunner:
    """The runner that the options of a command ask for."""
    templates = options.templates.resolve() if options.templates else None
    return BatchRunner(
        templates,
        options.output,
        formats,
        is_final=options.final,
        reference=options.reference_doc,
        has_review=options.review,
    )


def work_on(
    options: argparse.Namespace, jobs: list[Job], formats: tuple[str, ...]
) -> Iterator[FileResult]:
    """The results of all jobs in their order, one after the other or by several processes."""
    processes = min(options.jobs, len(jobs))
    if processes == 1:
        yield from map(make_runner(options, formats).work, jobs)
        return
    from assistant.cli.workers import WorkerPool  # noqa: PLC0415  only --jobs needs it

    sentences = make_runner(options, formats).library.sentences
    start = partial(_start_runner, options, formats)
    pool = WorkerPool(processes, start, _work_in_process, partial(_lost, sentences))
    yield from pool.results(jobs)


_runner_of_process: list[BatchRunner] = []


def _lost(sentences: Sentences, job: Job) -> FileResult:
    return failed(job, FileError("file_lost", path=job.path), sentences)


def _start_runner(options: argparse.Namespace, formats: tuple[str, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the run ends it
    _runner_of_process.append(make_runner(options, formats))


def _work_in_process(job: Job) -> FileResult:
    return _runner_of_process[0].work(job)
