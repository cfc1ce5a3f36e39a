"""From the folder of an edition to its model; the first use of pydantic in a process."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.errors import FileError, LibraryError
from assistant.files import decode, read_bytes
from assistant.library.contents import read_contents
from assistant.library.shapes import shape_fault, worst_mistake
from assistant.schema import Edition

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def _read_list(path: Path) -> list[object]:
    entries = read_contents(path)
    if not isinstance(entries, list):
        raise LibraryError(
            "library_shape", path=str(path), place="", shape="list", written="", expected=""
        )
    return entries


def read_edition(folder: Path) -> Edition:
    """Read one edition.

    Raises:
        LibraryError: A file of it is missing or wrong; file and entry are named.
    """
    head = read_contents(folder / "edition.yaml")
    if not isinstance(head, dict):
        raise LibraryError(
            "library_shape",
            path=str(folder / "edition.yaml"),
            place="",
            shape="mapping",
            written="",
            expected="",
        )
    parts = sorted((folder / "table").glob("*.yaml"), key=_part_number)
    content = head | {
        "id": folder.name,
        "folder": str(folder),
        "rows": [row for part in parts for row in _read_list(part)],
        "facts": _read_list(folder / "facts.yaml"),
        "checks": _read_list(folder / "checks.yaml"),
        "templates": _read_templates(folder / "narrative"),
    }
    try:
        return Edition.model_validate(content)
    except ValidationError as fault:
        raise _complaint(folder, content, worst_mistake(fault)) from fault


def _part_number(path: Path) -> tuple[int, str]:
    number = path.name.split("_")[0]
    return (int(number) if number.isdecimal() else 0), path.name


def _read_templates(folder: Path) -> dict[str, str]:
    templates = {}
    for path in sorted(folder.glob("*.j2")):
        try:
            templates[path.name] = decode(read_bytes(path), path).text
        except FileError as fault:
            raise LibraryError(fault.code, **fault.details) from fault
    return templates


_FILES = {"rows": "table", "facts": "facts.yaml", "checks": "checks.yaml"}


def _complaint(folder: Path, content: Mapping[str, Any], mistake: "ErrorDetails") -> LibraryError:
    """Name file, entry and key of a mistake pydantic found, what stands there and what may."""
    group, *steps = mistake["loc"] or ("",)
    file = _FILES.get(str(group), "edition.yaml")
    if file == "edition.yaml":
        where = [str(group), *map(str, steps)]
    else:
        position = next((step for step in steps if isinstance(step, int)), 0)
        entry = content[str(group)][position]
        name = entry.get("code") or entry.get("id") if isinstance(entry, dict) else None
        kind = entry.get("kind") if isinstance(entry, dict) else None
        where = [str(name or position + 1)]
        where += [str(step) for step in steps[1:] if step != kind and not str(step)[:1].isupper()]
    return shape_fault(folder / file, where, mistake)
