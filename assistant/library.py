"""From the folder `prompts_templates/` to editions and sentences."""

from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import EditionError, FileError, LibraryError
from assistant.files import decode, parse, plain, read_bytes
from assistant.schema import Edition
from assistant.wording import Sentences


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
                raise LibraryError("library_shape", path=str(path), place="", shape="mapping")
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
        raise LibraryError("library_shape", path=str(path), place="", shape="list")
    return entries


def _read_edition(folder: Path) -> Edition:
    head = _read(folder / "edition.yaml")
    if not isinstance(head, dict):
        raise LibraryError(
            "library_shape", path=str(folder / "edition.yaml"), place="", shape="mapping"
        )
    parts = sorted((folder / "table").glob("*.yaml"), key=_part_number)
    rows = [row for part in parts for row in _read_list(part)]
    try:
        return Edition.model_validate(
            head
            | {
                "id": folder.name,
                "folder": str(folder),
                "rows": rows,
                "facts": _read_list(folder / "facts.yaml"),
                "checks": _read_list(folder / "checks.yaml"),
                "templates": _read_templates(folder / "narrative"),
            }
        )
    except ValidationError as fault:
        mistakes = fault.errors(include_url=False, include_input=False)
        worst = min(mistakes, key=lambda each: each["type"] != "extra_forbidden")
        raise _complaint(folder, rows, worst["loc"], worst["type"]) from fault


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


def _complaint(
    folder: Path,
    rows: list[object],
    place: tuple[int | str, ...],
    shape: str,
) -> LibraryError:
    """Name file, entry and key of a mistake pydantic found."""
    group = str(place[0]) if place else ""
    file = {"rows": "table", "facts": "facts.yaml", "checks": "checks.yaml"}.get(
        group, "edition.yaml"
    )
    where = [str(step) for step in place[1:] if not str(step)[:1].isupper()]
    if group == "rows" and len(place) > 1 and isinstance(place[1], int):
        row = rows[place[1]]
        where[0] = str(row.get("id", place[1])) if isinstance(row, dict) else where[0]
    elif file == "edition.yaml":
        where = [group, *where]
    return LibraryError(
        "library_shape", path=str(folder / file), place=" → ".join(where), shape=shape
    )
