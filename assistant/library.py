"""From the folder `prompts_templates/` to editions and sentences."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.errors import EditionError, FileError, LibraryError
from assistant.files import decode, parse, plain, read_bytes
from assistant.schema import Edition
from assistant.wording import Sentences

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Library:
    """The domain data of one folder, each file read when first needed."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is read yet."""
        self.folder = folder
        self._ids: tuple[str, ...] | None = None
        self._editions: dict[str, Edition] = {}
        self._sentences: Sentences | None = None

    @property
    def sentences(self) -> Sentences:
        """Every sentence the assistant itself says.

        Raises:
            LibraryError: `wording.yaml` is missing or not sections of sentences.
        """
        if self._sentences is None:
            path = self.folder / "wording.yaml"
            sections = _read(path)
            if not isinstance(sections, dict) or not all(
                isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values())
                for texts in sections.values()
            ):
                raise LibraryError(
                    "library_shape",
                    path=str(path),
                    place="",
                    shape="mapping",
                    written="",
                    expected="",
                )
            self._sentences = Sentences(sections, path)
        return self._sentences

    def edition_ids(self) -> tuple[str, ...]:
        """The editions of this folder, in the order of their names."""
        if self._ids is None:
            try:
                heads = self.folder.glob("*/edition.yaml")
                self._ids = tuple(sorted(path.parent.name for path in heads))
            except OSError:
                self._ids = ()
        return self._ids

    def edition(self, name: str) -> Edition:
        """Read one edition.

        Raises:
            EditionError: There is none of this name.
            LibraryError: A file of it is missing or wrong; file and entry are named.
        """
        if name not in self._editions:
            if name not in self.edition_ids():
                known = "、".join(self.edition_ids())
                raise EditionError("edition_unknown", edition=name, known=known)
            self._editions[name] = _read_edition(self.folder / name)
        return self._editions[name]


def shipped_folder() -> Path:
    """`prompts_templates/` inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "prompts_templates"
    return inside if inside.is_dir() else package.parent / "prompts_templates"


@lru_cache(maxsize=4)
def library(folder: Path | None = None) -> Library:
    """The library of a folder, the shipped one by default; read once a process."""
    return Library(folder or shipped_folder())


def _read(path: Path) -> object:
    try:
        return plain(parse(decode(read_bytes(path), path).text, path))
    except FileError as fault:
        raise LibraryError(fault.code, **fault.details) from fault


def _read_list(path: Path) -> list[object]:
    entries = _read(path)
    if not isinstance(entries, list):
        raise LibraryError(
            "library_shape", path=str(path), place="", shape="list", written="", expected=""
        )
    return entries


def _read_edition(folder: Path) -> Edition:
    head = _read(folder / "edition.yaml")
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
        mistakes = fault.errors(include_url=False)
        worst = min(mistakes, key=lambda each: each["type"] != "extra_forbidden")
        raise _complaint(folder, content, worst) from fault


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
    written = mistake["input"]
    return LibraryError(
        "library_shape",
        path=str(folder / file),
        place=" → ".join(where),
        shape=mistake["type"],
        written=written if isinstance(written, str) else "",
        expected=str(mistake.get("ctx", {}).get("expected", ""))
        .replace("'", "")
        .replace(" or ", "、")
        .replace(", ", "、"),
    )
