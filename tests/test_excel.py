"""Workbooks: numbers are numbers, text is text, and an edited copy is read as it is seen."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from assistant.answers import Answer, LoadedAnswers
from assistant.export.formats import FORMATS
from assistant.export.formats.package import pack
from assistant.export.proof import prove_document
from assistant.export.verify import compare
from assistant.report.draft import make_draft
from assistant.storage.errors import FileError
from tests.drafts import OFFICE
from tests.waiting import at_once

EXCEL = FORMATS["xlsx"]
soffice = shutil.which("soffice")


class Book:
    """A written workbook, opened by the library for a person's changes."""

    def __init__(self, draft, folder):
        self.draft = draft
        self.data = EXCEL.write(draft, OFFICE)
        self.path = folder / "报告.xlsx"
        self.path.write_bytes(self.data)
        self.opened = load_workbook(self.path)
        self.table = self.opened.worksheets[0]

    def cell(self, label):
        """The cell of the number in the row with this label."""
        rows = [row for row in self.table.iter_rows() if row[0].value == label]
        assert len(rows) == 1
        return rows[0][2]

    def compare(self):
        self.opened.save(self.path)
        return compare(EXCEL.lines(self.draft, OFFICE), EXCEL.read(self.path).lines)


@pytest.fixture
def book(sample, sentences, tmp_path):
    def make(name="township-2017-many-faults", previous=None, **values):
        now = sample(name)
        given = {**now.given, **{key: Answer(value) for key, value in values.items()}}
        reading = LoadedAnswers(type(now)(now.edition, now.year, given), ())
        return Book(make_draft(reading, previous, sentences), tmp_path)

    return make


def test_numbers_are_numbers_and_words_are_words(book):
    made = book()
    kinds: dict[str, list[object]] = {}
    for row in made.table.iter_rows(min_row=6):
        for cell in row:
            kinds.setdefault(cell.data_type, []).append(cell.value)
    assert "f" not in kinds
    assert all(isinstance(value, int | float | type(None)) for value in kinds["n"])
    gaps = [value for value in kinds["s"] if str(value).isdigit()]
    assert gaps == []
    assert kinds["s"].count("待补充") > 1


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("x")', "'甲", "<v>9</v>", "_x0041_", "甲_x000D_"],
)
def test_text_is_never_a_formula(book, name):
    made = book(body_name=name)
    for sheet in made.opened.worksheets:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    prove_document(made.draft, OFFICE, made.path, "xlsx")


def test_a_sheet_is_laid_out_for_paper_and_screen(book):
    made = book()
    sheet = made.table
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.print_area.endswith(f"$C${sheet.max_row}")
    fitted = (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1)
    assert (sheet.page_setup.paperSize, fitted) == (9, (1, 1))
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    labels = {row[0].value: row[0].alignment.indent for row in sheet.iter_rows(min_row=6)}
    assert labels["1.当面申请数"] == 2
    assert labels["涉及商业秘密"] > labels["1.当面申请数"]
    footer = sheet.cell(sheet.max_row, 1).value
    assert all(word in footer for word in ("单位负责人", "审核人", "填报人", "填报日期"))


