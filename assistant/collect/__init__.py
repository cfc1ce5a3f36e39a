"""Blank sheets out to departments; filled ones, and official tables, back into an answer file."""

from typing import TYPE_CHECKING

from assistant.collect.cells import Entered
from assistant.collect.department_files import is_sheet
from assistant.collect.gather import gather, resolve
from assistant.collect.report_gathered import told
from assistant.collect.which_form import Wanted

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.form.loader import Library
    from assistant.form.model import Edition


def write_blank(
    edition: "Edition",
    year: int,
    library: "Library",
    names: "Collection[str] | None" = None,
    department: str = "",
) -> bytes:
    """A blank collection sheet; the library that writes it is read with the first one.

    Args:
        edition: The form.
        year: The report year.
        library: Sentences and typography.
        names: The questions that it asks, at least one; without them all.
        department: Whom it asks, where that is known.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    from assistant.collect.blank_sheet import write  # noqa: PLC0415  large

    return write(edition, year, library, edition.asked if names is None else names, department)
