"""From the folder of an edition to its model; the first use of pydantic in a process."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.form.loader.bounds import see_bounds
from assistant.form.loader.inheritance import extend
from assistant.form.loader.validation_errors import shape_fault, worst_mistake
from assistant.form.loader.yaml_file import LibraryFiles
from assistant.form.model import ROLE_KINDS, Edition
from assistant.storage.errors import LibraryError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def _read_list(path: Path, contents: LibraryFiles, *, may_be_absent: bool) -> list[object]:
    """The entries of a file; an edition that is based on another may have none of its own."""
    if may_be_absent and not path.is_file():
        return []
    entries = contents.data(path)
    if not isinstance(entries, list):
        raise LibraryError(
            "library_shape", path=str(path), place="", shape="list", written="", expected=""
        )
    return entries


def read_edition(folder: Path) -> Edition:
    """Read one edition, with what it shares with the one it is based on.

    Raises:
        LibraryError: A file of it is missing or wrong; file and entry are named.
    """
    contents = LibraryFiles(folder.parent)
    content = _read_content(folder, contents)
    below = content.get("based_on")
    if below is not None:
        base = folder.parent / str(below)
        is_beside = base.parent == folder.parent and base.name not in ("", "..", folder.name)
        if not is_beside or not (base / "edition.yaml").is_file():
            raise _wrong_base(folder, str(below))
        shared = _read_content(base, contents)
        if "based_on" in shared:
            raise _wrong_base(folder, str(below))
        content = extend(content, shared, folder / "edition.yaml") | {"based_on": str(base)}
    try:
        edition = Edition.model_validate(content)
    except ValidationError as fault:
        raise _complaint(folder, content, worst_mistake(fault)) from fault
    see_bounds(edition)
    _see_roles(edition)
    return edition


def _see_roles(edition: Edition) -> None:
    """See that every role is played by a fact of its kind, and none by that of another."""
    facts = {fact.id: fact for fact in edition.facts}
    played: dict[str, str] = {}
    for role, kind in ROLE_KINDS.items():
        name = getattr(edition.roles, role)
        other = played.setdefault(name, role)
        fact = facts.get(name)
        fault = "unknown" if fact is None else "twice" if other != role else "kind"
        if fact is None or fact.kind != kind:
            raise LibraryError(
                "library_role",
                path=str(Path(edition.folder) / "edition.yaml"),
                role=role,
                fact=name,
                fault=fault,
                kind=kind,
                other=other,
            )


def _wrong_base(folder: Path, named: str) -> LibraryError:
    return LibraryError(
        "library_shape",
        path=str(folder / "edition.yaml"),
        place=named,
        shape="based_on",
        written="",
        expected="",
    )


def _read_content(folder: Path, contents: LibraryFiles) -> dict[str, Any]:
    head = contents.data(folder / "edition.yaml")
    if not isinstance(head, dict):
        raise LibraryError(
            "library_shape",
            path=str(folder / "edition.yaml"),
            place="",
            shape="mapping",
            written="",
            expected="",
        )
    parts = [
        contents.data(path) for path in sorted((folder / "table").glob("*.yaml"), key=_part_number)
    ]
    is_based = "based_on" in head
    return head | {
        "id": folder.name,
        "folder": str(folder),
        "rows": [row for part in parts if isinstance(part, list) for row in part],
        "grids": [part for part in parts if not isinstance(part, list)],
        "facts": _read_list(folder / "facts.yaml", contents, may_be_absent=is_based),
        "checks": _read_list(folder / "checks.yaml", contents, may_be_absent=is_based),
        "terms": _read_list(folder / "terms.yaml", contents, may_be_absent=True),
        "templates": {
            path.name: contents.text(path) for path in sorted((folder / "narrative").glob("*.j2"))
        },
    }


def _part_number(path: Path) -> tuple[int, str]:
    number = path.name.split("_")[0]
    return (int(number) if number.isdecimal() else 0), path.name


_FILES = {
    "rows": "table",
    "grids": "table",
    "facts": "facts.yaml",
    "checks": "checks.yaml",
    "terms": "terms.yaml",
}


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