def test_a_workbook_tells_its_title_and_language_but_not_when_or_by_whom_it_was_written(book):
    made = book()
    core = parts_of(made.data)["docProps/core.xml"].decode()
    assert f"<dc:title>{made.draft.report.title}</dc:title>" in core
    assert "<dc:language>zh-CN</dc:language>" in core
    assert set(re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z", core)) == {"1980-01-01T00:00:00Z"}
    assert re.findall("(?:creator|lastModifiedBy)>[^<]", core) == []
    assert made.opened.defined_names["nianbao_review"].hidden


def test_last_year_stands_beside_this_year(book, sample, edition):
    before = sample("township-2017-corrected")
    made = book(previous=before)
    heads = [cell.value for cell in made.table[5]]
    assert heads == ["统计指标", "单位", "统计数", "上年统计数"]
    shown = [row[3].value for row in made.table.iter_rows(min_row=6) if row[1].value]
    assert shown == [before.numbers[item.id] for item in edition.indicators]
    made.cell("1.当面申请数").offset(0, 1).value = 77
    found = made.compare().differences
    assert [each.cell for each in found] == ["received_in_person.previous"]


def test_the_review_sheet_tells_findings_gaps_and_changes(book, sample):
    made = book(previous=sample("township-2017-corrected"))
    sheet = made.opened["核对单"]
    words = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for finding in made.draft.findings:
        assert finding.sentence in words
    for part in ("一、核对中发现的事项", "二、暂缺和待核实的数", "三、与上年不同的数"):
        assert part in words
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(row[:4] == [154, 145, 9, "主动公开政府信息数"] for row in rows)


def test_what_a_person_writes_on_the_review_sheet_does_not_count(book):
    made = book()
    sheet = made.opened["核对单"]
    sheet.title = "审核"  # Excel itself lets names follow; this library does not
    made.opened.defined_names["nianbao_review"].attr_text = "审核!$A$1"
    sheet["A3"] = "已核对，2018年3月1日，共9项"
    comparison = made.compare()
    assert (comparison.differences, comparison.rewordings) == ((), ())


def test_a_changed_cell_is_named(book):
    made = book()
    made.cell("1.当面申请数").value = 999
    found = made.compare().differences
    assert [(each.verdict, each.cell, each.new) for each in found] == [
        ("changed", "received_in_person", "999")
    ]


def test_numbers_kept_as_words_or_with_noise_agree(book):
    made = book(received_in_person=3, fees_collected=None)
    made.cell("1.当面申请数").value = "3"
    made.cell(
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）"
    ).value = 154.00000000000003
    assert made.compare().differences == ()


def dated(cell):
    cell.number_format = "yyyy-m-d"


def shared(cell):
    cell.value /= 100
    cell.number_format = "0%"


def rounded(cell):
    cell.value += 0.4


def rounded_to_the_figure(cell):
    cell.value += 0.4
    cell.number_format = "0"


def unshown(cell):
    cell.number_format = ";;;"


def timed(cell):
    cell.number_format = "h:mm"


def powered(cell):
    cell.number_format = "0E+00"


def truthful(cell):
    cell.value = True


@pytest.mark.parametrize(
    "change", [dated, shared, rounded, rounded_to_the_figure, unshown, timed, powered, truthful]
)
def test_a_figure_that_is_shown_as_something_else_never_agrees(book, change):
    made = book(received_in_person=1)
    change(made.cell("1.当面申请数"))
    assert made.compare().differences


@pytest.mark.parametrize("code", ["General", "#,##0", "0_ ", "0.00", "@", "[Red]0;-0"])
def test_a_figure_may_be_decorated(book, code):
    made = book(received_in_person=1234)
    made.cell("1.当面申请数").number_format = code
    assert made.compare().differences == ()


def test_characters_that_excel_writes_as_codes_are_read_as_it_shows_them(book):
    made = book()
    parts = parts_of(made.data)
    strings = "xl/sharedStrings.xml"
    wanted = "1.当面申请数".encode()
    assert wanted in parts[strings]
    for written, shown in (
        (b"1._x5F53_\xe9\x9d\xa2\xe7\x94\xb3\xe8\xaf\xb7\xe6\x95\xb0", "1.当面申请数"),
        ("1.当面_x000D_\n申请数".encode(), "1.当面 申请数"),
        ("1.当面_x0007_申请数".encode(), "1.当面\ufffd申请数"),
        ("1.当面_xD800_申请数".encode(), "1.当面\ufffd申请数"),
        ("1.当面_x005F_x0041_申请数".encode(), "1.当面_x0041_申请数"),
    ):
        made.path.write_bytes(pack({**parts, strings: parts[strings].replace(wanted, written)}))
        assert any(line.startswith(f"{shown} ") for line in EXCEL.read(made.path).lines), shown


@pytest.mark.parametrize("funding", ["0.000774", "0.000003", "1234567890.123456", "99999999999.5"])
def test_the_smallest_and_the_largest_amounts_are_read_back(book, funding):
    made = book(funding=Decimal(funding))
    prove_document(made.draft, OFFICE, made.path, "xlsx")


def test_hidden_rows_and_sums_without_values_are_said(book):
    made = book()
    cell = made.cell("1.当面申请数")
    made.table.row_dimensions[cell.row].hidden = True
    made.cell("2.传真申请数").value = "=1+1"
    assert [each.cell for each in made.compare().differences if each.verdict == "missing"]
    assert set(EXCEL.read(made.path).notices) == {"hidden", "uncounted"}


@pytest.mark.skipif(not soffice, reason="needs LibreOffice")
def test_a_copy_saved_by_libreoffice_agrees(book, tmp_path):
    made = book()
    folder = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder]
    subprocess.run([*command, made.path], check=True, capture_output=True)
    with zipfile.ZipFile(folder / made.path.name) as archive:
        assert "xl/sharedStrings.xml" in archive.namelist()
    comparison = compare(EXCEL.lines(made.draft, OFFICE), EXCEL.read(folder / made.path.name).lines)
    assert (comparison.differences, comparison.rewordings) == ((), ())


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SHEET = "xl/worksheets/sheet1.xml"
DAMAGE = {
    "cut": lambda parts: {**parts, SHEET: parts[SHEET][:3000]},
    "entities": lambda parts: {
        **parts,
        SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[SHEET],
    },
    "macros": lambda parts: {**parts, "xl/vbaProject.bin": b"x"},
    "strings": lambda parts: {
        **parts,
        SHEET: parts[SHEET].replace(b't="s"><v>', b't="s"><v>99999'),
    },
    "no sheets": lambda parts: {
        name: data for name, data in parts.items() if name != "xl/workbook.xml"
    },
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_or_hostile_workbook_is_a_fault_with_a_sentence(
    book, tmp_path, damage, sentences
):
    made = book()
    path = tmp_path / "坏.xlsx"
    path.write_bytes(pack(damage(parts_of(made.data))))
    with pytest.raises(FileError) as fault:
        EXCEL.read(path)
    assert sentences.has(f"errors.{fault.value.code}")


FAR = b'<row><c r="ZZZ1" t="inlineStr"><is><t>x</t></is></c></row>'
LARGE = {
    "cells": b"<row>" + b"<c/>" * 300_000 + b"</row>",
    "rows": b"<row/>" * 300_000,
    "far cells": FAR * 30_000,
    "long texts": b"<row>" + b'<c t="str"><v>' + b"x" * 7_000_000 + b"</v></c>" * 2 + b"</row>",
    "hidden columns": b'<col min="1" max="99999" hidden="1"/>' * 100_000,
    "merged cells": b'<mergeCell ref="A1:ZZ9999"/>' * 100_000,
}


@pytest.mark.parametrize("content", LARGE.values(), ids=LARGE)
def test_a_sheet_of_millions_of_cells_is_refused_at_once(book, tmp_path, content):
    made = book()
    parts = parts_of(made.data)
    parts[SHEET] = b"<worksheet><sheetData>" + content + b"</sheetData></worksheet>"
    path = tmp_path / "大.xlsx"
    path.write_bytes(pack(parts))
    with at_once(), pytest.raises(FileError, match=r"package_(too_large|broken)"):
        EXCEL.read(path)
