"""Tables as the form prints them, and what stays on one line of a document."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from assistant.export.formats import FORMATS
from assistant.export.formats.word import BREAK, WordParagraph, contents
from assistant.report import Span, Table, make_report, printed_grid
from assistant.values.line_breaking import columns, longest_word
from tests import tables
from tests.drafts import OFFICE, drafted
from tests.strategies import EDITIONS, WHOLE_FILES, answers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AMOUNTS = ("592372.4491", "1234567.8901", "999999999999.9999")


@pytest.fixture(scope="module")
def busy(sample, sentences):
    return make_report(sample("city-2025-busy"), None, sentences, is_draft=False)


def table_of(report, rows: int) -> Table:
    return next(table for table in report.tables if len(table.rows) == rows)


def document_of(report) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"].write(drafted(report), OFFICE))) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def page_of(report) -> str:
    return FORMATS["html"].write(drafted(report), OFFICE).decode()


def test_headings_of_the_form_stand_left_of_their_rows(busy):
    grid = printed_grid(table_of(busy, 30))
    stubs = [
        (cell.span.text, cell.column, cell.across, cell.down)
        for cells in grid.rows
        for cell in cells
        if cell.role != "number" and not cell.is_below
    ]
    assert stubs[:6] == [
        ("一、本年新收政府信息公开申请数量", 0, 3, 1),
        ("二、上年结转政府信息公开申请数量", 0, 3, 1),
        ("三、本年度办理结果", 0, 1, 22),
        ("（一）予以公开", 1, 2, 1),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2, 1),
        ("（三）不予公开", 1, 1, 8),
    ]
    assert ("1.属于国家秘密", 2, 1, 1) in stubs
    assert [each for each in stubs if each[3] > 1][1:] == [
        ("（三）不予公开", 1, 1, 8),
        ("（四）无法提供", 1, 1, 3),
        ("（五）不予处理", 1, 1, 5),
        ("（六）其他处理", 1, 1, 3),
    ]
    assert stubs[-2:] == [("（七）总计", 1, 2, 1), ("四、结转下年度继续办理", 0, 3, 1)]
    assert (grid.heads[0][0].across, grid.heads[0][0].down) == (3, 3)


def assert_tiled(table: Table) -> None:
    """Its cells cover the grid, none twice, and none of them is blank."""
    grid = printed_grid(table)
    for cells in grid.all_rows:
        edges = [cell.column for cell in cells] + [grid.width]
        ends = [0, *(cell.column + cell.across for cell in cells)]
        assert edges == ends, [cell.span.text for cell in cells]
        assert all(cell.span.text or cell.is_below for cell in cells)
    for rows in (grid.heads, grid.rows):
        begun = [cell for cells in rows for cell in cells if not cell.is_below]
        assert sum(cell.across * cell.down for cell in begun) == grid.width * len(rows)


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@WHOLE_FILES
@given(data=st.data())
def test_no_cell_of_any_form_is_blank(sentences, complete, data):
    edition = data.draw(st.sampled_from(EDITIONS), label="edition")
    now = data.draw(answers(edition, complete=complete))
    report = make_report(now, None, sentences, is_draft=not complete)
    for table in report.tables:
        assert_tiled(table)
        told = [cell.span for cells in printed_grid(table).rows for cell in cells
                if cell.role == "number"]  # fmt: skip
        assert told == [span for row in table.rows for span in row.cells]


def test_headings_stand_beside_rows_of_any_depth():
    table = tables.wide(["3"] * 60)._replace(headings="beside")
    assert_tiled(table)
    assert [cell.down for cell in printed_grid(table).rows[1]][:2] == [3, 1]


def test_tables_of_a_section_share_columns_of_one_width(busy):
    small = [table for table in busy.tables if table.shared]
    assert len(small) == 4
    assert {printed_grid(table).width for table in small} == {4}
    made = list(document_of(busy).iter(W + "tbl"))[: len(small)]
    widths = [[int(column.get(W + "w")) for column in each.iter(W + "gridCol")] for each in made]
    assert all(each == widths[0] and len(set(each)) == 1 for each in widths)


def test_screen_readers_are_told_what_a_table_is(busy):
    first = next(document_of(busy).iter(W + "tbl")).find(W + "tblPr")
    assert (
        first.find(W + "tblCaption").get(W + "val") == "二、主动公开政府信息情况第二十条第（一）项"
    )
    said = first.find(W + "tblDescription").get(W + "val")
    assert said == (
        "表头2行，数据2行。左边1栏是项目，数字依次是：第二十条第（一）项·本年制发件数、"
        "第二十条第（一）项·本年废止件数、第二十条第（一）项·现行有效件数。"
    )
    page = page_of(busy)
    assert page.count("<table ") == page.count(" aria-label=") == len(busy.tables)
    assert 'aria-label="三、收到和处理政府信息公开申请情况"' in page
    assert '<th scope="row" class="group" rowspan="22">三、本年度办理结果</th>' in page


def roomy(report, amount: str):
    """The report with one figure of every table as long as this."""
    parts = []
    for part in report.parts:
        if isinstance(part, Table):
            *rows, last = part.rows
            cells = (last.cells[0]._replace(text=amount), *last.cells[1:])
            parts.append(part._replace(rows=(*rows, last._replace(cells=cells))))
        else:
            parts.append(part)
    return report._replace(parts=tuple(parts))


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("name", ["city-2025-busy", "township-2017-as-published"])
def test_an_amount_stays_on_one_line_of_its_cell(sample, sentences, name, amount):
    report = roomy(make_report(sample(name), None, sentences, is_draft=False), amount)
    seen = 0
    for table in document_of(report).iter(W + "tbl"):
        margins = table.findall(f"{W}tblPr/{W}tblCellMar/*")
        sides = [
            int(each.get(W + "w")) for each in margins if each.tag in (W + "left", W + "right")
        ]
        for cell in table.iter(W + "tc"):
            if "".join(cell.itertext()) != amount:
                continue
            size = cell.find(f".//{W}sz")
            points = OFFICE.library.typography.styles.table_number.size
            if len(list(table.iter(W + "tr"))) > 20 and len(list(table.iter(W + "gridCol"))) > 3:
                points = OFFICE.library.typography.styles.dense_number.size
            points = int(size.get(W + "val")) / 2 if size is not None else points
            usual = 2 * OFFICE.library.typography.table.margin * 20 * 72 / 25.4
            room = int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w")) - (sum(sides) or usual)
            assert len(amount) * points * 20 / 2 <= room
            seen += 1
    assert seen == len(report.tables)


@pytest.mark.parametrize("amount", AMOUNTS[:2])
def test_a_column_of_a_sheet_is_as_wide_as_its_amount(busy, amount):
    data = FORMATS["xlsx"].write(drafted(roomy(busy, amount)), OFFICE)
    for sheet in load_workbook(io.BytesIO(data)).worksheets[:3]:
        for row in sheet.iter_rows():
            for column, cell in enumerate(row, 1):
                if cell.value == float(amount):
                    letter = get_column_letter(column)
                    assert sheet.column_dimensions[letter].width > len(amount)


def test_a_number_stays_with_its_unit(busy):
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"].write(drafted(busy), OFFICE))) as archive:
        settings = archive.read("word/settings.xml").decode()
    never_first = re.search(r'noLineBreaksBefore w:lang="zh-CN" w:val="([^"]*)"', settings)
    assert never_first is not None
    assert set("年月日件条次人元万，。") <= set(never_first[1])
    page = re.sub(r" id=\"[^\"]*\" data-of=\"[^\"]*\"", "", page_of(busy))
    assert '<span class="one"><data value="2025">2025</data>年</span>政府信息公开' in page
    period = '<span class="one">2025年</span><span class="one">1月</span>'
    assert period in page


def test_a_telephone_number_stays_whole_and_no_line_before_an_address_is_spread(busy):
    document = document_of(busy)
    (called,) = [each for each in document.iter(W + "p") if "电话：" in "".join(each.itertext())]
    assert len(list(called.iter(W + "noBreakHyphen"))) == 1
    assert called.find(f"{W}pPr/{W}jc").get(W + "val") == "left"
    for paragraph in document.iter(W + "p"):
        text = "".join(paragraph.itertext())
        align = paragraph.find(f"{W}pPr/{W}jc")
        if longest_word(text) >= OFFICE.library.typography.edges.word:
            assert align is not None
    assert '<span class="one">010-00000000</span>' in page_of(busy)
    assert '<p class="uneven">本报告的电子版可在' in page_of(busy)


@given(name=st.text("示例省市自治区县人民政府办公厅", min_size=1, max_size=60))
def test_no_line_of_a_title_is_a_lone_character(busy, name):
    title = next(block for block in busy.blocks if block.kind == "title")
    spans = tuple(
        span._replace(text=name) if span.kind == "contact" else span for span in title.spans
    )
    report = busy._replace(parts=(title._replace(spans=spans),))
    typography = OFFICE.library.typography
    (made,) = contents(report, OFFICE.library.sentences, typography)
    assert isinstance(made, WordParagraph)
    lines = [line.text for line in made.lines()]
    assert "".join(lines) == "".join(span.text for span in spans)
    room = typography.text_width / (25.4 / 72) / typography.styles.title.size
    assert all(columns(line) <= 2 * room for line in lines)
    of_name = lines[:-1] if len(lines) > 1 else lines
    assert len(name) < 2 or all(len(line) > 1 for line in of_name)
    assert Span("form", "\n") == BREAK
