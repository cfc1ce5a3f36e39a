"""A form with many cells beside one with few, each step within one process: forms.py FEW MANY.

Prints what each step takes for each number of the form, in seconds, as JSON in the order of the
files: {"replay to txt": [0.00008, 0.00005], ...}.
"""

import gc
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistant.answers import load
from assistant.dialog.interview import begin, handle_line
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.verify import compare
from assistant.form.loader import Library, open_library
from assistant.report.draft import make_draft
from assistant.ui.tui.line_layout import wrap
from assistant.ui.tui.preview_tabs import narrative, table
from tests.bench.measuring import medians

WIDTH = 77
"""Columns of a line at 80x24."""
ROUNDS = 21


def steps(path: Path, shelf: Library, folder: Path) -> dict[str, Callable[[], object]]:
    """What a user waits for: replay, documents, their proof, an answer, what the screen draws."""
    reading = load(path, shelf)
    draft, office = make_draft(reading, None, shelf.sentences), RenderOptions(shelf)
    word = folder / "x.docx"
    word.write_bytes(FORMATS["docx"].write(draft, office))
    cell = next(reversed(reading.answers.edition.indicators)).id
    interview = begin(reading.answers, None, shelf.sentences, resumes=False).interview
    asked = interview.at_question(cell)
    shown = frozenset[str]()

    def replay() -> None:
        made = make_draft(load(path, shelf), None, shelf.sentences)
        FORMATS["txt"].write(made, office)

    def face() -> None:
        wrap.cache_clear()
        for each in (
            table(draft, WIDTH, cell, shown, shelf.sentences),
            narrative(draft, (), shown),
        ):
            for paragraph in each:
                wrap(paragraph, WIDTH)

    return {
        "replay to txt": replay,
        "docx": lambda: FORMATS["docx"].write(draft, office),
        "xlsx": lambda: FORMATS["xlsx"].write(draft, office),
        "html": lambda: FORMATS["html"].write(draft, office),
        "verify a docx": lambda: compare(
            FORMATS["docx"].lines(draft, office), FORMATS["docx"].read(word).lines
        ),
        "an answer": lambda: handle_line(asked, "7"),
        "lines of the screen": face,
    }


def main(few: Path, many: Path) -> None:
    shelf = open_library()
    counts = [len(load(path, shelf).answers.edition.cells) for path in (few, many)]
    per_cell: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        pair = steps(few, shelf, Path(first)), steps(many, shelf, Path(second))
        gc.disable()  # else a collection falls now into one task, now into another
        for name in pair[0]:
            taken = medians({"few": pair[0][name], "many": pair[1][name]}, ROUNDS)
            per_cell[name] = [
                seconds / count for seconds, count in zip(taken.values(), counts, strict=True)
            ]
    print(json.dumps(per_cell))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
