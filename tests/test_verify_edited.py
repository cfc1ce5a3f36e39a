"""A document that came back: what people do to it, and the one line that answers each."""

import copy
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.conftest import SAMPLES
from tests.surfaces import WebSurface

FOLDER = SAMPLES / "county-2025-with-previous"
PREVIOUS = ("--previous", FOLDER / "previous.yaml")
RECEIVED = "2025年，全县收到政府信息公开申请76件，比上年增加14件，增长22.6%。"
APPLICANTS = "按申请人分，自然人61件、法人或其他组织15件。"
RULES = "全年制发行政规范性文件11件、废止4件，现行有效72件。"
OWN = "对口头咨询的群众当场说明申请办法。"
DENIED = "未发生责任追究情形"
AGREES = "【与答案相符，位置已变】"
Words = dict[str, str]
Edit = Callable[[Document], None]


def added(words: str) -> Words:
    """A sentence behind own text."""
    return {OWN: OWN + words}


LESS: list[tuple[Words, list[str]]] = [
    ({"培训2次": "培训两次", "申请76件": "申请七十六件"}, []),
    ({APPLICANTS: ""}, [f"【文字】正文少了：{APPLICANTS[:-1]}（表中仍有）"]),
    (
        {"，比上年增加14件，增长22.6%": ""},
        ["【文字】正文少了：比上年增加14件，增长22.6%（表中仍有）"],
    ),
    (
        {"，比上年增加205条，增长10.4%": ""},
        ["【文字】正文少了：比上年增加205条，增长10.4%（文中别处仍有）"],
    ),
    (
        {"，其中结果维持1件、尚未审结1件": ""},
        ["【文字】正文少了：其中结果维持1件、尚未审结1件（表中仍有）"],
    ),
    ({OWN: ""}, [f"【文字】删去：{OWN}"]),
    (
        {"群众当场说明申请办法": "群众当场说明"},
        [f"【文字】原为：{OWN}　现为：对口头咨询的群众当场说明。"],
    ),
]
"""What says less, or the same in another script."""
OTHERWISE: list[tuple[Words, list[str]]] = [
    (added("全年主动公开政府信息2180条。"), [f"{AGREES}全年主动公开政府信息2180条。"]),
    (
        {RECEIVED: "全县全年共收到政府信息公开申请76件，比上年增加14件，同比增长22.6%。"},
        [f"{AGREES}全县全年共收到政府信息公开申请76件，比上年增加14件，同比增长22.6%。"],
    ),
    (
        {"文件11件、废止": "文件11件。废止"},
        [f"{AGREES}全年制发行政规范性文件11件。", f"{AGREES}废止4件，现行有效72件。"],
    ),
    (
        {RULES: "本年度制发行政规范性文件11件，废止行政规范性文件4件，现行有效的文件72件。"},
        [f"{AGREES}本年度制发行政规范性文件11件，废止行政规范性文件4件，现行有效的"],
    ),
    (
        {RULES: "", "政策解读3篇。": "政策解读3篇，制发行政规范性文件11件，废止4件。"},
        [f"{AGREES}发布政策解读3篇，制发", "【文字】正文少了：现行有效72件"],
    ),
    (
        {
            "按平台分，政府网站2120条、政务新媒体860条（同一信息在几个平台发布的，分别计算）。": (
                "政府网站发布信息2120条，政务新媒体发布信息860条。"
            )
        },
        [f"{AGREES}政府网站发布信息2120条，政务新媒体发布信息860条。"],
    ),
    (
        {"比上年增加205条，增长10.4%。按平台分，": "同比增长10.4%。其中"},
        [
            f"{AGREES}2025年，全县主动公开政府信息2180条，同比增长10.4%。",
            f"{AGREES}其中政府网站2120条、",
            "【文字】正文少了：比上年增加205条（文中别处仍有）",
        ],
    ),
    (added("2025年3月1日起执行示府发〔2025〕3号文件。"), ["【文字】新增：2025年3月1日起"]),
]
"""What says the same in other words, or in another place."""
AGAINST: list[tuple[Words, list[str]]] = [
    (added("全年行政复议3件。"), ["【与表不符：应为「行政复议·总计」2件】全年行政复议3件。"]),
    (
        added("全年未收到政府信息公开申请。"),
        ["【与表不符：应为「新收政府信息公开申请·总计」76】全年未收到政府信息公开申请。"],
    ),
    (
        {"其中予以公开44件，占55.0%": "其中不予公开44件"},
        ["【与表不符：应为「不予公开·总计」1件】上年结转7件，全年办结80件"],
    ),
    ({DENIED: DENIED[1:]}, ["【与表不符：应为「责任追究」0】"]),
    ({f"{DENIED}。": ""}, [f"【意思改变】原来写“{DENIED}”"]),
    ({"申请76件": "申请76条"}, ["【改动】「新收政府信息公开申请·总计」应为76件"]),
    (
        {"比上年增加14件，增长22.6%": "比上年增加15件，增长24.2%"},
        ["【改动】「新收政府信息公开申请·总计」应为14件，文稿写的是15件；"],
    ),
    (
        {RECEIVED: "全县全年共收到政府信息公开申请79件，比上年增加14件，增长22.6%。"},
        ["【改动】「新收政府信息公开申请·总计」应为76件，文稿写的是79件。"],
    ),
    (
        {"2026年3月10日": "2026年3月20日"},
        ["【改动】「落款日期」应为2026年3月10日，文稿写的是2026年3月20日"],
    ),
    ({"申请76件": "申请件"}, ["【缺失】「新收政府信息公开申请·总计」76件"]),
    ({"全年举办业务培训2次；": ""}, ["【缺失】「培训次数」2次"]),
    ({"、办事服务类638条": ""}, ["【缺失】「主动公开信息分类」638条"]),
]
"""What disagrees."""
NOT_COMPARED: list[tuple[Words, list[str]]] = [
    (
        added("全年接待来访群众1500人次。"),
        ["【表里没有：1500人次】全年接待来访群众1500人次。"],
    ),
    (
        added("其中由乡镇转来的申请约有9件左右。"),
        ["【没读懂：9件】其中由乡镇转来的申请约有9件左右。"],
    ),
]
CASES = [
    *((words, 0, lines) for words, lines in (*LESS, *OTHERWISE)),
    *((words, 6, lines) for words, lines in (*AGAINST, *NOT_COMPARED)),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory, nianbao) -> Path:
    folder = tmp_path_factory.mktemp("文稿")
    made = ("-o", folder, "--format", "docx,html,txt")
    assert nianbao("replay", FOLDER / "answers.yaml", *PREVIOUS, *made).returncode == 0
    return folder


