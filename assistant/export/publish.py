"""The one way out: write to a temporary file, prove it, give it its name."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.proof import prove_document, prove_report
from assistant.report.draft import Draft
from assistant.storage.disk import make_folder, naming
from assistant.storage.written_files import Coming, FolderRecord, prepare, put_together


class Published(NamedTuple):
    """A document that has been written and proved."""

    path: Path
    is_renamed: bool
    """It got another name, because a person had changed the file of the first name."""


def outdated(draft: Draft, folder: Path, final: str, unfinished: str) -> list[Path]:
    """The documents of a folder that were made from other answers than those of a draft.

    Files that a person has edited are not among them, nor those of which no source is known. Nor
    is an unfinished one beside the final one of these answers: nobody will write it again. Names
    are without suffix.

    Raises:
        FileError: What stands there cannot be read.
    """
    record = FolderRecord(folder)
    found: list[Path] = []
    for suffix in FORMATS:
        for name in (final, unfinished):
            spot = record.spot(folder / f"{name}.{suffix}", None)
            source = record.made_from(spot)
            if not source:
                continue
            if source == draft.source:
                break
            found.append(spot.path)
    return found


class Publisher:
    """Writes documents into one folder and remembers what it wrote there."""

    def __init__(self, folder: Path, options: RenderOptions) -> None:
        """Make the folder when needed.

        Raises:
            FileError: The folder cannot be made.
        """
        make_folder(folder)
        self.folder = folder
        self._options = options
        self._record = FolderRecord(folder)

    def publish(self, draft: Draft, name: str, suffixes: Iterable[str]) -> list[Published]:
        """Write the report of a draft in some formats; all of them get their names, or none.

        Args:
            draft: The report with the answers it was made from.
            name: File name without suffix; from the answer file's own name, never from answers.
            suffixes: Formats, for example `("txt", "md")`.

        Raises:
            FileError: The folder cannot be written, the disk is full, or one document cannot be
                replaced; what stood there before stands there whole.
            VerificationError: A document does not say what its answers say.
        """
        prove_report(draft.report, draft.answers, draft.previous)
        with ExitStack() as held:
            files: list[Coming] = []
            published: list[Published] = []
            for suffix in suffixes:
                wanted = self.folder / f"{name}.{suffix}"
                data = FORMATS[suffix].write(draft, self._options)
                coming = prepare(self._record, wanted, data, held)
                path = coming.spot.path
                with naming(path):
                    prove_document(draft, self._options, coming.temporary, suffix)
                files.append(coming)
                published.append(Published(path, path != wanted))
            put_together(files, self._record, draft.source)
        return published
