"""A document as lines of spans: what a format promises to print and to read back."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from assistant.form.loader import Library
from assistant.report import Span, Table, printed_grid
from assistant.report.draft import Draft
from assistant.storage.disk import decode, read_bytes
from assistant.tables.cell_grid import CellGrid

OUTER_SPACE = " \u3000\t\r\n"
"""White space around a line that carries no meaning."""
BORDER = "|"
"""Between the cells of a table row, in every format that has cells."""


class Line(NamedTuple):
    """One printed line with the source of every stretch of it."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The line as a reader gets it."""
        return "".join([span.text for span in self.spans])


class RenderOptions(NamedTuple):
    """What a document is written with, beside the draft it says."""

    library: Library
    """Sentences and typography, each read when first needed."""
    reference: Path | None = None
    """A Word file with the office's own styles."""
    has_review: bool = False
    """Word files get the review sheet as their last page."""
    is_public: bool = False
    """A web page has text and tables alone, for a site: no questions, sources or script."""


class DocumentContents(NamedTuple):
    """What a reader got out of a file."""

    lines: list[str]
    """Outer space and blank lines left out."""
    notices: tuple[str, ...] = ()
    """What a person should be told of the file, by code: `("revisions",)`."""
    tables: tuple[CellGrid, ...] = ()
    """Its tables with the cells they consist of, for those who ask what stands in a column."""
    has_breaks: bool = False
    """Whether a line may end within a sentence, as in files of plain text."""


class Format(Protocol):
    """What every format module offers."""

    def lines(self, draft: Draft, options: RenderOptions) -> list[Line]:
        """The lines that the document of a draft consists of, blank ones left out."""

    def write(self, draft: Draft, options: RenderOptions) -> bytes:
        """The document; the same draft always gives the same bytes.

        Raises:
            FileError: What the office brings along cannot be read or used.
        """

    def read(self, path: Path) -> DocumentContents:
        """The lines of a document and the cells of its tables, also of an edited one.

        Raises:
            FileError: It cannot be read, or is no document of this format.
        """


def form(text: str) -> Span:
    """Words of the printed form or of the layout."""
    return Span("form", text)


_BORDER = form(f" {BORDER} ")


def table_lines(table: Table, indent: str = "") -> Iterator[Line]:
    """The header rows and the rows of a table, a line each; what goes on from above is left out.

    The indent stands before a label for each character that it stands in.
    """
    for cells in printed_grid(table).all_rows:
        yield row_line(
            form(indent * cell.indent + cell.span.text) if cell.indent and indent else cell.span
            for cell in cells
            if not cell.is_below
        )


def row_line(cells: Iterable[Span]) -> Line:
    """A row of a table, the contents of its cells joined by borders; blank ones stand there too."""
    spans: list[Span] = []
    for at, cell in enumerate(cells):
        spans += (_BORDER, cell) if at else (cell,)
    return Line(tuple(spans))


def trimmed(texts: Iterable[str]) -> list[str]:
    """Lines without outer space, blank ones left out."""
    return [line for text in texts if (line := text.strip(OUTER_SPACE))]


def text_lines(path: Path) -> list[str]:
    """The lines of a text file in any encoding that answer files may have.

    Raises:
        FileError: It cannot be read, or is no text.
    """
    return decode(read_bytes(path), path).text.removeprefix("\ufeff").splitlines()
