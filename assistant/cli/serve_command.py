"""`nianbao serve`: the conversation in a browser on this computer, a folder for each body."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import console
from assistant.cli.chat_command import asked_theme
from assistant.cli.console import GOOD
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.storage.disk import check_new_name, decode, make_folder, read_bytes
from assistant.storage.errors import FileError

if TYPE_CHECKING:
    from assistant.ui.browser import Body

_PAGE_WORDS = ("opening", "ended", "again", "documents")


def run(options: argparse.Namespace, library: Library) -> int:
    """Serve until Ctrl+C, after the address of each body is printed.

    Raises:
        FileError: The parts that it needs are not installed, a folder cannot be used, or the
            port is taken.
    """
    sentences = library.sentences
    try:
        from assistant.ui.browser import serve  # noqa: PLC0415  optional
    except ImportError as fault:
        raise FileError("web_missing") from fault
    asked_theme(options, sentences)
    arguments = ["--theme", options.theme] if options.theme else []
    arguments += ["--templates", str(options.templates.resolve())] if options.templates else []
    words = {name: sentences.say(f"browser.{name}") for name in _PAGE_WORDS}

    def tell(body: "Body", address: str) -> None:
        console.give(sentences.say("browser.address", title=body.title, address=address))
        sys.stdout.flush()

    bodies = list(_bodies(options, sentences))
    console.tell(sentences.say("browser.begun"))
    serve(bodies, options.port, arguments, words, tell)
    return GOOD


def _bodies(options: argparse.Namespace, sentences: Sentences) -> "Iterator[Body]":
    """The folder itself, or one in it for each name of the file, made where it is missing.

    Raises:
        FileError: A folder cannot be made, or a line is no name for one.
    """
    from assistant.ui.browser import Body  # noqa: PLC0415  optional

    folder: Path = options.folder.resolve()
    if options.bodies is None:
        make_folder(folder)
        yield Body(sentences.say("chat.title"), folder)
        return
    lines = decode(read_bytes(options.bodies), options.bodies).text.splitlines()
    names = {line.strip(): number for number, line in enumerate(lines, 1) if line.strip()}
    if not names:
        raise FileError("file_empty", path=str(options.bodies))
    for name, number in names.items():
        if Path(name).name != name or name.startswith(".") or "\\" in name or ":" in name:
            raise FileError("body_odd", path=str(options.bodies), line=number, name=name)
        check_new_name(folder / name)
        make_folder(folder / name)
        yield Body(name, folder / name)
