"""`nianbao` in processes of its own, forked from one that has imported the program already."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

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
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
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


if __name__ == "__main__":
    import assistant.cli
    from assistant.__main__ import main
    from assistant.form.loader import open_library

    for module in iter_modules(assistant.cli.__path__, "assistant.cli."):
        import_module(module.name)
    for each in open_library().edition_ids():
        open_library().edition(each)
    sys.argv[1:] = _serve(socket.socket(fileno=int(sys.argv[1])))
    sys.exit(main())
