"""An edition that stands on another: what it leaves out, says otherwise and adds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.storage.errors import LibraryError

_GROUPS = ("rows", "grids", "facts", "checks")


def extend(content: Mapping[str, Any], below: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The content of an edition laid over that of the edition it is based on.

    Keys of `edition.yaml` and templates replace those below. An entry whose id, or code with
    variant, exists below replaces the keys it names; any other is new and stands behind the
    entry named in `after`, or last. Terms are added to those below.

    Raises:
        LibraryError: `omit` or `after` names what is not there.
    """
    omitted = _texts(content.get("omit", []), path)
    merged = {**below, **content}
    merged.pop("omit", None)
    left = set(omitted)
    for group in _GROUPS:
        kept = {_key(entry): entry for entry in below[group] if _key(entry) not in omitted}
        left -= {_key(entry) for entry in below[group]}
        merged[group] = _laid_over(content[group], kept, path)
    if left:
        raise _complaint(path, f"omit → {sorted(left)[0]}")
    merged["terms"] = [*below["terms"], *content["terms"]]
    merged["omitted"] = omitted
    merged["templates"] = {**below["templates"], **content["templates"]}
    return merged


def _texts(omitted: object, path: Path) -> list[str]:
    if not isinstance(omitted, list):
        raise _complaint(path, "omit")
    return list(map(str, omitted))


def _laid_over(
    entries: list[dict[str, Any]], kept: dict[str, dict[str, Any]], path: Path
) -> list[dict[str, Any]]:
    order = dict(kept)
    for entry in entries:
        key, own = _key(entry), dict(entry)
        behind = own.pop("after", None)
        if key in order and behind is not None:
            raise _complaint(path, f"{key} → after")
        if key in order:
            order[key] = {**order[key], **own}
        elif behind is None:
            order[key] = own
        elif str(behind) in order:
            items = list(order.items())
            at = list(order).index(str(behind)) + 1
            order = dict([*items[:at], (key, own), *items[at:]])
        else:
            raise _complaint(path, f"{key} → after → {behind}")
    return list(order.values())


def _key(entry: object) -> str:
    """The id of an entry; of a check its code, with the variant behind a point."""
    if not isinstance(entry, dict):
        return ""
    if "code" in entry:
        return ".".join(str(entry[part]) for part in ("code", "variant") if part in entry)
    return str(entry.get("id", ""))


def _complaint(path: Path, place: str) -> LibraryError:
    return LibraryError(
        "library_shape", path=str(path), place=place, shape="unknown", written="", expected=""
    )
