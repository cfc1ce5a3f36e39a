"""What can go wrong with files and data; a wrong answer is a finding, never one of these."""

import errno
import os
from functools import partial
from pathlib import Path

from assistant.storage import system

_SYSTEM_CODES = {
    errno.ENOENT: "file_missing",
    errno.ENOTDIR: "file_missing",
    errno.EISDIR: "file_is_folder",
    errno.EACCES: "file_forbidden",
    errno.EPERM: "file_forbidden",
    errno.EROFS: "file_read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ENAMETOOLONG: "file_name_too_long",
    errno.ELOOP: "file_loop",
    errno.ENXIO: "file_not_regular",
}


class AssistantError(Exception):
    """A fault of a file, folder or data set that stops the work on it.

    Attributes:
        code: Key of the sentence in `wording.yaml`, section `errors`.
        details: What that sentence names, for example `{"path": "a.yaml", "line": 3}`.
    """

    def __init__(self, code: str, **details: object) -> None:
        """Keep the code of the sentence and the details it names."""
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with the details intact."""
        return (partial(type(self), self.code, **self.details), ())


class FileError(AssistantError):
    """A file or folder cannot be read, written or locked."""


class LibraryError(AssistantError):
    """The data under `prompts_templates/` is wrong; names file and entry."""


class EditionError(AssistantError):
    """The edition named does not serve the report year, or the file needs migration."""


def system_error(fault: OSError, path: Path) -> FileError:
    """Turn a fault of the operating system into one with a Chinese sentence."""
    code = _SYSTEM_CODES.get(fault.errno or 0, "file_fault")
    if isinstance(fault, PermissionError) and system.IS_WINDOWS:
        code = "file_held"
    return FileError(code, path=str(path), number=fault.errno or 0)


def write_error(fault: OSError, path: Path) -> FileError:
    """The same while writing a file, which is named with its folder."""
    return system_error(fault, Path(in_full(path)))


def in_full(path: Path) -> str:
    """A name with its folder, no link followed; as it is where the folder itself is gone."""
    try:
        return os.path.abspath(path)  # noqa: PTH100
    except OSError:
        return str(path)
