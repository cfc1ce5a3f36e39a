"""What pydantic found wrong with a data file, as a fault that names file and entry."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.storage.errors import LibraryError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


_SHOWN = 100
"""Characters of what stands in a file that a message repeats."""


def worst_mistake(fault: ValidationError) -> "ErrorDetails":
    """The mistake to tell first: a misspelt key explains a missing one."""
    mistakes = fault.errors(include_url=False)
    return min(mistakes, key=lambda each: each["type"] != "extra_forbidden")


def shape_fault(path: Path, where: Sequence[str], mistake: "ErrorDetails") -> LibraryError:
    """Name the place of a mistake, what stands there and what may."""
    written = mistake["input"]
    return LibraryError(
        "library_shape",
        path=str(path),
        place=" → ".join(step[:_SHOWN] for step in where),
        shape=mistake["type"],
        written=written[:_SHOWN] if isinstance(written, str) else "",
        expected=str(mistake.get("ctx", {}).get("expected", ""))
        .replace("'", "")
        .replace(" or ", "、")
        .replace(", ", "、"),
    )
