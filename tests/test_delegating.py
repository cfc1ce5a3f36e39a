"""`转交`: what is open goes to departments as sheets, and comes back by the one reader there is."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.answers import Answers, load
from assistant.collect import gather, resolve
from assistant.collect.departments import by_department
from assistant.dialog.session import Session
from assistant.form.loader import open_library
from assistant.form.model import Fact
from tests.conftest import SAMPLES
from tests.machines import spoken
from tests.strategies import EDITIONS

LIBRARY = open_library()
BUREAU = SAMPLES / "bureau-2025-typical" / "answers.yaml"
OPEN = {
    "norm_made": ("法制机构", 3),
    "licence_decisions": ("行政审批机构", 42),
    "penalty_decisions": ("行政执法机构", 15),
    "coercion_decisions": ("行政执法机构", 1),
    "fee_amount": ("财务机构", 1.2),
    "accountability": ("", 3),
    "contact_phone": ("", "010-00000000"),
}
"""What is taken out of the file, with the department that has it and its answer."""
NAME = "示例县水务局-2025"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session about a file in which some answers are missing."""
    lines = BUREAU.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.strip().partition(":")[0] not in OPEN]
    assert len(lines) - len(kept) == len(OPEN)
    (tmp_path / f"{NAME}.yaml").write_text("".join(kept), "utf-8")
    with closing(Session(LIBRARY, tmp_path, date(2026, 3, 1))) as opened:
        opened.start(tmp_path / f"{NAME}.yaml")
        yield opened


def folder_of(session: Session) -> Path:
    assert session.path is not None
    return session.path.parent / f"{NAME}-转交"


def ids(path: Path) -> set[str]:
    """The questions that a sheet asks."""
    sheets = load_workbook(path).worksheets
    cells = (row[0].value for sheet in sheets for row in sheet.iter_rows(min_row=7))
    return {str(name) for name in cells if name and name != "-"}


def fill(path: Path, answers: dict[str, Any]) -> None:
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=7):
        if row[0].value in answers:
            row[3].value = answers[str(row[0].value)]
    book.save(path)


def present(session: Session) -> Answers:
    assert session.path is not None
    return load(session.path, LIBRARY, is_read_only=True).answers


def test_each_department_is_asked_what_is_open_there_and_nothing_else(session):
    said = spoken(session.say("/转交"))
    wanted: dict[str, set[str]] = {}
    for name, (department, _) in OPEN.items():
        if department:
            wanted.setdefault(department, set()).add(name)
    sheets = {path.stem: ids(path) for path in folder_of(session).glob("*.xlsx")}
    assert sheets == wanted
    text = (folder_of(session) / "转交说明.txt").read_text("utf-8")
    assert all(line in said for line in text.splitlines())
    assert "行政执法机构　2项：行政处罚、行政强制。" in text
    assert "另有1项没有归到部门" in said
    assert "填报部门：财务机构" in str(
        load_workbook(folder_of(session) / "财务机构.xlsx").worksheets[0]["B4"].value
    )


def test_what_comes_back_is_shown_once_and_is_then_the_answer(session):
    session.say("/转交")
    for name, (department, value) in OPEN.items():
        if department:
            fill(folder_of(session) / f"{department}.xlsx", {name: value})
    said = spoken(session.say("/读回"))
    assert folder_of(session).name in said
    said = spoken(session.say(""))  # one candidate is taken by Enter
    assert "将要改动下面5项" in said
    assert "norm_made" not in present(session).given
    session.say("是")
    before = load(BUREAU, LIBRARY).answers
    for name, (department, _) in OPEN.items():
        if department:
            assert present(session).given[name].value == before.given[name].value
    assert "都有答案了" in spoken(session.say("/转交"))


def test_the_command_line_reads_the_same_sheets(session):
    session.say("/转交")
    fill(folder_of(session) / "财务机构.xlsx", {"fee_amount": "3500元"})
    gathered = gather([folder_of(session) / "财务机构.xlsx"], present(session), LIBRARY)
    assert str(resolve(gathered).value("fee_amount")) == "0.35"
    assert not gathered.troubles


