"""A wrong year and a wrong name are put right in the conversation; the file's name follows."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.session import Session
from assistant.form.loader import Library
from assistant.storage.errors import FileError
from assistant.storage.written_files import RECORD
from tests.machines import spoken, talk

OLD, NEW = "示例镇人民政府-2022.yaml", "示例镇人民政府-2023.yaml"


@pytest.fixture
def session(shelf: Library, tmp_path: Path) -> Iterator[Session]:
    """A sitting of an afternoon in which the wrong year was typed."""
    with closing(Session(shelf, tmp_path, date(2024, 1, 15))) as begun:
        begun.start()
        for line in ("2022", "示例镇人民政府", "1", "/跳到 本年制发", "7"):
            begun.say(line)
        yield begun


def names(folder: Path) -> set[str]:
    kept = (path.name for path in folder.iterdir() if not path.name.endswith(".bak"))
    return {name for name in kept if name != RECORD}


@pytest.mark.parametrize(
    "typed",
    [
        "年度改成2023",
        "/年度 2023",
        "年度２０２３",
        "改 年度 2023",
        "/改 年份 2023",
        "年份应该是2023年",
    ],
)
def test_the_year_is_changed_and_every_answer_stays(
    typed: str, session: Session, shelf: Library, tmp_path: Path
) -> None:
    assert session.interview is not None
    before = session.interview.answers.given
    said = spoken(session.say(typed))
    assert "报告年度：2023年度（原来是2022年度）" in said
    assert f"答案文件改名为{NEW}" in said
    assert names(tmp_path) == {NEW, f".{NEW}.lock", f".{NEW}.undo"}
    stored = load(tmp_path / NEW, shelf).answers
    assert (stored.year, set(stored.given)) == (2023, set(before))
    assert session.is_saved


def test_undo_brings_year_and_name_back(session: Session, tmp_path: Path) -> None:
    session.say("年度 2023")
    said = spoken(session.say("撤销"))
    assert "报告年度：2022年度" in said
    assert names(tmp_path) == {OLD, f".{OLD}.lock", f".{OLD}.undo"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("年度", "现在填的是2022年度的报告"),
        ("年度 2022", "现在填的是2022年度的报告"),
        ("年度 2024", "2024年度还没有结束"),
        ("年度 2017", "2017年度用的不是这张表"),
    ],
)
def test_a_year_that_cannot_be_leaves_all_as_it_is(
    typed: str, words: str, session: Session, tmp_path: Path
) -> None:
    assert words in spoken(session.say(typed))
    assert session.interview is not None
    assert session.interview.answers.year == 2022
    assert names(tmp_path) == {OLD, f".{OLD}.lock", f".{OLD}.undo"}


def test_the_year_in_a_text_is_no_command() -> None:
    now = talk("own_1")
    assert "有几种意思" in now.type("年度 2015")
    now.type("否", "年度工作按计划完成。")
    assert now.given("own_1") == "年度工作按计划完成。"


@pytest.mark.parametrize("has_file", [True, False])
def test_the_file_of_the_year_before_comes_beside_the_answers(
    has_file: bool, shelf: Library, tmp_path: Path
) -> None:
    head = "format: 1\nedition: national-2021\nyear: 2022\nanswers:\n  body_name: 示例镇人民政府\n"
    (tmp_path / "今年.yaml").write_text(head, encoding="utf-8")
    if has_file:
        (tmp_path / "上年.yaml").write_text(f"{head}  norm_made: 5\n", encoding="utf-8")
    with closing(Session(shelf, tmp_path, date(2024, 1, 15))) as again:
        again.start()
        again.say("今年.yaml")
        assert again.interview is not None
        said = spoken(again.say("年度 2023"))
        assert ("上年的文件上年.yaml已经打开" in said) is has_file
        assert ("上年：5" in spoken(again.say("/跳到 行政规范性文件制发"))) is has_file
        again.say("撤销")
        assert again.interview.previous is None  # neither is of the year before


def test_a_name_that_is_taken_is_left_alone(session: Session, tmp_path: Path) -> None:
    (tmp_path / NEW).write_text("别人的", encoding="utf-8")
    said = spoken(session.say("年度 2023"))
    assert f"答案文件仍叫{OLD}：" in said
    assert (tmp_path / NEW).read_text(encoding="utf-8") == "别人的"
    assert session.is_saved


def test_a_name_that_somebody_chose_stays(shelf: Library, tmp_path: Path) -> None:
    mine = tmp_path / "我的.yaml"
    mine.write_text(
        "format: 1\nedition: national-2021\nyear: 2022\nanswers:\n  body_name: 甲局\n", "utf-8"
    )
    with closing(Session(shelf, tmp_path, date(2024, 1, 15))) as sitting:
        sitting.start(mine)
        sitting.say("年度 2023")
        assert sitting.path == mine
    assert load(mine, shelf).answers.year == 2023


def test_another_body_renames_the_file_and_what_waits_beside_it(
    session: Session, shelf: Library, tmp_path: Path
) -> None:
    session.say("/跳到 own_1")
    session.keep_unsent("本年度更换了公开")
    session.say("/改 单位全称 样本镇人民政府")
    name = "样本镇人民政府-2022.yaml"
    assert names(tmp_path) == {name, f".{name}.lock", f".{name}.undo"}
    assert (tmp_path / f"{name}.bak").exists()
    session.keep_unsent("本年度更换了公开栏")
    session.close()
    with closing(Session(shelf, tmp_path, date(2024, 1, 15))) as again:
        assert again.start(tmp_path / name)[-1].draft == "本年度更换了公开栏"


def test_a_renamed_file_is_held_as_before(session: Session, shelf: Library, tmp_path: Path) -> None:
    session.say("年度 2023")
    other = Session(shelf, tmp_path, date(2024, 1, 15))
    with pytest.raises(FileError, match="file_locked"):
        other.start(tmp_path / NEW)
    session.close()
    with closing(other):
        other.start(tmp_path / NEW)


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("示例市示例镇人民政府", True),
        ("大示例镇人民政府", False),
        ("示例县另一镇人民政府", False),
    ],
)
def test_last_years_file_may_leave_out_the_place_before_the_name(
    name: str, is_same: bool, shelf: Library, tmp_path: Path
) -> None:
    head = "format: 1\nedition: national-2021\nyear: {}\nanswers:\n  body_name: {}\n"
    (tmp_path / "今年.yaml").write_text(head.format(2023, name), encoding="utf-8")
    before = head.format(2022, "示例镇人民政府") + "  norm_made: 5\n"
    (tmp_path / "上年.yaml").write_text(before, encoding="utf-8")
    with closing(Session(shelf, tmp_path, date(2024, 1, 15))) as again:
        said = spoken(again.start(tmp_path / "今年.yaml"))
        assert ("上年的文件上年.yaml已经打开" in said) is is_same
        assert ("上年.yaml是上年的，单位名称与" in said) is not is_same