@pytest.fixture
def verified(written: Path, tmp_path: Path, nianbao):
    """What is said of a document: the exit code, the lines in brackets, and all of it."""

    def verify(path: Path, code: int, lines: list[str]) -> str:
        run = nianbao("verify", path, FOLDER / "answers.yaml", *PREVIOUS)
        assert run.returncode == code, run.stdout
        told = [line for line in run.stdout.splitlines() if line.startswith("【")]
        assert len(told) == len(lines), run.stdout
        for line, start in zip(told, lines, strict=True):
            assert line.startswith(start), run.stdout
        return run.stdout

    return verify


@pytest.fixture
def word(written: Path, tmp_path: Path) -> Callable[[Edit], Path]:
    def edited(edit: Edit) -> Path:
        made = docx.Document(str(written / "answers.docx"))
        edit(made)
        made.save(str(tmp_path / "改.docx"))
        return tmp_path / "改.docx"

    return edited


@pytest.fixture
def page(written: Path, tmp_path: Path) -> Callable[[Callable[[str], str]], Path]:
    def edited(edit: Callable[[str], str]) -> Path:
        surface = WebSurface((written / "answers.html").read_bytes())
        (tmp_path / "改.html").write_bytes(surface.pack(edit(surface.text)))
        return tmp_path / "改.html"

    return edited


def paragraph(made: Document, words: str):
    return next(each for each in made.paragraphs if words in each.text)


