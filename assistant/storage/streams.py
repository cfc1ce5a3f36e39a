"""Standard input in the place of a file, and standard output, whose faults are none of a file."""

import errno
import sys
from pathlib import Path
from typing import TextIO

from assistant.storage import system
from assistant.storage.disk import read_bytes
from assistant.storage.errors import FileError, system_error

_INPUT, _OUTPUT = Path("标准输入"), Path("标准输出")


def is_standard(path: Path) -> bool:
    """Whether `-` stands for standard input or output in the place of a file."""
    return str(path) == "-"


def read_file_or_input(path: Path, limit: int) -> tuple[bytes, Path]:
    """The bytes of a file, or of standard input for `-`, with the name that faults tell.

    Raises:
        FileError: It cannot be read, or is larger than `limit` bytes.
    """
    if not is_standard(path):
        return read_bytes(path, limit), path
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise FileError("file_too_large", path=str(_INPUT), limit=limit)
    return data, _INPUT


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
        said = system_error(fault, _OUTPUT)
        raise OutputError(said.code, **said.details) from fault
