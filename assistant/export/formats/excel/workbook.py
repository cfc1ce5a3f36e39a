"""A workbook from elsewhere, read warily; nothing in it is worked out or followed."""

from pathlib import Path

from assistant.export.formats.excel.cell_text import Budget, CellText, SheetCells
from assistant.export.formats.excel.plain_workbook import Book
from assistant.export.formats.excel.workbook_parts import Strings, Styles, WorkbookParts
from assistant.export.formats.package import Package


def open_book(path: Path) -> Book:
    """Read a workbook warily; nothing in it is worked out or followed.

    Raises:
        FileError: It cannot be read, is no Excel file, is locked, damaged, hostile or too large.
    """
    package = Package(path, "xlsx")
    contents = WorkbookParts()
    package.parse_xml(package.main, contents)
    relations = package.relations(package.main)
    targets = {each.id: each.target for each in relations}
    strings, styles = Strings(), Styles()
    for each in relations:
        if each.kind == "sharedStrings":
            package.parse_xml(each.target, strings)
        elif each.kind == "styles":
            package.parse_xml(each.target, styles)
    said = CellText(strings.texts, styles.codes, is_1904=contents.is_1904)
    sheets = []
    budget = Budget(package)
    for sheet, reference in contents.sheets:
        target = targets.get(reference, "")
        if package.has(target):
            package.parse_xml(target, SheetCells(sheet, said, budget))
            sheets.append(sheet)
    return Book(tuple(sheets), contents.names)
