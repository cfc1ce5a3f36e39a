"""Standard output and error: plain lines without control characters, and JSON."""

import sys
from typing import TYPE_CHECKING

from assistant.checks import finding_format
from assistant.cli.unforeseen_faults import mark_of, show_trace
from assistant.messages import Sentences
from assistant.storage.errors import AssistantError, LibraryError
from assistant.storage.yaml_text import emit
from assistant.values.characters import escaped, visible

if TYPE_CHECKING:
    from assistant.answers import LockedAnswerFile
    from assistant.form.model import Edition
    from assistant.messages.findings import Finding
    from assistant.report.draft import Draft

_INDENT = "　　"


def prepare() -> None:
    """Never fail on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def tell(text: str) -> None:
    """Print a line for the person at the screen."""
    print(visible(text), file=sys.stderr)


def give(text: str) -> None:
    """Print a line of the result."""
    print(visible(text))


def warn_unlocked(keeper: "LockedAnswerFile", sentences: Sentences) -> None:
    """Say where the disk keeps no other writer out."""
    if not keeper.is_locked:
        tell(sentences.say("session.unlocked", path=keeper.path.name))


def to_json(value: object) -> str:
    """JSON of one value without control characters; plain ASCII where the console is not UTF-8."""
    import json  # noqa: PLC0415  only --json needs it

    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return escaped(json.dumps(value, ensure_ascii=not is_unicode, indent=2))


def say_error(fault: AssistantError, sentences: Sentences) -> str:
    """The sentence of a fault."""
    try:
        return sentences.say(f"errors.{fault.code}", **fault.details)
    except LibraryError as broken:
        return wordless(broken)


def tell_fault(fault: Exception, sentences: Sentences) -> None:
    """Print what ended a command; of what nobody foresaw a mark to report it by."""
    if not isinstance(fault, AssistantError):
        show_trace(fault)
        fault = AssistantError("unforeseen", mark=mark_of(fault))
    message = say_error(fault, sentences)
    try:
        tell(sentences.say("command.fault", message=message))
    except LibraryError:
        tell(message)


def speechless(fault: Exception) -> str:
    """What can be said of a fault that nobody foresaw before there are any sentences."""
    show_trace(fault)
    return f"错误：程序没有启动成，错误编号{mark_of(fault)}。"


def wordless(fault: AssistantError) -> str:
    """What can be said when `wording.yaml` itself cannot be used."""
    place = fault.details.get("path") or fault.details.get("name") or ""
    line = f"第{fault.details['line']}行" if fault.details.get("line") else ""
    return f"错误：提示语文件wording.yaml不能用，请核对“{place}”{line}。"


def finding_lines(finding: "Finding", edition: "Edition", sentences: Sentences) -> list[str]:
    """One finding in full, and the lines of an answer file that would acknowledge it."""
    lines = [finding_format.heading(finding, sentences)]
    lines += [_INDENT + line for line in finding_format.full(finding, edition, sentences)]
    if finding.level == "confirm" and finding.is_open:
        lines.append(_INDENT + sentences.say("command.acknowledge"))
        lines += reason_lines(finding)
    return lines


def reason_lines(finding: "Finding") -> list[str]:
    """The lines of an answer file that acknowledge a finding, ready to be copied."""
    values = {cell: value for cell, value in finding.values.items() if value != "0"}
    content = {"reason": "在此写理由", "values": values}
    return emit(finding.key, content, indent=2).splitlines()


def count_line(draft: "Draft", sentences: Sentences) -> str:
    """The counts of findings and checks in one line."""
    waiting = "、".join(draft.outcomes.keys("waiting"))
    return sentences.say("command.counts", waiting=waiting, **draft.counts)
