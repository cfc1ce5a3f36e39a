"""`nianbao replay` and `nianbao check`: judge answer files, write their documents."""

import argparse
from collections.abc import Iterator

from assistant.cli import console
from assistant.cli.batch import exit_code, make_runner, work_on
from assistant.cli.exit_codes import GOOD, heaviest
from assistant.cli.input_files import Job, find_jobs, suffixes
from assistant.cli.json_results import FileResult, file_result
from assistant.export.formats import RenderOptions, missing_styles, text
from assistant.form.loader import Library
from assistant.report.draft import Draft
from assistant.storage import check_new_name
from assistant.storage.errors import FileError


def replay(options: argparse.Namespace, shelf: Library) -> int:
    """Work on every file named and return the heaviest exit code.

    Raises:
        AssistantError: Nothing could be begun.
    """
    if options.show:
        from assistant.cli.autoplay_command import show  # noqa: PLC0415  replay alone needs no session

        return show(options, shelf)
    formats = suffixes(options.format)
    jobs = find_jobs(options.paths, options.previous)
    if options.output is not None:
        check_new_name(options.output)
    if options.final and options.output is None:
        raise FileError("final_without_output")
    if options.review and (options.output is None or "docx" not in formats):
        raise FileError("review_without_word")
    if options.reference_doc is not None:
        _tell_missing_styles(RenderOptions(shelf, options.reference_doc))
    if len(jobs) == 1:
        return _replay_one(options, jobs[0], formats, shelf)
    if options.command == "replay" and options.output is None:
        raise FileError("output_needed")
    return _replay_many(options, jobs, formats, shelf)


def _replay_one(
    options: argparse.Namespace, job: Job, formats: tuple[str, ...], shelf: Library
) -> int:
    """One file, told in full: the report, the findings, the files written."""
    runner = make_runner(options, formats)
    if options.json:
        return _print_json([runner.work(job)], options.command)
    draft = runner.draft(job)
    result = file_result(job.path, exit_code(draft), draft)
    runner.publish(job, draft, result)
    if options.command == "replay":
        console.give(text(draft.report))
    _tell_findings(draft, shelf, to_result=options.command == "check")
    _tell_ending(options, draft, result, shelf)
    return result["exit"]


def _tell_missing_styles(office: RenderOptions) -> None:
    """Name the styles that the office's own file lacks.

    Raises:
        FileError: The file cannot be used.
    """
    missing = missing_styles(office)
    if missing:
        names = "、".join(f"“{name}”" for name in missing)
        console.tell(office.shelf.sentences.say("command.missing_styles", names=names))


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
    results = work_on(options, jobs, formats)
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
                        "telling.heading",
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


def _print_json(results: "Iterator[FileResult] | list[FileResult]", command: str) -> int:
    """One JSON document, written file by file."""
    summary = _Summary()
    print('{"format": 1, "command": ' + f'"{command}", "files": [')
    for number, result in enumerate(results):
        print((",\n" if number else "") + console.to_json(result), end="")
        summary.add(result)
    print('\n], "summary": ' + console.to_json(summary.counts) + "}")
    return summary.exit
