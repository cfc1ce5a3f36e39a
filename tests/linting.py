"""Mistakes made in a copy of the domain data, and what lint says of them."""

from pathlib import Path

from assistant.form.loader import Library
from assistant.lint import lint
from assistant.storage.errors import LibraryError


def change(path: Path, old: str, new: str) -> None:
    """Write something else in a file, where it stands first."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(copy: Path, edition: str, shelf: Library) -> list[str]:
    """The faults of an edition of a copy with their files, or why it cannot be read.

    The editions beside it are the shipped ones, which have been read.
    """
    others = [shelf.edition(each) for each in shelf.edition_ids() if each != edition]
    try:
        faults = lint(Library(copy).edition(edition), shelf.sentences, others).faults
    except LibraryError as fault:
        return [shelf.sentences.say(f"errors.{fault.code}", **fault.details)]
    return [f"{each.file}: {each.message}" for each in faults]
