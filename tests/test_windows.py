"""What Windows does otherwise, shown anywhere by patching the calls of the system."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.session import Session
from assistant.dialog.session.answer_files import file_name
from assistant.export.formats import RenderOptions
from assistant.export.publish import Publisher
from assistant.report.draft import make_draft
from assistant.storage import system
from assistant.storage.disk import check_new_name
from assistant.storage.errors import FileError
from assistant.ui.stdin_reader import Decoder, lines_of
from tests.conftest import ROOT, SAMPLES
from tests.machines import spoken

SAMPLE = SAMPLES / "township-2017-corrected" / "answers.yaml"
FORTY = "/改 政务微信公开政府信息数 40"


@pytest.fixture
def path(tmp_path) -> Path:
    """An answer file in a folder."""
    return Path(shutil.copy(SAMPLE, tmp_path / "答案.yaml"))


class Held:
    """Refuses a call on some names so many times, as while somebody has the file open."""

    def __init__(self, call, times, *names):
        self.call, self.left, self.names, self.refused = call, times, names, 0

    def __call__(self, *arguments, **options):
        names = {Path(each).name for each in arguments if isinstance(each, Path)}
        if names & {*self.names} and self.left:
            self.left -= 1
            self.refused += 1
            raise PermissionError(13, "The process cannot access the file")
        return self.call(*arguments, **options)


@pytest.fixture
def hold(monkeypatch):
    """Have `os.replace` refuse some names, for so many tries, on a system like Windows."""
    monkeypatch.setattr(system, "IS_WINDOWS", True)

    def holding(times, *names):
        held = Held(os.replace, times, *names)
        monkeypatch.setattr(os, "replace", held)
        return held

    return holding


def sit(shelf, path, *lines):
    """What a sitting with this file says, line by line."""
    with closing(Session(shelf, path.parent, date(2018, 1, 15))) as session:
        session.start(path)
        return [session.say(line) for line in lines], session.is_saved


def test_a_file_that_a_scanner_holds_for_a_moment_is_written_all_the_same(path, shelf, hold):
    held = hold(3, path.name)
    (said,), is_saved = sit(shelf, path, FORTY)
    assert held.refused == 3
    assert is_saved
    assert "没有存上" not in spoken(said)
    assert load(path, shelf).answers.value("channel_wechat") == 40


def test_a_file_that_stays_open_is_named_and_nothing_is_said_to_be_accepted(path, shelf, hold):
    before = path.read_bytes()
    held = hold(-1, path.name)
    (said,), is_saved = sit(shelf, path, FORTY)
    assert held.refused > 10
    assert not is_saved
    assert f"「{path}」等了两秒还是读写不了" in spoken(said)
    assert not [each for each in said if each.kind == "echo"]
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if "tmp" in each.name] == []


def test_what_was_not_saved_is_saved_with_the_next_answer(path, shelf, hold, monkeypatch):
    monkeypatch.setattr(system, "_PATIENCE", 0)
    hold(1, path.name)
    said, is_saved = sit(shelf, path, FORTY, "/改 接受培训人员数 7")
    assert is_saved
    assert [any(each.kind == "echo" for each in events) for events in said] == [False, True]
    answers = load(path, shelf).answers
    assert [answers.value(name) for name in ("channel_wechat", "trainees")] == [40, 7]


def test_a_document_that_word_has_open_is_named(path, shelf, hold, monkeypatch):
    monkeypatch.setattr(system, "_PATIENCE", 0)
    publisher = Publisher(path.parent, RenderOptions(shelf))
    reading = load(path, shelf)
    publisher.publish(make_draft(reading, None, shelf.sentences), "报告", ("txt",))
    given = {**reading.answers.given}
    given["trainees"] = given["channel_wechat"]
    changed = reading._replace(answers=reading.answers.with_given(given))
    hold(-1, "报告.txt")
    with pytest.raises(FileError) as fault:
        publisher.publish(make_draft(changed, None, shelf.sentences), "报告", ("txt",))
    assert fault.value.code == "document_blocked"
    assert fault.value.details["path"] == str(path.parent / "报告.txt")


def test_no_time_is_lost_where_a_folder_may_not_be_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    monkeypatch.setattr(os, "open", Held(os.open, -1, tmp_path.name))
    monkeypatch.setattr("time.sleep", pytest.fail)
    with pytest.raises(PermissionError):
        system.open_for_reading(tmp_path, follows=True)


def test_elsewhere_a_refusal_is_final(path, hold, monkeypatch):
    held = hold(-1, path.name)
    monkeypatch.setattr(system, "IS_WINDOWS", False)
    with pytest.raises(PermissionError):
        system.replace(path, path)
    assert held.refused == 1


# Names and paths


@pytest.mark.parametrize(
    "name", ["甲?.yaml", "甲:乙", "CON", "con.yaml", "Lpt1 .docx", "甲.", "甲 ", "NUL/甲.yaml"]
)
def test_a_name_that_no_windows_folder_takes_is_refused_before_anything_is_written(
    name, tmp_path, monkeypatch
):
    check_new_name(tmp_path / name)
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    with pytest.raises(FileError) as fault:
        check_new_name(tmp_path / name)
    assert fault.value.code == "name_refused"


@pytest.mark.parametrize(
    "name", ["甲.yaml", "console.yaml", "../甲", "./甲", "com.docx", "甲..yaml"]
)
def test_other_names_are_taken(name, tmp_path, monkeypatch):
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    check_new_name(tmp_path / name)


def test_a_path_that_windows_does_not_open_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    with pytest.raises(FileError) as fault:
        check_new_name(tmp_path.joinpath("镇" * 120, "甲" * 120))
    assert fault.value.code == "file_name_too_long"


@pytest.mark.parametrize("depth", [0, 3, 9])
@pytest.mark.parametrize("body", ["示例镇人民政府", "示例" * 40, "CON", "甲/乙:丙？", "甲. " * 30])
def test_the_name_of_a_new_answer_file_fits_its_folder_on_windows(body, depth, monkeypatch):
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    folder = Path("/").joinpath(*["二〇二五年度年报汇总材料"] * depth)
    name = file_name(body, 2025, folder)
    check_new_name(folder / name)
    assert name.endswith("-2025.yaml")
    assert file_name("甲" * 90, 2025, folder / ("深" * 230)) == "甲" * 8 + "-2025.yaml"


# What is typed and piped


SAID = "2017\n1\n示例镇人民政府\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_piped_lines_are_decoded_as_answer_files_are(encoding, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "assistant", "chat", "--plain", tmp_path],
        input=SAID.encode(encoding),
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=ROOT,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert (tmp_path / "示例镇人民政府-2017.yaml").exists()
    assert "错误" not in run.stdout.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_pipe_is_read_so_on_windows_too(encoding, tmp_path, monkeypatch):
    """There Python would decode it by the code page of the console."""
    source = tmp_path / "行"
    source.write_bytes("示例镇\r\n甲\t1\r\n乙\t2\r\n完\r\n".encode(encoding))
    monkeypatch.setattr(sys, "platform", "win32")
    with source.open(encoding="cp936") as lines:
        assert [*lines_of(lines)] == ["示例镇", "甲\t1\n乙\t2", "完"]


@pytest.mark.parametrize("encoding", ["cp936", "gbk", "GB2312", "gb18030"])
def test_what_could_be_both_is_read_by_the_code_page(encoding):
    ambiguous = "茫".encode("gbk")  # in UTF-8 a letter that nobody types beside Chinese
    assert ambiguous.decode() == "ã"
    assert Decoder(encoding).decode(ambiguous) == "茫"
    assert Decoder("").decode(ambiguous) == "ã"


def test_a_yes_in_gb18030_is_a_yes(tmp_path, nianbao):
    path = Path(shutil.copy(SAMPLE, tmp_path / "答案.yaml"))
    nianbao("replay", path, "-o", tmp_path)
    report = tmp_path / "答案.txt"
    report.write_text(report.read_text("utf-8").replace("100人次", "51人次"), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "assistant", "verify", report, path, "--accept"],
        input="是\n".encode("gb18030"),
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=ROOT,
    )
    assert run.returncode in (0, 6)
    assert run.stderr == b""
    assert "trainees: 51" in path.read_text("utf-8")


# Processes of their own


def test_a_frozen_program_that_is_started_again_for_jobs_does_them(monkeypatch):
    from assistant.__main__ import main

    seen = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("multiprocessing.freeze_support", lambda: seen.append("asked"))
    monkeypatch.setattr(sys, "argv", ["nianbao", "--version"])
    with pytest.raises(SystemExit):
        main()
    assert seen == ["asked"]


SPAWNING = """
import sys
from types import SimpleNamespace
from assistant.cli import batch, main
if __name__ == "__main__":
    batch.sys = SimpleNamespace(platform="win32")
    sys.exit(main(sys.argv[1:]))
"""


def test_processes_that_do_not_start_as_copies_do_the_same_work(tmp_path, nianbao):
    program = tmp_path / "program.py"
    program.write_text(SPAWNING, "utf-8")
    other = SAMPLES / "town-2025-all-zero" / "answers.yaml"
    arguments = ["check", str(SAMPLE), str(other), "--json"]
    run = subprocess.run(
        [sys.executable, program, *arguments, "--jobs", "2"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == nianbao(*arguments).stdout