def reword(words: Words) -> Edit:
    def edit(made: Document) -> None:
        for old, new in words.items():
            found = paragraph(made, old)
            text = found.text.replace(old, new)
            for run in found.runs[1:]:
                run.text = ""
            found.runs[0].text = text

    return edit


def replaced(words: Words) -> Callable[[str], str]:
    def edit(text: str) -> str:
        for old, new in words.items():
            assert old in text
            text = text.replace(old, new)
        return text

    return edit


@pytest.mark.parametrize(("words", "code", "lines"), CASES)
def test_each_edit_of_a_word_file_is_answered_in_one_line(verified, word, words, code, lines):
    verified(word(reword(words)), code, lines)


@pytest.mark.parametrize(("words", "code", "lines"), CASES)
def test_each_edit_of_a_page_is_answered_in_one_line(verified, page, words, code, lines):
    verified(page(replaced(words)), code, lines)


def test_numbers_that_are_not_compared_are_counted_and_are_no_agreement(verified, page):
    said = verified(page(replaced(NOT_COMPARED[0][0])), 6, NOT_COMPARED[0][1])
    assert "另有1个数没有比对" in said
    assert "一致" not in said


def row_of(made: Document, words: str):
    rows = [row for table in made.tables for row in table.rows]
    return next(row for row in rows if words in "".join(cell.text for cell in row.cells))


def delete_row(made: Document) -> None:
    row = row_of(made, "属于国家秘密")._tr
    row.getparent().remove(row)


def double_row(made: Document) -> None:
    row = row_of(made, "部分公开")._tr
    row.addnext(copy.deepcopy(row))


def blank_two(made: Document) -> None:
    for cell in row_of(made, "属于国家秘密").cells[-2:]:
        for run in cell.paragraphs[0].runs:
            run.text = ""


def move(made: Document) -> None:
    moved = paragraph(made, "因政府信息公开引起的行政复议2件")._p
    paragraph(made, "本报告的电子版")._p.addnext(moved)


def revise(made: Document) -> None:
    found = paragraph(made, RECEIVED)
    head, tail = found.text.split("76件", 1)
    for run in found.runs[1:]:
        run._r.getparent().remove(run._r)
    found.runs[0].text = head
    for xml in (
        f'<w:del {nsdecls("w")} w:id="901"><w:r><w:delText>76</w:delText></w:r></w:del>',
        f'<w:ins {nsdecls("w")} w:id="902"><w:r><w:t>77</w:t></w:r></w:ins>',
        f"<w:r {nsdecls('w')}><w:t>件{tail}</w:t></w:r>",
    ):
        found._p.append(parse_xml(xml))


def add_at_the_end(words: str) -> Edit:
    def edit(made: Document) -> None:
        made.add_paragraph(words)

    return edit


@pytest.mark.parametrize(
    ("edit", "code", "lines"),
    [
        (delete_row, 6, ["【缺失】表三少一行：（三）不予公开 | 1.属于国家秘密"]),
        (double_row, 6, ["【来历不明】多出一行，不是从答案来的：（二）部分公开"]),
        (blank_two, 6, ["【缺失】有2个数在文稿里找不到"]),
        (move, 0, []),
        (revise, 6, ["【修订】", "【改动】「新收政府信息公开申请·总计」应为76件，"]),
        (add_at_the_end("全年行政复议3件"), 6, ["【与表不符：应为「行政复议·总计」2件】"]),
        (add_at_the_end("行政复议2件。"), 0, [f"{AGREES}行政复议2件。"]),
        (add_at_the_end("全年接待群众1500人次。"), 6, ["【表里没有：1500人次】"]),
    ],
)
def test_each_edit_of_rows_and_paragraphs_is_answered(verified, word, edit, code, lines):
    verified(word(edit), code, lines)


def test_a_row_that_is_gone_from_a_page_is_told_with_its_table(verified, page):
    row = re.compile(r"<tr>(?:(?!</tr>).)*1\.属于国家秘密.*?</tr>", re.DOTALL)
    verified(
        page(lambda text: row.sub("", text)),
        6,
        ["【缺失】表三少一行：（三）不予公开 | 1.属于国家秘密"],
    )


