"""Faults that nobody foresaw: a short mark to report them by, never a traceback on the screen."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

from assistant.storage.errors import AssistantError, FileError

_PACKAGE = Path(__file__).parent.parent
_VARIABLE = "NIANBAO_DEBUG"
"""Set to anything, the traceback is printed as well."""
_LENGTH = 8


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
    return sha256(f"{type(fault).__qualname__}:{where}".encode()).hexdigest()[:_LENGTH]


def _place(code: CodeType) -> str | None:
    """The file within this program and the function; None for the code of others."""
    path = Path(code.co_filename)
    if not path.is_relative_to(_PACKAGE):
        return None
    return f"{path.relative_to(_PACKAGE).as_posix()}:{code.co_qualname}"


def show_trace(fault: BaseException) -> None:
    """Print where a fault came from, for who has asked for it."""
    if os.environ.get(_VARIABLE):
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
