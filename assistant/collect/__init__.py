"""Blank sheets out to departments; filled ones, and official tables, back into an answer file."""

from typing import TYPE_CHECKING

from assistant.collect.cells import CellProblem, Entered
from assistant.collect.gather import Gathered, gather, resolve
from assistant.collect.which_form import Wanted

if TYPE_CHECKING:
    from assistant.form.loader import Library
    from assistant.form.model import Edition

__all__ = ["CellProblem", "Entered", "Gathered", "Wanted", "gather", "resolve", "write_blank"]


def write_blank(edition: "Edition", year: int, library: "Library") -> bytes:
    """A blank collection sheet; the library that writes it is read with the first one.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    from assistant.collect.blank_sheet import write  # noqa: PLC0415  large

    return write(edition, year, library)
