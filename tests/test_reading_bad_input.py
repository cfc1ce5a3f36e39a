"""Files that are no report, or an odd one, read and audited for real: nothing is made up."""

import json
import os
import time
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.published.builders import BUILDERS
from tests.published.corpus import Report, Shell, Table, Words
from tests.published.corpus import load as load_report
from tests.published.scoring import score, wrong_cells
from tests.test_bad_input import said_well

LONGEST = 60
"""Seconds for a file beyond all measure, on a machine that does other things too."""


def written(folder: Path, report: Report, manner: str) -> Path:
    builder = BUILDERS[manner]
    path = folder / f"报告.{builder.suffix}"
    path.write_bytes(builder.build(report))
    return path


def as_file(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def cells_of(run) -> dict[str, str]:
    assert run.returncode in (0, 4), run.stdout + run.stderr
    return json.loads(run.stdout)["cells"]


def changed(report: Report, cell: str, text: str) -> Report:
    """A report with another text in the place of a figure."""
    parts: list[Words | Table] = []
    for part in report.parts:
        if isinstance(part, Table) and cell in part.ids.values():
            (row, at) = next(spot for spot, name in part.ids.items() if name == cell)
            rows = [list(each) for each in part.rows]
            rows[row][at] = rows[row][at]._replace(text=text)
            parts.append(part._replace(rows=tuple(map(tuple, rows))))
        else:
            parts.append(part)
    return report._replace(parts=tuple(parts))


# --- Text that is laid out by its line ends, or by nothing


def test_a_page_of_preformatted_text_is_read_as_the_text(here, tmp_path):
    text = (SAMPLES / "township-2017-corrected" / "report.txt").read_text(encoding="utf-8")
    page = as_file(tmp_path, "网页.html", f"<html><body><pre>\n{text}</pre></body></html>")
    plain = as_file(tmp_path, "文本.txt", text)
    found = [json.loads(here("read", path, "--json").stdout) for path in (page, plain)]
    for each in found:
        del each["report"]
    assert found[0] == found[1]
    assert found[0]["cells"]


@pytest.mark.parametrize("suffix", ["html", "md", "txt"])
@pytest.mark.parametrize("sample", ["township-2017-corrected", "county-2025-with-previous"])
def test_a_report_that_lost_all_its_line_ends_is_answered(here, tmp_path, sample, suffix):
    text = (SAMPLES / sample / "report.txt").read_text(encoding="utf-8")
    path = as_file(tmp_path, f"报告.{suffix}", " ".join(text.split()))
    for command in ("read", "audit"):
        run = here(command, path, "--json")
        assert "错误编号" not in run.stdout + run.stderr
        assert run.returncode in (0, 2, 3, 4)


# --- Several reports, and none


@pytest.fixture
def two_years() -> Report:
    before, after = load_report("county-2022"), load_report("county-2023")
    return after._replace(parts=(*before.parts, *after.parts))


@pytest.mark.parametrize("manner", ["docx", "html", "md", "txt-tabs"])
def test_of_two_years_in_one_file_it_is_asked_which(nianbao, tmp_path, two_years, manner):
    path = written(tmp_path, two_years, manner)
    answers = tmp_path / "上年.yaml"
    for command in (("read", path, "-o", answers), ("audit", path)):
        run = nianbao(*command)
        assert run.returncode == 2
        assert "2022、2023" in said_well(run)
    assert not answers.exists()
    for name in ("county-2022", "county-2023"):
        report = load_report(name)
        cells = cells_of(nianbao("read", path, "--year", report.facts["year"], "--json"))
        counts = score(cells, report.truth)
        assert (counts.wrong, counts.unread) == (0, 0)


OTHERS: dict[str, str | bytes] = {
    "通知.txt": "关于做好汛期值班工作的通知\n各镇人民政府：\n请于6月1日前报送值班表，共3份。\n",
    "预算.html": "<h1>2023年部门预算</h1><table><tr><td>项目<td>金额<tr><td>工资<td>120</table>",
    "点名.md": "| 姓名 | 次数 |\n|---|---|\n| 甲 | 3 |\n",
    "空.txt": "",
    "空.html": "",
    "只有空格.txt": " \n\t\n",
    "空.docx": b"",
    "空.xlsx": b"",
    "空.pdf": b"",
    "坏.docx": b"PK\x03\x04" + b"\0" * 200,
    "坏.xlsx": b"PK\x03\x04" + b"\0" * 200,
    "坏.pdf": b"%PDF-1.7\n%%EOF",
    "别的.zip": b"PK\x05\x06" + b"\0" * 18,
}


@pytest.mark.parametrize("command", ["read", "audit"])
@pytest.mark.parametrize("name", OTHERS)
def test_a_file_that_is_no_report_is_refused_with_a_sentence(nianbao, tmp_path, name, command):
    path = as_file(tmp_path, name, OTHERS[name])
    options = ["-o", tmp_path / "答案.yaml"] if command == "read" else []
    run = nianbao(command, path, *options)
    assert run.returncode == 2
    assert name in said_well(run)
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("size", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("manner", ["docx", "xlsx"])
def test_a_zip_file_cut_short_is_refused(nianbao, tmp_path, manner, size):
    path = written(tmp_path, load_report("county-2022"), manner)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * size)])
    run = nianbao("read", path, "--year", "2022", "-o", tmp_path / "答案.yaml")
    assert run.returncode == 2
    assert path.name in said_well(run)
    assert not (tmp_path / "答案.yaml").exists()


