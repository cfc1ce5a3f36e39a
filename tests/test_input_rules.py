"""Cells of figures in collection sheets: what they let in while somebody types."""

import csv
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from assistant.answers import Answer, read_entry
from assistant.collect.blank_sheet import figure_formula, write_blank
from assistant.form.loader import open_library
from assistant.storage.yaml_text import Node
from tests.machines import TYPED
from tests.strategies import EDITIONS

soffice = shutil.which("soffice")

ASKED = {"count": "active_total", "amount": "funding"}
"""A question of each kind of figure."""
LET_IN = {
    "count": (
        "145", "0", "1,234", "１４５", "145条", "1.2万", "二十八", "无", "暂缺", "暂缺（3月1日给）",
        "28，待核实", "28（待核实，3-1给数）", "28条待核实：1:30开会定", "不适用", 12, 0, 90_000,
    ),
    "amount": (
        "0.35", "0", "350元", "1,234.5", "592372.4491", "暂缺", "0.35，待核实", "1.2万", 12.5,
        0.000774,
    ),
}  # fmt: skip
REFUSED = {
    "count": (
        "3-1", "3/1", "2025-3-1", "2025年3月1日", "3月1日", "2025.3.1", "1:30", "1：30", "12%",
        "12％", "TRUE", "true", "FALSE", "1e3", "1E+3", "-5", "－5", "0.5", "3.5", "=1+1",
        "=SUM(D8:D9)", "1 1/2", -5, 0.5,
        (12, "0%"), (1200, "0.00E+00"),
    ),
    "amount": (
        "3-1", "2025.3.1", "1:30", "12%", "TRUE", "-0.35", "=1+1", "1e3", -0.35,
        (0.12, "0%"),
    ),
}  # fmt: skip
KINDS = pytest.mark.parametrize("kind", ASKED)
STEMS = ("3", "１２", "12.5", "1,234", "三十五", "-5", "1.2万", "无", "暂缺", "12件", "0.35万元")
ENDS = (
    "",
    "。",
    "，待核实",
    "（待核实）",
    "（待核实：3月1日给）",
    " 待核实",
    "条",
    "元",
    "，见附件",
    "%",
)
TEXTS = [
    *(stem + end for stem in STEMS for end in ENDS),
    *(text for kind in ASKED for text in TYPED[kind]),
]


@pytest.fixture(scope="module")
def lets_in(tmp_path_factory):
    """What LibreOffice works out of the formulas, by kind, for what may stand in a cell."""
    contents = list(dict.fromkeys([*sum((*LET_IN.values(), *REFUSED.values()), ()), *TEXTS]))
    book = Workbook()
    sheet = book.worksheets[0]
    for row, content in enumerate(contents, 1):
        cell = sheet.cell(row, 1)
        cell.value, cell.number_format = content if isinstance(content, tuple) else (content, "0")
        if isinstance(content, str):
            cell.data_type, cell.number_format = "s", "@"
        for column, kind in enumerate(ASKED, 2):
            sheet.cell(row, column).value = figure_formula(kind, f"A{row}")
    folder = tmp_path_factory.mktemp("rules")
    book.save(folder / "规则.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "csv", "--outdir", folder]
    subprocess.run([*command, folder / "规则.xlsx"], check=True, capture_output=True)
    with (folder / "规则.csv").open(encoding="utf-8", newline="") as lines:
        said = [
            [{"TRUE": True, "FALSE": False}[word] for word in row[1:]] for row in csv.reader(lines)
        ]
    columns = zip(*said, strict=True)
    return {
        kind: dict(zip(contents, column, strict=True))
        for kind, column in zip(ASKED, columns, strict=True)
    }


@KINDS
@pytest.mark.skipif(not soffice, reason="needs LibreOffice")
def test_dates_times_shares_and_truths_are_refused_and_figures_and_words_are_not(kind, lets_in):
    assert [each for each in LET_IN[kind] if not lets_in[kind][each]] == []
    assert [each for each in REFUSED[kind] if lets_in[kind][each]] == []


@KINDS
@pytest.mark.skipif(not soffice, reason="needs LibreOffice")
def test_nothing_that_can_be_read_is_refused_while_typing(kind, lets_in, edition):
    question = edition.questions[ASKED[kind]]
    readable = [text for text in TEXTS if isinstance(read_entry(question, Node(text, 0)), Answer)]
    assert len(readable) > 20
    assert [text for text in readable if not lets_in[kind][text]] == []


@KINDS
def test_the_formula_is_one_that_excel_takes_for_a_rule(kind):
    formula = figure_formula(kind, "AB9999")
    assert len(formula) <= 255
    assert "{" not in formula  # lists of constants are not taken in rules


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_cell_of_a_figure_keeps_what_is_typed_and_has_its_rule(edition):
    data = write_blank(edition, edition.years.first, open_library())
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    rules = {
        cell: rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in sheet[area.coord : area.coord]
        for cell in [row[0].coordinate]
    }
    figures = 0
    for row in sheet.iter_rows(min_row=7):
        question = edition.questions.get(str(row[0].value))
        if question is None or question.kind not in ASKED:
            continue
        figures += 1
        cell, rule = row[3], rules[row[3].coordinate]
        assert (cell.number_format, cell.protection.locked) == ("@", False)
        assert (rule.type, rule.errorStyle or "stop") == ("custom", "stop")
        assert rule.showErrorMessage
        first = str(rule.sqref).split()[0]
        assert f"={rule.formula1}" == figure_formula(question.kind, first)
        assert (len(rule.errorTitle) <= 32, len(rule.error) <= 255) == (True, True)
        assert "万元" in rule.error or question.kind == "count"
    assert figures > 20
    assert not sheet.protection.formatCells
    with ZipFile(BytesIO(data)) as archive:
        assert b'numberStoredAsText="1"' in archive.read("xl/worksheets/sheet1.xml")
