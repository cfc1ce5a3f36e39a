"""`nianbao replay` and `nianbao check`: judge answer files, write their documents."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.cli import console
from assistant.cli.inputs import Job, find_jobs, load_pair, suffixes
from assistant.cli.main import CONFIRMS, EDITION, ERRORS, GOOD, USAGE, heaviest
from assistant.cli.results import FileResult, file_result
from assistant.documents import FORMATS
from assistant.draft import Draft, make_draft
from assistant.errors import AssistantError, EditionError, FileError
from assistant.library import Library, library
from assistant.publish import Publisher

_SHARE = 16
"""Files handed to a process at a time."""


def replay(options: argparse.Namespace, shelf: Library) -> int:
    """Work on every file named and return the heaviest exit code.

    Raises:
        AssistantError: Nothing could be begun.
    """
    formats = suffixes(options.format)
    jobs = find_jobs(options.paths, options.previous)
    if options.final and options.output is None:
        raise FileError("final_without_output")
    if len(jobs) == 1:
        return _replay_one(options, jobs[0], formats, shelf)
    if options.command == "replay" and options.output is None:
        raise FileError("output_needed")
    return _replay_many(options, jobs, formats, shelf)


def _exit_code(draft: Draft) -> int:
    if draft.open_errors:
        return ERRORS
    return CONFIRMS if draft.open_confirms else GOOD


class _Desk:
    """Turns jobs into results; one in each process."""

    def __init__(
        self,
        templates: Path | None,
        output: Path | None,
        formats: tuple[str, ...],
        *,
        is_final: bool,
    ) -> None:
        self.library = library(templates)
        self._output = output
        self._formats = formats
        self._is_final = is_final
        self._publishers: dict[Path, Publisher] = {}

    def draft(self, job: Job) -> Draft:
        """Judge one file.

        Raises:
            AssistantError: It cannot be read.
        """
        reading, previous = load_pair(job.path, job.previous, self.library)
        return make_draft(reading, previous, self.library.sentences)

    def publish(self, job: Job, draft: Draft, result: FileResult) -> None:
        """Write the documents of one draft into the output folder, if there is one to write to.

        Raises:
            AssistantError: The folder cannot be written, or a proof failed.
        """
        if self._output is None or (self._is_final and draft.report.is_draft):
            return
        folder = (self._output / job.place).parent
        publisher = self._publishers.get(folder)
        if publisher is None:
            publisher = self._publishers[folder] = Publisher(folder)
        for published in publisher.publish(draft, job.place.name, self._formats):
            result["renamed" if published.is_renamed else "written"].append(str(published.path))

    def work(self, job: Job) -> FileResult:
        """Judge and write one file; its faults are part of the result."""
        sentences = self.library.sentences
        try:
            draft = self.draft(job)
            result = file_result(str(job.path), _exit_code(draft), draft)
            self.publish(job, draft, result)
        except AssistantError as fault:
            code = EDITION if isinstance(fault, EditionError) else USAGE
            message = console.say_error(fault, sentences)
            return {"path": str(job.path), "exit": code, "status": "failed", "message": message}
        return result


def _desk(options: argparse.Namespace, formats: tuple[str, ...]) -> _Desk:
    templates = options.templates.resolve() if options.templates else None
    return _Desk(templates, options.output, formats, is_final=options.final)


def _replay_one(
    options: argparse.Namespace, job: Job, formats: tuple[str, ...], shelf: Library
) -> int:
    """One file, told in full: the report, the findings, the files written."""
    desk = _desk(options, formats)
    if options.json:
        return _print_json([desk.work(job)], options.command)
    draft = desk.draft(job)
    result = file_result(str(job.path), _exit_code(draft), draft)
    desk.publish(job, draft, result)
    if options.command == "replay":
        console.give(FORMATS["txt"].write(draft.report).decode())
    _tell_findings(draft, shelf, to_result=options.command == "check")
    _tell_ending(options, draft, result, shelf)
    return result["exit"]


def _tell_findings(draft: Draft, shelf: Library, *, to_result: bool) -> None:
    say = console.give if to_result else console.tell
    sentences = shelf.sentences
    for finding in draft.findings:
        for line in console.finding_lines(finding, draft.answers.edition, sentences):
            say(line)
    if not draft.findings:
        say(sentences.say("command.clean"))
    say(console.count_line(draft, sentences))


def _tell_ending(
    options: argparse.Namespace, draft: Draft, result: FileResult, shelf: Library
) -> None:
    sentences = shelf.sentences
    if options.command == "check":
        return
    if draft.report.is_draft:
        console.tell(sentences.say("command.not_final" if options.final else "command.is_draft"))
    else:
        console.tell(sentences.say("command.is_final"))
    for path in result["written"]:
        console.tell(sentences.say("command.written", path=path))
    for path in result["renamed"]:
        console.tell(sentences.say("command.renamed", path=path))
    if result["written"] or result["renamed"]:
        console.tell(sentences.say("command.next_steps"))


def _replay_many(
    options: argparse.Namespace, jobs: list[Job], formats: tuple[str, ...], shelf: Library
) -> int:
    """Many files: a line each, with what stands open; results are not kept."""
    results = _results(options, jobs, formats)
    if options.json:
        return _print_json(results, options.command)
    sentences = shelf.sentences
    summary = _Summary()
    for result in results:
        summary.add(result)
        if result["status"] == "failed":
            line = sentences.say(
                "command.batch_error", path=result["path"], message=result["message"]
            )
            console.give(line)
            continue
        counts = result["counts"]
        code = "command.is_final" if result["exit"] == GOOD else "command.batch_status"
        status = sentences.say(code, error=counts["error"], confirm=counts["confirm"])
        console.give(sentences.say("command.batch_line", path=result["path"], status=status))
        for finding in result["findings"]:
            if finding["level"] != "notice" and not finding["reason"]:
                level = sentences.say(f"levels.{finding['level']}")
                console.give(
                    "　　"
                    + sentences.say(
                        "command.finding",
                        level=level,
                        code=finding["code"],
                        sentence=finding["sentence"],
                    )
                    + (f"（{finding['arithmetic']}）" if finding["arithmetic"] else "")
                )
        for path in result["renamed"]:
            console.give("　　" + sentences.say("command.renamed", path=path))
    console.give(sentences.say("command.batch_counts", **summary.counts))
    return summary.exit


class _Summary:
    """Counts of a run, kept instead of its results."""

    def __init__(self) -> None:
        self.counts = {"total": 0, "good": 0, "open": 0, "failed": 0}
        self.exit = GOOD

    def add(self, result: FileResult) -> None:
        self.counts["total"] += 1
        kind = "failed" if result["status"] == "failed" else "open"
        self.counts["good" if result["exit"] == GOOD else kind] += 1
        self.exit = heaviest((self.exit, result["exit"]))


def _results(
    options: argparse.Namespace, jobs: list[Job], formats: tuple[str, ...]
) -> Iterator[FileResult]:
    processes = min(options.jobs, len(jobs))
    if processes == 1:
        yield from map(_desk(options, formats).work, jobs)
        return
    from multiprocessing import get_context  # noqa: PLC0415  only --jobs needs it

    start = partial(_start_desk, options, formats)
    with get_context("spawn").Pool(processes, start) as pool:
        yield from pool.imap(_work_at_desk, jobs, chunksize=_SHARE)


_desk_of_process: list[_Desk] = []


def _start_desk(options: argparse.Namespace, formats: tuple[str, ...]) -> None:
    _desk_of_process.append(_desk(options, formats))


def _work_at_desk(job: Job) -> FileResult:
    return _desk_of_process[0].work(job)


def _print_json(results: "Iterator[FileResult] | list[FileResult]", command: str) -> int:
    """One JSON document, written file by file."""
    summary = _Summary()
    print('{"format": 1, "command": ' + f'"{command}", "files": [')
    for number, result in enumerate(results):
        print((",\n" if number else "") + console.to_json(result), end="")
        summary.add(result)
    print('\n], "summary": ' + console.to_json(summary.counts) + "}")
    return summary.exit
