"""Tables that reached us as text: what pages, tools and clipboards make of their borders."""

from collections.abc import Callable, Sequence

import pytest

from assistant.form.loader import Library
from assistant.tables.cell_texts import value_of
from assistant.tables.recognise import recognise
from assistant.tables.text_rows import rows_of_text
from tests.published.corpus import grids_of, load

Row = Sequence[str]


def _cell_a_line(row: Row) -> list[str]:
    return [*(f"{text} |" if text else "|" for text in row), "|||"]


SHAPES: dict[str, Callable[[Row], list[str]]] = {
    "a cell a line with borders": _cell_a_line,
    "borders on lines of their own": lambda row: [each for text in row for each in (text, "|")],
    "borders around": lambda row: [f"| {' | '.join(row)} | ||"],
    "borders between": lambda row: [f"{' | '.join(row)} |"],
    "tabs": lambda row: ["\t".join(row)],
    "a cell a line": list,
}


@pytest.mark.parametrize("name", ["county-2022", "lead-2024", "zone-2025"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_read_out_of_text(shelf: Library, name: str, shape: str) -> None:
    report = load(name)
    edition = shelf.edition(report.edition)
    rows = [[cell.text for cell in row] for grid in grids_of(report) for row in grid.rows]
    lines = [line for row in rows for line in SHAPES[shape](row)]
    found = recognise(rows_of_text(lines), edition).cells
    values = {
        cell: str(value_of(edition.cells[cell], reading.texts[0]))
        for cell, reading in found.items()
        if reading.is_read
    }
    assert values == {cell: str(value).replace(",", "") for cell, value in report.cells.items()}
