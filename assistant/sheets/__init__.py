"""Collection sheets: blank ones out to departments, filled ones back into an answer file."""

from typing import TYPE_CHECKING

from assistant.sheets.cells import Entered, Trouble
from assistant.sheets.filled import read_filled
from assistant.sheets.gathering import Gathered, gather, resolve

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.schema import Edition

__all__ = ["Entered", "Gathered", "Trouble", "gather", "read_filled", "resolve", "write_blank"]


def write_blank(edition: "Edition", year: int, shelf: "Library") -> bytes:
    """A blank collection sheet; the library that writes it is read with the first one.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    from assistant.sheets.blank import write  # noqa: PLC0415  large

    return write(edition, year, shelf)
