"""A Word file that came back: what people do to it, and the one line that answers it."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from tests.conftest import SAMPLES

FOLDER = SAMPLES / "county-2025-with-previous"
Edit = Callable[[Document], None]


def paragraph(made: Document, words: str):
    return next(each for each in made.paragraphs if words in each.text)


def reword(words: str, other: str) -> Edit:
    def edit(made: Document) -> None:
        found = paragraph(made, words)
        text = found.text.replace(words, other)
        for run in found.runs[1:]:
            run.text = ""
        found.runs[0].text = text

    return edit


def merge(made: Document) -> None:
    reword("政策解读材料3篇。", "政策解读材料3篇，制发行政规范性文件11件，废止4件。")(made)
    gone = paragraph(made, "年末现行有效的行政规范性文件")._p
    gone.getparent().remove(gone)


def delete_row(made: Document) -> None:
    rows = [row for table in made.tables for row in table.rows]
    row = next(r for r in rows if "属于国家秘密" in "".join(cell.text for cell in r.cells))
    row._tr.getparent().remove(row._tr)


def blank_two(made: Document) -> None:
    rows = [row for table in made.tables for row in table.rows]
    row = next(r for r in rows if "属于国家秘密" in "".join(cell.text for cell in r.cells))
    for cell in (row.cells[-1], row.cells[-2]):
        for run in cell.paragraphs[0].runs:
            run.text = ""


@pytest.mark.parametrize(
    ("edit", "code", "lines"),
    [
        (reword("培训2次", "培训两次"), 0, []),
        (reword("办法。", "办法。全年主动公开政府信息2180条。"), 0, []),
        (reword("办法。", "办法。全年行政复议3件。"), 6, ["【与表不符】「行政复议·总计」应为2"]),
        (
            reword("未发生因", "发生因"),
            6,
            ["【意思改变】原来写“未发生因政府信息公开工作被追究责任的情况”"],
        ),
        (reword("申请76件", "申请76条"), 6, ["【改动】「新收政府信息公开申请·总计」应为76件"]),
        (
            reword("2026年3月10日", "2026年3月20日"),
            6,
            ["【改动】「落款日期」应为2026年3月10日，文稿写的是2026年3月20日"],
        ),
        (merge, 6, ["【缺失】「行政规范性文件·现行有效件数」72件"]),
        (delete_row, 6, ["【缺失】表里少一行：1.属于国家秘密"]),
        (blank_two, 6, ["【缺失】有2个数在文稿里找不到"]),
    ],
)
def test_each_edit_is_answered_in_one_line(tmp_path: Path, nianbao, edit, code, lines) -> None:
    previous = ("--previous", FOLDER / "previous.yaml")
    nianbao("replay", FOLDER / "answers.yaml", *previous, "-o", tmp_path, "--format", "docx")
    path = tmp_path / "answers.docx"
    made = docx.Document(str(path))
    edit(made)
    made.save(str(path))
    run = nianbao("verify", path, FOLDER / "answers.yaml", *previous)
    assert run.returncode == code, run.stdout
    told = [line for line in run.stdout.splitlines() if line.startswith("【")]
    assert len(told) == len(lines), run.stdout
    for line, start in zip(told, lines, strict=True):
        assert line.startswith(start)
