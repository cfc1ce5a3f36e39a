"""The toolkit's way to a browser: packets over standard input and output instead of a terminal."""

import io
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

from assistant.storage.disk import read_bytes


class BrowserDriver(WebDriver):
    """Ends the program with its server; delivers documents under keys that end in their names."""

    def run_input_thread(self) -> None:
        """Read until the server is gone or the application has ended."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())

    def deliver_binary(
        self, binary: BinaryIO | TextIO, *, delivery_key: str, save_path: Path, **others: Any
    ) -> None:
        """Let the browser fetch a document; the page shows its name before it is fetched."""
        key = f"{delivery_key}/{save_path.name}"
        super().deliver_binary(binary, delivery_key=key, save_path=save_path, **others)


def deliver(app: App[None], path: Path) -> None:
    """Offer a document to the browser as it stands now; nothing where there is a terminal.

    Raises:
        FileError: It cannot be read.
    """
    if app.is_web:
        data = io.BytesIO(read_bytes(path))  # an open file could not be written anew on Windows
        app.deliver_binary(data, save_directory=path.parent, save_filename=path.name)
