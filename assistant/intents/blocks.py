"""A pasted column or block of figures, row by row to its questions."""

import re
from collections.abc import Iterator, Sequence

from assistant.intents.grids import NOTHING, read_line_of_grid
from assistant.intents.meaning import Pasted
from assistant.intents.names import Names, bare, unnumbered
from assistant.schema import Edition, Heading, Indicator, Question
from assistant.values import MEASURES, Refusal, read

_CELLS = re.compile(r"\t|\||\s+")
_BREAK = re.compile(r"\r\n|\r|\n")
_FILLER = re.compile(r"[-－—–/／]+|[0-9０-９]+[.．、]|其中[:：]?")
"""What stands in a row for nothing: a dash, a number in the margin."""
_SPACED = re.compile(r"\s*[0-9０-９.,]+(?:\s+[0-9０-９.,]+)+\s*")
_LISTED = re.compile(r"\s*[0-9０-９.]+(?:\s*[,，、]\s*[0-9０-９.]+){2,}\s*")
"""Three figures and more with commas between; two may be one number."""
_COMMA = re.compile(r"\s*[,，、]\s*")


def _figures_of_row(text: str) -> list[str]:
    """The figures of a line that has nothing else, `3 0 1` or `3，0，1`; none of any other."""
    if _LISTED.fullmatch(text):
        return _COMMA.split(text.strip())
    return text.split() if _SPACED.fullmatch(text) else []


def is_block(text: str) -> bool:
    """Whether a text has the shape of a pasted column, block or row of figures."""
    return bool(_BREAK.search(text.strip("\r\n"))) or "\t" in text or bool(_figures_of_row(text))


def read_block(
    text: str, asked: Question | None, names: Names, absent: frozenset[str] = frozenset()
) -> Pasted:
    """Find the question of every row: by its label, or one after the other from the one asked.

    Args:
        text: What was pasted.
        asked: The question on the screen.
        names: Where labels come from.
        absent: Cells that are not asked, because their row or column did not occur.
    """
    lines = _BREAK.split(text.rstrip("\r\n"))
    if len(lines) == 1:
        lines = _figures_of_row(text) or lines
    if all(line.strip() in NOTHING or _is_value(line.strip()) for line in lines):
        return _read_column(lines, asked, names.edition, absent)
    return _read_rows(lines, asked, names, absent)


def _is_value(cell: str) -> bool:
    return (
        not isinstance(read(cell, "amount", "万元"), Refusal)
        or not isinstance(read(cell.rstrip("".join(MEASURES)), "count", "件"), Refusal)
        or cell.startswith("暂缺")
        or "待核实" in cell
    )


def _read_column(
    lines: Sequence[str], asked: Question | None, edition: Edition, absent: frozenset[str]
) -> Pasted:
    """Give each cell its line; a column that holds the lines of headings too goes row by row.

    Where headings lie between and the lines fit neither way, nothing is taken: a shifted column
    looks right on the screen.
    """
    order = [item for item in edition.indicators if item.id not in absent]
    start = order.index(asked) if isinstance(asked, Indicator) else len(order)
    cells = ["" if line.strip() in NOTHING else line.strip() for line in lines]
    by_row = _by_row(cells, asked, edition)
    if by_row is not None:
        pairs = by_row
    elif len(cells) != len(order) - start and _crosses_heading(cells, asked, edition):
        return Pasted((), (), tuple(cell for cell in cells if cell))
    else:
        pairs = list(zip(order[start:], cells, strict=False))
    left_over = cells[len(pairs) :] if by_row is None else []
    return Pasted(
        entries=tuple((item.id, cell) for item, cell in pairs if cell),
        blank=tuple(item.id for item, cell in pairs if not cell),
        left_over=tuple(cell for cell in left_over if cell),
    )


def _by_row(
    cells: Sequence[str], asked: Question | None, edition: Edition
) -> list[tuple[Indicator, str]] | None:
    """Cells with their lines, where the headings between have blank or zero lines of their own."""
    for rows in _stretches(asked, edition):
        pairs = list(zip(rows, cells, strict=False))
        headings = [cell for row, cell in pairs if isinstance(row, Heading)]
        figures = [(row, cell) for row, cell in pairs if isinstance(row, Indicator)]
        is_whole = len(cells) == len(rows)
        has_blank = not all(headings)
        fits = not any(cell.strip("0０") for cell in headings)
        is_told = headings and fits and (is_whole or has_blank)
        if is_told and len(cells) <= len(rows) and all(cell for _, cell in figures):
            return figures
    return None


