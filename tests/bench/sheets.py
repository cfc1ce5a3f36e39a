"""Excel files written by the assistant and bare rows by the library, in turns: sheets.py ANSWERS.

Prints what one file takes in seconds, as JSON: {"floor": 0.005, "xlsx": 0.007}; and what the web
page of the same report takes: "html".
"""

import io
import json
import sys
from pathlib import Path

from openpyxl import Workbook

from assistant.answers import load
from assistant.export.formats import FORMATS, RenderOptions
from assistant.form.loader import open_library
from assistant.report.draft import Draft, make_draft
from tests.bench.measuring import medians


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


def main(path: Path) -> None:
    shelf = open_library()
    draft = make_draft(load(path, shelf), None, shelf.sentences)
    office = RenderOptions(shelf)
    taken = medians(
        {
            "floor": lambda: floor(draft),
            "xlsx": lambda: FORMATS["xlsx"].write(draft, office),
            "html": lambda: FORMATS["html"].write(draft, office),
        }
    )
    print(json.dumps(taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
