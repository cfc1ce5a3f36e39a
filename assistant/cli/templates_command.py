"""`nianbao templates`: the data of the forms as a folder of one's own, to be changed."""

import argparse
from pathlib import Path

from assistant.cli import console
from assistant.cli.console import GOOD
from assistant.form.loader import Library, shipped
from assistant.storage.disk import (
    check_new_name,
    is_taken,
    make_folder,
    read_bytes,
    rename_to_free,
    temporary_file,
)
from assistant.storage.errors import FileError


def run(options: argparse.Namespace, library: Library) -> int:
    """Copy the shipped data into a folder that is new.

    Raises:
        FileError: The folder is there, or cannot be written.
    """
    place: Path = options.output
    check_new_name(place)
    if is_taken(place):
        raise FileError("templates_there", path=str(place))
    source = shipped("prompts_templates")
    for path in sorted(each for each in source.rglob("*") if each.is_file()):
        copy = place / path.relative_to(source)
        make_folder(copy.parent)
        with temporary_file(read_bytes(path), copy, durable=False) as temporary:
            rename_to_free(temporary, copy)
    console.tell(library.sentences.say("command.templates", path=str(place)))
    return GOOD
