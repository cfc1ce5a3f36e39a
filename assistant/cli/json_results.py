"""What commands give as JSON, and `nianbao schema`, which publishes the shape of it."""

import argparse
import json
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import answer_schema
from assistant.claims.accounts import Verdict
from assistant.cli.console import GOOD, give_raw, head, to_json
from assistant.cli.run_files import RunFile, RunSummary
from assistant.form.loader import Library
from assistant.messages.findings import Level


class _Result(BaseModel):
    """A part of the results, made from an object with attributes of the same names."""

    model_config = ConfigDict(from_attributes=True)


class FixResult(_Result):
    """One likely correction."""

    sentence: str
    changes: dict[str, str]


class FindingResult(_Result):
    """One finding."""

    code: str
    key: str
    level: Level
    sentence: str
    cells: list[str]
    values: dict[str, str]
    excerpt: str
    arithmetic: str
    fixes: list[FixResult]
    reason: str
    expired_reason: str
    basis: str
    source: str
    line: int


class AccountResult(BaseModel):
    """What became of one number of own text, or of words for none and all."""

    slot: str
    """The question whose text it stands in."""
    at: int
    """Where it stands there, in characters."""
    written: str
    account: Verdict
    cells: list[str]
    """The cells it is about; of a share part and whole, `categories[财务]` of a row of a list."""


class FileResult(_Result):
    """What became of one answer file."""

    path: str
    exit: int
    """Exit code that this file alone would give."""
    status: str
    """`final`, `draft` or `failed`; one that failed has a message and nothing below it."""
    message: str = Field(default_factory=str)
    edition: str = Field(default_factory=str)
    year: int = Field(default_factory=int)
    body: str = Field(default_factory=str)
    counts: dict[str, int] = Field(default_factory=dict)
    """Missing answers, other findings by level, those with a reason apart, checks by outcome."""
    totals: dict[str, str] = Field(default_factory=dict)
    """The sums that count in no other one, as far as they are known."""
    missing: list[str] = Field(default_factory=list)
    """The questions without an answer that the report needs, 暂缺 and unread ones too."""
    findings: list[FindingResult] = Field(default_factory=list)
    accounts: list[AccountResult] = Field(default_factory=list)
    not_evaluated: list[str] = Field(default_factory=list)
    """Keys of the checks that wait for an answer or for last year's file."""
    written: list[str] = Field(default_factory=list)
    renamed: list[str] = Field(default_factory=list)


class RunResult(_Result):
    """What one run of replay or check gave."""

    format: int
    files: list[FileResult]
    summary: dict[str, int]
    """Files by outcome, `{"total": 3, "good": 1, "open": 1, "failed": 1}`."""


_OF_FAILED = ("path", "exit", "status", "message")


def _told(file: RunFile) -> dict[str, object]:
    """A file as the results tell it; a path may hold what is no text to pydantic."""
    names = _OF_FAILED if file.status == "failed" else FileResult.model_fields.keys() - {"message"}
    told = {name: getattr(file, name) for name in names}
    if "findings" in told:
        told["findings"] = list(map(FindingResult.model_validate, file.findings))
        told["accounts"] = list(map(AccountResult.model_validate, file.accounts))
    return FileResult.model_construct(**told).model_dump(exclude_unset=True)


def print_files(command: str, results: Iterable[RunFile]) -> int:
    """Print each result as soon as it is there, then the counts; returns the exit code."""
    summary = RunSummary()
    give_raw(json.dumps(head(command))[:-1] + ', "files": [\n')
    for number, result in enumerate(summary.watch(results)):
        give_raw((",\n" if number else "") + to_json(_told(result)))
    give_raw('\n], "summary": ' + to_json(summary.counts) + "}\n")
    return summary.exit


def run(options: argparse.Namespace, library: Library) -> int:
    """Do `nianbao schema`: print the JSON Schema of an answer file, or of replay's results.

    Raises:
        AssistantError: The edition is unknown or broken.
    """
    if options.result:
        give_raw(to_json(RunResult.model_json_schema()) + "\n")
        return GOOD
    edition = library.edition_to_fill(options.edition or "")
    give_raw(to_json(answer_schema(edition, library.sentences)) + "\n")
    return GOOD
