"""A web page back to lines, also after a browser, an editor or a site has had it."""

from pathlib import Path

from lxml import etree

from assistant.export.formats.document_lines import BORDER, DocumentContents, text_lines, trimmed
from assistant.storage.errors import FileError

_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "rt", "rp", "select"})
_BREAKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"}
    | {"tbody", "tfoot", "thead", "tr", "ul"}
)
"""Elements whose text stands on lines of its own."""
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
_BOX = "legend"
"""The box that the script of the page fills; a browser that saves the page saves it too."""
_DEPTH_LIMIT = 250
_SPACES = str.maketrans(dict.fromkeys("\t\r\n\f", " "))
"""What a browser shows as a space; hard spaces and Chinese ones stay what they are."""
_HIDDEN = ("display:none", "visibility:hidden")


def read(path: Path) -> DocumentContents:
    """Paragraphs and table rows in order.

    Raises:
        FileError: It cannot be read, is no text, or is nested beyond all measure.
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
    return DocumentContents(trimmed(page.lines), tuple(page.notices))


class _TooDeepError(Exception):
    """Elements within elements beyond what any page has."""


class _HtmlRow:
    """A table row begun and not ended."""

    def __init__(self) -> None:
        self.cells: list[list[str]] = []
        self.lines: list[str] = []
        """Of the cell that is open."""
        self.is_layout = False
        """A table stands in it: it only places things beside one another."""

    def told(self) -> list[str]:
        """The row as one line, its cells joined; each line by itself where it is layout."""
        cells = [*self.cells, self.lines] if self.lines else self.cells
        if self.is_layout:
            return [line for cell in cells for line in cell]
        return [f" {BORDER} ".join(" ".join(cell) for cell in cells)]


class _HtmlPage:
    """Listens to the parser and keeps the lines a reader of the page sees."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notices: dict[str, None] = {}
        self._unseen = 0
        """How many elements are begun within one that is not shown."""
        self._depth = 0
        self._text: list[str] = []
        self._rows: list[_HtmlRow] = []
        """Every row begun; a cell may hold a table of its own."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _VOID:
            self._break(tag)
            return
        self._depth += 1
        if self._depth > _DEPTH_LIMIT:
            raise _TooDeepError
        if self._unseen or self._is_unseen(tag, attributes):
            self._unseen += 1
            return
        self._break(tag)
        if tag == "tr":
            if self._rows:
                self._rows[-1].is_layout = True
            self._rows.append(_HtmlRow())

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _VOID:
            return
        self._depth -= 1
        if self._unseen:
            self._unseen -= 1
            return
        self._break(tag)
        if tag in ("td", "th") and self._rows:
            self.end_line()
            row = self._rows[-1]
            row.cells.append(row.lines)
            row.lines = []
        elif tag == "tr" and self._rows:
            row = self._rows.pop()
            self._place.extend(row.told())

    def data(self, text: str) -> None:
        """Text of the element begun last."""
        if not self._unseen:
            self._text.append(text)

    def close(self) -> None:
        """Nothing is left to do; the parser wants it."""

    @property
    def _place(self) -> list[str]:
        """Where a line goes: the cell that is open, or the page."""
        return self._rows[-1].lines if self._rows else self.lines

    def end_line(self) -> None:
        """Put the words gathered so far on a line."""
        words = "".join(self._text).translate(_SPACES).split(" ")
        self._text = []
        line = " ".join(word for word in words if word)
        if line:
            self._place.append(line)

    def _is_unseen(self, tag: str, attributes: dict[str, str]) -> bool:
        if tag in _UNSEEN or attributes.get("id") == _BOX:
            return True
        style = attributes.get("style", "").replace(" ", "").lower()
        if "hidden" in attributes or any(words in style for words in _HIDDEN):
            self.notices["hidden"] = None
            return True
        return tag in ("ins", "del") and self._is_deleted(tag)

    def _is_deleted(self, tag: str) -> bool:
        self.notices["revisions"] = None
        return tag == "del"

    def _break(self, tag: str) -> None:
        """At the edges of a block a line ends."""
        if tag in _BREAKS and not self._unseen:
            self.end_line()
