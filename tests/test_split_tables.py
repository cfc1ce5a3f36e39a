"""Tables printed otherwise than the form has them: in pieces, rows folded, numbered loosely."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.export.formats import read_document
from assistant.published.report import figures_of, read_report
from assistant.published.summary import summary
from assistant.tables.cell_grid import CellGrid, GridCell
from assistant.tables.recognise import TableReading, recognise
from assistant.tables.text_rows import rows_of_text

TITLE = "示例镇人民政府2025年政府信息公开工作年度报告"
COLUMNS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
PIECES = {
    "行政复议": (2, 1, 0, 1, 4),
    "行政诉讼（未经复议直接起诉）": (3, 0, 0, 0, 3),
    "行政诉讼（复议后起诉）": (1, 0, 2, 0, 3),
}
ROWS = ("review", "suit_direct", "suit_after_review")
ENDS = ("upheld", "corrected", "other", "pending", "total")
WANTED = {
    f"{row}.{end}": str(value)
    for row, values in zip(ROWS, PIECES.values(), strict=True)
    for end, value in zip(ENDS, values, strict=True)
}
KINDS = ("natural", "biz", "research", "ngo", "legal_service", "other_org", "total")


def piped(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def in_pieces(pieces: Mapping[str, tuple[int, ...]]) -> str:
    lines = [f"# {TITLE}", "", "## 四、政府信息公开行政复议、行政诉讼情况", ""]
    for title, values in pieces.items():
        lines += [f"### {title}", piped(*COLUMNS), piped(*["---"] * 5), piped(*values), ""]
    return "\n".join(lines)


def web_page(pieces: Mapping[str, tuple[int, ...]]) -> str:
    made = [f"<h1>{TITLE}</h1><p>四、政府信息公开行政复议、行政诉讼情况</p>"]
    for title, values in pieces.items():
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in (COLUMNS, values))
        made.append(f"<p>{title}</p><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return f"<html><body>{''.join(made)}</body></html>"


def report_of(folder: Path, suffix: str, text: str, shelf):
    path = folder / f"报告.{suffix}"
    path.write_text(text, encoding="utf-8")
    return read_report(read_document(path), path, shelf)


@pytest.mark.parametrize(("suffix", "build"), [
    ("txt", in_pieces), ("md", in_pieces), ("html", web_page),
])  # fmt: skip
def test_a_table_in_titled_pieces_is_read(tmp_path, shelf, suffix, build):
    found = report_of(tmp_path, suffix, build(PIECES), shelf)
    assert figures_of(found) == WANTED
    assert not found.uncertain


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_wrong_total_of_a_piece_is_read_as_it_is_printed(tmp_path, shelf, suffix):
    build = in_pieces if suffix == "md" else web_page
    found = report_of(tmp_path, suffix, build({**PIECES, "行政复议": (2, 1, 0, 1, 0)}), shelf)
    assert figures_of(found)["review.total"] == "0"
    assert found.answers.numbers["review.total"] == 4


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_a_piece_without_its_title_is_not_guessed_and_not_called_empty(
    tmp_path, shelf, sentences, suffix
):
    build = web_page if suffix == "html" else in_pieces
    text = build(PIECES)
    for mark in ("### ", "<p>"):
        text = text.replace(f"{mark}行政诉讼（复议后起诉）", mark)
    found = report_of(tmp_path, suffix, text, shelf)
    assert {name.partition(".")[0] for name in figures_of(found)} == {"review", "suit_direct"}
    told = "\n".join(summary(found, sentences))
    assert "没有填数" not in told
    assert "这一行不是本表式的：" in told
    assert "1" in told.partition("这一行不是本表式的：")[2]


def folded(values: tuple[int, ...], *, manner: str, edition) -> TableReading:
    head = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = [head, ("（一）予以公开", 2, 0, 0, 0, 0, 0, 2), ("（六）其他处理", *values)]
    rows.append(("（七）总计", *(2 + values[0], *values[1:6], 2 + values[6])))
    if manner == "text":
        return recognise(rows_of_text([piped(*row) for row in rows]), edition)
    cells = tuple(tuple(GridCell(str(each)) for each in row) for row in rows)
    return recognise(CellGrid(cells), edition)


@pytest.fixture(scope="module")
def edition(shelf):
    return shelf.edition("national-2021")


@pytest.mark.parametrize("manner", ["cells", "text"])
def test_rows_that_are_folded_into_their_heading_are_zero_where_it_is(edition, manner):
    found = folded((0,) * 7, manner=manner, edition=edition)
    rows = ("other_no_correction", "other_no_payment", "other_other")
    zeros = {f"{row}.{kind}": ("0",) for row in rows for kind in KINDS}
    told = {name: each.texts for name, each in found.cells.items() if each.is_read}
    assert zeros.items() <= told.items()
    assert not found.unplaced


@pytest.mark.parametrize("manner", ["cells", "text"])
def test_folded_rows_that_are_not_zero_stay_open_and_say_why(edition, manner):
    found = folded((3, 0, 0, 0, 0, 0, 3), manner=manner, edition=edition)
    for row in ("other_no_correction", "other_no_payment", "other_other"):
        for kind in KINDS:
            assert found.cells[f"{row}.{kind}"].why == "folded"


def test_a_heading_with_zeros_over_rows_of_its_own_says_nothing_of_them(edition):
    lines = [
        piped("（六）其他处理", *[0] * 7),
        piped("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", 1, *[0] * 5, 1),
    ]
    found = recognise(rows_of_text(lines), edition).cells
    assert found["other_no_correction.natural"].texts == ("1",)
    assert "other_other.natural" not in found


@pytest.mark.parametrize("label", ["3. 其他", "3.  其他", "（3） 其他", "3、 其 他"])
def test_blanks_behind_the_number_of_a_label_do_not_matter(edition, label):
    lines = [
        piped("（六）其他处理", *[""] * 7),
        piped("1. 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *[0] * 7),
        piped(
            "2. 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *[0] * 7
        ),
        piped(label, 5, 1, 0, 0, 0, 0, 6),
    ]
    found = recognise(rows_of_text(lines), edition).cells
    assert found["other_other.total"].texts == ("6",)
    assert found["other_other.total"].is_read


def test_columns_that_are_only_counted_are_a_header_and_no_row(edition):
    lines = [
        piped("类别", *(f"数据{at}" for at in range(1, 7)), "总计"),
        piped("予以公开", 2, 1, 0, 0, 0, 0, 3),
    ]
    found = recognise(rows_of_text(lines), edition)
    assert found.cells["open.natural"].is_read
    assert not found.unplaced


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
@pytest.mark.parametrize("swapped", [("结果维持", "结果纠正"), ("尚未审结", "本年案件")])
def test_a_piece_with_other_columns_is_read_by_them_or_not_at_all(tmp_path, shelf, suffix, swapped):
    one, other = swapped
    build = web_page if suffix == "html" else in_pieces
    before, mark, after = build(PIECES).partition("行政诉讼（复议后起诉）")
    altered = after.replace(one, "*").replace(other, one).replace("*", other)
    found = report_of(tmp_path, suffix, before + mark + altered, shelf)
    names = dict(zip(COLUMNS, ENDS, strict=True))
    heads = [{one: other, other: one}.get(name, name) for name in COLUMNS]
    last = dict(zip(heads, PIECES["行政诉讼（复议后起诉）"], strict=True))
    wanted = {name: text for name, text in WANTED.items() if not name.startswith(ROWS[2])}
    if suffix != "txt":  # there cells stand below one another
        wanted |= {f"{ROWS[2]}.{names[name]}": str(last[name]) for name in last if name in names}
    assert figures_of(found) == wanted


def test_a_header_holds_only_for_the_figures_below_it(edition):
    def row(*texts: object) -> tuple[GridCell, ...]:
        return tuple(GridCell(str(text)) for text in texts)

    title = (GridCell("行政复议", 5),)
    other = row("结果纠正", "结果维持", "其他结果", "尚未审结", "总计")
    grid = (title, row(*COLUMNS), row(2, 1, 0, 1, 4), other, row(1, 0, 2, 0, 3))
    found = recognise(CellGrid(grid), edition)
    assert found.cells["review.upheld"].texts == ("2",)
    assert [each.text for each in found.unplaced] == ["1 0 2 0 3"]


def test_whole_rows_that_are_not_read_are_told_at_once(tmp_path, shelf, sentences):
    head = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = (head, ["---"] * 8, ("（六）其他处理", 3, 0, 0, 0, 0, 0, 3))
    text = "\n".join([f"# {TITLE}", "", *(piped(*row) for row in rows)])
    told = list(summary(report_of(tmp_path, "md", text, shelf), sentences))
    assert [line for line in told if "合印" in line] == ["　「其他处理」：报告把这几行合印成一行"]
    (missing,) = (line for line in told if "没有找到" in line)
    assert "「不予公开」" in missing and "属于国家秘密" not in missing
