"""The tables of a form in any grid of cells: documents, sheets, web pages, pastes."""
