"""What is shipped, to be copied: `nianbao samples` and `new`, and the forms by `templates`."""

import argparse
from collections.abc import Iterator
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

_ANSWERS, _PREVIOUS, _ABOUT = "answers.yaml", "previous.yaml", "README.md"


def run(options: argparse.Namespace, library: Library) -> int:
    """List the samples, or copy one of them or the data of the forms.

    Raises:
        FileError: There is no such sample, or what is to be made cannot be written or is there.
    """
    if options.command == "templates":
        _copy_forms(options.output, library)
    elif options.command == "new":
        _copy_sample(options.sample, options.output, library)
    else:
        for name, title, words in _samples():
            said = library.sentences.say("command.sample", name=name, title=title, words=words)
            console.give(said)
    return GOOD


def _copy_forms(place: Path, library: Library) -> None:
    """Write the data of the forms into a folder that is new, to be changed."""
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


def _copy_sample(sample: str, output: Path | None, library: Library) -> None:
    """Write the answers of a sample as a new file, last year's beside it."""
    say, known = library.sentences.say, [name for name, _, _ in _samples()]
    if sample not in known:
        raise FileError("sample_unknown", sample=sample, known="、".join(known))
    folder, path = shipped("samples") / sample, output or Path(f"{sample}.yaml")
    copies = {_ANSWERS: path}
    if (folder / _PREVIOUS).exists():
        copies[_PREVIOUS] = path.with_stem(say("command.of_last_year", name=path.stem))
    for name, made in copies.items():
        _copy(folder / name, made)
        console.tell(say("command.made", path=str(made)))


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
