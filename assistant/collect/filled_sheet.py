"""Filled collection sheets: of this form or not, and what stands in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.collect.form_tag import REMARK, VALUE, FormTag, read_stamp, value_key
from assistant.collect.places import CellProblem, Entered, FilledFile, place_of
from assistant.collect.sheet_cells import AnswerCells, Columns, SheetReader, is_figure
from assistant.export.formats.excel.workbook_cells import Sheet, SheetRow
from assistant.form.model import Edition, Fact
from assistant.storage.errors import FileError

_TELLING = 3
"""Labels of the form that somebody's own sheet may have."""


class Corner(NamedTuple):
    """What a collection sheet says of itself, and where."""

    stamp: FormTag
    top: SheetRow
    column: int


def corner_of(sheet: Sheet) -> Corner | None:
    """What a sheet says of itself, if it is one of ours."""
    for row in sheet.rows:
        for column, cell in row.cells.items():
            stamp = read_stamp(cell.text)
            if stamp is not None:
                return Corner(stamp, row, column)
    return None


def read_sheets(
    path: Path, sheets: Sequence[tuple[Sheet, Corner | None]], edition: Edition, stamp: FormTag
) -> FilledFile:
    """The answers and troubles of one file, whose sheets must bear this stamp.

    Raises:
        FileError: A sheet is one of another form or year, or its ids are gone or shuffled.
    """
    filled = FilledFile([], [])
    for sheet, corner in sheets:
        if corner is None:
            filled.troubles.extend(_strange(path, sheet, edition))
            continue
        if corner.stamp != stamp:
            found = corner.stamp
            raise FileError(
                "form_other", path=str(path), edition=found.edition, year=found.year,
                wanted=stamp.edition, wanted_year=stamp.year,
            )  # fmt: skip
        columns = _find_columns(corner, sheet, edition)
        if columns is None:
            raise FileError("form_columns", path=str(path), sheet=sheet.name)
        _prove_ids(path, sheet, columns, edition)
        for each in SheetReader(path, sheet, corner.top, columns, edition).read():
            if isinstance(each, Entered):
                filled.entered.append(each)
            else:
                filled.troubles.append(each)
    return filled


def _strange(path: Path, sheet: Sheet, edition: Edition) -> list[CellProblem]:
    """A sheet without a stamp is somebody's own, unless it has lost it; its figures are named."""
    keys = {VALUE, REMARK}
    labels = _labels(edition).keys()
    told = 0
    figure: CellProblem | None = None
    for row in sheet.rows:
        texts = {cell.text.strip() for cell in row.cells.values()}
        told += len(texts & labels)
        if keys <= texts or texts & edition.asked.keys() or told >= _TELLING:
            raise FileError("form_unstamped", path=str(path), sheet=sheet.name)
        for column, cell in row.cells.items():
            if figure is None and is_figure(cell):
                figure = CellProblem("strange", "", cell.text, place_of(path, sheet, row, column))
    return [figure] if figure else []


def _prove_ids(path: Path, sheet: Sheet, columns: Columns, edition: Edition) -> None:
    """The ids are there, and each stands at the row that is called so."""
    labels = _labels(edition)
    told = known = figures = 0
    for row in sheet.rows:
        name = row.cells[columns.ids].text.strip() if columns.ids in row.cells else ""
        found = {cell.text.strip(): at for at, cell in row.cells.items()
                 if at not in (columns.remark, *columns.values)}  # fmt: skip
        owners = {text: labels[text] for text in found if text in labels}
        told += len(owners)
        known += name in edition.questions
        figures += any(is_figure(row.cells[at]) for at in columns.values if at in row.cells)
        if name in edition.questions and owners and not any(name in ids for ids in owners.values()):
            label = next(iter(owners))
            place = place_of(path, sheet, row, found[label])
            raise FileError("form_shuffled", path=str(path), sheet=sheet.name, cell=place.cell,
                            label=label, name=edition.name(name))  # fmt: skip
    if not known and (figures or told >= _TELLING):
        raise FileError("form_no_ids", path=str(path), sheet=sheet.name)


def _labels(edition: Edition) -> Mapping[str, set[str]]:
    """What the rows of the form are called, with the ids of those that are called so."""
    named: dict[str, set[str]] = {}
    for row in (*edition.rows_by_id.values(), *edition.asked.values()):
        label = row.label if isinstance(row, Fact) else row.printed_label
        named.setdefault(label, set()).add(row.id)
    return named


def _find_columns(corner: Corner, sheet: Sheet, edition: Edition) -> Columns | None:
    """The columns that the top row names, each once, as many as the rows need."""
    named = [(cell.text.strip(), at) for at, cell in corner.top.cells.items()]
    keys = dict(named)
    said = [name for name, _ in named if name.startswith((VALUE, REMARK))]
    count = sum(name.startswith(VALUE) for name in said)
    names = [value_key(number) for number in range(count)]
    if not count or sorted(said) != sorted([*names, REMARK]):
        return None
    columns = Columns(corner.column, tuple(keys[name] for name in names), keys[REMARK])
    ids = (row.cells[columns.ids].text.strip() for row in sheet.rows if columns.ids in row.cells)
    asked = (edition.questions[name] for name in ids if name in edition.questions)
    wanted = max((len(AnswerCells.columns(question)) for question in asked), default=0)
    return columns if count >= wanted else None
