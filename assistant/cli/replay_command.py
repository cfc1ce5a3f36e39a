"""`nianbao replay` and `nianbao check`: judge answer files, write their documents."""

import argparse
from collections.abc import Iterable, Sequence

from assistant.checks import finding_format
from assistant.cli import console
from assistant.cli.batch import BatchRunner, exit_code, suffixes, work_on
from assistant.cli.console import GOOD
from assistant.cli.find_files import Job, find_jobs
from assistant.cli.run_files import RunFile, RunSummary
from assistant.export.formats import RenderOptions, missing_styles, text
from assistant.export.publish import Published
from assistant.form.loader import Library
from assistant.report.draft import Draft
from assistant.storage.disk import check_new_name
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import emit

_INDENT = "　　"
_LISTED = 10
"""Files passed over that are named; the others are counted."""


def run(options: argparse.Namespace, library: Library) -> int:
    """Work on every file named and return the heaviest exit code.

    Raises:
        AssistantError: Nothing could be begun.
    """
    if options.show:
        from assistant.cli.chat_command import show  # noqa: PLC0415  replay alone needs no session

        return show(options, library)
    formats = suffixes(options.format)
    jobs, passed_over = find_jobs(options.paths, options.previous)
    if options.output is not None:
        check_new_name(options.output)
    if options.final and options.output is None:
        raise FileError("final_without_output")
    if options.review and (options.output is None or "docx" not in formats):
        raise FileError("review_without_word")
    if options.public and (options.output is None or "html" not in formats):
        raise FileError("public_without_page")
    if options.reference_doc is not None:
        _tell_missing_styles(RenderOptions(library, options.reference_doc))
    if len(jobs) > 1 and options.command == "replay" and options.output is None:
        raise FileError("output_needed")
    if passed_over:
        names, count = "、".join(passed_over[:_LISTED]), len(passed_over)
        say = library.sentences.say
        console.tell(say("command.passed_over", names=names, count=count, listed=_LISTED))
    if len(jobs) > 1 or options.json or options.summary:
        return _replay_many(options, jobs, formats, library)
    return _replay_one(options, jobs[0], formats, library)


def _replay_one(
    options: argparse.Namespace, job: Job, formats: tuple[str, ...], library: Library
) -> int:
    """One file, told in full: the report, the findings, the files written."""
    runner = BatchRunner(options, formats)
    draft = runner.draft(job)
    published = runner.publish(job, draft)
    if options.command == "replay":
        console.give(text(draft))
    _tell_findings(draft, library, to_result=options.command == "check")
    if options.command == "replay":
        _tell_ending(draft, published, library, is_final=options.final)
    return exit_code(draft)


def _tell_missing_styles(options: RenderOptions) -> None:
    """Name the styles that the office's own file lacks."""
    missing = missing_styles(options)
    if missing:
        names = "、".join(f"“{name}”" for name in missing)
        console.tell(options.library.sentences.say("command.missing_styles", names=names))


def _tell_findings(draft: Draft, library: Library, *, to_result: bool) -> None:
    """Every finding in full, the lines of an answer file that would acknowledge it, the counts."""
    tell = console.give if to_result else console.tell
    sentences = library.sentences
    for finding in draft.findings:
        tell(finding_format.heading(finding, sentences))
        for line in finding_format.full(finding, draft.answers.edition, sentences):
            tell(_INDENT + line)
        if finding.level == "confirm" and finding.is_open:
            tell(_INDENT + sentences.say("command.acknowledge"))
            values = {cell: value for cell, value in finding.values.items() if value != "0"}
            content = {"reason": "在此写理由", "values": values}
            for line in emit(finding.key, content, indent=2).splitlines():
                tell(line)
    if not draft.findings:
        tell(sentences.say("command.clean"))
    waiting = "、".join(draft.outcomes.keys("waiting"))
    told = sentences.say("telling.counts", **draft.counts)
    tell(sentences.say("command.counts", told=told, waiting=waiting, **draft.counts))


def _tell_ending(
    draft: Draft, published: Sequence[Published], library: Library, *, is_final: bool
) -> None:
    say = library.sentences.say
    if draft.report.is_draft:
        console.tell(say("command.not_final" if is_final else "command.is_draft"))
    else:
        console.tell(say("command.is_final"))
    for each in sorted(published, key=lambda each: each.is_renamed):
        code = "command.renamed" if each.is_renamed else "command.written"
        console.tell(say(code, path=str(each.path)))
    if published:
        console.tell(say("command.next_steps"))


def _replay_many(
    options: argparse.Namespace, jobs: list[Job], formats: tuple[str, ...], library: Library
) -> int:
    """Many files, or one as JSON or for a summary; results are not kept."""
    sentences = library.sentences
    summary = None
    if options.summary is not None:
        from assistant.cli.summary_file import SummaryFile  # noqa: PLC0415  large

        summary = SummaryFile(options.summary, library)
    results = console.with_progress(work_on(options, jobs, formats), len(jobs), sentences)
    if summary is not None:
        results = summary.watch(results)
    if options.json:
        from assistant.cli.json_results import print_files  # noqa: PLC0415  pydantic is large

        code = print_files(options.command, results)
    else:
        code = _tell_files(results, library)
    if summary is not None:
        console.tell(sentences.say("summary.written", path=str(summary.write())))
    return code


def _tell_files(results: Iterable[RunFile], library: Library) -> int:
    """A line for each file, with what stands open; returns the heaviest exit code."""
    say = library.sentences.say
    summary = RunSummary()
    for result in summary.watch(results):
        if result.status == "failed":
            console.give(say("command.batch_error", path=result.path, message=result.message))
            continue
        is_final = result.exit == GOOD
        status = say("command.is_final" if is_final else "telling.counts", **result.counts)
        console.give(say("command.batch_line", path=result.path, status=status))
        for finding in result.findings:
            if finding.level != "notice" and not finding.reason:
                heading = say(
                    "telling.heading",
                    level=say(f"levels.{finding.level}"),
                    code=finding.code,
                    sentence=finding.sentence,
                )
                sum_made = f"（{finding.arithmetic}）" if finding.arithmetic else ""
                console.give(_INDENT + heading + sum_made)
        for path in result.renamed:
            console.give(_INDENT + say("command.renamed", path=path))
    console.give(say("command.batch_counts", **summary.counts))
    return summary.exit
