"""`--summary`: one row for each body of a run, for who collects the reports of many."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from assistant.cli.run_files import RunFile
from assistant.export.formats.excel.write_list import Cell, write_list
from assistant.form.loader import Library
from assistant.storage.disk import check_new_name, temporary_file
from assistant.storage.errors import FileError
from assistant.storage.written_files import Coming, FolderRecord, put_together
from assistant.values.characters import clipped, visible

_HEADS = {
    "path": 28.0, "body": 24.0, "year": 0.0, "state": 12.0, "error": 0.0, "confirm": 0.0,
    "notice": 0.0, "acknowledged": 0.0, "missing": 0.0, "missing_names": 40.0, "message": 40.0,
}  # fmt: skip
"""What stands in front of the totals, with its width; 0 is that of numbers."""
_LEVELS = ("error", "confirm", "notice", "acknowledged")
_LIMIT = 300
"""Characters of the names of what is missing."""
_FORMULA = ("=", "+", "-", "@")


class SummaryFile:
    """The rows of a run, written when it is over."""

    def __init__(self, path: Path, library: Library) -> None:
        """Name the file; nothing is written yet.

        Raises:
            FileError: It is neither `.xlsx` nor `.csv`, or its name cannot be given.
        """
        if path.suffix.lower() not in (".xlsx", ".csv"):
            raise FileError("summary_unsupported", path=str(path))
        check_new_name(path)
        self._path = path
        self._library = library
        self._rows: list[dict[str, Cell]] = []
        self._totals: dict[str, None] = {}

    def watch(self, results: Iterable[RunFile]) -> Iterator[RunFile]:
        """The same results, each noted while it passes."""
        for result in results:
            self._rows.append(self._row(result))
            yield result

    def write(self) -> Path:
        """Write the rows; a file of somebody else of that name stays, and this gets another.

        Returns:
            Where they are.

        Raises:
            FileError: They cannot be written.
        """
        data = self._as_csv() if self._path.suffix.lower() == ".csv" else self._as_workbook()
        record = FolderRecord(self._path.parent)
        spot = record.spot(self._path, data)
        with temporary_file(data, spot.path, durable=False) as temporary:
            put_together([Coming(temporary, spot, data)], record)
        return spot.path

    def _row(self, result: RunFile) -> dict[str, Cell]:
        say = self._library.sentences.say
        state = say(f"summary.state_{result.status}")
        if result.status == "failed":
            return {"path": result.path, "state": state, "message": result.message}
        edition = self._library.edition(result.edition)
        totals = {edition.name(name): Decimal(text) for name, text in result.totals.items()}
        self._totals |= dict.fromkeys(totals)
        names = "、".join(map(edition.name, result.missing))
        return {
            "path": result.path,
            "body": result.body,
            "year": str(result.year),
            "state": state,
            **{level: Decimal(result.counts[level]) for level in _LEVELS},
            "missing": Decimal(len(result.missing)),
            "missing_names": clipped(names, _LIMIT),
            **totals,
        }

    def _table(self) -> tuple[list[str], list[list[Cell]]]:
        """The words above the columns, and the rows, a file that failed blank where it has none."""
        heads = [self._library.sentences.say(f"summary.head_{name}") for name in _HEADS]
        names = [*_HEADS, *self._totals]
        rows = [[_seen(row.get(name, "")) for name in names] for row in self._rows]
        return [*heads, *self._totals], rows

    def _as_csv(self) -> bytes:
        """With a byte order mark, without which Excel takes it for another encoding."""
        heads, rows = self._table()
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows([[_plain(cell) for cell in row] for row in rows])
        return text.getvalue().encode("utf-8-sig")

    def _as_workbook(self) -> bytes:
        heads, rows = self._table()
        widths = [*_HEADS.values(), *(0.0 for _ in self._totals)]
        title = self._library.sentences.say("summary.title")
        return write_list(title, list(zip(heads, widths, strict=True)), rows, self._library)


def _seen(cell: Cell) -> Cell:
    return cell if isinstance(cell, Decimal) else visible(cell)


def _plain(cell: Cell) -> str:
    """A cell of a text file; words that a program would work out get an apostrophe in front."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
