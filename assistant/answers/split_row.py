"""A row of a list typed on one line, taken apart into its cells: 业务动态 112条."""

import re
from collections.abc import Sequence

from assistant.answers.single_values import find_option
from assistant.form.model import Column, Option
from assistant.values.numerals import NUMERAL_CHARACTERS
from assistant.values.read_value import MEASURES, to_half_width

_BLANKS = " \t\u3000\u00a0"
_BETWEEN = _BLANKS + "：:→，,、-－—–"
"""What may stand between two cells."""
_TAIL_LIMIT = 48
"""Characters at the end of a row in which its number is sought."""
_UNITS = "|".join(MEASURES)
_ROUGHLY = "大约|大概|将近|接近|超过|不到|不足|至少|约|近|逾"
_ARABIC = re.compile(
    rf"(?:{_ROUGHLY}|[-−﹣负])?[0-9][0-9,，]*(?:\.[0-9]+)?\s*[百千]?[万亿]?\s*[余多几来]?\s*"
    rf"(?:{_UNITS}|%)?(?:左右|上下|以上|以下)?$"
)
_TOGETHER = re.compile(rf"(?:[0-9]\s*(?:{_UNITS})|[\s：:][0-9]+)\s*[，,、]")
"""The end of one row and the beginning of another: 业务动态112条，机构职能8条."""


def split_row(columns: Sequence[Column], text: str) -> list[str] | None:
    """Take a typed row apart, one text a column; `None` when it cannot be.

    With as many tabs as a spreadsheet puts between the cells, these are the borders. Else a
    count is taken from the end, an option from the beginning, by the longest label that fits.
    """
    row = text.strip(_BLANKS)
    if len(columns) == 1:
        return [row]
    pasted = [cell.strip(_BLANKS) for cell in row.split("\t")]
    if len(pasted) == len(columns) and all(pasted):
        return [cell.rstrip("：，、") or cell for cell in pasted]
    cells = _take_apart(columns, row)
    return cells if cells and all(cells) else None


def holds_two_rows(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    """Whether a name holds what looks like the count of a row before it."""
    has_count = any(column.kind == "count" for column in columns)
    return has_count and any(
        column.kind == "line" and _TOGETHER.search(to_half_width(cell)) is not None
        for column, cell in zip(columns, cells, strict=True)
    )


def _take_apart(columns: Sequence[Column], row: str) -> list[str] | None:
    if len(columns) == 1:
        return [row.strip(_BLANKS)]
    first, last = columns[0], columns[-1]
    if last.kind == "count":
        head, tail = _cut_count(last, row)
        rest = _take_apart(columns[:-1], head) if tail else None
        return [*rest, tail] if rest else None
    if first.kind == "choice" or last.kind != "choice":
        head, tail = _cut_option(first.options, row) if first.options else _cut_first(row)
        rest = _take_apart(columns[1:], tail) if tail else None
        return [head, *rest] if rest else None
    head, tail = _cut_last_option(last.options, row)
    rest = _take_apart(columns[:-1], head) if head else None
    return [*rest, tail] if rest else None


def _cut_count(column: Column, row: str) -> tuple[str, str]:
    """Cut the longest number off the end; a numeral only where it cannot be part of a name."""
    line = row.rstrip(_BLANKS + "。")
    start = max(0, len(line) - _TAIL_LIMIT)
    window = to_half_width(line[start:])
    unit = re.escape(column.unit)
    numeral = rf"[{NUMERAL_CHARACTERS}]+\s*[余多]?"
    in_words = re.compile(
        rf"(?<=[\s：:])(?:(?:{numeral}\s*(?:{unit})?)|没有|无(?:{unit})?)$"
        rf"|(?<![第统唯{NUMERAL_CHARACTERS}]){numeral}{unit}$"
    )
    match = _ARABIC.search(window) or in_words.search(window)
    if match is None:
        return row, ""
    at = start + match.start()
    return line[:at].rstrip(_BETWEEN), line[at:]


def _cut_first(row: str) -> tuple[str, str]:
    """Cut at the first mark between cells."""
    match = re.search(rf"[{re.escape(_BETWEEN)}]", row)
    if match is None:
        return row, ""
    return row[: match.start()], row[match.start() :].lstrip(_BETWEEN + ">")


def _cut_option(options: Sequence[Option], row: str) -> tuple[str, str]:
    """Cut an option off the beginning; the longest name that a mark follows."""
    names = (name for option in options for name in (option.label, option.id))
    for name in sorted(names, key=len, reverse=True):
        if row.startswith(name) and row[len(name) : len(name) + 1] in tuple(_BETWEEN):
            return name, row[len(name) :].lstrip(_BETWEEN + ">")
    return _cut_first(row)


def _cut_last_option(options: Sequence[Option], row: str) -> tuple[str, str]:
    """Cut an option off the end; the longest that a mark precedes."""
    for match in re.finditer(rf"[{re.escape(_BETWEEN)}]+", row):
        tail = row[match.end() :].lstrip(">")
        if find_option(options, tail) is not None:
            return row[: match.start()], tail
    return row, ""
