"""`nianbao audit`: a published report held against itself, its form and the year before."""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.checks import finding_format
from assistant.cli import console
from assistant.cli.console import CONFIRMS, ERRORS, GOOD
from assistant.export.formats import read_document
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.published.audit import PARTS, Audit, Fault, audit
from assistant.published.last_year import load_last_year
from assistant.published.report import Published, read_report
from assistant.storage.unforeseen import foreseen

_INDENT = "　　"


def run(options: argparse.Namespace, library: Library) -> int:
    """Audit a report; 3 when something in it is wrong, 4 when something has to be looked at.

    Raises:
        AssistantError: A document cannot be read or is no report.
    """
    path: Path = options.report
    contents = read_document(path)
    with foreseen(path):
        published = read_report(contents, path, library, options.year)
    previous = None
    if options.previous is not None:
        previous = load_last_year(options.previous, published.answers, library).answers
    found = audit(published, previous, library.sentences)
    if options.json:
        console.give_json(
            "audit", report=str(path), **_as_json(published, found, library.sentences)
        )
    else:
        for line in _told(published, found, library.sentences, has_previous=previous is not None):
            console.give(line)
    levels = {fault.level for fault in found.faults}
    return ERRORS if "error" in levels else CONFIRMS if "confirm" in levels else GOOD


def _as_json(published: Published, found: Audit, sentences: Sentences) -> dict[str, object]:
    return {
        "edition": published.answers.edition.id,
        "year": published.answers.year,
        "body": published.title.body,
        "read": len(published.read),
        "unread": len(published.uncertain),
        "missing": len(published.missing),
        "findings": [
            {
                "part": sentences.say(f"published.part_{fault.part}"),
                "level": fault.level,
                "code": fault.code,
                "cells": list(fault.cells),
                "text": fault.sentence + (f"（{fault.finding.excerpt}）" if fault.finding else ""),
                "excerpt": fault.finding.excerpt if fault.finding else "",
                "arithmetic": fault.finding.arithmetic if fault.finding else "",
            }
            for fault in found.faults
        ],
        "accounts": [each.as_json() for each in found.accounts],
    }


def _told(
    published: Published, found: Audit, sentences: Sentences, *, has_previous: bool
) -> Iterator[str]:
    say, edition = sentences.say, published.answers.edition
    yield say(
        "published.of", body=published.title.body, year=published.answers.year, form=edition.title
    )
    yield say("published.counts", read=len(published.read), uncertain=len(published.uncertain))
    verdicts = Counter(each.verdict for each in found.accounts)
    compared = verdicts["agrees"] + verdicts["bound"] + verdicts["contradicts"]
    for part in PARTS:
        faults = found.of(part)
        if part == "years" and not has_previous and not faults:
            yield say("published.no_previous")
            continue
        is_read = bool(published.read) or part == "unread"
        yield say(f"published.head_{part}", count=len(faults), is_read=is_read, compared=compared)
        for fault in faults:
            yield from _fault(fault, edition, sentences)
    yield say("published.numbers", compared=compared, open=verdicts["open"], own=verdicts["own"])


def _fault(fault: Fault, edition: Edition, sentences: Sentences) -> Iterator[str]:
    level = sentences.say(f"levels.{fault.level}")
    yield _INDENT + sentences.say("published.fault", level=level, sentence=fault.sentence)
    if fault.finding is not None:
        told = replace(fault.finding, fixes=())
        for line in finding_format.summary(told, edition, sentences):
            yield _INDENT * 2 + line