def test_a_folder_and_a_file_that_is_not_there_are_refused(nianbao, tmp_path):
    for path in (tmp_path, tmp_path / "没有.docx"):
        for command in ("read", "audit"):
            run = nianbao(command, path)
            assert run.returncode == 2
            assert path.name in said_well(run)


@pytest.mark.parametrize("manner", ["html", "docx"])
def test_an_existing_file_is_not_written_over(nianbao, tmp_path, manner):
    path = written(tmp_path, load_report("county-2022"), manner)
    for output in (as_file(tmp_path, "答案.yaml", "我的"), path):
        before = output.read_bytes()
        run = nianbao("read", path, "-o", output)
        assert run.returncode == 2
        assert output.name in said_well(run)
        assert output.read_bytes() == before


# --- Pages


def laid_out(report: Report) -> str:
    """A page whose frame is a table, with menus, counters and lists of names of the form."""
    page = BUILDERS["html"].build(report._replace(shell=Shell())).decode()
    body = page.partition("<body>")[2].partition("</body>")[0]
    counters = "".join(f"<tr><td>{name}<td>{number}" for name, number in (
        ("点击", 1234), ("政府信息公开", 25), ("行政许可", 777), ("行政处罚", 888), ("予以公开", 9),
    ))  # fmt: skip
    menu = "<table><tr><td>首页<td>1<td>规章<td>12<td>总计<td>99</table>"
    return (
        f"<html><meta charset=utf-8><body><table><tr><td rowspan=9><table>{counters}</table>"
        f"<td>{menu}<tr><td><table><tr><td>{body}</table><tr><td>共3页 第1页 总计 3</table>"
    )


@pytest.mark.parametrize("name", ["county-2022", "zone-2025", "bureau-2018", "lead-2024"])
def test_the_frame_of_a_page_is_no_table_of_the_report(nianbao, tmp_path, name):
    report = load_report(name)
    cells = cells_of(nianbao("read", as_file(tmp_path, "页.html", laid_out(report)), "--json"))
    assert wrong_cells(cells, report.truth) == []
    assert score(cells, report.truth).right >= 0.9 * len(report.truth.accepted)


TITLE = "示例县2022年政府信息公开工作年度报告"
HEAD = f"<h1>{TITLE}</h1><table>"
SPAN = "colspan=1000000 rowspan=1000000"
BYTES = int(os.environ.get("NIANBAO_BYTES", "250000"))
"""Of a file; what is larger than two million is not read at all."""


