"""Tables of documents as cells: every figure in its row and column, whatever the format."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assistant.export.formats import FORMATS
from assistant.export.formats.document_lines import DocumentContents
from assistant.export.formats.package import pack
from assistant.report import make_report
from assistant.tables.cell_grid import COLUMNS_LIMIT, ROWS_LIMIT, CellGrid
from assistant.tables.recognise import recognise
from assistant.tables.text_rows import rows_of_text
from tests import tables
from tests.drafts import OFFICE, drafted
from tests.strategies import EDITIONS, WHOLE_FILES, answers

law = WHOLE_FILES
WITH_CELLS = [suffix for suffix in FORMATS if suffix != "txt"]
"""Text has no cells; `rows_of_text` cuts its lines."""
every_format = pytest.mark.parametrize("suffix", WITH_CELLS)
SAMPLES = (
    "city-2025-busy",
    "town-2025-many-faults",
    "town-2025-all-zero",
    "township-2017-as-published",
    "department-2018-first-year",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cells")


def contents_of(report, suffix, place) -> DocumentContents:
    path = place / f"x.{suffix}"
    path.write_bytes(FORMATS[suffix].write(drafted(report), OFFICE))
    return FORMATS[suffix].read(path)


def columns_of(grid: CellGrid) -> list[dict[int, str]]:
    """The text of each row by column, a cell over several columns or rows once in each."""
    rows: list[dict[int, str]] = [{} for _ in grid.rows]
    for at, cells in enumerate(grid.rows):
        column = 0
        for cell in cells:
            while column in rows[at]:
                column += 1
            for below in rows[at : at + cell.rows]:
                for each in range(column, column + cell.columns):
                    assert each not in below, "a cell stands on another one"
                    below[each] = cell.text
    return rows


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_bounds(grid: CellGrid) -> None:
    rows = columns_of(grid)
    assert len(rows) <= ROWS_LIMIT
    assert max((column for row in rows for column in row), default=0) < COLUMNS_LIMIT
    assert all(at + cell.rows <= len(rows) for at, row in enumerate(grid.rows) for cell in row)


def assert_holds(contents: DocumentContents, wanted: list[tables.Laid]) -> None:
    """Every row of these tables is there in order, its figures in the columns of their heads."""
    found = [(grid, at, row) for grid in contents.tables for at, row in enumerate(columns_of(grid))]
    rest = iter(found)
    for table in wanted:
        heads: dict[int, list[str]] = {}
        for row in table.rows:
            texts = list(map(squeezed, row))
            for grid, at, cells in rest:  # noqa: B007  used behind the loop
                if [squeezed(cells.get(column, "")) for column in range(len(row))] == texts:
                    break
                for column in cells:
                    heads.setdefault(column, []).append(cells[column])
            else:
                pytest.fail(f"no row {texts}")
            line = contents.lines[grid.lines[at]]
            assert all(text in squeezed(line) for text in texts[table.label_end :])
        for column, said in enumerate(table.heads):
            above = "".join(squeezed(text) for text in dict.fromkeys(heads.get(column, ())))
            assert all(squeezed(word) in above for word in said), (said, above)


def laid(report, suffix) -> list[tables.Laid]:
    """The tables of a report as a format has them."""
    return [(tables.plain if suffix == "md" else tables.merged)(each) for each in report.tables]


@every_format
@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_of_a_sample_stands_in_its_cell(sample, sentences, place, suffix, name):
    report = make_report(sample(name), None, sentences, is_draft=True)
    contents = contents_of(report, suffix, place)
    if suffix != "xlsx":
        assert len(contents.tables) == len(report.tables)
    assert_holds(contents, laid(report, suffix))


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@law
@given(data=st.data())
def test_every_figure_of_any_answers_stands_in_its_cell(sentences, place, complete, data):
    edition = data.draw(st.sampled_from(EDITIONS), label="edition")
    now = data.draw(answers(edition, complete=complete))
    report = make_report(now, None, sentences, is_draft=not complete)
    for suffix in WITH_CELLS:
        contents = contents_of(report, suffix, place)
        assert_holds(contents, laid(report, suffix))


@law
@given(data=st.data())
def test_every_figure_of_a_table_of_any_make_stands_in_its_cell(sample, sentences, place, data):
    report = make_report(sample("township-2017-corrected"), None, sentences, is_draft=False)
    values = data.draw(st.lists(tables.FIGURES, min_size=200, max_size=200))
    changed = tables.in_the_midst(report, values)
    for suffix in WITH_CELLS:
        contents = contents_of(changed, suffix, place)
        assert_holds(contents, laid(changed, suffix))


def cut(*lines: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows_of_text(lines).rows]


def test_lines_of_text_are_cut_at_borders_tabs_and_gaps():
    assert cut("甲\t1\t\t3", "\t\t") == [["甲", "1", "", "3"], ["", "", ""]]
    assert cut("| 甲 |  | 1 |  |", "甲|1") == [["甲", "", "1"], ["甲", "1"]]
    assert cut("信息 内容  12   3", "　　甲项　4") == [["信息内容", "12", "3"], ["甲项", "4"]]
    assert cut("予以公开294981916", "（一）") == [["予以公开", "294981916"], ["（一）"]]


def test_figures_on_lines_of_their_own_join_the_words_before_them():
    assert cut("甲", "1", "", "3", "", "乙", "4") == [["甲", "1", "", "3"], ["乙", "4"]]
    assert cut("甲", "", "1", "", "", "乙", "4") == [["甲", "", "1"], ["乙", "4"]]
    assert cut("1", "2") == [["1"], ["2"]]
    assert rows_of_text(["甲", "1", "乙", "4"]).lines == (0, 2)


def read(folder, suffix, data) -> DocumentContents:
    path = folder / f"表.{suffix}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    contents = FORMATS[suffix].read(path)
    for grid in contents.tables:
        assert_bounds(grid)
        assert len(grid.lines) == len(grid.rows)
        assert all(-1 <= line < len(contents.lines) for line in grid.lines)
    return contents


def texts(contents: DocumentContents) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in contents.tables]


def spans(grid: CellGrid) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.columns, cell.rows) for cell in row] for row in grid.rows]


def test_pipes_of_markdown_are_borders_unless_escaped(tmp_path):
    text = "段落\n\n| 甲\\|乙 | 数 |\n|:---|---:|\n| 一 |  |\n| - | - |\n"
    text += "\n丙 | 丁\n--- | ---\n1 | 2\\\\|3"
    contents = read(tmp_path, "md", text)
    assert texts(contents) == [
        [["甲|乙", "数"], ["一", ""], ["-", "-"]],
        [["丙", "丁"], ["1", "2\\", "3"]],
    ]
    assert contents.tables[0].lines == (1, 3, 4)


def test_spans_of_a_web_page(tmp_path):
    page = """<table><thead><tr><th rowspan=2>项目<th colspan="2">数量<tr><th>本年<th>上年</thead>
    <tr style="display:none"><td>看不见<td>9<td>9</tr>
    <tr><th rowspan="0">甲<td>1<td>2</tr><tr><td>3<br>件<td style="visibility: hidden">4</table>"""
    (grid,) = read(tmp_path, "html", page).tables
    assert spans(grid) == [
        [("项目", 1, 2), ("数量", 2, 1)],
        [("本年", 1, 1), ("上年", 1, 1)],
        [("甲", 1, 2), ("1", 1, 1), ("2", 1, 1)],
        [("3 件", 1, 1), ("", 1, 1)],
    ]
    assert grid.lines == (0, 1, 2, 3)


def test_a_row_that_holds_a_table_is_none(tmp_path):
    inner = "<table><tr><td>甲<td>1</table>"
    page = f"<p>题</p><table><tr><td>左<td>{inner}</tr><tr><td>乙<td>2</tr></table><tr><td>散<td>3"
    contents = read(tmp_path, "html", page)
    assert sorted(texts(contents)) == [[["乙", "2"]], [["散", "3"]], [["甲", "1"]]]
    for grid in contents.tables:
        assert contents.lines[grid.lines[0]] == " | ".join(cell.text for cell in grid.rows[0])


def test_a_row_that_holds_a_table_parts_what_others_cross(tmp_path):
    inner = "<table><tr><td>1</table>"
    rows = f"<tr><td>甲<td rowspan=3>乙</tr><tr><td>{inner}</tr><tr><td>丙</tr>"
    found = read(tmp_path, "html", f"<table>{rows}</table>").tables
    assert [spans(grid) for grid in found] == [
        [[("甲", 1, 1), ("乙", 1, 1)]], [[("1", 1, 1)]], [[("丙", 1, 1)]]
    ]  # fmt: skip


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, sample_document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sample_document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return pack({**parts, "word/document.xml": xml.encode()})


@pytest.fixture(scope="module")
def document(sample, sentences):
    report = make_report(sample("town-2025-all-zero"), None, sentences, is_draft=False)
    return FORMATS["docx"].write(drafted(report), OFFICE)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide_cell(number: int) -> str:
    return f'<w:gridSpan w:val="{number}"/>'


def test_spans_of_word(tmp_path, document):
    rows = [
        row(cell("项目", BEGINS), cell("数量", wide_cell(2))),
        row(cell("", GOES_ON), cell("本年"), cell("上年")),
        row(cell("删", BEGINS), cell("9"), cell("9"), properties='<w:del w:id="1"/>'),
        row(cell("无主", GOES_ON), cell("1"), cell("删", "<w:cellDel/>"), cell("2")),
        row(cell("3"), properties='<w:gridBefore w:val="2"/>'),
        row(cell("4"), properties='<w:gridAfter w:val="2"/>'),
    ]
    body = f"<w:p/><w:tbl>{''.join(rows)}</w:tbl>"
    (grid,) = read(tmp_path, "docx", word(body, document)).tables
    assert spans(grid) == [
        [("项目", 1, 2), ("数量", 2, 1)],
        [("本年", 1, 1), ("上年", 1, 1)],
        [("无主", 1, 1), ("1", 1, 1), ("2", 1, 1)],
        [("", 2, 1), ("3", 1, 1)],
        [("4", 1, 1), ("", 2, 1)],
    ]
    assert grid.lines == (0, 1, 2, 3, 4)


def test_a_table_in_a_cell_of_word_is_a_grid_too(tmp_path, document):
    inner = f"<w:tbl>{row(cell('甲'), cell('1'))}{row(cell(''), cell(''))}</w:tbl>"
    outer = f"<w:tc><w:p><w:r><w:t>说明</w:t></w:r></w:p>{inner}<w:p/></w:tc>"
    body = f"<w:tbl>{row(outer, cell('乙'))}</w:tbl><w:p><w:r><w:t>完</w:t></w:r></w:p>"
    contents = read(tmp_path, "docx", word(body, document))
    assert texts(contents)[0] == [["说明 甲 | 1 |", "乙"]]
    assert texts(contents)[1] == [["甲", "1"], ["", ""]]
    assert [grid.lines for grid in contents.tables] == [(0,), (0, 0)]
    assert contents.lines[1] == "完"


def test_the_review_sheet_gives_no_table(sample, sentences, tmp_path):
    report = make_report(sample("town-2025-many-faults"), None, sentences, is_draft=True)
    draft = drafted(report)
    for suffix in ("docx", "xlsx"):
        data = FORMATS[suffix].write(draft, OFFICE._replace(has_review=True))
        contents = read(tmp_path, suffix, data)
        plain = read(tmp_path, suffix, FORMATS[suffix].write(draft, OFFICE))
        assert contents.tables == plain.tables


def sheet(fill) -> bytes:
    book = Workbook()
    fill(book.active)
    book.active.title = "情况表"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_merged_and_hidden_cells_of_a_sheet(tmp_path):
    def fill(made):
        for line in (["项目", "数量", None], [None, "本年", "上年"], ["藏", 1, 2], [None, 3, 4]):
            made.append(line)
        made.append([None, None, 0.5])
        for merged in ("A1:A2", "B1:C1", "A3:A4"):
            made.merge_cells(merged)
        made.row_dimensions[3].hidden = True
        made["D1"], made["D2"] = "藏", 7
        made.column_dimensions["D"].hidden = True
        made["E2"] = "末"

    contents = read(tmp_path, "xlsx", sheet(fill))
    (grid,) = contents.tables
    assert grid.place == "情况表"
    assert spans(grid) == [
        [("项目", 1, 2), ("数量", 2, 1)],
        [("本年", 1, 1), ("上年", 1, 1), ("末", 1, 1)],
        [("藏", 1, 1), ("3", 1, 1), ("4", 1, 1)],
        [("", 1, 1), ("", 1, 1), ("0.5", 1, 1)],
    ]
    assert [cell.place for cell in grid.rows[1]] == ["B2", "C2", "E2"]
    assert grid.rows[2][0].place == "A3"
    assert contents.lines[grid.lines[3]] == "|  | 0.5"


def test_a_hidden_sheet_gives_no_table(tmp_path):
    def fill(made):
        made.append(["甲", 1])
        other = made.parent.create_sheet("藏")
        other.append(["乙", 2])
        other.sheet_state = "hidden"

    assert [grid.place for grid in read(tmp_path, "xlsx", sheet(fill)).tables] == ["情况表"]


MANY = 30_000
HUGE = {
    "columns of a page": ("html", f"<table>{'<tr><td colspan=1000000>甲<td>乙' * 50}</table>"),
    "rows of a page": ("html", f"<table>{'<tr><td rowspan=1000000>甲<td>1' * 300}</table>"),
    "a long page": ("html", f"<table>{'<tr><td>1<td>2' * MANY}</table>"),
    "a wide page": ("html", f"<table><tr>{'<td rowspan=9>1' * MANY}</table>"),
    "layout": ("html", "<table><tr><td rowspan=9><table><tr><td>1</table></tr></table>" * 5_000),
    "long Markdown": ("md", "| 1 | 2 |\n" * MANY),
    "wide Markdown": ("md", "|" * MANY),
}
HUGE_TEXT = {
    "long": "1\t2\n" * MANY,
    "wide": "1\t" * MANY,
    "rules": ("-" * 78 + "\n甲 1\n") * MANY,
    "gaps": "甲   1  2\n" * MANY,
    "wide gaps": "甲" + " 1" * MANY,
    "labels": "予以公开\t1\n" * MANY,
    "damaged labels": "予以公并信息的\t1\n" * MANY,
    "words alone": "予以公开\n" * MANY,
    "figures alone": "1\n" * MANY,
    "glued": "予以公开" + "1" * MANY,
    "glued rows": "予以公开294981916\n" * MANY,
    "a label without end": "公开" * MANY + "\t1",
    "borders": "|" * MANY + "\n" + "| 1 " * MANY,
}


@pytest.mark.parametrize(("suffix", "data"), HUGE.values(), ids=HUGE)
def test_tables_beyond_all_measure_take_bounded_work(tmp_path, suffix, data):
    start = time.process_time()
    read(tmp_path, suffix, data)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("text", HUGE_TEXT.values(), ids=HUGE_TEXT)
def test_text_beyond_all_measure_takes_bounded_work(shelf, text):
    start = time.process_time()
    for edition in ("national-2021", "beijing-2014"):
        recognise(rows_of_text(text.split("\n")), shelf.edition(edition))
    assert time.process_time() - start < 20


def test_spans_of_word_beyond_all_measure_are_cut(tmp_path, document):
    rows = [row(cell("甲", wide_cell(10**6) + BEGINS), cell("1"))]
    rows += [row(cell("", wide_cell(10**9) + GOES_ON))] * 20_000
    body = f"<w:tbl>{''.join(rows)}</w:tbl>"
    (grid,) = read(tmp_path, "docx", word(body, document)).tables
    assert spans(grid)[0] == [("甲", COLUMNS_LIMIT, ROWS_LIMIT)]
    rows = [row(cell("1"), properties=f'<w:gridBefore w:val="{10**7}"/>')]
    (grid,) = read(tmp_path, "docx", word(f"<w:tbl>{rows[0]}</w:tbl>", document)).tables
    assert spans(grid) == [[("", COLUMNS_LIMIT, 1)]]


def test_merged_cells_beyond_all_measure_are_cut(tmp_path):
    def fill(made):
        for number in range(3):
            made.append(["甲", number])
        made.merge_cells("B2:C2")

    with zipfile.ZipFile(io.BytesIO(sheet(fill))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"B2:C2", b"B2:XFD1048576")
    (grid,) = read(tmp_path, "xlsx", pack(parts)).tables
    assert spans(grid)[1:] == [[("甲", 1, 1), ("1", COLUMNS_LIMIT - 1, 2)], [("甲", 1, 1)]]
