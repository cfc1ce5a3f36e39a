"""Several groups of like columns in one row, shown as a row for each group."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.report import Table, TableRow


def stacked(part: "Table") -> "Table":
    """A table whose groups of columns stand one below the other; any other table as it is."""
    if part.stub or len(part.rows) != 1:
        return part
    heads = part.column_heads()
    groups = [
        (above, [head[-1] for head in members])
        for above, members in groupby(heads, key=lambda head: head[:-1])
    ]
    columns = groups[0][1]
    if len(groups) < 2 or any(each != columns for _, each in groups):
        return part
    rows = _rows(part.rows[0], [above for above, _ in groups])
    return part._replace(head=(part.head[-1][: len(columns)],), rows=tuple(rows))


def _rows(row: "TableRow", groups: Sequence[tuple[str, ...]]) -> Iterator["TableRow"]:
    """The heading of each group with its cells, below what stands over several groups."""
    size = len(row.cells) // len(groups)
    before: tuple[str, ...] = ()
    for number, above in enumerate(groups):
        for depth, label in enumerate(above):
            if above[: depth + 1] != before[: depth + 1]:
                is_last = depth == len(above) - 1
                cells = row.cells[number * size : (number + 1) * size] if is_last else ()
                yield row._replace(depth=depth, label=label, cells=cells)
        before = above
