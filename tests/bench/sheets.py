"""Excel files written by the assistant and bare rows by the library, in turns: sheets.py ANSWERS.

Prints what one file takes in seconds, as JSON: {"floor": 0.005, "xlsx": 0.007}; and what the web
page of the same report takes: "html".
"""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from assistant.answers import load
from assistant.documents import FORMATS, Office
from assistant.draft import Draft, make_draft
from assistant.library import library

ROUNDS = 30


def floor(draft: Draft) -> bytes:
    """The rows of the tables, without looks, page or review."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for table in draft.report.tables:
        for row in table.rows:
            sheet.append([row.label, row.unit, *(float(cell.text or 0) for cell in row.cells)])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def seconds(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def main(path: Path) -> None:
    shelf = library()
    draft = make_draft(load(path, shelf), None, shelf.sentences)
    office = Office(shelf)
    tasks: dict[str, Callable[[], object]] = {
        "floor": lambda: floor(draft),
        "xlsx": lambda: FORMATS["xlsx"].write(draft, office),
        "html": lambda: FORMATS["html"].write(draft, office),
    }
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            taken[name].append(seconds(task))
    print(json.dumps({name: statistics.median(times) for name, times in taken.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
