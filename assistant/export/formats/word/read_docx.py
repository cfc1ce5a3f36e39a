"""A Word file back to lines, also after a person has edited it in Word or WPS."""

from dataclasses import dataclass
from pathlib import Path

from assistant.export.formats.document_lines import OUTER_SPACE, DocumentContents
from assistant.export.formats.grid_rows import GridRow, HeldLine, grids, settle, span_of
from assistant.export.formats.package import Package, XmlHandler
from assistant.export.formats.review_sheet import REVIEW
from assistant.export.formats.word.read_tables import WordCell, WordRow, WordTable
from assistant.tables.cell_grid import COLUMNS_LIMIT

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_NOTES = ("footnotes", "endnotes")
_EDGES = ("header", "footer")
_LAYOUT_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION", "TOC", "INDEX")
"""Fields whose result is no content: numbers of pages, and lists of them."""
_REVISIONS = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "rPrChange", "pPrChange"}
    | {"tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange"}
)
_FALSE = ("0", "false", "off")
_WRITTEN = {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that stand for text."""
_NOTICED = {"commentReference": "comments", "altChunk": "unread", "object": "unread"}
"""Elements that a person is told of, by the code of the notice."""


def read(path: Path) -> DocumentContents:
    """Paragraphs and table rows in the order of the document, then notes, then page edges.

    What revisions insert counts, what they delete does not; text boxes come before the
    paragraph they hang on. The review sheet is no part of the report, and what page edges place
    beside one another is no table of it.
    """
    package = Package(path, "docx")
    notices: dict[str, None] = {}
    main = package.parse_xml(package.main, _Story(notices))
    lines, tables = settle(main.lines), list(main.tables)
    relations = package.relations(package.main)
    for kind in _NOTES:
        for part in (each.target for each in relations if each.kind == kind):
            story = package.parse_xml(part, _Story(notices))
            lines += settle(story.lines, len(lines))
            tables += story.tables
    edges: dict[str, None] = {}
    for kind in _EDGES:
        for part in (each.target for each in relations if each.kind == kind):
            edges |= dict.fromkeys(settle(package.parse_xml(part, _Story(notices)).lines))
    lines += [line for line in edges if any(map(str.isalnum, line))]
    return DocumentContents(lines, tuple(notices), grids(tables))


@dataclass(slots=True)
class _Field:
    """A field whose code comes first and whose result comes after."""

    code: str = ""
    has_result: bool = False

    @property
    def is_layout(self) -> bool:
        name = self.code.split()[:1]
        return self.has_result and bool(name) and name[0].upper() in _LAYOUT_FIELDS


class _Story(XmlHandler):
    """Listens to one part and keeps its lines."""

    def __init__(self, notices: dict[str, None]) -> None:
        self.lines: list[HeldLine] = []
        self.tables: list[list[GridRow]] = []
        """The rows of every table, in the order in which the tables begin."""
        self._notices = notices
        self._elements: list[str] = []
        """The elements begun and not ended, by local name; others than Word's are empty."""
        self._skipped = 0
        """How many of them are within one whose content does not count."""
        self._paragraphs: list[list[str]] = []
        self._places: list[list[HeldLine]] = [self.lines]
        """Where the lines of paragraphs go: the story, or the cell they stand in."""
        self._tables: list[WordTable] = []
        self._rows: list[WordRow] = []
        self._cells: list[WordCell] = []
        self._fields: list[_Field] = []
        self._chosen: list[bool] = []
        """Whether an alternative has been taken, of each choice begun."""
        self._is_hidden = False
        self._has_no_end: list[bool] = []
        """Whether the end of each paragraph begun has been deleted."""
        self._review = ""
        """Id of the bookmark of the review sheet while within it; nothing there is read."""
        self._held = ""
        """A paragraph whose end is deleted runs on into the next."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        is_known = space in _WORD or (space, local) == (_MATHS, "t")
        above = self._elements[-1] if self._elements else ""
        self._elements.append(local if is_known else "")
        if self._skipped:
            self._skipped += 1
        elif space == _CHOICES:
            self._choose(local)
        elif is_known and local in _REVISIONS:
            self._notices["revisions"] = None
            self._revise(local, above)
        elif is_known:
            self._begin(local)
            self._begin_range(local, attributes, f"{space} ")
            self._begin_in_table(local, attributes, f"{space} ")

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        self._elements.pop()
        if self._skipped:
            self._skipped -= 1
        elif space == _CHOICES and local == "AlternateContent":
            self._chosen.pop()
        elif space in _WORD:
            self._end(local)

    def text(self, data: str) -> None:
        if self._skipped or not self._elements:
            return
        if self._elements[-1] == "t":
            if self._is_hidden:
                self._notices["hidden"] = None
            else:
                self._write(data)
        elif self._elements[-1] == "instrText" and self._fields:
            self._fields[-1].code += data

    def _write(self, text: str) -> None:
        if self._review:
            if text.strip():
                self._notices["review"] = None
        elif self._paragraphs and not any(field.is_layout for field in self._fields):
            self._paragraphs[-1].append(text)

    def _choose(self, local: str) -> None:
        """Of several alternatives only the first is read; they say the same."""
        if local == "AlternateContent":
            self._chosen.append(False)
        elif self._chosen and self._chosen[-1]:
            self._skipped = 1
        elif self._chosen:
            self._chosen[-1] = True

    def _revise(self, local: str, above: str) -> None:
        """Leave out what a revision deletes; keep what it inserts."""
        if local == "del" and above == "rPr" and self._elements[-3:-2] == ["pPr"]:
            self._has_no_end[-1:] = [True]
        elif local == "del" and above == "trPr":
            if self._rows:
                self._rows[-1].is_gone = True
        elif local == "cellDel":
            if self._cells:
                self._cells[-1].is_gone = True
        elif local in ("del", "moveFrom") or local.endswith("Change"):
            self._skipped = 1

    def _begin(self, local: str) -> None:
        """Begin what text stands in, or take what stands for some."""
        if local in _WRITTEN:
            self._write(_WRITTEN[local])
        elif local in _NOTICED:
            self._notices[_NOTICED[local]] = None
        elif local == "tab" and self._elements[-2:-1] == ["r"]:
            self._write("\t")
        elif local == "p":
            self._paragraphs.append([])
            self._has_no_end.append(False)
        elif local == "r":
            self._is_hidden = False
        elif local == "rt":
            self._skipped = 1
        elif local == "txbxContent":
            self._places.append(self.lines)

    def _begin_range(self, local: str, attributes: dict[str, str], space: str) -> None:
        """Begin or end what reaches from one element to another: bookmarks, fields."""
        number, kind = attributes.get(f"{space}id", ""), attributes.get(f"{space}fldCharType", "")
        if local == "vanish" and self._elements[-3:-1] == ["r", "rPr"]:
            self._is_hidden = attributes.get(f"{space}val", "") not in _FALSE
        elif local == "bookmarkStart" and attributes.get(f"{space}name") == REVIEW:
            self._review = number
        elif local == "bookmarkEnd" and self._review and number == self._review:
            self._review = ""
        elif local == "fldSimple":
            self._fields.append(_Field(attributes.get(f"{space}instr", ""), has_result=True))
        elif local == "fldChar" and kind == "begin":
            self._fields.append(_Field())
        elif local == "fldChar" and kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif local == "fldChar" and kind == "end" and self._fields:
            self._fields.pop()

    def _begin_in_table(self, local: str, attributes: dict[str, str], space: str) -> None:
        """Begin a table, row or cell, or take a property of one."""
        value = attributes.get(f"{space}val", "")
        if local == "tbl":
            self._tables.append(WordTable())
            self.tables.append(self._tables[-1].rows)
        elif local == "tr":
            self._rows.append(WordRow())
        elif local == "tc":
            self._places.append([])
            self._cells.append(WordCell())
        elif local == "gridSpan" and self._cells:
            self._cells[-1].columns = span_of(value, COLUMNS_LIMIT)
        elif local == "vMerge" and self._cells:
            self._cells[-1].is_merged = True
            self._cells[-1].goes_on = attributes.get(f"{space}val", "continue") == "continue"
        elif local == "gridBefore" and self._rows:
            self._rows[-1].before = span_of(value, COLUMNS_LIMIT)
        elif local == "gridAfter" and self._rows:
            self._rows[-1].after = span_of(value, COLUMNS_LIMIT)

    def _end(self, local: str) -> None:
        if local == "p":
            self._end_paragraph()
        elif local == "tr":
            self._end_row()
        elif local == "tc":
            self._end_cell()
        elif local == "tbl":
            self._tables.pop()
        elif local == "txbxContent":
            self._let_go()
            self._places.pop()
        elif local == "body":
            self._let_go()
        elif local == "fldSimple" and self._fields:
            self._fields.pop()

    def _end_paragraph(self) -> None:
        text = "".join(self._paragraphs.pop())
        if self._has_no_end.pop():
            self._held += text
            return
        self._places[-1] += map(HeldLine, (self._held + text).split("\n"))
        self._held = ""

    def _let_go(self) -> None:
        """What was to run on into a next paragraph has none."""
        if self._held:
            self._places[-1].append(HeldLine(self._held))
            self._held = ""

    def _end_row(self) -> None:
        row = self._rows.pop()
        is_shown = not row.is_gone and not self._review
        made = self._tables[-1].add(row, is_shown=is_shown) if self._tables else GridRow()
        if is_shown:
            self._places[-1].append(row.line(made))
        else:
            row.leave_out()

    def _end_cell(self) -> None:
        self._let_go()
        texts = ((each.text.strip(OUTER_SPACE), each.rows) for each in self._places.pop())
        cell = self._cells.pop()
        if self._rows:
            self._rows[-1].end_cell(cell, [HeldLine(*each) for each in texts if each[0]])
