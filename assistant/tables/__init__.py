"""The tables of a form in any grid of cells: documents, sheets, web pages, pastes."""

from assistant.tables.cell_grid import CellGrid, GridCell
from assistant.tables.cell_texts import content_of, value_of
from assistant.tables.recognise import CellReading, TableReading, Unplaced, recognise
from assistant.tables.text_rows import rows_of_text
