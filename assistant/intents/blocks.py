"""A pasted column or block of figures, row by row to its questions."""

import re
from collections.abc import Iterator, Sequence

from assistant.intents.meaning import Pasted
from assistant.intents.names import Names, bare
from assistant.schema import Edition, Heading, Indicator, Question
from assistant.values import MEASURES, Refusal, read

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)"
    r"|[0-9０-９]+[.．、]|其中[:：]?)+"
)
_CELLS = re.compile(r"\t|\||\s+")
_ROW_OF_NUMBERS = re.compile(r"\s*[0-9０-９.,]+(?:\s+[0-9０-９.,]+)+\s*")


def is_block(text: str) -> bool:
    """Whether a text has the shape of a pasted column, block or row of figures."""
    return "\n" in text.strip("\n") or "\t" in text or bool(_ROW_OF_NUMBERS.fullmatch(text))


def read_block(text: str, asked: Question | None, names: Names) -> Pasted:
    """Find the question of every row: by its label, or one after the other from the one asked."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) == 1 and _ROW_OF_NUMBERS.fullmatch(text):
        lines = text.split()
    if all(not line.strip() or _is_number(line.strip()) for line in lines):
        return _read_column(lines, asked, names.edition)
    return _read_rows(lines, names)


def _is_number(cell: str) -> bool:
    return not isinstance(read(cell, "amount", "万元"), Refusal) or not isinstance(
        read(cell.rstrip("".join(MEASURES)), "count", "件"), Refusal
    )


def _read_column(lines: Sequence[str], asked: Question | None, edition: Edition) -> Pasted:
    order = list(edition.indicators)
    start = order.index(asked) if isinstance(asked, Indicator) else len(order)
    cells = [line.strip() for line in lines]
    pairs = list(zip(order[start:], cells, strict=False))
    return Pasted(
        entries=tuple((item.id, cell) for item, cell in pairs if cell),
        blank=tuple(item.id for item, cell in pairs if not cell),
        left_over=tuple(cell for cell in cells[len(pairs) :] if cell),
    )


def _read_rows(lines: Sequence[str], names: Names) -> Pasted:
    entries: list[tuple[str, str]] = []
    blank: list[str] = []
    left_over: list[str] = []
    last = 0
    for line in lines:
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        if not cells or _is_heading(cells, names.edition):
            continue
        name = _labelled(cells, names, last)
        numbers = [cell for cell in cells[1:] if _is_number(cell)]
        if name is None or len(numbers) > 1 or name in dict(entries):
            left_over.append(line.strip())
            continue
        last = names.number_of(name)
        if numbers:
            entries.append((name, numbers[0]))
        else:
            blank.append(name)
    return Pasted(tuple(entries), tuple(blank), tuple(left_over))


def _labelled(cells: Sequence[str], names: Names, last: int) -> str | None:
    """The question of a row; a label the form uses twice means the next one below the last row."""
    for label in _labels(cells):
        found = names.exact.get(bare(label), ())
        later = [name for name in found if names.number_of(name) > last]
        if later or found:
            return (later or list(found))[0]
    return None


def _labels(cells: Sequence[str]) -> Iterator[str]:
    """The label of a row as it may be cut: with numbering, without, over several cells."""
    words = [cell for cell in cells if not _is_number(cell) and cell not in MEASURES]
    for label in ("".join(words), *words):
        yield label
        yield _NUMBERING.sub("", label)


def _is_heading(cells: Sequence[str], edition: Edition) -> bool:
    label = bare(_NUMBERING.sub("", "".join(cells)))
    headings = (row for row in edition.rows if isinstance(row, Heading))
    return any(label == bare(row.label) for row in headings)