def filled(head: str, piece: str) -> str:
    """A piece again and again."""
    return head + piece * ((BYTES - len(head.encode())) // len(piece.encode()))


HUGE = {
    "行.html": filled(HEAD, "<tr><td>予以公开<td>1"),
    "别的行.html": filled(HEAD, "<tr><td>予以公并情况<td>1<td>2"),
    "宽.html": filled(f"{HEAD}<tr><td>予以公开", "<td>1"),
    "跨列.html": filled(HEAD, "<tr><td colspan=1000000>予以公开<td colspan=1000000>1"),
    "跨行.html": filled(HEAD, f"<tr><td {SPAN}>予以公开<td {SPAN}>1"),
    "表.html": filled(f"<h1>{TITLE}</h1>", "<table><tr><td>予以公开<td>1</table>"),
    "表中表.html": filled(f"<h1>{TITLE}</h1>", "<table><tr><td>予以公开<td>"),
    "行.md": filled(f"# {TITLE}\n\n|甲|乙|\n|---|---|\n", "| 予以公开 | 1 |\n"),
    "行.txt": filled(f"{TITLE}\n", "予以公开\t1\t2\t3\t4\t5\t6\t21\n"),
    "连写.txt": filled(f"{TITLE}\n", "予以公开1111111111111111111111111111\n"),
    "句.txt": filled(f"{TITLE}\n", "本年新收政府信息公开申请12件。\n"),
    "数.txt": filled(f"{TITLE}\n予以公开\n", "1\n"),
    "一行.txt": filled(f"{TITLE}\n予以公开", "12345"),
    "标题.txt": filled("", f"{TITLE}\n"),
    "大.txt": "1" * 3_000_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_file_beyond_all_measure_takes_bounded_time(nianbao, tmp_path, name):
    path = as_file(tmp_path, name, HUGE[name])
    start = time.monotonic()
    run = nianbao("audit", path)
    assert time.monotonic() - start < LONGEST
    assert run.returncode in (2, 3, 4)
    said_well(run)


def test_a_word_file_of_a_hundred_thousand_rows_takes_bounded_time(nianbao, tmp_path):
    path = written(tmp_path, load_report("county-2022"), "docx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("甲", "1"))
    table = f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 100_000}</w:tbl></w:body>"
    xml = parts["word/document.xml"].decode().replace("</w:body>", table)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, "word/document.xml": xml.encode()}.items():
            archive.writestr(name, data)
    start = time.monotonic()
    run = nianbao("audit", path)
    assert time.monotonic() - start < LONGEST
    assert run.returncode in (2, 3, 4)
    said_well(run)


# --- Figures and labels


BLANKS_WITHIN = ["1 4 5", "14 5", "1\u30004\u30005", "1\u00a04 5", "1\u20094\u20095", "1\n45"]
ODD = ["1?5", "1\ufffd5", "l45", "１４ ５", "1.4.5", "145/7", "（145", "约145", "145-7", "1,45"]
OPEN = [
    *((manner, text) for manner in ("html", "txt-tabs") for text in (*BLANKS_WITHIN, *ODD)),
    *((m, t) for m in ("docx", "md", "xlsx", "txt-lines") for t in (*BLANKS_WITHIN[:2], ODD[0])),
]


@pytest.mark.parametrize(("manner", "text"), OPEN)
def test_a_figure_that_is_none_stays_open(nianbao, tmp_path, manner, text):
    report = changed(load_report("county-2022"), "new_received.natural", text)
    path = written(tmp_path, report, manner)
    year = () if BUILDERS[manner].has_text else ("--year", report.facts["year"])
    cells = cells_of(nianbao("read", path, *year, "--json"))
    assert "new_received.natural" not in cells
    left = {"new_received.natural"}
    wrong = [each for each in wrong_cells(cells, report.truth) if each not in left]
    assert wrong == []


RADICALS = str.maketrans("自门民风见金长齐行立", "⾃⻔⺠⻛⻅⾦⻓⻬⾏⽴")


@pytest.mark.parametrize("manner", ["docx", "html", "txt-tabs"])
def test_radicals_are_read_as_the_characters_they_look_like(nianbao, tmp_path, manner):
    report = load_report("county-2022")
    parts = tuple(
        part._replace(rows=tuple(
            tuple(cell._replace(text=cell.text.translate(RADICALS)) for cell in row)
            for row in part.rows
        ))
        if isinstance(part, Table) else part._replace(text=part.text.translate(RADICALS))
        for part in report.parts
    )  # fmt: skip
    path = written(tmp_path, report._replace(parts=parts), manner)
    counts = score(cells_of(nianbao("read", path, "--json")), report.truth)
    assert (counts.wrong, counts.unread) == (0, 0)


def garbled(data: bytes, *, loses: bool) -> str:
    """UTF-8 taken for GBK, perhaps with what that does not know lost."""
    return data.decode("gbk", "ignore" if loses else "replace")


@pytest.mark.parametrize("loses", [False, True])
def test_a_garbled_page_gives_no_figure(nianbao, tmp_path, loses):
    data = BUILDERS["html"].build(load_report("county-2022"))
    path = as_file(tmp_path, "乱码.html", garbled(data, loses=loses))
    run = nianbao("read", path, "--year", "2022", "--json")
    said_well(run)
    assert run.returncode == 2 or json.loads(run.stdout)["cells"] == {}


@pytest.mark.parametrize("coding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_old_encodings_are_read(nianbao, tmp_path, coding):
    report = load_report("county-2022")
    text = BUILDERS["txt-tabs"].build(report).decode()
    path = as_file(tmp_path, "旧.txt", text.encode(coding))
    cells = cells_of(nianbao("read", path, "--json"))
    assert score(cells, report.truth).unread == 0
