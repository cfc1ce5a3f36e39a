"""`nianbao samples` and `nianbao new`: the samples that are shipped, and a new file from one."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from assistant.cli import console
from assistant.cli.console import GOOD
from assistant.form.loader import Library, shipped
from assistant.storage.disk import (
    check_new_name,
    read_bytes,
    rename_to_free,
    temporary_file,
)
from assistant.storage.errors import FileError

_ANSWERS, _PREVIOUS, _ABOUT = "answers.yaml", "previous.yaml", "README.md"


def run(options: argparse.Namespace, library: Library) -> int:
    """List the samples, or write the answers of one as a new file, last year's beside it.

    Raises:
        FileError: There is no such sample, or the new file cannot be written or is there.
    """
    say = library.sentences.say
    if options.command == "samples":
        for name, title, words in _samples():
            console.give(say("command.sample", name=name, title=title, words=words))
        return GOOD
    folder = shipped("samples") / options.sample
    if options.sample not in (name for name, _, _ in _samples()):
        known = "、".join(name for name, _, _ in _samples())
        raise FileError("sample_unknown", sample=options.sample, known=known)
    path: Path = options.output or Path(f"{options.sample}.yaml")
    copies = [(folder / _ANSWERS, path)]
    if (folder / _PREVIOUS).exists():
        copies.append(
            (folder / _PREVIOUS, path.with_stem(say("command.of_last_year", name=path.stem)))
        )
    for source, made in copies:
        _copy(source, made)
        console.tell(say("command.made", path=str(made)))
    return GOOD


def _samples() -> Iterator[tuple[str, str, str]]:
    """Name, title and first words of each sample."""
    for about in sorted(shipped("samples").glob(f"*/{_ABOUT}")):
        title, _, rest = about.read_text(encoding="utf-8").partition("\n")
        words = rest.strip().partition("\n")[0].replace("**", "").replace("`", "")
        yield about.parent.name, title.removeprefix("# "), words


def _copy(source: Path, path: Path) -> None:
    check_new_name(path)
    with temporary_file(read_bytes(source), path, durable=True) as temporary:
        try:
            rename_to_free(temporary, path)
        except FileExistsError as fault:
            raise FileError("answers_there", path=str(path)) from fault
