"""What replay, check and verify give as JSON; `nianbao schema --result` publishes the shape."""

from typing import NotRequired

from typing_extensions import TypedDict

from assistant.messages.findings import Finding, Level
from assistant.report.draft import Draft


class FixResult(TypedDict):
    """One likely correction."""

    sentence: str
    changes: dict[str, str]


class FindingResult(TypedDict):
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


class FileResult(TypedDict):
    """What became of one answer file."""

    path: str
    exit: int
    """Exit code that this file alone would give."""
    status: str
    """`final`, `draft` or `failed`."""
    message: NotRequired[str]
    """Why it failed."""
    edition: NotRequired[str]
    year: NotRequired[int]
    counts: NotRequired[dict[str, int]]
    findings: NotRequired[list[FindingResult]]
    not_evaluated: NotRequired[list[str]]
    """Keys of the checks that wait for an answer or for last year's file."""
    written: NotRequired[list[str]]
    renamed: NotRequired[list[str]]


class RunResult(TypedDict):
    """What one run of replay or check gave."""

    format: int
    files: list[FileResult]
    summary: dict[str, int]
    """Files by outcome, `{"total": 3, "good": 1, "open": 1, "failed": 1}`."""


def finding_result(finding: Finding) -> FindingResult:
    """A finding as JSON."""
    return {
        "code": finding.code,
        "key": finding.key,
        "level": finding.level,
        "sentence": finding.sentence,
        "cells": list(finding.cells),
        "values": dict(finding.values),
        "excerpt": finding.excerpt,
        "arithmetic": finding.arithmetic,
        "fixes": [
            {"sentence": fix.sentence, "changes": dict(fix.changes)} for fix in finding.fixes
        ],
        "reason": finding.reason,
        "expired_reason": finding.expired_reason,
        "basis": finding.basis,
        "source": finding.source,
        "line": finding.line,
    }


def file_result(path: str, code: int, draft: Draft) -> FileResult:
    """An answer file that could be read, as JSON."""
    return {
        "path": path,
        "exit": code,
        "status": "draft" if draft.report.is_draft else "final",
        "edition": draft.answers.edition.id,
        "year": draft.answers.year,
        "counts": dict(draft.counts),
        "findings": [finding_result(finding) for finding in draft.findings],
        "not_evaluated": list(draft.outcomes.keys("waiting")),
        "written": [],
        "renamed": [],
    }
