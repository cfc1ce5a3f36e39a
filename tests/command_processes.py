"""`nianbao` in processes of its own, forked from one that has imported the program already."""

import atexit
import gc
import io
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory, TemporaryFile
from typing import NoReturn

from tests.waiting import PATIENCE

_ROOT = Path(__file__).parent.parent


class CommandProcesses:
    """Runs commands; each is a process with its own arguments, folder, environment and streams."""

    def __init__(self) -> None:
        """Start the process that imports the program and forks."""
        ours, inner = socket.socketpair()
        ours.settimeout(PATIENCE)
        self._socket, self._codes = ours, ours.makefile("rb")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.command_processes", str(inner.fileno())],
            cwd=_ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[inner.fileno()],
        )
        inner.close()

    def run(
        self, arguments: Sequence[str], folder: Path, typed: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end; what it printed is read as UTF-8."""
        reading, writing = os.pipe()
        with TemporaryFile() as out, TemporaryFile() as err:
            job = json.dumps([list(arguments), str(folder), dict(os.environ)]).encode()
            streams = [reading, out.fileno(), err.fileno()]
            socket.send_fds(self._socket, [len(job).to_bytes(4)], streams)
            self._socket.sendall(job)
            os.close(reading)
            with os.fdopen(writing, "wb") as keyboard, suppress(BrokenPipeError):
                keyboard.write(typed.encode())
            code = int(self._codes.readline())
            for stream in (out, err):
                stream.seek(0)
            texts = [stream.read().decode() for stream in (out, err)]
        return subprocess.CompletedProcess(arguments, code, *texts)

    def close(self) -> None:
        """End the process that forks."""
        self._codes.close()
        self._socket.close()
        self._server.wait()


def _serve(connection: socket.socket) -> list[str]:
    """Fork for each job and tell its exit code; in the forked process, return its arguments."""
    while True:
        size, streams, _, _ = socket.recv_fds(connection, 4, 3)
        if not size:
            os._exit(0)
        job = connection.recv(int.from_bytes(size), socket.MSG_WAITALL)
        process = os.fork()
        if not process:
            connection.close()
            arguments: list[str]
            arguments, folder, environment = json.loads(job)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            return arguments
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(process, 0)
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _run(main: Callable[[], int | str | None]) -> NoReturn:
    """Run a command and end as Python does, but leave the memory to the system: to let go of what
    is in it takes longer than most commands, as each page that is shared would be copied first."""
    code = 1
    try:
        code = int(main() or 0)
    except SystemExit as left:
        code = int(left.code or 0)
    except BaseException:
        traceback.print_exc()
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _prepare() -> None:
    """Import the program, and make what it makes once a process, so that no command does."""
    import assistant.cli

    for module in iter_modules(assistant.cli.__path__, "assistant.cli."):
        import_module(module.name)
    silent = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(silent), redirect_stderr(silent):
        for name in ("township-2017-corrected", "county-2025-with-previous"):
            source = str(_ROOT / "samples" / name / "answers.yaml")
            formats = "txt,md,html,docx,xlsx"
            assistant.cli.main(["replay", source, "-o", folder, "--format", formats])
            assistant.cli.main(["read", str(Path(folder, "answers.docx"))])
    gc.freeze()  # what all of them share is never looked at again


if __name__ == "__main__":
    from assistant.__main__ import main

    _prepare()
    sys.argv[1:] = _serve(socket.socket(fileno=int(sys.argv[1])))
    _run(main)
