"""A running `nianbao serve`, its addresses, and what it answers to requests of any kind."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parent.parent
ADDRESS = re.compile(r"(.+)：(http://127\.0\.0\.1:\d+/[\w-]{43}/)")


class Served:
    """A running `nianbao serve` with the addresses that it printed, by title."""

    def __init__(self, *arguments, folder=ROOT, count=1):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "serve", *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=folder, encoding="utf-8",
        )  # fmt: skip
        self.addresses: dict[str, str] = {}
        for _ in range(count):
            told = ADDRESS.fullmatch(self.process.stdout.readline().rstrip())
            self.addresses[told[1]] = told[2]
        self.address = next(iter(self.addresses.values()))
        self.origin = self.address.rsplit("/", 2)[0]

    def ask(self, path="", address=None, **headers):
        """The status and the text of an answer."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with urlopen(Request((address or self.address) + path, headers=names)) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    def processes(self):
        """The numbers of the conversations that run behind it."""
        number = self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children")
        return list(map(int, children.read_text(encoding="ascii").split()))

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
