"""Word files: the looks by their XML, the same bytes again, and an office's own styles."""

import io
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from assistant.answers import Answer, Answers
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.formats.document_lines import trimmed
from assistant.form.loader import open_library
from assistant.form.model.typography import Typography
from assistant.report import Report, make_report
from tests import tables
from tests.drafts import OFFICE, drafted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE = "samples/township-2017-corrected/answers.yaml"
ROOT = Path(__file__).parent.parent
SLOTS = {"ascii", "hAnsi", "eastAsia", "cs"}


@pytest.fixture(scope="module")
def typography() -> Typography:
    return open_library().typography


@pytest.fixture
def report(sample, sentences) -> Report:
    return make_report(sample("township-2017-corrected"), None, sentences, is_draft=False)


@pytest.fixture
def draft_report(sample, sentences) -> Report:
    township: Answers = sample("township-2017-many-faults")
    return make_report(township, None, sentences, is_draft=True)


def parts_of(report: Report, office: RenderOptions = OFFICE) -> dict[str, bytes]:
    data = FORMATS["docx"].write(drafted(report), office)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(parts: dict[str, bytes], name: str) -> ET.Element:
    return ET.fromstring(parts[f"word/{name}.xml"])


def value(element: ET.Element | None, key: str = "val") -> str:
    return "" if element is None else element.get(W + key, "")


def styles_of(parts: dict[str, bytes]) -> dict[str, ET.Element]:
    return {style.get(W + "styleId"): style for style in tree(parts, "styles").iter(W + "style")}


def paragraphs_of(parts: dict[str, bytes]) -> list[tuple[str, ET.Element]]:
    """Style names and paragraphs of the body, those of tables included."""
    styles = styles_of(parts)
    return [
        (value(styles[value(each.find(f"{W}pPr/{W}pStyle"))].find(W + "name")), each)
        for each in tree(parts, "document").iter(W + "p")
    ]


def words(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def test_every_style_names_its_font_in_all_four_slots(report, typography):
    parts = parts_of(report)
    named = {style.name: style for style in typography.roles.values()}
    seen = set()
    for style in styles_of(parts).values():
        if style.get(W + "type") != "paragraph":
            continue
        fonts = style.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        assert {key.removeprefix(W) for key in fonts.attrib} == SLOTS
        look = named.get(value(style.find(W + "name")))
        if look is not None:
            seen.add(look.name)
            assert value(fonts, "eastAsia") == look.font
            assert {value(fonts, slot) for slot in SLOTS - {"eastAsia"}} == {look.western}
            assert value(style.find(f"{W}rPr/{W}sz")) == str(int(look.size * 2))
            assert value(style.find(f"{W}rPr/{W}lang"), "eastAsia") == "zh-CN"
    assert seen == set(named)


def test_no_run_names_a_font_of_its_own_and_marks_are_told_to_be_chinese(draft_report):
    parts = parts_of(draft_report)
    for name in ("document", "footer1", "footer2", "header1", "header2"):
        for run in tree(parts, name).iter(W + "r"):
            fonts = run.find(f"{W}rPr/{W}rFonts")
            hint = dict(fonts.attrib) if fonts is not None else {}
            needs = bool(set("“”‘’…—·") & set(words(run)))
            assert hint == ({W + "hint": "eastAsia"} if needs else {}), words(run)


def test_nothing_of_the_librarys_template_is_left(report):
    parts = parts_of(report)
    assert sorted(parts) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
        "word/_rels/document.xml.rels", "word/document.xml", "word/fontTable.xml",
        "word/footer1.xml", "word/footer2.xml", "word/settings.xml", "word/styles.xml",
        "word/theme/theme1.xml",
    ]  # fmt: skip
    everything = b"".join(parts.values()).decode()
    for word in ("ja-JP", "Theme=", "latentStyles", "MS Mincho", "Calibri", "Cambria", "numPr"):
        assert word not in everything, word
    core = parts["docProps/core.xml"].decode()
    assert not re.search("creator|created|modified|python", core)
    assert "示例镇人民政府2017年政府信息公开工作年度报告" in core


