"""From the folder of an edition to its model, laid over the editions it is based on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from assistant.form.entry import wrong_shape
from assistant.form.loader.compiled import compiled
from assistant.form.loader.data_files import LibraryFiles, read_yaml, validate
from assistant.form.model import ROLE_KINDS, Edition, Fact, Indicator
from assistant.storage.errors import LibraryError

_HEAD = "edition.yaml"
_GROUPS = ("rows", "grids", "facts", "checks", "passages")
"""Of which an entry may replace one of an edition below."""
_MOST_BASES = 8
"""Editions below one another; more are a mistake."""
_LISTS = ("facts", "checks", "terms", "passages")
"""Those that are the list of one file."""
_FILES = {
    "rows": "table",
    "grids": "table",
    "facts": "facts.yaml",
    "checks": "checks.yaml",
    "terms": "terms.yaml",
    "claims": "claims.yaml",
    "passages": "passages.yaml",
}
"""Where the entries of a group stand; all else stands in `edition.yaml`."""
_ENTRIES = re.compile(r"\b(?:id|code): ([A-Za-z0-9_]+)")
"""The ids and codes of the entries of a file."""

_Said = TypeVar("_Said", list[Any], dict[str, Any])


class _Folder(NamedTuple):
    """The files of an edition, examples apart."""

    path: Path
    head: dict[str, Any]
    """What `edition.yaml` says."""
    texts: dict[Path, str]
    """Of every file, in the order of the form."""

    def parts_of(self, name: str) -> Iterator[object]:
        """What the YAML files of a folder in it say."""
        folder = self.path / name
        return (read_yaml(self.texts[path], path) for path in self.texts if path.parent == folder)

    def said(self, name: str, kind: type[_Said]) -> _Said:
        """What one file says, a list or a mapping; nothing where an edition has none."""
        path = self.path / name
        said = read_yaml(self.texts[path], path) if path in self.texts else kind()
        if not isinstance(said, kind):
            raise wrong_shape(path, "", "list" if kind is list else "mapping")
        return said


def read_edition(path: Path) -> Edition:
    """Read one edition, with what it shares with those it is based on.

    Raises:
        LibraryError: A file of it is missing or wrong; file and entry are named.
    """
    files = LibraryFiles(path.parent)
    folders = _read_folders(path, files)
    texts = (text for folder in folders for text in folder.texts.items())
    named = (part for each in texts for part in map(str, each))
    return compiled(Edition, path, named, lambda: _make_edition(folders))


def _read_folder(path: Path, files: LibraryFiles) -> _Folder:
    """The texts of an edition; one that is based on another may have no facts and no checks."""
    text = files.text(path / _HEAD)
    head = read_yaml(text, path / _HEAD)
    if not isinstance(head, dict):
        raise wrong_shape(path / _HEAD, "", "mapping")
    wanted = () if "based_on" in head else ("facts.yaml", "checks.yaml")
    lists = [path / name for name in _FILES.values() if name != "table"]
    paths = [
        *sorted((path / "table").glob("*.yaml"), key=_part_number),
        *(each for each in lists if each.name in wanted or each.is_file()),
        *sorted((path / "narrative").glob("*.j2")),
    ]
    return _Folder(path, head, {path / _HEAD: text, **{each: files.text(each) for each in paths}})


def _part_number(path: Path) -> tuple[int, str]:
    number = path.name.split("_")[0]
    return (int(number) if number.isdecimal() else 0), path.name


def _read_folders(path: Path, files: LibraryFiles) -> Sequence[_Folder]:
    """An edition and those that it is based on, each before the one below it.

    Raises:
        LibraryError: One is based on what does not stand beside it, on itself, or on too many.
    """
    folders = [_read_folder(path, files)]
    while "based_on" in folders[-1].head:
        above = folders[-1]
        named = str(above.head["based_on"])
        below = path.parent / named
        is_beside = below.parent == path.parent and below.name not in ("", "..")
        if not is_beside or not (below / _HEAD).is_file():
            raise wrong_shape(above.path / _HEAD, named, "based_on")
        names = [folder.path.name for folder in folders]
        if below.name in names or len(folders) > _MOST_BASES:
            raise wrong_shape(above.path / _HEAD, " → ".join([*names, named]), "based_on_itself")
        folders.append(_read_folder(below, files))
    return folders


def _make_edition(folders: Sequence[_Folder]) -> Edition:
    *above, lowest = folders
    content = _read_content(lowest)
    for folder in reversed(above):
        content = _extend(folder, content)
    texts = "\0".join(text for folder in folders for text in folder.texts.values())
    content["made_of"] = sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()
    if above:
        omitted = {name for folder in above for name in _omitted(folder)}
        there = {_key(entry) for group in _GROUPS for entry in content[group]}
        content["omitted"] = sorted(omitted - there)
        content["based_on"] = [str(folder.path) for folder in folders[1:]]
    edition = validate(Edition, content, lambda each: _place_of(each["loc"], folders, content))
    for gap in _gaps_of(edition):
        path, where = _place_of(gap, folders, content)
        raise wrong_shape(path, " → ".join(where), "missing")
    _see_roles(edition)
    return edition


def _read_content(folder: _Folder) -> dict[str, Any]:
    parts = list(folder.parts_of("table"))
    return folder.head | {
        "id": folder.path.name,
        "folder": str(folder.path),
        "rows": [row for part in parts if isinstance(part, list) for row in part],
        "grids": [part for part in parts if not isinstance(part, list)],
        **{group: folder.said(_FILES[group], list) for group in _LISTS},
        "claims": folder.said("claims.yaml", dict),
        "templates": {
            path.name: text for path, text in folder.texts.items() if path.suffix == ".j2"
        },
    }


def _place_of(
    loc: Sequence[str | int], folders: Sequence[_Folder], content: Mapping[str, Any]
) -> tuple[Path, list[str]]:
    """File, entry and key of a mistake, from the way to it that pydantic names.

    The file is the first of the own folder and of those below that says something of the entry.
    """
    group, *steps = loc or ("",)
    file = _FILES.get(str(group), _HEAD)
    paths = [folder.path for folder in folders]
    if file == _HEAD:
        says = [folder.path for folder in folders if group in folder.head]
        return file_of(says or paths, file), [*map(str, (group, *steps))]
    if group == "claims":
        return file_of(paths, file), [*map(str, steps)]
    position = next((step for step in steps if isinstance(step, int)), 0)
    entry = content[str(group)][position]
    own = entry if isinstance(entry, dict) else {}
    kind, name = own.get("kind"), str(own.get("code") or own.get("id") or position + 1)
    inside = (each for each in map(str, steps[1:]) if each != kind and not each[:1].isupper())
    return file_of(paths, file, name), [name, *inside]


def file_of(folders: Iterable[Path | str], file: str, entry: str = "") -> Path:
    """The file that something of an edition stands in: its own, or one of those it is based on.

    Args:
        folders: The folder of the edition and those below it.
        file: A file, or a folder of them, as an edition names it: `checks.yaml`, `table`.
        entry: Id or code of an entry; the file that it stands in comes first.
    """
    places = [Path(folder) / file for folder in folders]
    there = [place for place in places if place.exists()]
    for place in there if entry else ():
        for path in sorted(place.glob("*.yaml")) if place.is_dir() else [place]:
            if entry in _ENTRIES.findall(path.read_text(encoding="utf-8")):
                return path
    return there[0] if there else places[0]


def _extend(folder: _Folder, below: Mapping[str, Any]) -> dict[str, Any]:
    """The content of an edition laid over that of the edition it is based on.

    Keys of `edition.yaml` and templates replace those below. An entry whose id, or code with
    variant, exists below replaces the keys it names; any other is new and stands behind the
    entry named in `after`, or last. Terms are added to those below. The hashes of labels below
    are not those of its own tables.

    Raises:
        LibraryError: `omit` or `after` names what is not there.
    """
    content, path, omitted = _read_content(folder), folder.path / _HEAD, _omitted(folder)
    merged = {**below, "labels": None, **content}
    merged.pop("omit", None)
    left = set(omitted)
    for group in _GROUPS:
        kept = {_key(entry): entry for entry in below[group] if _key(entry) not in omitted}
        left -= {_key(entry) for entry in below[group]}
        merged[group] = _laid_over(content[group], kept, path)
    if left:
        raise wrong_shape(path, f"omit → {sorted(left)[0]}")
    merged["terms"] = [*below["terms"], *content["terms"]]
    merged["claims"] = content["claims"] or below["claims"]
    merged["templates"] = {**below["templates"], **content["templates"]}
    return merged


def _omitted(folder: _Folder) -> list[str]:
    omitted = folder.head.get("omit", [])
    if not isinstance(omitted, list):
        raise wrong_shape(folder.path / _HEAD, "omit")
    return list(map(str, omitted))


def _laid_over(
    entries: list[dict[str, Any]], kept: dict[str, dict[str, Any]], path: Path
) -> list[dict[str, Any]]:
    order = dict(kept)
    for entry in entries:
        key, own = _key(entry), dict(entry)
        behind = own.pop("after", None)
        if key in order and behind is not None:
            raise wrong_shape(path, f"{key} → after")
        if key in order:
            order[key] = {**order[key], **own}
        elif behind is None:
            order[key] = own
        elif str(behind) in order:
            items = list(order.items())
            at = list(order).index(str(behind)) + 1
            order = dict([*items[:at], (key, own), *items[at:]])
        else:
            raise wrong_shape(path, f"{key} → after → {behind}")
    return list(order.values())


def _key(entry: object) -> str:
    """The id of an entry; of a check its code, with the variant behind a point."""
    if not isinstance(entry, dict):
        return ""
    if "code" in entry:
        return ".".join(str(entry[part]) for part in ("code", "variant") if part in entry)
    return str(entry.get("id", ""))


def _gaps_of(edition: Edition) -> Iterator[tuple[str | int, ...]]:
    """The ways to what an edition lacks to be filled in; one that is only read needs none."""
    if edition.reading_only:
        return
    if not edition.preamble:
        yield ("preamble",)
    for at, section in enumerate(edition.sections):
        if not section.template:
            yield "sections", at, "template"
    for at, row in enumerate(edition.rows):
        if isinstance(row, Indicator):
            yield from (("rows", at, key) for key in _unsaid(row))
    for at, fact in enumerate(edition.facts):
        yield from (("facts", at, key) for key in _unsaid(fact))


def _unsaid(asked: Indicator | Fact) -> Iterator[str]:
    return (key for key in ("ask", "help") if key not in asked.given())


def _see_roles(edition: Edition) -> None:
    """See that every role is played by a fact of its kind, and none by that of another.

    Raises:
        LibraryError: One is not.
    """
    facts = {fact.id: fact for fact in edition.facts}
    played: dict[str, str] = {}
    for role, kind in ROLE_KINDS.items():
        name = getattr(edition.roles, role)
        other = played.setdefault(name, role)
        fact = facts.get(name)
        fault = "unknown" if fact is None else "twice" if other != role else "kind"
        if fact is None or fact.kind != kind:
            path = Path(edition.folder) / _HEAD
            raise LibraryError("library_role", path=str(path), role=role, fact=name, fault=fault,
                               kind=kind, other=other)  # fmt: skip
