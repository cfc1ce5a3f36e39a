"""A workbook from elsewhere: read warily to plain cells, and its tables back to lines."""

from pathlib import Path

from assistant.export.formats.document_lines import BORDER, OUTER_SPACE, DocumentContents
from assistant.export.formats.excel.number_formats import GENERAL
from assistant.export.formats.excel.sheet_grid import SheetGrid, text_of
from assistant.export.formats.excel.workbook_cells import (
    OfAllSheets,
    Sheet,
    SheetCells,
    is_on,
    local,
    words_of,
)
from assistant.export.formats.grid_rows import GridRow, grids
from assistant.export.formats.package import Package, XmlHandler
from assistant.export.formats.review_sheet import REVIEW
from assistant.tables.cell_grid import CellGrid

BUILT_IN = {
    **dict.fromkeys((1, 59), "0"),
    **dict.fromkeys((2, 60), "0.00"),
    **dict.fromkeys((3, 61), "#,##0"),
    **dict.fromkeys((4, 62), "#,##0.00"),
    **dict.fromkeys((5, 6), '"¥"#,##0;"¥"-#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;"¥"-#,##0.00'),
    **dict.fromkeys((9, 67), "0%"),
    **dict.fromkeys((10, 68), "0.00%"),
    **dict.fromkeys((11, 48), "0.00E+00"),
    **dict.fromkeys((12, 69), "# ?/?"),
    **dict.fromkeys((13, 70), "# ??/??"),
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-m-d"),
    **dict.fromkeys((*range(71, 75), 81), "yyyy-m-d"),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56, 75, 76, 78, 80), "h:mm:ss"),
    **dict.fromkeys((46, 79), "[h]:mm:ss"),
    **dict.fromkeys((22, 77), "yyyy-m-d h:mm"),
    **dict.fromkeys((37, 38), "#,##0 ;(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00;(#,##0.00)"),
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
}
"""Formats that a file names by number alone, each by what it shows; those of Thai included."""
_FORMATS_LIMIT = 65_536
"""Formats of cells that Excel keeps."""


class _Workbook(XmlHandler):
    """Listens to the list of sheets and names."""

    def __init__(self) -> None:
        self.sheets: list[tuple[Sheet, str]] = []
        self.names: dict[str, str] = {}
        """Defined names with what they point to, `{"nianbao_review": "核对单!$A$1"}`."""
        self.is_1904 = False
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            reference = next((text for key, text in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((Sheet(attributes.get("name", ""), is_hidden), reference))
        elif kind == "workbookPr":
            self.is_1904 = is_on(attributes, "date1904")
        elif kind == "definedName":
            self._name = attributes.get("name", "")
            self.names[self._name] = ""

    def end(self, name: str) -> None:
        if local(name) == "definedName":
            self._name = ""

    def text(self, data: str) -> None:
        if self._name:
            self.names[self._name] += data


class _SharedStrings(XmlHandler):
    """Listens to the texts that cells share; readings of characters are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = False
        self._aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  an interface
        kind = local(name)
        if kind == "si":
            self._pieces = []
        self._aside += kind == "rPh"
        self._is_text = kind == "t" and not self._aside

    def end(self, name: str) -> None:
        kind = local(name)
        self._aside -= kind == "rPh"
        self._is_text = False
        if kind == "si":
            self.texts.append(words_of("".join(self._pieces)))

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)


class _CellFormats(XmlHandler):
    """Listens to the formats of numbers, as cells refer to them."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self._named: list[str] = []
        self._formats: list[tuple[str, str]] = []
        self._list = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind in ("numFmts", "cellStyleXfs", "cellXfs"):
            self._list = kind
        elif kind == "numFmt" and self._list == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif kind == "xf" and len(self._named) + len(self._formats) < _FORMATS_LIMIT:
            number = attributes.get("numFmtId", "")
            if self._list == "cellStyleXfs":
                self._named.append(number)
            elif self._list == "cellXfs":
                self._formats.append((number, attributes.get("xfId", "")))

    def end(self, name: str) -> None:
        if local(name) == self._list:
            self._list = ""

    @property
    def codes(self) -> list[str]:
        """The format of each style of cells; one that has none takes that of its named style."""
        named = {str(at): number for at, number in enumerate(self._named)}
        return [
            self._codes.get(number or named.get(above, ""), GENERAL)
            for number, above in self._formats
        ]


def open_book(path: Path) -> list[Sheet]:
    """Read the sheets of a workbook warily; nothing in it is worked out or followed.

    The review sheet is none of them: no part of a report stands in it.

    Raises:
        FileError: It cannot be read, is no Excel file, is locked, damaged, hostile or too large.
    """
    package = Package(path, "xlsx")
    contents = package.parse_xml(package.main, _Workbook())
    relations = package.relations(package.main)
    targets = {each.id: each.target for each in relations}
    strings, styles = _SharedStrings(), _CellFormats()
    for each in relations:
        if each.kind == "sharedStrings":
            package.parse_xml(each.target, strings)
        elif each.kind == "styles":
            package.parse_xml(each.target, styles)
    book = OfAllSheets(package, strings.texts, styles.codes, contents.is_1904)
    sheets = []
    for sheet, reference in contents.sheets:
        target = targets.get(reference, "")
        if package.has(target):
            package.parse_xml(target, SheetCells(sheet, book))
            sheets.append(sheet)
    review = contents.names.get(REVIEW, "").rpartition("!")[0].strip("'")
    return [sheet for sheet in sheets if sheet.name != review]


def read(path: Path) -> DocumentContents:
    """The rows of every sheet that is shown."""
    notices: dict[str, None] = {}
    lines: list[str] = []
    tables: list[CellGrid] = []
    for sheet in open_book(path):
        if sheet.is_hidden:
            notices["hidden"] = None
            continue
        tables += grids([_read_sheet(sheet, lines, notices)], sheet.name)
    return DocumentContents(lines, tuple(notices), tuple(tables))


def _read_sheet(sheet: Sheet, lines: list[str], notices: dict[str, None]) -> list[GridRow]:
    """The rows of a sheet that are shown, each that says something as a line more."""
    grid = SheetGrid(sheet)
    for row in sheet.rows:
        texts = {
            column: text_of(cell)
            for column, cell in row.cells.items()
            if column not in sheet.hidden_columns
        }
        filled = [column for column, text in texts.items() if text]
        is_hidden = row.is_hidden or len(texts) < len(row.cells)
        has_unseen = any(cell.stored and not cell.text for cell in row.cells.values())
        if has_unseen or (is_hidden and any(cell.text for cell in row.cells.values())):
            notices["hidden"] = None
        if any(cell.is_uncounted for cell in row.cells.values()):
            notices["uncounted"] = None
        if row.is_hidden:
            continue
        made = grid.add_row(row, texts, max(filled, default=0))
        if not filled:
            continue
        shown = (
            texts.get(column, "")
            for column in range(1, max(filled) + 1)
            if column not in sheet.hidden_columns
        )
        made.line = len(lines)
        lines.append(f" {BORDER} ".join(shown).strip(OUTER_SPACE))
    return grid.rows