def test_words_for_all_are_answered_once(tmp_path, nianbao):
    answers = SAMPLES / "township-2017-corrected" / "answers.yaml"
    nianbao("replay", answers, "-o", tmp_path, "--format", "txt")
    path = tmp_path / "answers.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("均按时办结", "均延期办结"), encoding="utf-8")
    run = nianbao("verify", path, answers)
    assert run.returncode == 6
    assert run.stdout.count("【") == 1
    assert "【改动】「按时办结数」应写“均按时办结”" in run.stdout
    path.write_text(text.replace("，均按时办结", ""), encoding="utf-8")
    run = nianbao("verify", path, answers)
    assert run.returncode == 0
    assert "【文字】正文少了：均按时办结（表中仍有）" in run.stdout


HEAD = """<div>首页 &gt; 政务公开 &gt; 年报</div><ul><li>12345热线</li></ul><table><tr>
<td>索引号</td><td>0001/2026-00123</td><td>文号</td><td>示府发〔2026〕3号</td></tr></table>"""
UNDER_TITLE = """<div>发布日期：2026-01-15 10:30　来源：示例县人民政府　浏览次数：123
【字号：大 中 小】</div>"""
FOOT = """<div>【打印】【关闭】</div><div>上一篇：示例县人民政府2024年政府信息公开工作年度报告</div>
<div>京ICP备05012345号-1</div><div>访问量：1,234,567</div>"""


def published(text: str) -> str:
    title, rest = text.split("</h1>", 1)
    return f"{HEAD}{title}</h1>{UNDER_TITLE}{rest}{FOOT}"


@pytest.mark.parametrize(
    ("words", "code", "lines"),
    [({}, 0, []), *((words, 6, lines) for words, lines in AGAINST)],
)
def test_what_stands_around_a_published_report_is_no_stranger(verified, page, words, code, lines):
    said = verified(page(lambda text: published(replaced(words)(text))), code, lines)
    assert "页面上的其他文字8处，未比对。" in said.splitlines()


def test_what_stands_around_a_text_hides_no_sentence_of_the_report(verified, written, tmp_path):
    text = (written / "answers.txt").read_text(encoding="utf-8")
    path = tmp_path / "改.txt"
    title, rest = text.split("年度报告\n", 1)
    text = f"发布日期：2026-01-15\n{title}年度报告\n浏览次数：123次\n{rest}示府发〔2026〕3号\n"
    path.write_text(text, encoding="utf-8")
    assert "页面上的其他文字3处，未比对。" in verified(path, 0, [])
    path.write_text(f"{text}行政复议3件\n", encoding="utf-8")
    verified(path, 6, ["【与表不符：应为「行政复议·总计」2件】行政复议3件"])


COUNTED = re.compile(r"[0-9]+(?=(?:\.[0-9])?[件条次篇%])")
REWORDED: dict[str, Callable[[str], str]] = {
    "split": lambda text: text.replace("，", "。"),
    "merged": lambda text: text.replace("。", "，").replace("；", "，"),
    "other words": lambda text: text.replace("政府信息公开", "信息公开").replace("其中", "这里面"),
    "behind words": lambda text: f"全年情况如下：{text}",
}


@pytest.mark.parametrize("how", REWORDED)
def test_no_rewording_hides_an_altered_number(written, tmp_path, here, how):
    lines = (written / "answers.txt").read_text(encoding="utf-8").splitlines()
    places = [
        (at, match)
        for at, line in enumerate(lines)
        if "。" in line
        for match in COUNTED.finditer(line)
    ]
    assert len(places) > 40
    for at, match in places[len(how) % 5 :: 5]:
        line = lines[at]
        other = f"{line[: match.start()]}{int(match[0]) + 1}{line[match.end() :]}"
        path = tmp_path / "改.txt"
        made = [*lines[:at], REWORDED[how](other), *lines[at + 1 :]]
        path.write_text("\n".join(made), encoding="utf-8")
        run = here("verify", path, FOLDER / "answers.yaml", *PREVIOUS)
        assert run.returncode == 6, (other, run.stdout)
