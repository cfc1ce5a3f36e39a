"""What nobody foresaw: the mark it is reported by, and the file that it happened with."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

from assistant.storage.errors import AssistantError, FileError

_PACKAGE = Path(__file__).parent.parent
_DEBUG_VARIABLE = "NIANBAO_DEBUG"
"""Set to anything, the traceback of an unforeseen fault is printed as well."""
_MARK_LENGTH = 8


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
def foreseen(path: Path) -> Iterator[None]:
    """Make any fault of the work on one file a fault of that file, which ends no other's.

    Raises:
        AssistantError: There was one; of one that nobody foresaw it names the mark, of one of a
            file that a library wanted that file (`file_needs`).
    """
    try:
        yield
    except AssistantError:
        raise
    except MemoryError as fault:
        raise FileError("file_out_of_memory", path=str(path)) from fault
    except Exception as fault:
        show_trace(fault)
        if isinstance(fault, OSError) and fault.filename is not None:
            needed = {"other": str(fault.filename), "number": fault.errno or 0}
            raise FileError("file_needs", path=str(path), **needed) from fault
        raise FileError("file_unforeseen", path=str(path), mark=mark_of(fault)) from fault
