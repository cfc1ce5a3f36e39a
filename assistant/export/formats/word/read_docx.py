"""A Word file back to lines, also after a person has edited it in Word or WPS."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from assistant.export.formats.document_lines import OUTER_SPACE, DocumentContents
from assistant.export.formats.grid_rows import GridRow, HeldLine, grids, settle
from assistant.export.formats.package import Package, XmlHandler
from assistant.export.formats.review_sheet import REVIEW
from assistant.export.formats.word.read_tables import WordCell, WordRow, WordTable, columns_of

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


def read(path: Path) -> DocumentContents:
    """Paragraphs and table rows in the order of the document, then notes, then page edges.

    What revisions insert counts, what they delete does not; text boxes come before the
    paragraph they hang on. The review sheet is no part of the report, and what page edges place
    beside one another is no table of it.

    Raises:
        FileError: It cannot be read, is no Word file, is locked, damaged or hostile.
    """
    package = Package(path, "docx")
    notices: dict[str, None] = {}
    main = _read_part(package, package.main, notices)
    lines, tables = settle(main.lines), list(main.tables)
    relations = package.relations(package.main)
    for kind in _NOTES:
        for part in (each.target for each in relations if each.kind == kind):
            story = _read_part(package, part, notices)
            lines += settle(story.lines, len(lines))
            tables += story.tables
    edges: dict[str, None] = {}
    for kind in _EDGES:
        for part in (each.target for each in relations if each.kind == kind):
            edges |= dict.fromkeys(settle(_read_part(package, part, notices).lines))
    lines += [line for line in edges if any(map(str.isalnum, line))]
    return DocumentContents(lines, tuple(notices), grids(tables))


def _read_part(package: Package, name: str, notices: dict[str, None]) -> "_Story":
    story = _Story(notices)
    package.parse_xml(name, story)
    return story


class _Field:
    """A field whose code comes first and whose result comes after."""

    def __init__(self) -> None:
        self.code = ""
        self.has_result = False

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
        elif is_known and local in self._STARTS:
            self._STARTS[local](self, attributes, f"{space} ")

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        self._elements.pop()
        if self._skipped:
            self._skipped -= 1
        elif space == _CHOICES and local == "AlternateContent":
            self._chosen.pop()
        elif space in _WORD and local in self._ENDS:
            self._ENDS[local](self)

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

    def _begin_paragraph(self, *_: object) -> None:
        self._paragraphs.append([])
        self._has_no_end.append(False)

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

    def _begin_box(self, *_: object) -> None:
        self._places.append(self.lines)

    def _end_place(self) -> None:
        self._let_go()
        self._places.pop()

    def _begin_table(self, *_: object) -> None:
        table = WordTable()
        self._tables.append(table)
        self.tables.append(table.rows)

    def _end_table(self) -> None:
        self._tables.pop()

    def _begin_row(self, *_: object) -> None:
        self._rows.append(WordRow())

    def _end_row(self) -> None:
        row = self._rows.pop()
        is_shown = not row.is_gone and not self._review
        made = self._tables[-1].add(row, is_shown=is_shown) if self._tables else GridRow()
        if is_shown:
            self._places[-1].append(row.line(made))
        else:
            row.leave_out()

    def _begin_cell(self, *_: object) -> None:
        self._places.append([])
        self._cells.append(WordCell())

    def _end_cell(self) -> None:
        self._let_go()
        texts = ((each.text.strip(OUTER_SPACE), each.rows) for each in self._places.pop())
        cell = self._cells.pop()
        if self._rows:
            self._rows[-1].end_cell(cell, [HeldLine(*each) for each in texts if each[0]])

    def _widen_cell(self, attributes: dict[str, str], space: str) -> None:
        if self._cells:
            self._cells[-1].columns = columns_of(attributes, space)

    def _merge_cell(self, attributes: dict[str, str], space: str) -> None:
        if self._cells:
            self._cells[-1].is_merged = True
            self._cells[-1].goes_on = attributes.get(f"{space}val", "continue") == "continue"

    def _leave_before(self, attributes: dict[str, str], space: str) -> None:
        if self._rows:
            self._rows[-1].before = columns_of(attributes, space)

    def _leave_after(self, attributes: dict[str, str], space: str) -> None:
        if self._rows:
            self._rows[-1].after = columns_of(attributes, space)

    def _begin_run(self, *_: object) -> None:
        self._is_hidden = False

    def _hide(self, attributes: dict[str, str], space: str) -> None:
        if self._elements[-3:-1] == ["r", "rPr"]:
            self._is_hidden = attributes.get(f"{space}val", "") not in _FALSE

    def _begin_bookmark(self, attributes: dict[str, str], space: str) -> None:
        if attributes.get(f"{space}name") == REVIEW:
            self._review = attributes.get(f"{space}id", "")

    def _end_bookmark(self, attributes: dict[str, str], space: str) -> None:
        if self._review and attributes.get(f"{space}id") == self._review:
            self._review = ""

    def _begin_field(self, attributes: dict[str, str], space: str) -> None:
        kind = attributes.get(f"{space}fldCharType", "")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _begin_simple_field(self, attributes: dict[str, str], space: str) -> None:
        field = _Field()
        field.code, field.has_result = attributes.get(f"{space}instr", ""), True
        self._fields.append(field)

    def _end_simple_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def _break(self, *_: object) -> None:
        self._write("\n")

    def _tab(self, *_: object) -> None:
        if self._elements[-2:-1] == ["r"]:
            self._write("\t")

    def _hyphen(self, *_: object) -> None:
        self._write("-")

    def _skip(self, *_: object) -> None:
        self._skipped = 1

    def _notice_comment(self, *_: object) -> None:
        self._notices["comments"] = None

    def _notice_unread(self, *_: object) -> None:
        self._notices["unread"] = None

    _STARTS: ClassVar[dict[str, Callable[..., None]]] = {
        "p": _begin_paragraph,
        "txbxContent": _begin_box,
        "tbl": _begin_table,
        "tr": _begin_row,
        "tc": _begin_cell,
        "gridSpan": _widen_cell,
        "vMerge": _merge_cell,
        "gridBefore": _leave_before,
        "gridAfter": _leave_after,
        "r": _begin_run,
        "vanish": _hide,
        "bookmarkStart": _begin_bookmark,
        "bookmarkEnd": _end_bookmark,
        "fldChar": _begin_field,
        "fldSimple": _begin_simple_field,
        "br": _break,
        "cr": _break,
        "tab": _tab,
        "noBreakHyphen": _hyphen,
        "rt": _skip,
        "commentReference": _notice_comment,
        "altChunk": _notice_unread,
        "object": _notice_unread,
    }
    _ENDS: ClassVar[dict[str, Callable[..., None]]] = {
        "p": _end_paragraph,
        "txbxContent": _end_place,
        "tbl": _end_table,
        "tr": _end_row,
        "tc": _end_cell,
        "body": _let_go,
        "fldSimple": _end_simple_field,
    }