def test_page_grid_and_margins_are_those_of_the_standard(report):
    section = tree(parts_of(report), "document").find(f"{W}body/{W}sectPr")
    size, margins, grid = (section.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
    sides = ("top", "left", "right", "bottom")
    millimetres = {key: round(int(value(margins, key)) / 1440 * 25.4) for key in sides}
    assert millimetres == {"top": 37, "left": 28, "right": 26, "bottom": 35}
    assert [round(int(value(size, key)) / 1440 * 25.4) for key in ("w", "h")] == [210, 297]
    pitch = int(value(grid, "linePitch")) / 1440 * 25.4
    assert 22 * pitch <= 225 < 22.5 * pitch


def test_a_line_of_text_holds_28_characters_and_a_page_22_lines(report):
    parts = parts_of(report)
    body = next(
        style for style in styles_of(parts).values() if value(style.find(W + "name")) == "Body Text"
    )
    letters = body.find(W + "rPr")
    width = int(value(letters.find(W + "sz"))) / 2 + int(value(letters.find(W + "spacing"))) / 20
    across = 156 / 25.4 * 72
    assert 28 * width <= across < 28.5 * width
    line = body.find(f"{W}pPr/{W}spacing")
    assert value(line, "lineRule") == "exact"
    assert 22 * int(value(line, "line")) / 20 <= 225 / 25.4 * 72
    assert value(body.find(f"{W}pPr/{W}ind"), "firstLineChars") == "200"


def test_page_numbers_stand_outside_between_two_dashes(report):
    parts = parts_of(report)
    sides = {}
    for name in ("footer1", "footer2"):
        paragraph = tree(parts, name).find(W + "p")
        side = value(paragraph.find(f"{W}pPr/{W}jc"))
        sides[side] = value(paragraph.find(f"{W}pPr/{W}ind"), f"{side}Chars")
        assert words(paragraph) == "— 1 —"
        assert "".join(code.text for code in paragraph.iter(W + "instrText")).strip() == "PAGE"
    assert sides == {"right": "100", "left": "100"}
    assert tree(parts, "settings").find(W + "evenAndOddHeaders") is not None
    kinds = {value(each, "type") for each in tree(parts, "document").iter(W + "footerReference")}
    assert kinds == {"default", "even"}


def test_headings_are_real_and_the_annex_begins_a_page_of_its_own(report):
    parts = parts_of(report)
    names = [name for name, _ in paragraphs_of(parts)]
    assert names.count("heading 1") == 6
    assert names.count("Title") == names.count("附件标记") == names.count("附表标题") == 1
    styles = {value(each.find(W + "name")): each for each in styles_of(parts).values()}
    assert value(styles["heading 1"].find(f"{W}pPr/{W}outlineLvl")) == "0"
    assert value(styles["heading 2"].find(f"{W}pPr/{W}outlineLvl")) == "1"
    assert styles["附件标记"].find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_the_annex_is_announced_before_the_signature_which_never_stands_alone(report):
    found = [(name, words(each), each) for name, each in paragraphs_of(parts_of(report))]
    at = [name for name, _, _ in found].index("Signature")
    assert found[at - 1][:2] == ("附件说明", "附件：政府信息公开情况统计表")
    assert [text for _, text, _ in found[at : at + 2]] == ["示例镇人民政府", "2018年3月5日"]
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for _, _, each in found[at - 2 : at + 2]] \
        == [True, True, True, False]  # fmt: skip
    for _, _, each in found[at : at + 2]:
        indent = each.find(f"{W}pPr/{W}ind")
        assert value(each.find(f"{W}pPr/{W}jc")) == "center"
        # the date takes six characters and ends four from the right
        box = 156 / 25.4 * 1440 - int(value(indent, "left")) - int(value(indent, "right"))
        assert box / 2 == pytest.approx((4 + 6 / 2) * 320, abs=5)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("示例镇人民政府", ["示例镇人民政府"]),
        ("示例省示例自治州示例县级市经济技术开发区管理委员会办公室",
         ["示例省示例自治州示例县级市", "经济技术开发区管理委员会办公室"]),
        ("示例市示例区示例街道办事处综合行政执法队",
         ["示例市示例区", "示例街道办事处综合行政执法队"]),
        ("示例" * 12, ["示例" * 6, "示例" * 6]),
    ],
)  # fmt: skip
def test_a_long_title_goes_on_behind_a_place(sample, sentences, name, lines):
    answers = sample("township-2017-corrected")
    answers = answers.with_given({**answers.given, "body_name": Answer(name)})
    parts = parts_of(make_report(answers, None, sentences, is_draft=False))
    title = next(each for style, each in paragraphs_of(parts) if style == "Title")
    assert [text.text for text in title.iter(W + "t")][:-1] == lines


def test_no_page_ends_with_a_heading_of_rows(report):
    table = tree(parts_of(report), "document").find(f"{W}body/{W}tbl")
    kept = {words(row) for row in table.iter(W + "tr") if row.find(f".//{W}keepNext") is not None}
    assert "一、主动公开情况" in kept
    assert len(kept) == 7