def _crosses_heading(cells: Sequence[str], asked: Question | None, edition: Edition) -> bool:
    """Whether headings of the form lie among the rows that a column fills from the one asked."""
    stretches = list(_stretches(asked, edition))
    rows = stretches[0][: len(cells)] if stretches else ()
    return any(isinstance(row, Heading) for row in rows)


def _stretches(
    asked: Question | None, edition: Edition
) -> Iterator[tuple[Heading | Indicator, ...]]:
    """The rows of the form from the one asked, and from each heading right above it."""
    places = [row.id for row in edition.rows]
    if asked is None or asked.id not in places:
        return
    at = places.index(asked.id)
    yield edition.rows[at:]
    while at and isinstance(edition.rows[at - 1], Heading):
        at -= 1
        yield edition.rows[at:]


def _read_rows(
    lines: Sequence[str], asked: Question | None, names: Names, absent: frozenset[str]
) -> Pasted:
    entries: dict[str, str] = {}
    blank: list[str] = []
    left_over: list[str] = []
    place, last = asked.id if asked else "", 0
    for line in lines:
        cells = [cell for cell in _CELLS.split(line.strip()) if cell]
        across = read_line_of_grid(line, names.edition)
        if across is not None:
            told = {
                name: figure for name, figure in across if name not in absent or figure.strip("0０")
            }
            if entries.keys() & told.keys():
                left_over.append(line.strip())
                continue
            entries |= {name: figure for name, figure in told.items() if figure}
            blank += [name for name, figure in told.items() if not figure]
            continue
        heading = _heading(cells, names.edition)
        if not cells or heading:
            place = heading or place
            continue
        found, others, values = _take_apart(cells, names)
        name = _nearest(found, place, last, names)
        if name is None or len(values) > 1 or name in entries or (others and not values):
            left_over.append(line.strip())
            continue
        place, last = name, names.number_of(name)
        if values:
            entries[name] = values[0]
        else:
            blank.append(name)
    still_blank = (name for name in dict.fromkeys(blank) if name not in entries)
    return Pasted(tuple(entries.items()), tuple(still_blank), tuple(left_over))


def _take_apart(cells: Sequence[str], names: Names) -> tuple[tuple[str, ...], list[str], list[str]]:
    """The questions a row may mean, its words that are no label, the values behind the label."""
    at = [
        place
        for place, cell in enumerate(cells)
        if not _is_value(cell) and cell not in MEASURES and not _FILLER.fullmatch(cell)
    ]
    words = [cells[place] for place in at]
    found = _called("".join(words), names)
    others: list[str] = []
    if not found:
        named = [place for place in at if _called(cells[place], names)]
        others = [cells[place] for place in at if place not in named]
        found = _innermost([_called(cells[place], names) for place in named], names)
        at = named
    behind = cells[at[-1] + 1 :] if at else []
    return found, others, [cell for cell in behind if _is_value(cell)]


def _called(label: str, names: Names) -> tuple[str, ...]:
    """The questions of a label, with its numbering or without."""
    return names.exact.get(bare(label)) or names.exact.get(bare(unnumbered(label)), ())


def _innermost(labels: Sequence[tuple[str, ...]], names: Names) -> tuple[str, ...]:
    """Of several labels in a row the last, when it stands below the others in the form."""
    found = labels[-1] if labels else ()
    for other in labels[:-1]:
        found = tuple(each for each in found if each in other or names.is_below(each, other))
    return found


def _nearest(found: Sequence[str], place: str, last: int, names: Names) -> str | None:
    """Of the rows the form labels alike, the next one in the part at hand."""
    if len(found) < 2:
        return found[0] if found else None
    part = names.part_of(place)
    later = [each for each in found if names.part_of(each) == part and names.number_of(each) > last]
    return later[0] if later else None


def _heading(cells: Sequence[str], edition: Edition) -> str:
    """The heading that a row repeats; empty for every other row."""
    label = bare(unnumbered("".join(cells)))
    rows = (*edition.rows, *(row for grid in edition.grids for row in grid.rows))
    headings = (row for row in rows if isinstance(row, Heading))
    return next((row.id for row in headings if label == bare(row.label)), "")
