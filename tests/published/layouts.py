"""Tables as lines of text, in the manners in which pages and prints are copied."""

from collections.abc import Callable, Iterator, Sequence

from assistant.tables.cell_grid import CellGrid


def _tabs(texts: Sequence[str]) -> Iterator[str]:
    yield "\t".join(texts)


def _spaces(texts: Sequence[str]) -> Iterator[str]:
    yield " ".join(filter(None, map(_squeezed, texts)))


def _lines(texts: Sequence[str]) -> Iterator[str]:
    yield from texts
    yield ""


def _glued(texts: Sequence[str]) -> Iterator[str]:
    yield "".join(map(_squeezed, texts))


def _borders(texts: Sequence[str]) -> Iterator[str]:
    yield f"| {' | '.join(texts)} |"


def _squeezed(text: str) -> str:
    return "".join(text.split())


LAYOUTS: dict[str, Callable[[Sequence[str]], Iterator[str]]] = {
    "tabs": _tabs,
    "spaces": _spaces,
    "borders": _borders,
    "one a line": _lines,
    "glued": _glued,
}


def lines_of(grid: CellGrid, manner: str) -> list[str]:
    """A table as lines of text."""
    lay_out = LAYOUTS[manner]
    return [line for row in grid.rows for line in lay_out([cell.text for cell in row])]