def test_header_rows_come_again_and_no_row_breaks_over_pages(report):
    table = tree(parts_of(report), "document").find(f"{W}body/{W}tbl")
    rows = table.findall(W + "tr")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert heads == [True] + [False] * 78
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    widths = [int(value(each, "w")) for each in table.iter(W + "gridCol")]
    assert sum(widths) == pytest.approx(156 / 25.4 * 1440, abs=5)


def test_gaps_are_highlighted_and_a_draft_says_so_on_every_page(draft_report, report):
    parts = parts_of(draft_report)
    marked = [
        words(run)
        for run in tree(parts, "document").iter(W + "r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]
    assert "【待补充：落款日期】" in marked
    assert "待补充" in marked
    assert all("待补充" in text for text in marked)
    assert {words(tree(parts, f"header{at}")) for at in (1, 2)} == {"草稿"}
    assert not [name for name in parts_of(report) if "header" in name]


def test_a_header_of_two_levels_is_merged_as_on_the_form(report):
    parts = parts_of(tables.in_the_midst(report, ["3"] * 60))
    wide = tree(parts, "document").findall(f"{W}body/{W}tbl")[2]
    first, second = wide.findall(W + "tr")[:2]
    spans = [value(cell.find(f"{W}tcPr/{W}gridSpan")) for cell in first.findall(W + "tc")]
    merges = [value(cell.find(f"{W}tcPr/{W}vMerge")) for cell in first.findall(W + "tc")]
    assert spans == ["", "", "5", ""]
    assert merges == ["restart", "restart", "", "restart"]
    below = [value(cell.find(f"{W}tcPr/{W}vMerge")) for cell in second.findall(W + "tc")]
    assert below == ["continue", "continue", *[""] * 5, "continue"]


def test_the_same_answers_give_the_same_bytes_in_any_process_and_at_any_time(tmp_path, nianbao):
    for name, seed in (("one", "1"), ("other", "2")):
        arguments = ("replay", SAMPLE, "-o", tmp_path / name, "--format", "docx")
        run = nianbao(*arguments, env={"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"})
        assert run.returncode == 0, run.stderr
    one, other = (tmp_path / name / "answers.docx" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_library_itself_reads_every_line_of_it(report):
    data = FORMATS["docx"].write(drafted(report), OFFICE)
    document = docx.Document(io.BytesIO(data))
    told = [line for each in document.paragraphs for line in each.text.split("\n")]
    cells = ({cell._tc: cell.text for cell in row.cells} for row in document.tables[0].rows)
    rows = [" | ".join(each.values()) for each in cells]
    promised = [line.text for line in FORMATS["docx"].lines(drafted(report), OFFICE)]
    assert trimmed(told + rows) == trimmed(promised)


@pytest.fixture
def own_file(tmp_path) -> Path:
    """An office's file: styles with other fonts, other margins, a letterhead."""
    document = docx.Document()
    document.styles["Title"].font.name = "华文中宋"
    document.styles["Body Text"].font.name = "华文仿宋"
    document.sections[0].left_margin = docx.shared.Mm(31)
    document.sections[0].header.paragraphs[0].text = "电话：12345"
    document.add_paragraph("办公室的文件")
    path = tmp_path / "样式.docx"
    document.save(path)
    return path


def test_an_offices_own_styles_and_page_are_taken_and_what_it_lacks_is_named(
    own_file, tmp_path, nianbao
):
    command = ("replay", SAMPLE, "-o", tmp_path, "--format", "docx", "--reference-doc", own_file)
    run = nianbao(*command)
    assert run.returncode == 0, run.stderr
    said = next(line for line in run.stderr.splitlines() if "样式文件里没有" in line)
    assert "“附表数字”" in said
    assert "Title" not in said
    with zipfile.ZipFile(tmp_path / "answers.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = {value(each.find(W + "name")): each for each in styles_of(parts).values()}
    assert value(names["Title"].find(f"{W}rPr/{W}rFonts"), "ascii") == "华文中宋"
    used = {name for name, _ in paragraphs_of(parts)}
    assert {"Title", "Body Text", "heading 1", "附表数字"} <= used
    margins = tree(parts, "document").find(f"{W}body/{W}sectPr/{W}pgMar")
    assert round(int(value(margins, "left")) / 1440 * 25.4) == 31
    assert "12345" not in "".join(map(words, (tree(parts, "document"), tree(parts, "footer1"))))
    assert nianbao("verify", tmp_path / "answers.docx", SAMPLE).returncode == 0


def test_a_document_of_ours_serves_as_an_offices_own_file(tmp_path, nianbao):
    command = ("replay", SAMPLE, "--format", "docx", "-o")
    assert nianbao(*command, tmp_path / "one").returncode == 0
    own = tmp_path / "one" / "answers.docx"
    run = nianbao(*command, tmp_path / "two", "--reference-doc", own)
    assert run.returncode == 0
    assert "样式文件里没有" not in run.stderr
    assert (tmp_path / "two" / "answers.docx").read_bytes() == own.read_bytes()


def test_an_offices_file_that_is_none_stops_the_command_before_anything_is_written(
    tmp_path, nianbao
):
    own = tmp_path / "样式.docx"
    own.write_text("没有样式", encoding="utf-8")
    run = nianbao(
        "replay", SAMPLE, "-o", tmp_path / "out", "--format", "docx", "--reference-doc", own
    )
    assert run.returncode == 2
    assert "样式.docx" in run.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_document_saved_again_by_an_office_program_still_agrees(report, tmp_path, nianbao):
    office = OFFICE._replace(has_review=True)
    (tmp_path / "a.docx").write_bytes(FORMATS["docx"].write(drafted(report), office))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML",
               "--outdir", tmp_path / "again", tmp_path / "a.docx"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = tmp_path / "again" / "a.docx"
    assert again.read_bytes() != (tmp_path / "a.docx").read_bytes()
    run = nianbao("verify", again, SAMPLE)
    assert run.returncode == 0, run.stdout
    assert "文字" not in run.stdout
    assert "附有核对单" in run.stdout


def test_writing_many_formats_reads_the_word_library_once(tmp_path):
    code = (
        "import sys; from assistant.cli import main\n"
        f"main(['replay', {SAMPLE!r}, '-o', {str(tmp_path)!r}, '--format', 'txt,docx'])\n"
        "print('docx' in sys.modules, 'xlsxwriter' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT
    )
    assert run.stdout.splitlines()[-1] == "True False"


def test_the_sentence_that_leads_to_a_table_stays_with_it(sample, sentences):
    busy = make_report(sample("city-2025-busy"), None, sentences, is_draft=False)
    body = list(tree(parts_of(busy), "document").find(f"{W}body"))
    before = [one for one, next_one in pairwise(body) if next_one.tag == f"{W}tbl"]
    leads = [each for each in before if "".join(each.itertext())]
    assert len(leads) == 3
    assert all(len(each.findall(f"{W}pPr/{W}keepNext")) == 1 for each in leads)


def test_tables_that_are_one_in_the_form_stay_on_one_page(sample, sentences):
    busy = make_report(sample("city-2025-busy"), None, sentences, is_draft=False)
    body = list(tree(parts_of(busy), "document").find(f"{W}body"))
    tables = [each for each in body if each.tag == f"{W}tbl"]
    for table in tables[:3]:
        for paragraph in table.iter(f"{W}p"):
            assert paragraph.find(f"{W}pPr/{W}keepNext") is not None
        behind = body[body.index(table) + 1]
        assert behind.find(f"{W}pPr/{W}keepNext") is not None
    assert not list(tables[3].iter(f"{W}keepNext")), "the last may end a page"


@pytest.mark.parametrize("told", ["", "收到和处理政府信息公开申请的情况如下表。"])
def test_a_table_of_many_rows_and_columns_has_a_page_of_its_own(
    sample, sentences, typography, told
):
    answers = sample("city-2025-busy")
    leads = {"requests.table": answers.worded("requests.table", told)} if told else {}
    answers = answers.with_given({**answers.given, **leads})
    report = make_report(answers, None, sentences, is_draft=False)
    body = list(tree(parts_of(report), "document")[0])
    at = max(range(len(body)), key=lambda place: len(list(body[place].iter(f"{W}tr"))))
    used = {value(each) for each in body[at].iter(f"{W}pStyle")}
    assert len(used) == 3, "head, labels and numbers have their small styles"
    heading = body[at - 1 - len(leads)]
    assert "三、" in "".join(heading.itertext())
    assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert "".join(body[at - 1].itertext()).endswith(told or "情况")
    assert body[at - 1].find(f"{W}pPr/{W}keepNext") is not None
    least = typography.table.dense.row * len(list(body[at].iter(f"{W}tr")))
    assert least < 0.8 * typography.text_height, "labels of several lines find room too"
    broken = [each for each in body if each.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert broken == [heading], "other tables stand where they are told of"
