"""What nobody foresaw ends no batch and no command in a traceback: it is told, with a mark."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

from assistant.answers import load
from assistant.cli import batch, diff_command, doctor_command, verify_command
from assistant.export import formats
from assistant.form.loader import LibraryFiles, open_library
from assistant.storage import streams, system
from assistant.storage.errors import FileError
from assistant.storage.unforeseen import foreseen, mark_of
from tests.conftest import ROOT, SAMPLES

GOOD = (SAMPLES / "township-2017-corrected" / "answers.yaml").read_text("utf-8")
MARK = re.compile(r"错误编号([0-9a-f]{8})。")


def endless(number):
    return endless(number + 1) + endless(number)


def faulty(fault):
    """What fails with the file 乙.yaml and loads every other."""

    def load_or_fail(path, *others):
        if path.name == "乙.yaml":
            if fault is RecursionError:
                endless(0)
            raise fault
        return load(path, *others)

    return load_or_fail


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "答案"
    made.mkdir()
    for name in "甲乙丙":
        (made / f"{name}.yaml").write_text(GOOD, "utf-8")
    return made


FAULTS = [ZeroDivisionError, RecursionError, MemoryError, AssertionError, KeyError, OSError]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unforeseen_fault_of_one_file_is_told_and_stops_no_other(
    fault, folder, here, monkeypatch
):
    monkeypatch.setattr(batch, "load", faulty(fault))
    run = here("check", folder)
    assert run.returncode == 2
    assert "Traceback" not in run.stdout + run.stderr
    failed = next(line for line in run.stdout.splitlines() if "乙.yaml" in line)
    assert fault is MemoryError or MARK.search(failed)
    assert re.search("3.*2.*1", run.stdout.splitlines()[-1])


def test_the_json_of_a_batch_holds_the_file_that_failed(folder, here, monkeypatch):
    monkeypatch.setattr(batch, "load", faulty(ZeroDivisionError))
    run = here("check", folder, "--json")
    result = json.loads(run.stdout)
    assert [each["exit"] for each in result["files"]] == [0, 2, 0]
    assert MARK.search(result["files"][1]["message"])
    assert result["summary"] == {"total": 3, "good": 2, "open": 0, "failed": 1}


def test_the_same_fault_has_the_same_mark_and_another_one_another(folder, here, monkeypatch):
    marks = []
    for fault in (ZeroDivisionError, ZeroDivisionError, KeyError):
        monkeypatch.setattr(batch, "load", faulty(fault))
        marks.append(MARK.search(here("check", folder).stdout)[1])
        monkeypatch.undo()
    one, same, another = marks
    assert one == same != another


def test_endless_recursion_has_one_mark_wherever_it_was_stopped():
    """The place where there is no more room depends on what had been called before."""
    from assistant.storage.yaml_text import Node, plain

    node = Node("", 0)
    for _ in range(2_000):
        node = Node([node], 0)
    marks = set()
    for depth in range(4):

        def deeper(left):
            return deeper(left - 1) if left else plain(node)

        with pytest.raises(RecursionError) as fault:
            deeper(depth)
        marks.add(mark_of(fault.value))
    assert len(marks) == 1


def raising(*_, **__):
    raise ZeroDivisionError


ANSWERS = SAMPLES / "township-2017-corrected" / "answers.yaml"
REPORT = ANSWERS.with_name("report.txt")
COMMANDS: dict[str, tuple[ModuleType, str, list[object]]] = {
    "check": (batch, "make_draft", ["check", ANSWERS]),
    "replay": (batch, "make_draft", ["replay", ANSWERS]),
    "json": (batch, "make_draft", ["check", ANSWERS, "--json"]),
    "verify": (verify_command, "compare", ["verify", REPORT, ANSWERS]),
    "diff": (diff_command, "rewritten", ["diff", ANSWERS, ANSWERS]),
    "doctor": (doctor_command, "examine", ["doctor"]),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_ends_in_a_traceback_or_as_if_all_were_well(command, here, monkeypatch):
    module, name, arguments = COMMANDS[command]
    monkeypatch.setattr(module, name, raising)
    run = here(*arguments)
    assert run.returncode == 2
    assert "Traceback" not in run.stdout + run.stderr
    assert MARK.search(run.stdout + run.stderr)


def test_who_asks_for_it_sees_the_traceback(here, monkeypatch):
    monkeypatch.setenv("NIANBAO_DEBUG", "1")
    monkeypatch.setattr(batch, "make_draft", raising)
    run = here("check", ANSWERS)
    assert run.returncode == 2
    assert "ZeroDivisionError" in run.stderr
    assert MARK.search(run.stderr)


def test_a_library_that_cannot_even_be_opened_is_told(here, monkeypatch):
    monkeypatch.setattr(LibraryFiles, "text", raising)
    open_library.cache_clear()
    try:
        run = here("check", ANSWERS)
    finally:
        open_library.cache_clear()
    assert run.returncode == 2
    assert MARK.search(run.stderr)


DYING = """
import os, sys
from assistant.cli import batch, main
load, started = batch.load, os.getpid()
def load_or_fail(path, *others):
    if os.getpid() != started and path.name in ("07.yaml", "08.yaml", "39.yaml"):
        os._exit(9)
    if path.name == "11.yaml":
        raise ZeroDivisionError
    return load(path, *others)
