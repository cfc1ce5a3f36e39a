"""A published report as the beginning: read, audited, last year's, and the first screen."""

import json
import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.session import Session
from tests.published.builders import BUILDERS
from tests.published.corpus import load as load_report
from tests.screen import on_screen

TODAY = date(2026, 11, 29)


@pytest.fixture
def report(tmp_path):
    """One of the invented reports as a file."""

    def write(name, manner="docx", called=""):
        builder = BUILDERS[manner]
        path = tmp_path / (called or f"{name}.{builder.suffix}")
        path.write_bytes(builder.build(load_report(name)))
        return path

    return write


@pytest.mark.parametrize("manner", ["docx", "html", "md"])
def test_a_report_becomes_an_answer_file(report, tmp_path, nianbao, shelf, manner):
    answers = tmp_path / "上年.yaml"
    run = nianbao("read", report("county-2022", manner), "-o", answers)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "这是示例县人民政府2022年度的报告" in run.stdout
    assert "表里读出200个数。" in run.stdout
    read = load(answers, shelf)
    assert [each.code for each in read.findings] == ["F11"]
    assert read.answers.numbers["new_received.total"] == 186
    assert read.answers.value("contact_phone") == "0000-8220000"
    assert "{new_received.total}" in str(read.answers.value("own_requests"))


def test_a_file_that_is_there_is_left_as_it_is(report, tmp_path, nianbao):
    answers = tmp_path / "上年.yaml"
    answers.write_text("不是答案", encoding="utf-8")
    run = nianbao("read", report("county-2022"), "-o", answers)
    assert run.returncode == 2
    assert answers.read_text(encoding="utf-8") == "不是答案"


def test_what_is_not_certain_is_left_open_with_its_words(report, tmp_path, nianbao, shelf):
    answers = tmp_path / "上年.yaml"
    run = nianbao("read", report("street-2022"), "-o", answers)
    assert run.returncode == 4
    left = load(answers, shelf).answers.given["norm_made"]
    assert left.state == "absent"
    assert "没有读准" in left.remark


def test_an_audit_has_four_parts(report, nianbao):
    run = nianbao("audit", report("county-2023"), "--previous", report("county-2022", "html"))
    assert run.returncode == 4
    told = run.stdout.splitlines()
    heads = [line for line in told if line.startswith(("表内", "文字与表", "上下年", "没读懂"))]
    assert [line.partition("：")[0] for line in heads] == ["表内", "文字与表", "上下年", "没读懂"]
    assert "　　　　算式：23÷207=11.11%≠12.58%" in told
    assert "上年11，本年9。" in run.stdout


def test_an_audit_without_a_table_does_not_vouch(tmp_path, nianbao):
    path = tmp_path / "报告.txt"
    path.write_text(
        "示例县人民政府2024年政府信息公开工作年度报告\n一、总体情况\n全年收到申请3件。\n",
        encoding="utf-8",
    )
    run = nianbao("audit", path)
    assert run.returncode == 4
    assert "表内：没有核对。" in run.stdout
    assert "没有读出表来" in run.stdout
    assert "没有发现问题" not in run.stdout.partition("上下年")[0]


def test_a_form_of_other_years_is_a_fault_of_a_report(report, nianbao):
    found = json.loads(nianbao("audit", report("street-2022"), "--json").stdout)["findings"]
    assert any("「本年新制作数量」" in each["text"] for each in found if each["part"] == "上下年")


def test_a_report_serves_where_last_years_file_does(report, tmp_path, nianbao):
    this, before = tmp_path / "本年.yaml", tmp_path / "上年.yaml"
    assert nianbao("read", report("county-2023"), "-o", this).returncode == 0
    assert nianbao("read", report("county-2022"), "-o", before).returncode == 0
    by_file = nianbao("check", this, "--previous", before)
    by_report = nianbao("check", this, "--previous", report("county-2022"))
    assert by_file.stdout == by_report.stdout
    assert "应等于上年的" in by_report.stdout
    wrong = nianbao("check", this, "--previous", report("town-2021"))
    assert wrong.returncode == 2


def test_a_conversation_begins_with_a_report(report, tmp_path, shelf):
    report("county-2022", called="去年公布的报告.docx")
    session = Session(shelf, tmp_path, TODAY)
    said = session.start()
    assert [choice.label for choice in said[-1].choices] == ["新填一份", "从上年公布的报告开始"]
    asked = session.say("2")
    assert [choice.label for choice in asked[-1].choices] == ["去年公布的报告.docx"]
    told = session.say("")
    assert any("表里读出200个数。" in line for event in told for line in event.lines)
    assert session.interview is not None
    assert session.interview.previous is not None
    assert session.interview.previous.numbers["norm_valid"] == 84
    assert any("联系电话：0000-8220000" in line for line in told[-1].lines)
    session.say("是")
    assert session.interview.answers.value("contact_phone") == "0000-8220000"
    assert session.interview.answers.year == 2023
    session.close()
    kept = load(tmp_path / "示例县人民政府-2022.yaml", shelf).answers
    assert kept.numbers["new_received.total"] == 186


