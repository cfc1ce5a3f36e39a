"""Nothing is stored that a reader would not see or that our own reader refuses."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Acknowledgement, Answer, Answers, LockedAnswerFile, load
from assistant.dialog.session import Session
from assistant.dialog.session.answer_file import Drafts
from assistant.storage import system
from assistant.storage.errors import FileError
from tests.conftest import SAMPLES
from tests.machines import spoken
from tests.writing import save

PUBLISHED = SAMPLES / "township-2017-as-published" / "answers.yaml"
GARBLED = "".join(chr(0xDC00 + each) for each in "张贴".encode("gbk"))
"""What a line of GBK becomes where UTF-8 is expected."""
ODD = [GARBLED, "\ud800", "\0", "\x1b[31m", "\u202e", "\ue000", "\ufffe", "\U0010ffff", "\u200b"]
ODD_NAMES = [ascii(each) for each in ODD]


@pytest.fixture
def path(tmp_path) -> Path:
    return Path(shutil.copy(PUBLISHED, tmp_path / "答案.yaml"))


@pytest.mark.parametrize("odd", ODD, ids=ODD_NAMES)
def test_a_line_with_an_odd_character_is_refused_and_never_stored(odd, path, shelf):
    with closing(Session(shelf, path.parent, date(2018, 1, 15))) as session:
        session.start(path)
        before = session.interview.answers
        for line in (
            f"/说明 L02 公开栏未计入{odd}",
            "/说明 L02",
            f"公开栏没有计入{odd}",
            f"/改 接受培训人员数 28件待核实：{odd}",
            f"/改 单位全称 示例镇{odd}人民政府",
            "/跳到 own_1",
            f"本年度{odd}按计划完成。",
            "/跳到 categories",
            f"业务{odd}动态 112",
            "/跳到 report_url",
            f"www.example.cn/{odd}",
        ):
            said = spoken(session.say(line))
            assert odd not in line or "看不见的控制字符（U+" in said or "不像网址" in said, line
            session.keep_unsent(f"没有写完{odd}")
            assert not list(path.parent.glob(".*.unsent"))
        assert session.interview.answers == before
    assert load(path, shelf).answers == before


def test_a_reason_that_was_garbled_on_its_way_leaves_the_file_readable(nianbao, here, path):
    typed = (
        "说明 L02 公开栏未计入".encode()
        + "张贴".encode("gbk")
        + "\n/跳到 微信\n40\n/退出\n".encode()
    )
    run = nianbao(
        "--plain", path, input=typed.decode("utf-8", "surrogateescape"), errors="surrogateescape"
    )
    assert "Traceback" not in run.stderr
    assert here("check", path).returncode == 3, "it is read as before"
    assert b"\\uDC" not in path.read_bytes()


@pytest.mark.parametrize("odd", ["\\e[31m", "\\u202E", "\\uE000", "\\a"])
def test_a_reason_in_a_file_with_an_odd_character_is_named(odd, path, here):
    text = path.read_text("utf-8")
    entry = (
        f'acknowledged:\n  L02:\n    reason: "公开栏{odd}未计入"\n    values: {{trainees: "1"}}\n'
    )
    path.write_text(text.partition("acknowledged:")[0] + entry, "utf-8")
    said = here("check", path).stdout
    assert "对「L02」的说明没有采用：里面有看不见的控制字符（U+" in said


def test_text_not_sent_that_somebody_planted_shows_nothing_odd(tmp_path):
    (tmp_path / ".答案.yaml.unsent").write_text(
        '{"own_1": "甲\\u001b[31m", "own_2": "乙"}', "utf-8"
    )
    assert Drafts(tmp_path / "答案.yaml").read() == {"own_2": "乙"}


def test_a_file_that_something_else_put_there_is_not_overwritten_with_text_not_sent(tmp_path):
    place = tmp_path / ".答案.yaml.unsent"
    place.write_bytes(b"mine")
    unsent = Drafts(tmp_path / "答案.yaml")
    unsent.keep({"own_1": "甲"})
    assert place.read_bytes() == b"mine"
    place.write_bytes(b"")  # what a loss of power leaves of ours
    unsent.keep({"own_1": "甲"})
    assert Drafts(tmp_path / "答案.yaml").read() == {"own_1": "甲"}


# What does not read back gets no name

REASON = {"trainees": "1"}
UNREAD = {
    "a reason": {"acknowledged": {"L02": Acknowledgement(f"坏{GARBLED}", REASON)}},
    "an entry": {"unknown": {"甲": "乙\ud800"}},
    "a name": {"unknown": {"甲\udcd5": "乙"}},
    "a remark": {"given": {"trainees": Answer(None, "absent", "问\u202e")}},
    "a text": {"given": {"own_1": Answer("一\n\n\n二 ")}},
    "too much": {"unknown": {"甲": "长" * 700_000}},
}


@pytest.mark.parametrize("changes", UNREAD.values(), ids=UNREAD)
def test_what_does_not_read_back_is_not_written(changes, tmp_path, edition, sentences, shelf):
    path = tmp_path / "答案.yaml"
    good = Answers(edition, 2017, {"trainees": Answer(1)})
    save(good, path)
    before = path.read_bytes()
    with LockedAnswerFile(path) as keeper:
        with pytest.raises(FileError) as caught:
            keeper.save(replace(good, **changes))
        said = sentences.say(f"errors.{caught.value.code}", **caught.value.details)
        assert str(path) in said
        assert path.read_bytes() == before
        assert {each.name for each in tmp_path.iterdir()} == {path.name, f".{path.name}.lock"}
        keeper.save(replace(good, given={"trainees": Answer(2)}))
    assert load(path, shelf).answers.value("trainees") == 2


def test_bytes_that_the_disk_changed_get_no_name(tmp_path, edition, monkeypatch):
    path = tmp_path / "答案.yaml"
    save(Answers(edition, 2017, {"trainees": Answer(1)}), path)
    really = system.write
    monkeypatch.setattr(
        system, "write", lambda number, data: really(number, data.replace(b": 28", b": 82"))
    )
    with pytest.raises(FileError, match="not_read_back") as caught:
        save(Answers(edition, 2017, {"trainees": Answer(28)}), path)
    assert caught.value.details["name"] == edition.name("trainees")


# Names of new files


@pytest.mark.parametrize("odd", ["\x1b[31m红", "甲\n乙", "甲\u202e", "\udcd5\udcc5"])
@pytest.mark.parametrize("command", ["migrate", "form", "collect", "replay"])
def test_a_new_name_with_an_odd_character_is_refused(odd, command, path, here, tmp_path):
    name = tmp_path / f"{odd}.yaml"
    typed = {
        "migrate": ["migrate", path, "--to", "national-2014", "-o", name],
        "form": ["form", "beijing-2014", "--year", "2017", "-o", name],
        "collect": ["form", "--read", tmp_path / "没有.xlsx", "-o", name],
        "replay": ["replay", path, "-o", name],
    }[command]
    run = here(*typed)
    assert run.returncode == 2
    assert "有看不见的字符（U+" in run.stderr
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("command", ["migrate", "form"])
def test_a_file_that_appears_this_moment_is_not_overwritten(
    command, path, here, tmp_path, monkeypatch
):
    made = tmp_path / "新.yaml"
    really = system.link

    def late(old: Path, new: Path) -> None:
        if new == made:
            made.write_bytes(b"mine")
        really(old, new)

    monkeypatch.setattr(system, "link", late)
    typed = {
        "migrate": ["migrate", path, "--to", "national-2014", "-o", made],
        "form": ["form", "beijing-2014", "--year", "2017", "-o", made],
    }[command]
    run = here(*typed)
    assert run.returncode == 2
    assert made.read_bytes() == b"mine"
    assert {each.name for each in tmp_path.iterdir()} == {path.name, made.name}


def test_a_disk_without_second_names_takes_new_files_all_the_same(
    path, here, tmp_path, monkeypatch
):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(system, "link", refuse)
    made = tmp_path / "新.yaml"
    assert here("migrate", path, "--to", "national-2014", "-o", made).returncode == 0
    assert "没有覆盖" in here("migrate", path, "--to", "national-2014", "-o", made).stderr