batch.load = load_or_fail
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes do not start as copies")
def test_a_process_that_dies_costs_the_file_it_was_at_and_no_other(tmp_path):
    folder = tmp_path / "答案"
    folder.mkdir()
    for at in range(40):
        (folder / f"{at:02}.yaml").write_text(GOOD, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", DYING, "check", folder, "--jobs", "2", "--json"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=ROOT,
        timeout=100,
    )
    assert (run.returncode, run.stderr) == (2, "")
    files = json.loads(run.stdout)["files"]
    assert [file["path"][-7:-5] for file in files] == [f"{at:02}" for at in range(40)]
    failed = {file["path"][-7:-5]: file["message"] for file in files if file["exit"]}
    assert set(failed) == {"07", "08", "11", "39"}
    assert MARK.search(failed.pop("11"))
    assert all("进程中途被系统结束" in message for message in failed.values())


def test_a_sentence_is_found_for_a_fault_even_where_the_wording_lacks_it(here, monkeypatch, shelf):
    monkeypatch.setattr(batch, "make_draft", raising)
    monkeypatch.delitem(shelf.sentences._texts, "command.fault")
    run = here("check", ANSWERS)
    assert run.returncode == 2
    assert MARK.search(run.stderr)


def test_a_foreseen_fault_goes_through_as_it_is():
    fault = FileError("file_missing", path="甲.yaml")
    with pytest.raises(FileError) as told, foreseen(Path("乙.yaml")):
        raise fault
    assert told.value is fault


LACKING = FileNotFoundError(2, "No such file or directory", "/程序/docx/default.docx")
READ = {
    "check": (["check", ANSWERS], ANSWERS),
    "batch": (["check", ANSWERS, ANSWERS], ANSWERS),
    "verify": (["verify", REPORT, ANSWERS], REPORT),
    "read": (["read", REPORT], REPORT),
    "audit": (["audit", REPORT], REPORT),
    "diff": (["diff", ANSWERS, ANSWERS], ANSWERS),
    "form": (["form", "--read", REPORT, "-o", "答案.yaml"], REPORT),
}


@pytest.mark.parametrize("fault", [LACKING, OSError("whatever"), ZeroDivisionError()])
@pytest.mark.parametrize("command", READ)
def test_the_file_that_failed_is_named_with_its_own_reason_and_never_the_output(
    command, fault, here, monkeypatch, tmp_path
):
    """A library may want a file that a frozen build lacks; that is no fault of the output."""
    arguments, named = READ[command]
    monkeypatch.chdir(tmp_path)

    def fail(*_, **__):
        raise fault

    if named == ANSWERS:
        monkeypatch.setattr(sys.modules["assistant.answers.load"], "read_answers", fail)
    else:
        monkeypatch.setitem(formats.READERS, "txt", fail)
    run = here(*arguments)
    said = run.stdout + run.stderr
    assert run.returncode == 2
    assert "标准输出" not in said
    assert f"「{named}」" in said
    assert "「/程序/docx/default.docx」" in said if fault is LACKING else MARK.search(said)
    assert "No such file" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
@pytest.mark.parametrize("arguments", [["check", ANSWERS], ["check", ANSWERS, "--json"]])
def test_an_output_that_takes_no_more_is_told_as_such(arguments):
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            cwd=ROOT,
        )
    assert run.returncode == 2
    assert (
        run.stderr == "错误：磁盘已满，「标准输出」没有写成，原来的文件完好。请腾出空间后再试。\n"
    )


def test_windows_calls_a_reader_that_has_gone_an_invalid_argument(monkeypatch):
    class Gone(StringIO):
        def write(self, _):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(system, "IS_WINDOWS", True)
    with pytest.raises(BrokenPipeError):
        streams.write_out("完", Gone())