def test_what_is_wrong_in_the_totals_of_a_report_is_told_on_one_screen(report, tmp_path, shelf):
    path = report("county-2022", "html", called="去年公布的报告.html")
    rows = path.read_text(encoding="utf-8").split("<tr")
    for place, row in enumerate(rows):
        figures = list(re.finditer(r">([0-9]+)<", row))
        if len(figures) >= 7:
            total = figures[-1]
            rows[place] = f"{row[: total.start(1)]}{int(total[1]) + 3}{row[total.end(1) :]}"
    path.write_text("<tr".join(rows), encoding="utf-8")
    with closing(Session(shelf, tmp_path, TODAY)) as session:
        session.start()
        told = session.say("去年公布的报告.html")
        lines = [line for event in told for line in (event.text, *event.lines)]
        assert len(lines) < 22
        assert max(map(len, lines)) < 80
        assert any("个与各项相加不等" in line for line in lines)
        assert any(
            "「新收政府信息公开申请·总计」印的是189，各项相加是186。" in line for line in lines
        )
        whole = "\n".join(line for event in session.say("看明细") for line in event.lines)
        assert whole.count("各项相加是") > 3
        assert "还读出：「单位全称」" in whole
        assert "联系电话：0000-8220000" in whole
        session.say("是")
        assert session.interview.answers.value("contact_phone") == "0000-8220000"


def test_that_a_report_is_read_is_said_before_it_is(report, tmp_path, shelf):
    report("county-2022", called="去年公布的报告.docx")
    session = Session(shelf, tmp_path, TODAY)
    session.start()
    (announced,) = session.begin("去年公布的报告.docx")
    assert announced.text == "正在读「去年公布的报告.docx」……"
    assert session.is_busy
    assert session.interview is None
    told = session.go_on()
    assert not session.is_busy
    assert any("表里读出200个数。" in line for event in told for line in event.lines)
    session.close()


def test_the_line_mode_says_so_too(report, tmp_path, nianbao):
    report("county-2022", called="去年公布的报告.docx")
    said = nianbao("chat", "--plain", cwd=tmp_path, input="2\n1\n否\n/退出\n").stdout
    assert 0 < said.index("正在读「去年公布的报告.docx」……") < said.index("表里读出200个数。")


def test_what_is_typed_while_a_report_is_read_waits(report, tmp_path, shelf):
    report("county-2022", called="去年公布的报告.docx")

    async def act(screen):
        await screen.say("去年公布的报告.docx", "否", "行政许可改成43")
        await screen.until(lambda: screen.session is not None and screen.interview is not None)
        await screen.until(lambda: screen.interview.answers.value("licence_decisions") == 43)
        said = "\n".join(screen.said)
        places = [said.index(words) for words in ("正在读", "表里读出200个数", "什么也没有改")]
        assert places == sorted(places)

    on_screen(shelf, tmp_path, act, size=(120, 36), today=TODAY)


@pytest.mark.parametrize("name", ["没有这个文件.docx", "空.docx"])
def test_a_report_that_cannot_be_read_is_asked_for_again(tmp_path, shelf, name):
    (tmp_path / "空.docx").write_bytes(b"")
    session = Session(shelf, tmp_path, TODAY)
    session.start()
    said = session.say(name)
    assert [event.kind for event in said] == ["note", "refusal", "ask"]
    assert session.interview is None
    assert not list(Path(tmp_path).glob("*.yaml"))


def test_text_files_are_offered_where_they_say_that_they_are_reports(tmp_path, shelf):
    said = "示例镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n"
    (tmp_path / "a.txt").write_text(said, encoding="utf-8")
    (tmp_path / "b.md").write_bytes(said.encode("gb18030"))
    (tmp_path / "示例镇政府信息公开年度报告.txt").write_text("见附件。", encoding="utf-8")
    (tmp_path / "说明.md").write_text("会议记录。", encoding="utf-8")
    session = Session(shelf, tmp_path, TODAY)
    session.start()
    labels = [choice.label for choice in session.say("2")[-1].choices]
    assert sorted(labels) == ["a.txt", "b.md", "示例镇政府信息公开年度报告.txt"]
