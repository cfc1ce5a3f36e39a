"""From the folder `prompts_templates/` to editions and sentences."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.form.entry import wrong_shape
from assistant.form.loader.compiled import compiled
from assistant.form.loader.data_files import LibraryFiles, read_yaml, validate
from assistant.messages import Sentences
from assistant.storage.errors import EditionError, LibraryError

if TYPE_CHECKING:
    from assistant.form.model import Edition
    from assistant.form.model.typography import Typography


SENTENCE_LIMIT = 2_000
"""Characters of a sentence; each place in it may be filled with a whole text."""


class Library:
    """The domain data of one folder, each file read when first needed."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is read yet."""
        self.folder = folder
        self._editions: dict[str, Edition] = {}

    @cached_property
    def sentences(self) -> Sentences:
        """Every sentence the assistant itself says.

        Raises:
            LibraryError: `wording.yaml` is missing or not sections of sentences, none too long.
        """
        path = self.folder / "wording.yaml"
        text = LibraryFiles(self.folder).text(path)
        sections = compiled(dict, path, [text], lambda: _read_sections(text, path))
        return Sentences(sections, path)

    @cached_property
    def typography(self) -> "Typography":
        """The looks of Word documents.

        Raises:
            LibraryError: `typography.yaml` is missing or wrong; the entry is named.
        """
        from assistant.form.model.typography import Typography  # noqa: PLC0415  only Word

        path = self.folder / "typography.yaml"
        text = LibraryFiles(self.folder).text(path)

        def make() -> Typography:
            return validate(
                Typography, read_yaml(text, path), lambda each: (path, [*map(str, each["loc"])])
            )

        return compiled(Typography, path, [text], make)

    def edition_ids(self) -> tuple[str, ...]:
        """The editions of this folder by name, those too that can only be read."""
        return self._ids

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        try:
            return tuple(sorted(path.parent.name for path in self.folder.glob("*/edition.yaml")))
        except OSError:
            return ()

    def fillable_ids(self) -> tuple[str, ...]:
        """The editions that can be filled in; one that cannot be read counts among them."""
        return tuple(name for name in self.edition_ids() if not self._is_only_read(name))

    def _is_only_read(self, name: str) -> bool:
        try:
            return self.edition(name).reading_only
        except LibraryError:
            return False

    def readable_editions(self, year: int | None = None) -> tuple["Edition", ...]:
        """The editions that published reports can be read with, of one report year or of all.

        Raises:
            LibraryError: A file of one is missing or wrong.
        """
        editions = map(self.edition, self.edition_ids())
        return tuple(each for each in editions if year is None or year in each.years)

    def editions_of(self, year: int) -> tuple["Edition", ...]:
        """The editions that can be filled in for a report year, those for one place alone first.

        Raises:
            LibraryError: A file of one is missing or wrong.
        """
        fitting = [each for each in self.readable_editions(year) if not each.reading_only]
        return tuple(sorted(fitting, key=lambda each: not each.is_special))

    def edition_to_fill(self, name: str = "") -> "Edition":
        """Read one edition that can be filled in, the last one by default.

        Raises:
            EditionError: There is none of this name, or it can only be read.
            LibraryError: A file of it is missing or wrong; file and entry are named.
        """
        if not name:
            names = reversed(self.edition_ids())
            name = next((each for each in names if not self._is_only_read(each)), name)
        edition = self.edition(name)
        if edition.reading_only:
            raise EditionError("edition_reading_only", edition=name, title=edition.title)
        return edition

    def edition(self, name: str) -> "Edition":
        """Read one edition.

        Raises:
            EditionError: There is none of this name.
            LibraryError: A file of it is missing or wrong; file and entry are named.
        """
        if name not in self._editions:
            if name not in self.edition_ids():
                known = "、".join(self.fillable_ids())
                raise EditionError("edition_unknown", edition=name, known=known)
            from assistant.form.loader.edition_folder import read_edition  # noqa: PLC0415  sentences need none

            self._editions[name] = read_edition(self.folder / name)
        return self._editions[name]


def _read_sections(text: str, path: Path) -> dict[str, dict[str, str]]:
    sections = read_yaml(text, path)
    if not isinstance(sections, dict) or not all(
        isinstance(texts, dict) and all(map(_is_sentence, texts.values()))
        for texts in sections.values()
    ):
        raise wrong_shape(path, "", "mapping")
    return sections


def _is_sentence(text: object) -> bool:
    return isinstance(text, str) and len(text) <= SENTENCE_LIMIT


def shipped(name: str) -> Path:
    """A folder of data inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[2]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@lru_cache(maxsize=4)
def open_library(folder: Path | None = None) -> Library:
    """The library of a folder, the shipped one by default; read once a process."""
    return Library(folder or shipped("prompts_templates"))
