"""`nianbao doctor`: what this terminal, this folder and this installation can do."""

import argparse
import codecs
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from assistant import __version__
from assistant.cli import console
from assistant.cli.console import GOOD, USAGE
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.messages.themes import theme_title
from assistant.storage.disk import temporary_file
from assistant.storage.errors import AssistantError, in_full, system_error
from assistant.storage.lock import lock
from assistant.ui.terminal import TerminalReplies, ask_terminal

Status = Literal["good", "notice", "bad", "unknown"]
_NARROWEST, _LOWEST, _WIDE = 60, 20, 100
_PROBED = "“”…—·≠×─"
"""Signs of the sentences, the arithmetic and the frames whose width terminals do not agree on."""
_SANE = (1, 2)
_MEGABYTE = 1_000_000
_NEEDED = 5
"""Megabytes for an answer file, its copy and the documents."""
_LOCALE_VARIABLES = ("LC_ALL", "LC_CTYPE", "LANG")
_SET_BY_PYTHON = "C.UTF-8"
"""What Python itself puts into LC_CTYPE where no locale is set."""


class Diagnosis(NamedTuple):
    """One thing found out; `code` names its sentence, `bad` means that the chat cannot work."""

    name: str
    status: Status
    code: str
    details: dict[str, object]


def _fact(code: str, status: Status, /, **details: object) -> Diagnosis:
    return Diagnosis(code.partition("_")[0], status, code, details)


def run(options: argparse.Namespace, library: Library) -> int:
    """Tell every fact in one line; 2 when the chat cannot work here."""
    facts = list(examine(library, Path()))
    code = USAGE if any(fact.status == "bad" for fact in facts) else GOOD
    sentences = library.sentences
    if options.json:
        checks = [
            {"name": fact.name, "status": fact.status, "sentence": _said(fact, sentences)}
            | {"details": fact.details}
            for fact in facts
        ]
        console.give_json("doctor", exit=code, checks=checks)
        return code
    for fact in facts:
        mark = sentences.say(f"doctor.mark_{fact.status}")
        console.give(f"{mark}　{_said(fact, sentences)}")
    console.give(sentences.say("doctor.cannot" if code else "doctor.can"))
    return code


def _said(fact: Diagnosis, sentences: Sentences) -> str:
    code = fact.code if fact.code.startswith("errors.") else f"doctor.{fact.code}"
    details = {
        key: theme_title(value, sentences) if key == "look" else value  # type: ignore[arg-type]
        for key, value in fact.details.items()
    }
    return sentences.say(code, **details)


def examine(library: Library, folder: Path) -> Iterator[Diagnosis]:
    """Find everything out, in the order of telling."""
    yield _fact("program", "good", version=__version__, python=platform.python_version())
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    yield _terminal(has_terminal=has_terminal)
    yield _size(has_terminal=has_terminal)
    yield _colours()
    yield _encoding()
    yield from _signs(ask_terminal(_PROBED))
    yield from _folder(folder)
    yield from _editions(library)
    if sys.platform == "win32":
        yield _fact("windows", "unknown")


def _terminal(*, has_terminal: bool) -> Diagnosis:
    term = os.environ.get("TERM", "")
    if not has_terminal:
        return _fact("terminal_none", "unknown", term=term)
    if term in ("dumb", "unknown"):
        return _fact("terminal_dumb", "notice", term=term)
    return _fact("terminal", "good", term=term)


def _size(*, has_terminal: bool) -> Diagnosis:
    if not has_terminal:
        return _fact("size_none", "unknown")
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    if columns < _NARROWEST or lines < _LOWEST:
        return _fact("size_small", "notice", columns=columns, lines=lines)
    return _fact("size", "good", columns=columns, lines=lines, is_wide=columns >= _WIDE)


def _colours() -> Diagnosis:
    from assistant.ui.tui.theme import colour_system, fitting  # noqa: PLC0415  takes a while

    if os.environ.get("NO_COLOR"):
        return _fact("colours_off", "good")
    system = colour_system()
    return _fact("colours", "good", system=system, look=fitting(system))


def _encoding() -> Diagnosis:
    set_here = {each: os.environ.get(each, "") for each in _LOCALE_VARIABLES}
    if set_here["LC_CTYPE"] == _SET_BY_PYTHON:
        set_here["LC_CTYPE"] = ""
    variable = next((each for each, value in set_here.items() if value), "")
    locale = f"{variable}={os.environ[variable]}" if variable else ""
    names = {_plain_name(stream.encoding) for stream in (sys.stdin, sys.stdout)}
    if names != {"utf-8"}:
        names.discard("utf-8")
        return _fact("encoding_other", "bad", encoding="、".join(sorted(names)), locale=locale)
    says_so = "utf" in locale.lower() or sys.platform == "win32"
    return _fact("encoding", "good" if says_so else "notice", locale=locale, says_so=says_so)


def _plain_name(encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding or "ascii").name
    except LookupError:
        return str(encoding)


def _signs(answers: TerminalReplies) -> Iterator[Diagnosis]:
    """How wide signs are drawn, and whether pasted text is told apart from typed text."""
    if not answers.has_answered:
        yield _fact("signs_silent", "unknown")
        yield _fact("paste_silent", "unknown")
        return
    widths = answers.widths
    broad = "".join(each for each in widths if widths[each] != 1)
    if not widths or any(each not in _SANE for each in widths.values()):
        yield _fact("signs_odd", "unknown")
    elif broad:
        yield _fact("signs_broad", "notice", signs=broad)
    else:
        yield _fact("signs", "good", signs=_PROBED)
    if answers.takes_paste is None:
        yield _fact("paste_silent", "unknown")
    else:
        yield _fact("paste", "good" if answers.takes_paste else "notice", takes=answers.takes_paste)


def _folder(folder: Path) -> Iterator[Diagnosis]:
    """Whether an answer file could be written and held here, and how much room there is."""
    try:
        with temporary_file(b"", folder / "-", durable=True) as probe:
            yield _lock(probe, str(folder.resolve()))
    except AssistantError as fault:
        details = {**fault.details, "path": in_full(folder)}
        yield Diagnosis("folder", "bad", f"errors.{fault.code}", details)
    try:
        free = shutil.disk_usage(folder).free // _MEGABYTE
    except OSError as fault:
        broken = system_error(fault, folder)
        yield Diagnosis("disk", "unknown", f"errors.{broken.code}", broken.details)
    else:
        yield _fact("disk", "good" if free >= _NEEDED else "bad", free=free, needed=_NEEDED)


def _lock(probe: Path, path: str) -> Diagnosis:
    try:
        with lock(probe) as is_sure:
            if is_sure:
                return _fact("folder", "good", path=path)
            return _fact("folder_unlocked", "notice", path=path)
    except AssistantError as fault:
        return Diagnosis("folder", "bad", f"errors.{fault.code}", fault.details)


def _editions(library: Library) -> Iterator[Diagnosis]:
    for name in library.edition_ids():
        try:
            edition = library.edition(name)
        except AssistantError as fault:
            yield Diagnosis("edition", "bad", f"errors.{fault.code}", fault.details)
        else:
            details = {"title": edition.title, "id": name, "is_only_read": edition.reading_only}
            yield _fact("edition", "good", **details)
