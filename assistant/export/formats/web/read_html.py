"""A web page back to lines, also after a browser, an editor or a site has had it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from assistant.export.formats.document_lines import (
    BORDER,
    OUTER_SPACE,
    DocumentContents,
    text_lines,
)
from assistant.export.formats.grid_rows import (
    FlowingRows,
    GridRow,
    HeldLine,
    grids,
    settle,
    span_of,
)
from assistant.storage.errors import FileError
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, GridCell

_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "rt", "rp", "select"})
_BREAKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"}
    | {"tbody", "tfoot", "thead", "tr", "ul"}
)
"""Elements whose text stands on lines of its own."""
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
_KEPT = "pre"
_BOX = "legend"
"""The box that the script of the page fills; a browser that saves the page saves it too."""
_DEPTH_LIMIT = 250
_SPACES = str.maketrans(dict.fromkeys("\t\r\n\f", " "))
"""What a browser shows as a space; hard spaces and Chinese ones stay what they are."""
_INVISIBLE = "visibility:hidden"
_HIDDEN = ("display:none", _INVISIBLE)
_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")


def read(path: Path) -> DocumentContents:
    """Paragraphs and table rows in order.

    A row that holds a table is none of a grid; the table in it is a grid of its own.
    """
    text = "\n".join(text_lines(path))
    page = _HtmlPage()
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True, no_network=True)
    if text.strip():
        try:
            parser.feed(text.encode())
            parser.close()
        except (etree.LxmlError, _TooDeepError) as fault:
            raise FileError("page_broken", path=str(path)) from fault
    page.end_line()
    lines = settle(page.lines)
    return DocumentContents(lines, tuple(page.notices), grids(page.grids()))


def _style(attributes: Mapping[str, str]) -> str:
    return attributes.get("style", "").replace(" ", "").lower()


class _TooDeepError(Exception):
    """Elements within elements beyond what any page has."""


class _HtmlCell:
    """A cell of a row, begun or ended."""

    def __init__(self, attributes: Mapping[str, str], *, is_seen: bool = True) -> None:
        self.lines: list[HeldLine] = []
        self.columns = span_of(attributes.get("colspan", ""), COLUMNS_LIMIT)
        down = attributes.get("rowspan", "").strip()
        self.rows = ROWS_LIMIT if down == "0" else span_of(down, ROWS_LIMIT)
        self.is_seen = is_seen
        """It says something; another one only keeps its place free."""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


class _HtmlRow:
    """A table row begun and not ended."""

    def __init__(self) -> None:
        self.cells: list[_HtmlCell] = []
        self.open = _HtmlCell({})
        """The cell that is open, or words between cells."""
        self.is_layout = False
        """A table stands in it: it only places things beside one another."""

    def end_cell(self) -> None:
        self.cells.append(self.open)
        self.open = _HtmlCell({})

    def told(self, table: FlowingRows) -> list[HeldLine]:
        """The row as one line, its cells joined; each line by itself where it is layout."""
        if self.open.lines:
            self.end_cell()
        if self.is_layout:
            return [line for cell in self.cells for line in cell.lines]
        cells = (
            GridCell(cell.text.strip(OUTER_SPACE), cell.columns, cell.rows) for cell in self.cells
        )
        row = table.add(lambda _: next(cells, None))
        text = f" {BORDER} ".join(cell.text for cell in self.cells if cell.is_seen)
        return [HeldLine(text, (row,))]


class _HtmlPage:
    """Listens to the parser and keeps the lines a reader of the page sees."""

    def __init__(self) -> None:
        self.lines: list[HeldLine] = []
        self.notices: dict[str, None] = {}
        self._unseen = 0
        """How many elements are begun within one that is not shown."""
        self._depth = 0
        self._text: list[str] = []
        self._kept = 0
        """How many elements are begun whose line ends are kept."""
        self._rows: list[_HtmlRow] = []
        """Every row begun; a cell may hold a table of its own."""
        self._tables = [FlowingRows()]
        """Every table begun; the first one is for rows that stand in none."""
        self._all = [self._tables[0]]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _VOID:
            self._break(tag)
            return
        self._depth += 1
        if self._depth > _DEPTH_LIMIT:
            raise _TooDeepError
        if self._unseen or self._is_unseen(tag, attributes):
            self._keep_free(tag, attributes)
            self._unseen += 1
            return
        self._break(tag)
        self._kept += tag == _KEPT
        if tag == "tr":
            if self._rows:
                self._rows[-1].is_layout = True
            self._rows.append(_HtmlRow())
        elif tag == "table":
            self._tables.append(self._new_table())
        elif tag in _CELLS and self._rows:
            lines = self._rows[-1].open.lines
            self._rows[-1].open = _HtmlCell(attributes)
            self._rows[-1].open.lines = lines

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _VOID:
            return
        self._depth -= 1
        if self._unseen:
            self._unseen -= 1
            return
        self._break(tag)
        self._kept -= tag == _KEPT
        if tag in _CELLS and self._rows:
            self.end_line()
            self._rows[-1].end_cell()
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())
        elif tag in _GROUPS:
            self._tables[-1].end_group()
        elif tag == "table" and len(self._tables) > 1:
            self._tables.pop()

    def data(self, text: str) -> None:
        """Text of the element begun last."""
        if self._unseen:
            return
        first, *others = text.split("\n") if self._kept else (text,)
        self._text.append(first)
        for line in others:
            self.end_line()
            self._text.append(line)

    def close(self) -> None:
        """Nothing is left to do; the parser wants it."""

    def grids(self) -> Iterator[list[GridRow]]:
        """The rows of every table, in the order in which the tables begin."""
        for table in self._all:
            table.end_group()
            yield table.rows

    def _new_table(self) -> FlowingRows:
        self._all.append(FlowingRows())
        return self._all[-1]

    def _end_row(self, row: _HtmlRow) -> None:
        """Tell a row; where one is left out that others cross, a new grid begins below it."""
        table = self._tables[-1]
        self._place.extend(row.told(table))
        if row.is_layout and (table.is_crossed or any(cell.rows > 1 for cell in row.cells)):
            self._tables[-1] = self._new_table()

    def _keep_free(self, tag: str, attributes: dict[str, str]) -> None:
        """A cell that is only invisible still takes its place."""
        is_outer = not self._unseen and tag in _CELLS and self._rows
        if is_outer and _INVISIBLE in _style(attributes):
            self._rows[-1].cells.append(_HtmlCell(attributes, is_seen=False))

    @property
    def _place(self) -> list[HeldLine]:
        """Where a line goes: the cell that is open, or the page."""
        return self._rows[-1].open.lines if self._rows else self.lines

    def end_line(self) -> None:
        """Put the words gathered so far on a line."""
        words = "".join(self._text).translate(_SPACES).split(" ")
        self._text = []
        line = " ".join(word for word in words if word)
        if line:
            self._place.append(HeldLine(line))

    def _is_unseen(self, tag: str, attributes: dict[str, str]) -> bool:
        if tag in _UNSEEN or attributes.get("id") == _BOX:
            return True
        style = _style(attributes)
        if "hidden" in attributes or any(words in style for words in _HIDDEN):
            self.notices["hidden"] = None
            return True
        if tag in ("ins", "del"):
            self.notices["revisions"] = None
        return tag == "del"

    def _break(self, tag: str) -> None:
        """At the edges of a block a line ends."""
        if tag in _BREAKS and not self._unseen:
            self.end_line()
