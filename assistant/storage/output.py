"""Standard output, whose faults are none of a file."""

import errno
from pathlib import Path
from typing import TextIO

from assistant.storage import system
from assistant.storage.errors import FileError, system_error

_NAME = Path("标准输出")


class OutputError(FileError):
    """Standard output takes no more."""


def write_out(text: str, screen: TextIO, *, is_all: bool = False) -> None:
    """Write to standard output.

    Args:
        text: What is written, with its line ends.
        screen: Standard output.
        is_all: Whether to wait until whoever reads it has it.

    Raises:
        BrokenPipeError: Whoever read it has gone; Windows calls that an invalid argument.
        OutputError: It takes no more.
    """
    try:
        screen.write(text)
        if is_all:
            screen.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        if system.IS_WINDOWS and fault.errno == errno.EINVAL:
            raise BrokenPipeError from fault
        said = system_error(fault, _NAME)
        raise OutputError(said.code, **said.details) from fault