def test_two_departments_that_differ_are_named_and_nothing_of_it_is_taken(session):
    session.say("/转交")
    session.say("/转交 财务科 收费")
    fill(folder_of(session) / "财务机构.xlsx", {"fee_amount": 1})
    fill(folder_of(session) / "财务科.xlsx", {"fee_amount": 2})
    fill(folder_of(session) / "行政审批机构.xlsx", {"licence_decisions": "四十件上下"})
    said = spoken(session.say(f"/读回 {folder_of(session).name}"))
    assert "填得不一样：财务机构.xlsx·填报表·D8填“1”；财务科.xlsx" in said
    assert "四十件上下" in said
    assert "将要改动" not in said


def test_a_sheet_that_says_otherwise_than_the_file_is_asked_about(session):
    session.say("/转交")
    sheet = folder_of(session) / "行政审批机构.xlsx"
    fill(sheet, {"licence_decisions": 40})
    session.say("改 行政许可 42")
    said = spoken(session.say(f"/读回 {folder_of(session).name}/{sheet.name}"))
    assert "42改为40" in said
    session.say("否")
    assert present(session).value("licence_decisions") == 42


def test_no_figure_for_now_is_asked_again_and_gives_way_to_a_figure(session):
    session.say("改 行政许可 暂缺")
    session.say("/转交")
    sheet = folder_of(session) / "行政审批机构.xlsx"
    assert ids(sheet) == {"licence_decisions"}
    fill(sheet, {"licence_decisions": 40})
    assert gather([sheet], present(session), LIBRARY).conflicts == {}
    session.say(f"/读回 {folder_of(session).name}")
    session.say("是")
    assert present(session).value("licence_decisions") == 40


def test_a_filled_sheet_is_never_written_over(session):
    session.say("/转交")
    sheet = folder_of(session) / "行政审批机构.xlsx"
    fill(sheet, {"licence_decisions": 40})
    kept = sheet.read_bytes()
    said = spoken(session.say("/转交"))
    assert sheet.read_bytes() == kept
    assert "行政审批机构-2.xlsx" in said


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("/转交 财务", {"财务机构": {"fee_amount"}}),
        (
            "/转交 法规科 行政处罚、行政强制",
            {"法规科": {"penalty_decisions", "coercion_decisions"}},
        ),
        ("/转交 办公室 联系电话", {"办公室": {"contact_phone"}}),
        ("/转交 a/b:c 收费", {"a_b_c": {"fee_amount"}}),
    ],
)
def test_who_knows_better_names_department_and_questions(session, line, asked):
    session.say(line)
    assert {path.stem: ids(path) for path in folder_of(session).glob("*.xlsx")} == asked


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/转交 保卫科", "没有找到“保卫科”"),
        ("/转交 保卫科 没有这一项", "没有找到"),
        ("/转交 办公室 单位全称", "都有答案了"),
        ("/转交 网站", "都有答案了"),
    ],
)
def test_where_nothing_is_open_or_named_nothing_is_written(session, line, answer):
    assert answer in spoken(session.say(line))
    assert not folder_of(session).exists()


def test_what_cannot_be_written_is_said(session):
    folder_of(session).write_text("a file in the place of the folder", "utf-8")
    events = session.say("/转交")
    assert [each.kind for each in events] == ["refusal", "ask"]
    assert folder_of(session).name in events[0].text
    assert not session.written


@pytest.mark.parametrize("contents", [b"PK", BUREAU.read_bytes()], ids=["cut", "text"])
def test_a_file_among_the_sheets_that_cannot_be_read_is_named(session, contents):
    session.say("/转交")
    (folder_of(session) / "财务.xlsx").write_bytes(contents)
    (folder_of(session) / "~$财务机构.xlsx").write_bytes(b"held by an editor")
    events = session.say(f"/读回 {folder_of(session).name}")
    (refusal,) = [each.text for each in events if each.kind == "refusal"]
    assert "财务.xlsx" in refusal


# --- The data


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_department_has_questions_and_no_question_has_two(edition):
    groups = by_department(edition, list(edition.asked))
    assert list(groups) == [each.name for each in edition.departments]
    names = [name for asked in groups.values() for name in asked]
    assert len(names) == len(set(names))
    figures = [name for name in names if not isinstance(edition.asked[name], Fact)]
    assert len(figures) >= 10
