"""What every command shares: exit codes, plain lines without control characters, faults told."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from assistant.messages import Sentences
from assistant.storage.errors import AssistantError, FileError, LibraryError
from assistant.values.characters import escaped, visible

if TYPE_CHECKING:
    from assistant.answers import LockedAnswerFile

GOOD, USAGE, ERRORS, CONFIRMS, EDITION, DISAGREES = 0, 2, 3, 4, 5, 6
"""Exit codes, the same for every command."""
_BY_WEIGHT = (USAGE, EDITION, DISAGREES, ERRORS, CONFIRMS, GOOD)
_PACKAGE = Path(__file__).parent.parent
_DEBUG_VARIABLE = "NIANBAO_DEBUG"
"""Set to anything, the traceback of an unforeseen fault is printed as well."""
_MARK_LENGTH = 8


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
    print(visible(text), file=sys.stderr)


def give(text: str) -> None:
    """Print a line of the result."""
    print(visible(text))


def warn_unlocked(keeper: "LockedAnswerFile", sentences: Sentences) -> None:
    """Say where the disk keeps no other writer out."""
    if not keeper.is_locked:
        tell(sentences.say("session.unlocked", path=keeper.path.name))


def head(command: str) -> dict[str, object]:
    """What every JSON result begins with."""
    return {"format": 1, "command": command}


def give_json(command: str, **content: object) -> None:
    """Print what a command gives as JSON, under the head of all results."""
    print(to_json({**head(command), **content}))


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


def mark_of(fault: BaseException) -> str:
    """The mark of a fault, eight hexadecimal digits: the same for the same fault everywhere.

    It stands for the kind of the fault and the innermost place of this program that it came from;
    of endless recursion for the function that called itself.
    """
    from hashlib import sha256  # noqa: PLC0415  as below
    from traceback import walk_tb  # noqa: PLC0415  most runs have no fault

    trace = [(frame.f_code, line) for frame, line in walk_tb(fault.__traceback__)]
    own = [(code, line) for code, line in trace if _place(code) is not None]
    where = ""
    if own and isinstance(fault, RecursionError):
        where = str(_place(Counter(code for code, _ in own).most_common(1)[0][0]))
    elif own:
        where = f"{_place(own[-1][0])}:{own[-1][1]}"
    return sha256(f"{type(fault).__qualname__}:{where}".encode()).hexdigest()[:_MARK_LENGTH]


def _place(code: CodeType) -> str | None:
    """The file within this program and the function; None for the code of others."""
    path = Path(code.co_filename)
    if not path.is_relative_to(_PACKAGE):
        return None
    return f"{path.relative_to(_PACKAGE).as_posix()}:{code.co_qualname}"


def show_trace(fault: BaseException) -> None:
    """Print where a fault came from, for who has asked for it."""
    if os.environ.get(_DEBUG_VARIABLE):
        from traceback import print_exception  # noqa: PLC0415  as above

        print_exception(fault, file=sys.stderr)


@contextmanager
def foreseen(path: str) -> Iterator[None]:
    """Make any fault of the work on one file a fault of that file, which ends no other's.

    Raises:
        AssistantError: There was one; of one that nobody foresaw it names the mark.
    """
    try:
        yield
    except AssistantError:
        raise
    except MemoryError as fault:
        raise FileError("file_out_of_memory", path=path) from fault
    except Exception as fault:
        show_trace(fault)
        raise FileError("file_unforeseen", path=path, mark=mark_of(fault)) from fault
