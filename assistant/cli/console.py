"""What every command shares: exit codes, plain lines without control characters, faults told."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from assistant.messages import Sentences
from assistant.storage.errors import AssistantError, LibraryError
from assistant.storage.streams import write_out
from assistant.storage.unforeseen import mark_of, show_trace
from assistant.values.characters import escaped, visible
from assistant.values.line_breaking import columns

if TYPE_CHECKING:
    from assistant.answers import LockedAnswerFile

GOOD, USAGE, ERRORS, CONFIRMS, EDITION, DISAGREES = 0, 2, 3, 4, 5, 6
"""Exit codes, the same for every command."""
_LONG = 3
"""Files from which on a run shows how far it is."""
_Result = TypeVar("_Result")
_BY_WEIGHT = (USAGE, EDITION, DISAGREES, ERRORS, CONFIRMS, GOOD)


def with_progress(
    results: Iterable[_Result], count: int, sentences: Sentences
) -> Iterator[_Result]:
    """The same results; a terminal shows meanwhile how far it is, in a line that goes away."""
    if count < _LONG or not sys.stderr.isatty():
        yield from results
        return
    rest = iter(results)
    for number in range(1, count + 1):
        said = sentences.say("command.progress", number=number, count=count)
        write_out(said, sys.stderr, is_all=True)
        try:
            result = next(rest)
        finally:
            wiped = " " * columns(said, "WFA")
            write_out(f"\r{wiped}\r", sys.stderr, is_all=True)
        yield result


def heaviest(codes: Iterable[int]) -> int:
    """The exit code of several outcomes: 2 before 5 before 6 before 3 before 4."""
    return min(codes, key=_BY_WEIGHT.index, default=GOOD)


def prepare() -> None:
    """Never fail on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def tell(text: str) -> None:
    """Print a line for the person at the screen."""
    write_out(visible(text) + "\n", sys.stderr)


def give(text: str) -> None:
    """Print a line of the result.

    Raises:
        AssistantError: Standard output takes no more.
    """
    give_raw(visible(text) + "\n")


def give_raw(text: str) -> None:
    """Print a piece of the result as it is.

    Raises:
        AssistantError: Standard output takes no more.
    """
    write_out(text, sys.stdout)


def warn_unlocked(keeper: "LockedAnswerFile", sentences: Sentences) -> None:
    """Say where the disk keeps no other writer out."""
    if not keeper.is_locked:
        tell(sentences.say("session.unlocked", path=keeper.path.name))


def head(command: str) -> dict[str, object]:
    """What every JSON result begins with."""
    return {"format": 1, "command": command}


def give_json(command: str, **content: object) -> None:
    """Print what a command gives as JSON, under the head of all results."""
    give_raw(to_json({**head(command), **content}) + "\n")


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
